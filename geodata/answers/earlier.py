"""What "the same a year earlier" is for a question. Knows periods and how far the data reach."""

from __future__ import annotations

from datetime import date

from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot


def earlier_period(snapshot: Snapshot, period: Period) -> Period:
    """The same days a year earlier, of as much of the period as the data have reached.

    A statistical year still running is compared with the same part of the last one, not with all of it.
    """
    last = snapshot.last_day
    if last is None or not period.start <= last < period.end:
        return period.a_year_earlier()
    return Period(period.start, last).a_year_earlier()


def is_comparable(first_day: date | None, earlier: Period) -> bool:
    """Whether the data reach back over the whole earlier period."""
    return first_day is not None and first_day <= earlier.start
