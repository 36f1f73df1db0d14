"""The ground on which points are expected: its box, which points lie on it, and the centres of its areas. No names."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.vocabulary import LayerKey

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
LOOKED_AT: Final = 2_000  # points that decide about a file


class Extent:
    """The union of all editions. What costs time is made when it is first asked for."""

    def __init__(self, boundaries: Boundaries) -> None:
        """Take the coarsest layer of each edition as its ground, the finest as its areas."""
        self._boundaries = boundaries

    @cached_property
    def box(self) -> Box | None:
        """The box around all areas, None where no boundaries are loaded."""
        boxes = np.array([shapely.total_bounds(layer.polygons) for layer in self._boundaries.layers.values()])
        if not np.isfinite(boxes).any():
            return None
        west, south = np.nanmin(boxes[:, :2], axis=0)
        east, north = np.nanmax(boxes[:, 2:], axis=0)
        return float(west), float(south), float(east), float(north)

    @cached_property
    def _shapes(self) -> NDArray[np.object_]:
        editions = [(name, self._boundaries.levels(name)) for name in self._boundaries.editions]
        layers = [self._boundaries.layers[LayerKey(name, levels[0])].polygons for name, levels in editions if levels]
        shapes = np.concatenate(layers) if layers else np.empty(0, dtype=object)
        shapely.prepare(shapes)
        return shapes

    def share_inside(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> float:
        """The share of the points that lie in some area; points that are no numbers lie outside."""
        if not len(lon) or self.box is None:
            return 0.0
        west, south, east, north = self.box
        near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        if not near.any():
            return 0.0
        tree = shapely.STRtree(shapely.points(lon[near], lat[near]))  # of points: each shape is prepared once
        return len(np.unique(tree.query(self._shapes, predicate="intersects")[1])) / len(lon)

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """(n, 2) centroids and representative points of the finest areas of every edition, lon and lat."""
        shapes: list[NDArray[np.object_]] = []
        for edition in self._boundaries.editions:
            level = self._boundaries.finest(edition)
            if level is not None:
                shapes.append(self._boundaries.layers[LayerKey(edition, level)].polygons)
        if not shapes:
            return np.empty((0, 2))
        areas = np.concatenate(shapes)
        centres = shapely.get_coordinates([shapely.centroid(areas), shapely.point_on_surface(areas)])
        return np.asarray(centres, dtype=np.float64)


def sample(whole: NDArray[np.bool_], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
    """Rows of at most ``LOOKED_AT`` distinct points, spread evenly over the file. A place named often counts once."""
    rows = np.flatnonzero(whole)
    rows = rows[:: max(1, len(rows) // (10 * LOOKED_AT))]
    _, first = np.unique(x[rows] + 1j * y[rows], return_index=True)
    rows = rows[np.sort(first)]
    return np.asarray(rows[:: -(-len(rows) // LOOKED_AT) or 1], dtype=np.intp)
