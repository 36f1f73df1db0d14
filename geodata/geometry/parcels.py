"""Points -> rectangles that each hold enough of them. Knows planes and metres, nothing of what a point stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True, eq=False)
class Parcels:
    """``of`` says for each point in which of the ``boxes`` it lies; the boxes tile the ground without overlap."""

    of: NDArray[np.int64]
    boxes: tuple[Box, ...]


def parcels(points: NDArray[np.float64], ground: Box, *, side: float, fewest: int) -> Parcels:
    """Halve the ``ground`` as long as both halves hold ``fewest`` points and are ``side`` wide, along its longer way.

    ``points`` is (n, 2), all in the ground. Cuts stand at whole multiples of ``side`` from its corner, at the one that
    divides the points most evenly, so that a cut tells of no single point. Fewer points than that leave one box.
    """
    of = np.zeros(len(points), dtype=np.int64)
    boxes: list[Box] = []
    waiting = [(np.arange(len(points)), ground)]
    while waiting:
        rows, box = waiting.pop()
        cut = _cut(points[rows], box, side, fewest)
        if cut is None:
            of[rows] = len(boxes)
            boxes.append(box)
            continue
        axis, at = cut
        beyond = points[rows, axis] >= at
        low, high = list(box), list(box)
        low[axis + 2], high[axis] = at, at
        waiting += [(rows[beyond], _box(high)), (rows[~beyond], _box(low))]
    return Parcels(of, tuple(boxes))


def _cut(points: NDArray[np.float64], box: Box, side: float, fewest: int) -> tuple[int, float] | None:
    """Axis and place of the best cut; the other way is tried where the longer one has none."""
    lengths = (box[2] - box[0], box[3] - box[1])
    for axis in sorted((0, 1), key=lambda way: -lengths[way]):
        steps = np.arange(1, int(lengths[axis] // side))
        below = np.searchsorted(np.sort(points[:, axis]), places := box[axis] + side * steps)
        fair = np.minimum(below, len(points) - below)
        if len(fair) and fair.max() >= fewest:
            return axis, float(places[int(fair.argmax())])
    return None


def _box(edges: list[float]) -> Box:
    west, south, east, north = edges
    return west, south, east, north
