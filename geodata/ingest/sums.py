"""When a cell or a line sums others up («Tổng cộng», "Total"). Knows no table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from geodata.ingest.wording import plain, says_nothing, words

SEARCHED_COLUMNS: Final = 3
_TOTAL: Final = re.compile(r"(tong cong|tong so|tong|cong|total|grand total|sum)( \d[\d ]*)?( vu| rows| cases)?")
_INITIALS: Final = ("t", "c", "g", "s")  # most cells of a long table need no closer look
_NUMBER: Final = re.compile(r"[\d.,\s]*")


def is_total(text: str) -> bool:
    """Whether a cell is a word for a sum, perhaps with the number after it."""
    return text[:1].lower() in _INITIALS and len(text) < 40 and _TOTAL.fullmatch(plain(words(text))) is not None


def total_of_line(cells: Sequence[str]) -> str:
    """The word for a sum in a line of too few cells where it has one up front and else numbers and blanks, else ""."""
    word = next((cell for cell in cells[:SEARCHED_COLUMNS] if is_total(cell)), "")
    return word if all(is_total(cell) or says_nothing(cell) or _NUMBER.fullmatch(cell) for cell in cells) else ""
