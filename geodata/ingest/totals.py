"""Finds the rows that sum a table up («Tổng cộng», "Total"): they are no incidents. Reads no date and no category."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from geodata.ingest.columns import CATEGORY_FIELDS, DATE_FIELDS
from geodata.ingest.distinct import texts
from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.ingest.wording import plain, says_nothing, shown, words

SEARCHED_COLUMNS: Final = 3
_TOTAL: Final = re.compile(r"(tong cong|tong so|tong|cong|total|grand total|sum)( \d[\d ]*)?( vu| rows| cases)?")
_INITIALS: Final = ("t", "c", "g", "s")  # most cells of a long table need no closer look
_NUMBER: Final = re.compile(r"[\d.,\s]*")


def find_totals(sheet: Sheet, undated: Collection[int]) -> list[Fault]:
    """Among the rows without a date: those with a word for a sum up front, and no date and no category."""
    rows = sorted(undated)
    if not rows:
        return []
    front = [texts(sheet.frame[place].iloc[rows]).tolist() for place in sheet.frame.columns[:SEARCHED_COLUMNS]]
    empty = [texts(sheet.column(name).iloc[rows]).tolist() for name in (*DATE_FIELDS, *CATEGORY_FIELDS)]
    faults = []
    for position, at in enumerate(rows):
        column = next((place for place, cells in enumerate(front) if is_total(cells[position])), None)
        if column is None or not all(says_nothing(cells[position]) or is_total(cells[position]) for cells in empty):
            continue
        header = sheet.table.columns[column].strip()
        faults.append(
            Fault('the row sums up others ("{value}"): it is no incident and stays out. There is nothing to mend',
                  at, header, "total_row", {"value": shown(front[column][position])})
        )  # fmt: skip
    return faults


def is_total(text: str) -> bool:
    """Whether a cell is a word for a sum, perhaps with the number after it."""
    return text[:1].lower() in _INITIALS and len(text) < 40 and _TOTAL.fullmatch(plain(words(text))) is not None


def total_of_line(cells: Sequence[str]) -> str:
    """The word for a sum in a line of too few cells where it has one up front and else numbers and blanks, else ""."""
    word = next((cell for cell in cells[:SEARCHED_COLUMNS] if is_total(cell)), "")
    return word if all(is_total(cell) or says_nothing(cell) or _NUMBER.fullmatch(cell) for cell in cells) else ""
