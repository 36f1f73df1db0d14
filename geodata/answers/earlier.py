"""What "the same a year earlier" is for a question. Knows periods and how far the data reach."""

from __future__ import annotations

from datetime import date

from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot


def earlier_period(snapshot: Snapshot, period: Period) -> Period:
    """The same days a year earlier, of as much of the period as the data have reached.

    A statistical year still running is compared with the same part of the last one, not with all of it. A period longer
    than a year goes back as many years as it takes to share no day with the earlier one.
    """
    last, earlier = snapshot.last_day, years_before(period)
    if last is None or not period.start <= last < period.end:
        return earlier
    reached = Period(period.start, last)
    for _ in range(years_back(period, earlier)):
        reached = reached.a_year_earlier()
    return reached


def years_before(period: Period) -> Period:
    """The same days of the last year that shares none with the period: a year earlier, unless it is longer."""
    earlier = period.a_year_earlier()
    while earlier.end >= period.start:
        earlier = earlier.a_year_earlier()
    return earlier


def years_back(period: Period, earlier: Period) -> int:
    """How many years lie between a period and its same days earlier."""
    return period.start.year - earlier.start.year


def is_comparable(first_day: date | None, earlier: Period) -> bool:
    """Whether the data reach back over the whole earlier period."""
    return first_day is not None and first_day <= earlier.start
