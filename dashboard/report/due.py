"""When an annual report is due. Knows no data."""

from __future__ import annotations

from datetime import date

MONTH, DAY = 12, 20


def due_day(year: int) -> date:
    """The day by which the report of a statistical year is handed in: 20 December of the year in which it ends."""
    return date(year, MONTH, DAY)
