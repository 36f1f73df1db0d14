"""Which months stand together in one count: single ones or threes, each with those just before. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.answers.series import MONTHS_OF, Bin, whole_months
from geodata.answers.trend import first_of, month_number
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot

EVER = 12_000  # months: as far back as data can reach


@dataclass(frozen=True, slots=True)
class Window:
    """Months ``first`` up to and without ``stop`` of a row of months; ``lacking`` of them the data do not cover whole.

    ``period`` are their days, those of a month that is not whole included.
    """

    first: int
    stop: int
    lacking: int
    period: Period

    @property
    def months(self) -> slice:
        """The columns of counts by month."""
        return slice(self.first, self.stop)


def windows(
    snapshot: Snapshot, months: Sequence[date], step: Bin, *, until: date, length: int | None = None
) -> tuple[Window, ...]:
    """Windows of ``length`` months (None: one step) at every step, oldest first; none reaches beyond the data.

    ``months`` are first days without a gap. Quarters are counted back from the last month that the data cover whole by
    ``until``, as hot spots are; single months go on to the one that still runs.
    """
    if not months:
        return ()
    begin, by = month_number(months[0]), MONTHS_OF[step]
    whole = whole_months(snapshot, until, EVER)
    last = len(months) if step == "month" else min(whole.stop - begin, len(months))
    stops = range(last, max(length or by, by) - 1, -by)
    return tuple(reversed([_window(begin, stop - (length or by), stop, whole) for stop in stops]))


def _window(begin: int, first: int, stop: int, whole: range) -> Window:
    days = Period(first_of(begin + first), first_of(begin + stop) - timedelta(days=1))
    return Window(first, stop, sum(begin + month not in whole for month in range(first, stop)), days)
