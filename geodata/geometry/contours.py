"""A surface given on a grid -> the ground between its contour lines. Planar; knows nothing of what the surface is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bands(
    x: Floats, y: Floats, values: Floats, lows: Sequence[float], *, tolerance: float = 0.0
) -> NDArray[np.object_]:
    """The ground where each of the rising ``lows`` is reached and the next is not: shapely polygons, (len(lows),).

    ``values`` (len(y), len(x)) stand at the grid's points and are linear between them. Lines are simplified by
    ``tolerance`` once, so that neighbouring bands keep their common edge. A band nothing reaches is an empty polygon.
    """
    drawn = contourpy.contour_generator(x, y, values, fill_type=contourpy.FillType.OuterOffset)
    above = np.array([_ground(drawn, low, tolerance) for low in lows], dtype=object)
    if len(above) > 1:
        above[:-1] = shapely.difference(above[:-1], above[1:])
    return above


def _ground(drawn: contourpy.ContourGenerator, low: float, tolerance: float) -> object:
    """All ground at or above a level. Simplified parts may touch, so they are united."""
    lines, offsets = cast("tuple[list[Floats], list[NDArray[np.uint32]]]", drawn.filled(low, np.inf))
    parts = [_part(line, ends) for line, ends in zip(lines, offsets, strict=True)]
    return shapely.union_all(shapely.simplify(np.array(parts, dtype=object), tolerance))


def _part(points: Floats, ends: NDArray[np.uint32]) -> object:
    """A polygon: its outer ring comes first, then its holes."""
    outer, *holes = (shapely.linearrings(points[start:end]) for start, end in pairwise(ends))
    return shapely.polygons(outer, holes or None)
