"""Aoristic shares: how a span of time falls on hours and weekdays. Knows minutes only, no calendar and no incident.

An incident known to lie between two moments, and nowhere in particular between them, counts in each hour by the part of
the span that lies there (Ratcliffe & McCullagh 1998, Aoristic crime analysis, Int. J. Geographical Information Science
12(7), 751-764). With a span of L minutes from s to e, both included, L = e - s + 1, the share of block b is

    w_b = |{t in s..e: t lies in b}| / L ,    sum over b of w_b = 1

Minutes are counted from 1970-01-01 00:00 local, a Thursday; they may be negative.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Minutes = NDArray[np.int64]
HOUR: Final = 60
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
_SINCE_MONDAY: Final = 3 * DAY  # minutes from the Monday before to 1970-01-01


def hour_shares(start: Minutes, end: Minutes) -> NDArray[np.float64]:
    """Shares of the hours of the day 0..23, shape (n, 24); a moment (start = end) has a single 1. Empty in, empty out.

    Raises ValueError where a span ends before it starts.
    """
    return _shares(start, end, width=HOUR, blocks=24)


def weekday_shares(start: Minutes, end: Minutes) -> NDArray[np.float64]:
    """Shares of the weekdays, Monday first, shape (n, 7)."""
    return _shares(start + _SINCE_MONDAY, end + _SINCE_MONDAY, width=DAY, blocks=7)


def week_shares(start: Minutes, end: Minutes) -> NDArray[np.float64]:
    """Shares of the hours of the week, Monday first, shape (n, 7, 24)."""
    shares = _shares(start + _SINCE_MONDAY, end + _SINCE_MONDAY, width=HOUR, blocks=7 * 24)
    return shares.reshape(len(shares), 7, 24)


def share_within(start: Minutes, end: Minutes, wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The part of each span that lies in the ``wanted`` hours of the week, (7, 24) Monday first; shape (n,)."""
    _check(start, end)
    hours = wanted.reshape(-1).astype(np.int64)
    before_hour = np.concatenate([[0], np.cumsum(hours)]) * HOUR  # wanted minutes of the week before each hour

    def before(moment: Minutes) -> Minutes:
        week, minute = np.divmod(moment + _SINCE_MONDAY, WEEK)
        hour = minute // HOUR
        return np.asarray(week * before_hour[-1] + before_hour[hour] + hours[hour] * (minute % HOUR), dtype=np.int64)

    return np.asarray((before(end + 1) - before(start)) / (end - start + 1), dtype=np.float64)


def _shares(start: Minutes, end: Minutes, *, width: int, blocks: int) -> NDArray[np.float64]:
    """Shares of ``blocks`` equal blocks of ``width`` minutes that come round again and again."""
    _check(start, end)
    edges = np.arange(blocks, dtype=np.int64) * width

    def before(moment: Minutes) -> Minutes:  # minutes in each block before the moment
        rounds, minute = np.divmod(moment[:, None], width * blocks)
        return np.asarray(rounds * width + np.clip(minute - edges, 0, width), dtype=np.int64)

    return np.asarray((before(end + 1) - before(start)) / (end - start + 1)[:, None], dtype=np.float64)


def _check(start: Minutes, end: Minutes) -> None:
    if (end < start).any():
        raise ValueError("a span ends before it starts")
