"""How often would shuffled values give neighbours such a sum? Knows values and who is next to whom.

The null case is conditional: a place keeps its own value and the others' values are shuffled, so its k neighbours
hold k of the other n - 1 values, each choice as likely as another (Anselin 1995, Geographical Analysis 27, 93-115).

All places share the same draws: R sequences of K + 1 different places, K the most neighbours anyone has. A place
with k neighbours takes the first k of a sequence that are not itself: the sum of the first k values, or, where it
came up among them, of the first k + 1 without its own. So the sums are made and sorted once for each k, a binary
search answers for all places, and only the few sequences that hit the place are looked at one by one. Shuffling each
place's own n - 1 values anew (esda) costs some hundred times as much and is as accurate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geodata.statistics.weights import as_weights, degrees

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
IDS_AT_ONCE = 4_000_000  # 32 MB of places to draw from
TIE = 1e-12  # sums this close, beside the values, are equal: they were added in another order


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What does not depend on the values: who has how many neighbours, the draws, and which of them hit a place itself.

    A hit is a place with k neighbours among the first k of a sequence: ``hit`` is the place, ``wrong`` and ``right``
    are where the sums of the first k and of the first k + 1 of that sequence stand in the table of all sums.
    """

    groups: tuple[tuple[int, Ints], ...]
    drawn: Ints  # (longest, sequences): read row by row
    hit: Ints
    wrong: Ints
    right: Ints


def neighbour_sum_p(
    values: ArrayLike, weights: sparse.sparray, *, permutations: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Two-sided p of the sum over each place's neighbours, in the shape of the values, (n,) or (n, k).

    p = 2 (1 + min(at least the sum, at most the sum)) / (1 + permutations), at most 1. The place's own value does not
    matter, nor do weights, as long as those of a row are equal: it is the p of Gi* and of local Moran alike.

    Islands and fields without variance have p = 1. Places without a value (nan) take no part and have p = nan.
    """
    if permutations < 1:
        raise ValueError(f"{permutations} permutations: at least one is needed")
    x = np.asarray(values, dtype=np.float64)
    w = as_weights(weights, len(x))
    fields = x.reshape(len(x), -1) if x.size else np.zeros((len(x), 0))
    p = np.full(fields.shape, np.nan)
    for places, columns in _alike(np.isfinite(fields)):
        among = w if len(places) == len(x) else w[places][:, places]
        cells = np.ix_(places, columns)
        p[cells] = _p(fields[cells], among, permutations, rng)
    return p.reshape(x.shape)


def draws(n: int, length: int, sequences: int, rng: np.random.Generator) -> Ints:
    """``sequences`` rows of ``length`` different places out of n, every ordered choice as likely as another.

    Short rows are drawn with repetition, and drawn again where a place comes twice. Long ones are the beginning of a
    shuffle by Fisher and Yates, on all rows side by side.
    """
    drawn = np.empty((sequences, length), dtype=np.intp)
    if length**2 <= n:  # six rows of ten are good at once, or more
        again = np.arange(sequences)
        while len(again):
            drawn[again] = rng.integers(n, size=(len(again), length))
            ordered = np.sort(drawn[again], axis=1)
            again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        return drawn
    step = max(1, IDS_AT_ONCE // n)
    for start in range(0, sequences, step):
        rows = np.arange(min(step, sequences - start))
        ids = np.tile(np.arange(n, dtype=np.int32), (len(rows), 1))
        for j in range(length):
            other = rng.integers(j, n, size=len(rows))
            drawn[start : start + len(rows), j] = ids[rows, other]
            ids[rows, other] = ids[:, j]
    return drawn


def _alike(known: NDArray[np.bool_]) -> Iterator[tuple[Ints, Ints]]:
    """The columns that know the same places, group by group: (places, columns)."""
    if known.all():
        yield np.arange(known.shape[0]), np.arange(known.shape[1])
        return
    patterns, which = np.unique(known, axis=1, return_inverse=True)
    for number, pattern in enumerate(patterns.T):
        yield np.flatnonzero(pattern), np.flatnonzero(which.ravel() == number)


def _p(x: Floats, w: sparse.csr_array, permutations: int, rng: np.random.Generator) -> Floats:
    count = degrees(w)
    if not count.any() or not x.shape[1]:
        return np.ones(x.shape)
    plan = _plan(count, permutations, rng)
    binary = sparse.csr_array((np.ones_like(w.data), w.indices, w.indptr), shape=w.shape)
    observed = binary @ x
    thinner = np.column_stack([_thinner(plan, x[:, k].copy(), observed[:, k]) for k in range(x.shape[1])])
    return np.asarray(np.minimum(2.0 * (thinner + 1) / (permutations + 1), 1.0), dtype=np.float64)


def _plan(count: Ints, permutations: int, rng: np.random.Generator) -> _Plan:
    longest = int(count.max())
    drawn = np.ascontiguousarray(draws(len(count), longest + 1, permutations, rng).T)
    groups = tuple((int(k), np.flatnonzero(count == k)) for k in np.unique(count[count > 0]))
    neighbours = count[drawn]
    at, sequence = np.nonzero(neighbours > np.arange(longest + 1)[:, None])
    right = neighbours[at, sequence] * permutations + sequence
    return _Plan(groups, drawn, drawn[at, sequence], right - permutations, right)


def _thinner(plan: _Plan, own: Floats, observed: Floats) -> Ints:
    """For each place the number of sequences in the thinner tail, those equal to the sum included; islands: all."""
    sums = np.cumsum(own.take(plan.drawn), axis=0)  # sums[k - 1]: of the first k places of every sequence
    places, sequences = len(own), sums.shape[1]
    slack = TIE * len(sums) * np.abs(own).max()
    low, high = observed - slack, observed + slack
    above, below = np.full(places, sequences), np.full(places, sequences)
    for k, those in plan.groups:
        ordered = np.sort(sums[k - 1])
        above[those] -= np.searchsorted(ordered, low[those], side="left")
        below[those] = np.searchsorted(ordered, high[those], side="right")
    wrong = sums.take(plan.wrong)  # the place itself is in it
    right = sums.take(plan.right) - own.take(plan.hit)
    low, high = low.take(plan.hit), high.take(plan.hit)
    more_above = np.subtract(right >= low, wrong >= low, dtype=np.float64)
    more_below = np.subtract(right <= high, wrong <= high, dtype=np.float64)
    tails = above + np.bincount(plan.hit, more_above, places), below + np.bincount(plan.hit, more_below, places)
    return np.asarray(np.minimum(*tails), dtype=np.intp)
