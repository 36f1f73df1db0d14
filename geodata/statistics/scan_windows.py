"""Circles of places and runs of bins, and the likeliest of them in simulated counts. Knows no model of the counts.

A circle is a place and its j nearest others; places equally far enter together. A window is a circle over a run of bins
(one bin for a purely spatial scan), with m cases expected of C in all. Its log likelihood ratio against "no window
differs" is, for more cases than expected (Kulldorff 1997, Communications in Statistics 26(6), 1481-1496),

    LLR(c) = c ln(c / m) + (C - c) ln((C - c) / (C - m))   if c > m,  else 0
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from scipy.special import xlogy

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Tables = NDArray[np.signedinteger]
EQUAL: Final = 1e-9  # distances, sums and ratios this close, relative to their size, are the same number
_LAST_SCREEN: Final = 1e-3  # below this every window with more than it should is looked at


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles by centre (row) and number of places (column + 1)."""

    order: Integers  # (n, k) places by distance from the centre
    weights: Floats  # (n, k) sum of the weights of the first 1..k places
    ends: NDArray[np.bool_]  # (n, k) whether the circle may end here: no tie is cut, the share is not passed


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of ``length`` bins that start at first..last-1, and the share of all cases expected in each."""

    length: int
    first: int
    last: int
    share: Floats


def draw_circles(x: Floats, y: Floats, weights: Floats, max_share: float) -> Circles:
    """Circles round each place up to ``max_share`` of all weights; a place that alone exceeds it has none."""
    places = np.column_stack([x, y])
    squares = cdist(places, places, "sqeuclidean")
    order = np.argsort(squares, axis=1, kind="stable")
    squares = np.take_along_axis(squares, order, axis=1)
    sums = np.cumsum(weights[order], axis=1)
    ends = np.ones(order.shape, dtype=bool)
    ends[:, :-1] = np.diff(squares, axis=1) > EQUAL * squares[:, 1:]
    ends &= sums <= max_share * weights.sum() * (1 + EQUAL)
    most = int(np.flatnonzero(ends.any(axis=0)).max(initial=-1)) + 1
    return Circles(order[:, :most], sums[:, :most], ends[:, :most])


def bin_runs(cases: Integers, max_window: int, *, prospective: bool) -> list[Runs]:
    """Every run of up to ``max_window`` bins by length; with ``prospective`` only those that end in the last bin."""
    bins, sums = len(cases), np.concatenate([[0], np.cumsum(cases)])
    runs = []
    for length in range(1, min(max_window, bins) + 1):
        first = bins - length if prospective else 0
        share = (sums[first + length :] - sums[first : bins - length + 1]) / sums[
            -1
        ]  # whole until here: ties stay ties
        runs.append(Runs(length, first, bins - length + 1, share))
    return runs


def likelihood_ratio(cases: Floats | Tables, expected: Floats, total: int) -> Floats:
    """LLR of the module's formula, element by element; 0 where there are no more cases than expected."""
    rest = total - cases
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing expected: nothing can be there
        llr = xlogy(cases, cases / expected) + xlogy(rest, rest / (total - expected))
    return np.where(cases > expected * (1 + EQUAL), llr, 0.0)


def largest_ratios(tables: Tables, circles: Circles, runs: list[Runs], total: int) -> Floats:
    """The largest LLR over all windows in each simulation.

    ``tables`` has shape (places, bins + 1, simulations): counts summed over the bins before. Only counts that could
    matter are looked at: for a threshold, the least count that reaches it is found once for each window, and the LLR is
    worked out for the few that do (a thousand times fewer logarithms). Simulations in which none does go round again
    with half the threshold, at last with none.
    """
    windows = int(circles.ends.sum()) * sum(len(run.share) for run in runs)
    return _largest(tables, circles, runs, _Screen.at(0.3 * log(windows + 2), total))


@dataclass(frozen=True, slots=True)
class _Screen:
    threshold: float
    total: int
    cases: Floats  # 0, 1, 2, .. and above 100 in steps of a tenth of a standard deviation
    reach: Floats  # the largest expected number at which so many cases still reach the threshold

    @classmethod
    def at(cls, threshold: float, total: int) -> _Screen:
        steps = np.floor((np.arange(int(20 * sqrt(total)) + 1) / 20) ** 2)
        cases = np.unique(np.concatenate([steps, [total]]))
        low, high = np.zeros(len(cases)), cases.copy()
        for _ in range(20):  # LLR falls as the expected number rises to c; the upper end errs towards looking
            middle = (low + high) / 2
            enough = likelihood_ratio(cases, middle, total) >= threshold
            low, high = np.where(enough, middle, low), np.where(enough, high, middle)
        return cls(threshold, total, cases, high)

    def least(self, expected: Floats) -> Floats:
        """No number of cases below this one reaches the threshold; it is above the total where none does."""
        step = np.searchsorted(self.reach, expected, side="left")
        return np.where(step > 0, self.cases[step - 1] + 1, 1.0)


def _largest(tables: Tables, circles: Circles, runs: list[Runs], screen: _Screen) -> Floats:
    best, share = np.zeros(tables.shape[2]), np.concatenate([run.share for run in runs])
    for order, weights, ends in zip(circles.order, circles.weights, circles.ends, strict=True):
        sizes = np.flatnonzero(ends) + 1
        expected = weights[sizes - 1][:, None] * share
        hits, cases = _enough(tables, order, sizes, runs, screen.least(expected).astype(tables.dtype))
        window, simulation = np.divmod(hits, len(best))
        np.maximum.at(best, simulation, likelihood_ratio(cases, expected.ravel()[window], screen.total))
    missing = best < screen.threshold  # one below it may not be the largest
    if missing.any():
        lower = _Screen.at(screen.threshold / 2 if screen.threshold > _LAST_SCREEN else 0.0, screen.total)
        best[missing] = _largest(np.ascontiguousarray(tables[:, :, missing]), circles, runs, lower)
    return best


def _enough(
    tables: Tables, order: Integers, sizes: Integers, runs: list[Runs], least: Tables
) -> tuple[Integers, Tables]:
    """Where the circles of one centre hold at least ``least``: flat index (circle, run, simulation), and the cases."""
    inside = np.zeros(tables.shape[1:], dtype=tables.dtype)
    cases = np.empty((least.shape[1], tables.shape[2]), dtype=tables.dtype)
    enough, rows = np.empty(cases.shape, dtype=bool), np.cumsum([0, *(len(run.share) for run in runs)]).tolist()
    hits, counts = [np.empty(0, dtype=np.int64)], [cases[:0, 0]]
    for circle, (begin, end) in enumerate(pairwise([0, *sizes.tolist()])):
        for place in order[begin:end].tolist():
            inside += tables[place]
        for run, (first, last) in zip(runs, pairwise(rows), strict=True):
            later, sooner = inside[run.first + run.length : run.last + run.length], inside[run.first : run.last]
            np.subtract(later, sooner, out=cases[first:last])
        np.greater_equal(cases, least[circle, :, None], out=enough)
        found = enough.ravel().nonzero()[0]
        hits.append(found + circle * cases.size)
        counts.append(cases.ravel()[found])
    return np.concatenate(hits), np.concatenate(counts)
