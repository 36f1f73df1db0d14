"""Counts -> multiples of a base whose sums stay near the true ones. Knows no places, categories or calendar.

Controlled rounding (Cox 1987; Bacharach 1966): every cell's running total, and that of every set of cells it is added
up in, goes to the multiple of the base just below or just above. Sets of two families, each nested in itself (rows and
columns of a table, with their groups), always allow it for one table at a time, and a linear programme over them has
its best corner at whole numbers, so no search is needed. Since what was told of earlier bins is not taken back, a sum
may be forced past its bound later on; that is penalised and counted, not hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

FORCED = 100.0  # cost of a set's sum one base beyond its bound; a cell's own cost is at most 1


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """``shown`` (cells, bins) holds multiples of the base; ``forced`` counts the set totals beyond their bounds."""

    shown: NDArray[np.int64]
    forced: int


def round_together(
    counts: NDArray[np.int64],
    sets: Sequence[NDArray[np.int64]],
    *,
    base: int,
    thresholds: NDArray[np.float64],
    closed: NDArray[np.bool_] | None = None,
) -> Rounded:
    """Round ``counts`` (cells, bins) so that running totals of cells and of all ``sets`` of cells stay near.

    Each of ``sets`` says for every cell which set of that partition holds it. ``thresholds`` (cells,), between 0 and 1,
    say from which share of the base on a cell would rather go up; who does not know them cannot tell from a shown
    number whether it went up or down. A cell's running total is less than ``base`` from the true one, always. It may
    rise in any bin, so that a rise does not tell that something was counted there; but not in those ``closed`` (cells,
    bins), in which nothing ever is.
    Empty input gives empty output.
    """
    cells, bins = counts.shape
    if not cells:
        return Rounded(np.zeros((cells, bins), dtype=np.int64), 0)
    member = _membership(sets, cells)
    may_rise = np.ones(counts.shape, dtype=np.bool_) if closed is None else ~closed
    true, told = np.zeros(cells, dtype=np.int64), np.zeros(cells, dtype=np.int64)
    shown, forced = np.zeros((cells, bins), dtype=np.int64), 0
    for bin_ in range(bins):
        true += counts[:, bin_]
        low = np.maximum(true // base, told)
        high = np.where(may_rise[:, bin_], np.maximum(-(-true // base), told), low)
        sums = member @ true
        bounds = sums // base, -(-sums // base)
        new = _corner(thresholds - (true / base - low), (low, high), member, bounds)
        shown[:, bin_], told = base * (new - told), new
        forced += int(np.count_nonzero((member @ told < bounds[0]) | (member @ told > bounds[1])))
    return Rounded(shown, forced)


def _membership(sets: Sequence[NDArray[np.int64]], cells: int) -> sparse.csr_array:
    """One row a set of any partition, 1 where it holds the cell."""
    parts = []
    for of in sets:
        _, row = np.unique(of, return_inverse=True)
        parts.append(sparse.csr_array((np.ones(cells), (row.ravel(), np.arange(cells))), shape=(row.max() + 1, cells)))
    return sparse.vstack(parts, format="csr") if parts else sparse.csr_array((0, cells))


def _corner(
    cost: NDArray[np.float64],
    cells: tuple[NDArray[np.int64], NDArray[np.int64]],
    member: sparse.csr_array,
    sums: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.int64]:
    """The cheapest running totals, in bases, between the lowest and highest ones of ``cells`` and ``sums``."""
    low, high = cells
    free = np.flatnonzero(high > low)
    mine = member[:, free]
    rows = np.flatnonzero(np.diff(mine.indptr))
    if not len(rows):
        return np.where(cost < 0, high, low)
    mine, settled = mine[rows], member[rows] @ low
    slack, none = sparse.identity(len(rows), format="csr"), sparse.csr_array((len(rows), len(rows)))
    found = linprog(
        np.concatenate([cost[free], np.full(2 * len(rows), FORCED)]),
        A_ub=sparse.vstack([sparse.hstack([mine, -slack, none]), sparse.hstack([-mine, none, -slack])], format="csc"),
        b_ub=np.concatenate([sums[1][rows] - settled, settled - sums[0][rows]]),
        bounds=[(0, 1)] * len(free) + [(0, None)] * (2 * len(rows)),
        method="highs-ds",
    )
    new = low.copy()
    new[free] += np.rint(found.x[: len(free)]).astype(np.int64)
    return new
