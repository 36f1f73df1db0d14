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
class _Group:
    """Places with the same number of neighbours, and the sequences that hit one of them among the first k."""

    k: int
    places: Ints
    sequence: Ints
    hit: Ints  # the place hit, as a position in ``places``


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

    A shuffle by Fisher and Yates, stopped after ``length`` steps, on all rows side by side.
    """
    drawn = np.empty((sequences, length), dtype=np.intp)
    step = max(1, IDS_AT_ONCE // max(n, 1))
    for start in range(0, sequences, step):
        rows = np.arange(min(step, sequences - start))
        ids = np.tile(np.arange(n, dtype=np.int32), (len(rows), 1))
        for j in range(length):
            other = rng.integers(j, n, size=len(rows))
            chosen = ids[rows, other]
            ids[rows, other] = ids[:, j]
            drawn[start : start + len(rows), j] = chosen
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
    drawn = draws(len(x), int(count.max()) + 1, permutations, rng)
    groups = [_group(int(k), count, drawn) for k in np.unique(count[count > 0])]
    binary = sparse.csr_array((np.ones_like(w.data), w.indices, w.indptr), shape=w.shape)
    observed = binary @ x
    p = np.ones(x.shape)
    for column in range(x.shape[1]):
        own = np.ascontiguousarray(x[:, column])
        sums = np.cumsum(own[drawn.T], axis=0)  # sums[k - 1]: of the first k places of every sequence
        for group in groups:
            fewer = _fewer(group, own, observed[group.places, column], sums)
            p[group.places, column] = np.minimum(2.0 * (fewer + 1) / (permutations + 1), 1.0)
    return p


def _group(k: int, count: Ints, drawn: Ints) -> _Group:
    places = np.flatnonzero(count == k)
    position = np.full(len(count), -1)
    position[places] = np.arange(len(places))
    hit = position[drawn[:, :k]]
    sequence, at = np.nonzero(hit >= 0)
    return _Group(k, places, sequence, hit[sequence, at])


def _fewer(group: _Group, own: Floats, observed: Floats, sums: Floats) -> Ints:
    """For each place of the group the number of sequences in the thinner tail, those equal to the sum included."""
    first, size = sums[group.k - 1], len(group.places)
    slack = TIE * (group.k + 1) * np.abs(own).max()
    low, high = observed - slack, observed + slack
    ordered = np.sort(first)
    above = len(first) - np.searchsorted(ordered, low, side="left")
    below = np.searchsorted(ordered, high, side="right")
    wrong = first[group.sequence]  # the place itself is in it
    right = sums[group.k][group.sequence] - own[group.places][group.hit]
    low, high = low[group.hit], high[group.hit]
    above += np.bincount(group.hit, (right >= low) * 1.0 - (wrong >= low), minlength=size).astype(np.intp)
    below += np.bincount(group.hit, (right <= high) * 1.0 - (wrong <= high), minlength=size).astype(np.intp)
    return np.asarray(np.minimum(above, below), dtype=np.intp)
