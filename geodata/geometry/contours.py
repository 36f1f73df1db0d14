"""A surface given on a grid -> the ground at or above some levels. Planar; knows nothing of what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Offsets = NDArray[np.uint32]
Geometries = NDArray[np.object_]


def grounds(
    x: Floats, y: Floats, values: Floats, levels: Sequence[float], *, tolerance: float, within: object
) -> Geometries:
    """The ground where each level is reached: one shapely multipolygon a level, empty where it never is.

    ``values`` (len(y), len(x)) stand at the grid's points and are linear between them. The grounds lie one on the
    other, the highest last: to be painted in that order, so that lines simplified by ``tolerance`` leave no gaps.
    ``within`` is the polygon they are cut to.
    """
    drawn = contourpy.contour_generator(x, y, values, fill_type=contourpy.FillType.OuterOffset)
    shapely.prepare(within)
    return np.array([_ground(drawn, level, tolerance, within) for level in levels], dtype=object)


def _ground(drawn: contourpy.ContourGenerator, level: float, tolerance: float, within: object) -> object:
    """All ground at or above a level. Only parts that leave the region are cut: most lie well inside it."""
    lines, ends = cast("tuple[list[Floats], list[Offsets]]", drawn.filled(level, np.inf))
    parts = shapely.get_parts(shapely.simplify(_polygons(lines, ends), tolerance, preserve_topology=False))
    inside = shapely.contains_properly(within, parts)
    cut = shapely.get_parts(shapely.intersection(parts[~inside], within))
    areas = cut[shapely.get_type_id(cut) == shapely.GeometryType.POLYGON]
    kept = np.concatenate([parts[inside], areas])
    return shapely.multipolygons(kept[~shapely.is_empty(kept)])


def _polygons(lines: list[Floats], ends: list[Offsets]) -> Geometries:
    """Outer rings with their holes, all at once: of each the points in one piece and where its rings end."""
    if not lines:
        return np.empty(0, dtype=object)
    rings = np.concatenate([[0], *(np.diff(each) for each in ends)]).cumsum()
    outlines = np.concatenate([[0], [len(each) - 1 for each in ends]]).cumsum()
    made = shapely.from_ragged_array(shapely.GeometryType.POLYGON, np.concatenate(lines), (rings, outlines))
    return np.asarray(made, dtype=object)
