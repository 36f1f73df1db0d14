"""Which two periods people usually compare, with their names. Counts nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dashboard.reading import Reading
from geodata.answers.earlier import years_before
from geodata.notebook import Notebook
from geodata.vocabulary import Period

YEARS = 3  # pairs of statistical years to choose from
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Against:
    """A period and what it is compared with; None: the same days a year earlier."""

    label: str
    period: Period
    against: Period | None

    @property
    def days(self) -> tuple[Period, Period]:
        """What it comes to: both periods."""
        return self.period, self.against or years_before(self.period)


class Years(NamedTuple):
    """What is compared with what."""

    baseline: Period
    period: Period


def years_of(reading: Reading) -> Years:
    """The statistical year of the view's last day; the baseline asked for, the profile's, or the year before."""
    profile, view = reading.snapshot.profile, reading.view
    period = profile.statistical_year_of(view.end)
    own = profile.target.baseline_year
    baseline = view.against or (profile.statistical_year(own) if own else period.a_year_earlier())
    return Years(baseline if baseline != period else period.a_year_earlier(), period)


def choices(reading: Reading, notebook: Notebook | None = None) -> list[Against]:
    """The view's own period against others, the days since the last meeting, the newest months, the profile's years."""
    view, words = reading.view, reading.words
    period = view.period
    before = Period(period.start - timedelta(days=period.days), period.start - _A_DAY)
    found = [
        Against(words("This period and a year earlier"), period, None),
        Against(words("This period and the days just before"), period, before),
        *(since := [*_since(reading, notebook or Notebook())]),
        *_newest(reading),
        *_years(reading),
    ]
    if view.against is not None:
        found.insert(
            0, Against(words("This period and {period}", period=words.period(view.against)), period, view.against)
        )
    told = {each.days: each for each in (*found, *since)}  # of several alike the one with a name of its own
    return list(told.values())


def last_meeting(reading: Reading, notebook: Notebook) -> date | None:
    """The newest meeting after which there are data, None where there is none: one held today changes nothing yet."""
    last = reading.snapshot.last_day
    return max((each.day for each in notebook.meetings if last is not None and each.day < last), default=None)


def since_meeting(reading: Reading, notebook: Notebook) -> Against | None:
    """The days since the last meeting until the data end, and as many days before; None where no meeting is known."""
    return next(_since(reading, notebook), None)


def _since(reading: Reading, notebook: Notebook) -> Iterator[Against]:
    """Against the days just before, and against the same days of a year earlier, which know the season."""
    met, last, words = last_meeting(reading, notebook), reading.snapshot.last_day, reading.words
    if met is None or last is None:
        return
    since = Period(met + _A_DAY, last)
    before = Period(since.start - timedelta(days=since.days), met)
    day = words.date(met)
    yield Against(words("Since the last meeting ({day})", day=day), since, before)
    yield Against(words("Since the last meeting ({day}) and a year earlier", day=day), since, None)


def _newest(reading: Reading) -> Iterator[Against]:
    last, words = reading.snapshot.last_day, reading.words
    if last is None:
        return
    for months in (6, 3):
        middle = months_earlier(last, months)
        before = Period(months_earlier(last, 2 * months) + _A_DAY, middle)
        yield Against(words("Last {n} months and the {n} before", n=months), Period(middle + _A_DAY, last), before)


def _years(reading: Reading) -> Iterator[Against]:
    """Statistical years of the profile, each against the one before, as far as the data reach."""
    profile, words = reading.snapshot.profile, reading.words
    first, last = reading.snapshot.first_day, reading.snapshot.last_day
    if first is None or last is None:
        return
    newest = profile.statistical_year_of(last).end.year
    for number in range(newest, newest - YEARS, -1):
        year, earlier = profile.statistical_year(number), profile.statistical_year(number - 1)
        if first <= earlier.end:
            yield Against(words("Year {year} and {earlier}", year=number, earlier=number - 1), year, earlier)


def months_earlier(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month stays a last day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    longest = monthrange(year, month + 1)[1]
    stays_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, longest if stays_last else min(day.day, longest))
