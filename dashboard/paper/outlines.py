"""Shapely's shapes as matplotlib's paths and lines. Knows no colours and no page."""

from __future__ import annotations

import numpy as np
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray


def path_of(area: object) -> Path:
    """A (multi)polygon; its holes run the other way round, or an area within another would be painted over."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(area)))
    if not len(rings):
        return Path(np.empty((0, 2)))
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def lines_of(shapes: NDArray[np.object_]) -> list[NDArray[np.float64]]:
    """Lines as they are, polygons by their rings."""
    parts = shapely.get_parts(shapes)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([parts[~is_area], shapely.get_rings(parts[is_area])])
    return [shapely.get_coordinates(line) for line in lines]
