"""Finds the rows that sum a table up («Tổng cộng», "Total"): they are no incidents. Reads no date and no category."""

from __future__ import annotations

from collections.abc import Collection

from geodata.ingest.distinct import texts
from geodata.ingest.headings.columns import CATEGORY_FIELDS, DATE_FIELDS
from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.ingest.sums import SEARCHED_COLUMNS, is_total, may_stand_in_total
from geodata.ingest.wording import shown


def find_totals(sheet: Sheet, undated: Collection[int]) -> list[Fault]:
    """Among the rows without a date: those with a word for a sum up front, and at most a count as date and category."""
    rows = sorted(undated)
    if not rows:
        return []
    front = [texts(sheet.frame[place].iloc[rows]).tolist() for place in sheet.frame.columns[:SEARCHED_COLUMNS]]
    empty = [texts(sheet.column(name).iloc[rows]).tolist() for name in (*DATE_FIELDS, *CATEGORY_FIELDS)]
    faults = []
    for position, at in enumerate(rows):
        column = next((place for place, cells in enumerate(front) if is_total(cells[position])), None)
        if column is None or not all(may_stand_in_total(cells[position]) for cells in empty):
            continue
        header = sheet.table.columns[column].strip()
        faults.append(
            Fault('the row sums up others ("{value}"): it is no incident and stays out. There is nothing to mend',
                  at, header, "total_row", {"value": shown(front[column][position])})
        )  # fmt: skip
    return faults
