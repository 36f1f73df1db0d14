"""Near repeats: pairs of incidents close in space and in time, and the chains they form. Knows points and days only."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Moments = NDArray[np.int16] | Floats
_AT_ONCE: Final = 64  # permutations a task
_WIDER: Final = 1 + 1e-9  # the tree measures a little otherwise than hypot: ask for more, then measure


@dataclass(frozen=True, slots=True)
class Knox:
    """Tables of shape (distance bands + 1, time bands)."""

    pairs: Integers
    expected: Floats
    ratio: Floats
    p: Floats


@dataclass(frozen=True, slots=True)
class Chain:
    """Incidents linked one to the next: their indices by time, first and last time, centre, and the reach from it."""

    members: tuple[int, ...]
    start: float
    end: float
    x: float
    y: float
    radius: float


def knox(
    x: ArrayLike,
    y: ArrayLike,
    t: ArrayLike,
    *,
    distance_bands: ArrayLike,
    time_bands: ArrayLike,
    permutations: int = 999,
    rng: Generator,
) -> Knox:
    """Knox table of near repeats (Knox 1964, Applied Statistics 13, 25-29; bands and permutation: Ratcliffe 2009).

    Bands are rising upper edges. Row 0 counts pairs at the very same place (d = 0), row k those with
    lo < d <= distance_bands[k-1]; column 0 those with 0 <= |dt| <= time_bands[0], column k lo < |dt| <= time_bands[k].
    With S the pairs of a row at any time, T those of a column at any distance, of n (n - 1) / 2 pairs in all,

        expected = S T / (n (n - 1) / 2) ,   ratio = pairs / expected   (nan where nothing is expected)

    which is Knox's product of the margins and also the exact mean over all permutations of the times. p is one-sided:
    (1 + permutations with at least as many pairs) / (1 + permutations), times shuffled over the places.

    x, y, t have shape (n,), distances in the unit of x and y, times in that of ``time_bands``. Leave out what is known
    to a commune's centre only: it makes places the same that are not. None or one incident: no pairs, ratio nan, p 1.
    Raises ValueError for lengths that differ, unknown numbers and bands that do not rise from above 0 (time: from 0).
    """
    places, times = _points(x, y, t)
    far, late = _bands(distance_bands, "distance"), _bands(time_bands, "time")
    if (far <= 0).any() or (late < 0).any():
        raise ValueError("distance bands begin above 0, time bands at 0 or above")
    rows, columns = len(far) + 1, len(late)
    near = _near(places, far[-1] if len(far) else 0.0)
    apart = _distances(places, near)
    row = np.searchsorted(far, apart, side="left") + (apart > 0)
    near = near[np.argsort(row, kind="stable")]
    space = np.bincount(row, minlength=rows)
    moments, edges = _narrowed(times, late)
    counting = _Counting(np.ascontiguousarray(near.T), np.concatenate([[0], np.cumsum(space)]), edges)
    pairs = counting.count(moments)
    n = len(times)
    expected = np.outer(space, _time_pairs(times, late)) / max(n * (n - 1) / 2, 1)
    ratio = np.where(expected > 0, pairs / np.where(expected > 0, expected, 1), np.nan)
    as_many = (
        counting.as_many(moments, pairs, permutations, rng) if len(near) else np.full((rows, columns), permutations)
    )
    return Knox(pairs, expected, ratio, (1 + as_many) / (1 + permutations))


def chains(x: ArrayLike, y: ArrayLike, t: ArrayLike, *, distance: float, days: float, at_least: int = 3) -> list[Chain]:
    """Chains of at least ``at_least`` incidents, each near another of them, latest first.

    Near is within ``distance`` and ``days``, both limits included; a chain is a connected component of such pairs. Its
    centre is the mean place, its radius the distance from there to the farthest. Empty input: no chain. Input and
    errors as for :func:`knox`.
    """
    places, times = _points(x, y, t)
    label = _linked(_near(places, distance), times, days)
    order = np.lexsort((times, label))
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    found = [_chain(group, places, times) for group in groups if len(group) >= max(at_least, 1)]
    return sorted(found, key=lambda chain: (-chain.end, chain.members))


def chance_chains(
    x: ArrayLike,
    y: ArrayLike,
    t: ArrayLike,
    *,
    distance: float,
    days: float,
    at_least: int = 3,
    after: float = -inf,
    shuffles: int,
    rng: Generator,
) -> float:
    """How many chains ending later than ``after`` there were if places and times had nothing to do with each other.

    The mean number over shuffles of the times; otherwise as for :func:`chains`. Empty input: 0.
    """
    places, times = _points(x, y, t)
    near, found = _near(places, distance), 0
    for _ in range(shuffles):
        moments = rng.permutation(times)
        label = _linked(near, moments, days)
        long = np.bincount(label) >= max(at_least, 1)
        late = np.zeros(len(long), dtype=np.bool_)
        late[label[moments > after]] = True
        found += int(np.count_nonzero(long & late))
    return found / shuffles


def _linked(near: Integers, times: Floats, days: float) -> NDArray[np.int32]:
    """The chain of each incident: pairs near in place are linked where they are near in time as well."""
    if not len(times):
        return np.empty(0, dtype=np.int32)
    near = near[np.abs(times[near[:, 0]] - times[near[:, 1]]) <= days]
    graph = coo_array((np.ones(len(near), dtype=bool), (near[:, 0], near[:, 1])), shape=(len(times), len(times)))
    label: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return label


@dataclass(frozen=True, slots=True)
class _Counting:
    near: Integers  # (2, pairs), by row of the table
    starts: Integers  # where each row's pairs begin, and the end
    late: Moments

    def count(self, times: Moments) -> Integers:
        """The table for these times: pairs up to each edge, then their differences."""
        apart = times.take(self.near[0])
        apart -= times.take(self.near[1])
        np.abs(apart, out=apart)
        spans = list(zip(self.starts[:-1], self.starts[1:], strict=True))
        upto = [[int(np.count_nonzero(apart[a:b] <= edge)) for edge in self.late] for a, b in spans]
        return np.diff(np.array(upto, dtype=np.int64).reshape(len(spans), len(self.late)), axis=1, prepend=0)

    def as_many(self, times: Moments, pairs: Integers, permutations: int, rng: Generator) -> Integers:
        """How many of the permutations of the times have at least as many pairs, cell by cell, on all cores."""
        sizes = [min(_AT_ONCE, permutations - start) for start in range(0, permutations, _AT_ONCE)]

        def work(task: tuple[Generator, int]) -> Integers:
            random, n = task
            total = np.zeros_like(pairs)
            for _ in range(n):
                total += self.count(random.permutation(times)) >= pairs
            return total

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            done = list(pool.map(work, zip(rng.spawn(len(sizes)), sizes, strict=True)))
        return np.array(np.sum([np.zeros_like(pairs), *done], axis=0), dtype=np.int64)


def _narrowed(times: Floats, late: Floats) -> tuple[Moments, Moments]:
    """Times and edges as 16-bit numbers where nothing is lost (whole days within 89 years): six times as fast."""
    since, most = times - times.min(initial=inf), np.iinfo(np.int16).max
    if (since % 1 != 0).any() or since.max(initial=0) > most:
        return times, late
    return since.astype(np.int16), np.minimum(np.floor(late), most).astype(np.int16)


def _near(places: Floats, distance: float) -> Integers:
    """Pairs i < j at most ``distance`` apart, shape (pairs, 2)."""
    if len(places) < 2:
        return np.empty((0, 2), dtype=np.int64)
    pairs = cKDTree(places).query_pairs(distance * _WIDER, output_type="ndarray").astype(np.int64)
    near: Integers = pairs[_distances(places, pairs) <= distance]
    return near


def _distances(places: Floats, pairs: Integers) -> Floats:
    apart = places[pairs[:, 0]] - places[pairs[:, 1]]
    return np.asarray(np.hypot(apart[:, 0], apart[:, 1]), dtype=np.float64)


def _time_pairs(times: Floats, late: Floats) -> Integers:
    """Pairs of incidents at any distance in each time band."""
    rising = np.sort(times)
    upto = [
        int((np.searchsorted(rising, rising + edge, side="right") - np.arange(len(rising)) - 1).sum()) for edge in late
    ]
    banded: Integers = np.diff(np.array([0, *upto]))
    return banded


def _chain(group: Integers, places: Floats, times: Floats) -> Chain:
    centre = places[group].mean(axis=0)
    radius = float(np.hypot(*(places[group] - centre).T).max())
    members = tuple(int(member) for member in group)
    return Chain(members, float(times[group[0]]), float(times[group[-1]]), float(centre[0]), float(centre[1]), radius)


def _points(x: ArrayLike, y: ArrayLike, t: ArrayLike) -> tuple[Floats, Floats]:
    east, north, times = (np.asarray(given, dtype=np.float64) for given in (x, y, t))
    if not east.shape == north.shape == times.shape == (times.size,):
        raise ValueError("x, y and t differ in length")
    places = np.column_stack([east, north])
    if not (np.isfinite(places).all() and np.isfinite(times).all()):
        raise ValueError("every incident needs a place and a time")
    return places, times


def _bands(given: ArrayLike, name: str) -> Floats:
    edges = np.atleast_1d(np.asarray(given, dtype=np.float64))
    if edges.ndim != 1 or (np.diff(edges) <= 0).any():
        raise ValueError(f"{name} bands must rise")
    return edges
