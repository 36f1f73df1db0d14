"""The slow twin of the scans: every circle and run of bins by plain loops, exact p from every outcome."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import NamedTuple

SAME = 1e-9


class Window(NamedTuple):
    members: tuple[int, ...]
    start: int
    end: int
    cases: int
    expected: float
    llr: float


Table = Sequence[Sequence[int]]
Spots = Sequence[tuple[float, float]]


def llr(cases: int, expected: float, total: int) -> float:
    if cases <= expected * (1 + SAME):
        return 0.0
    outside = total - cases
    return cases * math.log(cases / expected) + (outside * math.log(outside / (total - expected)) if outside else 0.0)


def circles(spots: Spots, weights: Sequence[float], max_share: float) -> Iterator[tuple[int, ...]]:
    """By centre, then by radius: all places no farther than each of the places."""
    for centre in spots:
        away = [math.dist(centre, spot) for spot in spots]
        radii: list[float] = []
        for radius in sorted(away):
            if not radii or radius > radii[-1] * (1 + SAME):
                radii.append(radius)
        for radius in radii:
            inside = tuple(i for i, distance in enumerate(away) if distance <= radius * (1 + SAME))
            if sum(weights[i] for i in inside) <= max_share * sum(weights) * (1 + SAME):
                yield inside


def apart(windows: Sequence[Window]) -> list[Window]:
    """The likeliest, then the likeliest without a place of those before; of equals the first with the fewest places."""
    left, found = [window for window in windows if window.llr > 0], []
    while left:
        top = max(window.llr for window in left)
        equal = [window for window in left if window.llr >= top * (1 - SAME)]
        chosen = min(equal, key=lambda window: len(window.members))
        found.append(chosen)
        left = [window for window in left if not set(window.members) & set(chosen.members)]
    return found


def poisson(cases: Sequence[int], people: Sequence[float], spots: Spots, max_share: float) -> list[Window]:
    kept = [i for i, inhabitants in enumerate(people) if inhabitants > 0]
    total, everyone = sum(cases[i] for i in kept), sum(people[i] for i in kept)
    windows = []
    for inside in circles([spots[i] for i in kept], [people[i] for i in kept], max_share):
        members = tuple(kept[i] for i in inside)
        observed, expected = sum(cases[i] for i in members), total * sum(people[i] for i in members) / everyone
        windows.append(Window(members, 0, 0, observed, expected, llr(observed, expected, total)))
    return apart(windows)


def permutation(table: Table, spots: Spots, max_share: float, max_window: int, *, prospective: bool) -> list[Window]:
    rows, bins = [sum(row) for row in table], len(table[0])
    columns, total = [sum(row[b] for row in table) for b in range(bins)], sum(rows)
    spans = [(start, start + n) for n in range(1, min(max_window, bins) + 1) for start in range(bins - n + 1)]
    windows = []
    for members in circles(spots, rows, max_share) if total else ():
        for start, stop in spans:
            if prospective and stop != bins:
                continue
            observed = sum(sum(table[i][start:stop]) for i in members)
            expected = sum(rows[i] for i in members) * sum(columns[start:stop]) / total
            windows.append(Window(members, start, stop - 1, observed, expected, llr(observed, expected, total)))
    return apart(windows)


def chance_poisson(
    least: float, cases: Sequence[int], people: Sequence[float], spots: Spots, max_share: float
) -> float:
    """The exact probability of a largest LLR of at least ``least``: every way to throw the cases on the people."""
    chance, total = 0.0, sum(cases)
    for thrown in product(range(len(people)), repeat=total):
        found = poisson([thrown.count(i) for i in range(len(people))], people, spots, max_share)
        if found and found[0].llr >= least * (1 - SAME):
            chance += math.prod(people[i] / sum(people) for i in thrown)
    return chance


def chance_permutation(least: float, table: Table, spots: Spots, max_share: float, max_window: int) -> float:
    """The same over every order of the times of the cases."""
    where = [i for i, row in enumerate(table) for n in row for _ in range(n)]
    when = [b for row in table for b, n in enumerate(row) for _ in range(n)]
    hits = tried = 0
    for times in permutations(when):
        drawn = [[0] * len(table[0]) for _ in table]
        for place, time in zip(where, times, strict=True):
            drawn[place][time] += 1
        found = permutation(drawn, spots, max_share, max_window, prospective=False)
        hits, tried = hits + bool(found and found[0].llr >= least * (1 - SAME)), tried + 1
    return hits / tried
