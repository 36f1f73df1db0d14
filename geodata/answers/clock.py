"""The hours and weekdays of matching rows: one each where it is certain, shares of a span. Knows no area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.answers.selection import Selection
from geodata.statistics.aoristic import week_shares, weekday_shares

UNKNOWN_HOUR = 24
_SPANS = 4096  # at a time: each has 168 hours of the week


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Entries of (row, weekday, hour, share); a row's shares have the sum 1."""

    of: NDArray[np.int64]  # index into the rows asked about
    weekday: NDArray[np.int64]  # 0 = Monday
    hour: NDArray[np.int64]  # UNKNOWN_HOUR where it is
    share: NDArray[np.float64]


def clock_of(selection: Selection, rows: NDArray[np.int64]) -> Clock:
    """When the ``rows`` (positions among the matching rows, one may come twice) happened."""
    incidents = selection.incidents
    span = np.full(len(selection), -1, dtype=np.int64)
    position, number = selection.spans()
    span[position] = number
    span = span[rows]
    plain = np.flatnonzero(span < 0)
    hour = selection.take(incidents.hour)[rows][plain].astype(np.int64)
    weekday = selection.take(incidents.weekday)[rows][plain].astype(np.int64) - 1
    parts = [(plain, weekday, np.where(hour < 0, UNKNOWN_HOUR, hour), np.ones(len(plain)))]
    known = np.zeros(len(span), dtype=np.bool_)
    known[span >= 0] = incidents.spans.hour_known[span[span >= 0]]
    for at in _some(np.flatnonzero(known)):
        shares = week_shares(incidents.spans.start[span[at]], incidents.spans.end[span[at]])
        place, day, of_day = np.nonzero(shares)
        parts.append((at[place], day, of_day, shares[place, day, of_day]))
    for at in _some(np.flatnonzero((span >= 0) & ~known)):
        days = weekday_shares(incidents.spans.start[span[at]], incidents.spans.end[span[at]])
        place, day = np.nonzero(days)
        parts.append((at[place], day, np.full(len(day), UNKNOWN_HOUR), days[place, day]))
    return Clock(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _some(rows: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [rows[start : start + _SPANS] for start in range(0, len(rows), _SPANS)]
