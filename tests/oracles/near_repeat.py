"""The slow twin of the near repeats: every pair by plain loops, chains grown one link at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

Incident = tuple[float, float, float]  # x, y, t


def _band(value: float, edges: Sequence[float]) -> int | None:
    return next((k for k, edge in enumerate(edges) if value <= edge), None)


def pairs(incidents: Sequence[Incident], far: Sequence[float], late: Sequence[float]) -> list[list[int]]:
    table = [[0] * len(late) for _ in range(len(far) + 1)]
    for one, other in combinations(incidents, 2):
        row, column = _band(math.dist(one[:2], other[:2]), [0.0, *far]), _band(abs(one[2] - other[2]), late)
        if row is not None and column is not None:
            table[row][column] += 1
    return table


def chains(incidents: Sequence[Incident], distance: float, days: float, at_least: int) -> set[tuple[int, ...]]:
    left, found = set(range(len(incidents))), set()
    while left:
        chain, grown = {left.pop()}, True
        while grown:
            near = {
                j
                for i in chain
                for j in left
                if math.dist(incidents[i][:2], incidents[j][:2]) <= distance
                and abs(incidents[i][2] - incidents[j][2]) <= days
            }
            chain, left, grown = chain | near, left - near, bool(near)
        if len(chain) >= at_least:
            found.add(tuple(sorted(chain)))
    return found
