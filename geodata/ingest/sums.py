"""When a cell or a line sums others up («Tổng cộng», "Total"). Knows no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from geodata.ingest.wording import plain, says_nothing, words

SEARCHED_COLUMNS: Final = 3
_TOTAL: Final = re.compile(r"(tong cong|tong so|tong|cong|total|grand total|sum)( \d[\d ]*)?( vu| rows| cases)?")
_INITIALS: Final = ("t", "c", "g", "s")  # most cells of a long table need no closer look
_COUNT: Final = re.compile(r"[\d.,\s]*(?:vu|rows|cases)?")


def is_total(text: str) -> bool:
    """Whether a cell is a word for a sum, perhaps with the number after it."""
    return text[:1].lower() in _INITIALS and len(text) < 40 and _TOTAL.fullmatch(plain(words(text))) is not None


def may_stand_in_total(text: str) -> bool:
    """Whether a cell may stand beside a word for a sum: it says nothing, or how many («12 vụ»), or is such a word."""
    return says_nothing(text) or _COUNT.fullmatch(plain(text)) is not None or is_total(text)


def total_of_line(cells: Sequence[str]) -> str:
    """The word for a sum in a line of too few cells where it has one up front and else numbers and blanks, else ""."""
    word = next((cell for cell in cells[:SEARCHED_COLUMNS] if is_total(cell)), "")
    return word if all(may_stand_in_total(cell) for cell in cells) else ""
