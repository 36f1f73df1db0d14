"""Incidents by area and month or quarter: what every answer about time and place is made from. Draws no conclusion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geodata.answers.exposure import whole_layer
from geodata.answers.selection import select
from geodata.answers.trend import first_of, month_number
from geodata.question import EVERYTHING, Question
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

Bin = Literal["month", "quarter"]
MONTHS_OF: dict[Bin, int] = {"month": 1, "quarter": 3}
LONGEST = 36  # months looked back at: older ones say little about what is to be done now
GRACE = 3  # days a month may lack at the data's beginning or end and still count as whole
QUIET = 0.95  # as many days may lack as lie between two days with incidents in this share of all cases


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Incidents of the whole layer by area and bin, oldest bin first; every bin is covered by the data whole."""

    question: Question  # of all places; its period is that of the bins
    width: Bin
    bins: tuple[date, ...]  # first days
    counts: NDArray[np.int64]  # (areas, bins)

    @property
    def period(self) -> Period | None:
        """The days of all bins together, None where no bin is whole."""
        return self.question.period if self.bins else None


def series_of(snapshot: Snapshot, question: Question, width: Bin = "month", longest: int = LONGEST) -> Series:
    """Count the layer by area and bin, over at most ``longest`` whole months until the end of the question's period.

    Quarters are three months each, counted back from the last whole month, so that the newest is always whole.
    """
    months = whole_months(snapshot, question.period.end, longest)
    step = MONTHS_OF[width]
    months = range(months.stop - len(months) // step * step, months.stop)
    areas = len(snapshot.boundaries.layers[question.layer].codes)
    starts = [first_of(number) for number in range(months.start, months.stop, step)]
    if not starts:
        select(snapshot, question, EVERYTHING)  # a wrong question is refused even where there is nothing to count
        return Series(whole_layer(question), width, (), np.zeros((areas, 0), np.int64))
    period = Period(starts[0], first_of(months.stop) - timedelta(days=1))
    whole = replace(whole_layer(question), period=period)
    found = select(snapshot, whole, EVERYTHING)
    edges = [(day - EPOCH).days for day in starts]
    position = found.take(found.incidents.area[question.layer]).astype(np.int64)
    when = np.searchsorted(edges, found.take(found.incidents.day), side="right") - 1
    placed = position >= 0
    flat = np.bincount(position[placed] * len(starts) + when[placed], minlength=areas * len(starts))
    return Series(whole, width, tuple(starts), flat.reshape(areas, len(starts)).astype(np.int64, copy=False))


def whole_months(snapshot: Snapshot, until: date, longest: int = LONGEST) -> range:
    """Month numbers that the data cover whole, none after ``until``'s month; at most ``longest`` of them."""
    first, last = snapshot.first_day, snapshot.last_day
    if first is None or last is None:
        return range(0)
    grace = usual_silence(snapshot)
    start = month_number(first) + (first.day > 1 + grace)
    stop = _after(last, grace)
    if until < last:
        stop = min(stop, _after(until, GRACE))
    return range(max(start, stop - longest), max(stop, start))


def usual_silence(snapshot: Snapshot) -> int:
    """Days without any incident between two with one, as they are usual in these data; at least ``GRACE``.

    Where days are recorded roughly (all on the 1st or the 15th), or little happens, the last days of a month may be
    silent although it was reported whole.
    """
    steps = np.diff(snapshot.incidents.day)
    silent = steps[steps > 0] - 1
    return max(GRACE, int(np.quantile(silent, QUIET, method="higher"))) if len(silent) else GRACE


def _after(day: date, grace: int) -> int:
    """The month after the last one that is whole by ``day``."""
    number = month_number(day)
    lacking = (first_of(number + 1) - timedelta(days=1) - day).days
    return number + (lacking <= grace)
