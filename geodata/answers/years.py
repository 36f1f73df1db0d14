"""Which days are compared where a year is still running, and which past years show its season. Counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geodata.answers.series import usual_silence
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Comparison:
    """A baseline and a period, each whole and as far as the period has come.

    ``so_far`` is the period until the data end and ``before`` the same days of the baseline: the same calendar days,
    or, where the two begin on different days of the year, as many days from its start. ``exposure`` is after / before
    where even so they are not equally long. ``past`` are the years before the period that the data cover whole, the
    latest first: what its season is learned from.
    """

    baseline: Period
    period: Period
    before: Period
    so_far: Period
    exposure: float
    past: tuple[Period, ...]
    comparable: bool  # the data reach back over the whole baseline, and into the period
    reached: bool  # the data reach into both at all: else a count of none says nothing

    @property
    def alike(self) -> bool:
        """Whether the whole baseline is as long as the whole period: the end of one year can be held to the other."""
        return _alike(self.baseline, self.period)

    @property
    def running(self) -> bool:
        """Whether the data end before the period does."""
        return self.so_far.end < self.period.end


def compare(snapshot: Snapshot, baseline: Period, period: Period) -> Comparison:
    """Bring a baseline and a period to the same part of the year."""
    first, last = snapshot.first_day, snapshot.last_day
    if first is None or last is None:
        return Comparison(baseline, period, baseline, period, 1.0, (), comparable=False, reached=False)
    reached = all(each.start <= last and first <= each.end for each in (baseline, period))
    grace = timedelta(days=usual_silence(snapshot))
    first, last = first - grace, last + grace  # days on which it would be no news that nothing was recorded
    running = period.start <= last - grace and last < period.end
    so_far = Period(period.start, last - grace) if running else period
    before = _same_part(baseline, period, so_far)
    return Comparison(
        baseline=baseline,
        period=period,
        before=before,
        so_far=so_far,
        exposure=1.0 if _alike(before, so_far) else so_far.days / before.days,
        past=tuple(_past(period, first, last)),
        reached=reached,
        comparable=reached and first <= baseline.start and baseline.end <= last,
    )


def _same_part(baseline: Period, period: Period, so_far: Period) -> Period:
    shifted = _years_back(so_far, period.start.year - baseline.start.year)
    if shifted is not None and shifted.start == baseline.start:
        return Period(shifted.start, min(shifted.end, baseline.end))
    end = date.fromordinal(baseline.start.toordinal() + so_far.days - 1)
    return baseline if so_far == period else Period(baseline.start, min(end, baseline.end))


def _alike(before: Period, after: Period) -> bool:
    """Whether two periods are as long as one another, but for a leap day."""
    return abs(before.days - after.days) <= 1


def _years_back(period: Period, years: int) -> Period | None:
    if years < 0:
        return None
    for _ in range(years):
        period = period.a_year_earlier()
    return period


def _past(period: Period, first: date, last: date) -> list[Period]:
    """Periods of the same calendar days, earlier ones that the data cover whole."""
    found, earlier = [], period.a_year_earlier()
    while first <= earlier.start:
        if earlier.end <= last:
            found.append(earlier)
        earlier = earlier.a_year_earlier()
    return found
