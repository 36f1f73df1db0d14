"""Many points brought from lon/lat to metres at once, by a mesh of exact nodes. Knows no shapes and no incidents."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.geometry import crs

Floats = NDArray[np.float64]
NODES = 257  # a side: 66,000 exact projections instead of a million, 0.07 s instead of 1.0 s
FEWEST = 4 * NODES**2  # points from which a mesh pays
TOLERANCE_M = 0.01  # recorded points are good to ten centimetres at best


def many_to_metric(lon: ArrayLike, lat: ArrayLike, target: str) -> tuple[Floats, Floats]:
    """Easting and northing of the points in the metric CRS ``target``, to within a centimetre.

    The points' box is cut into 256 by 256 cells whose corners are projected exactly; between them x and y are
    interpolated in both directions: 0.2 mm off at most over half a degree, 0.7 mm over one. Few points, and a box over
    which the middles of the cells are more than a centimetre off, are projected one by one.
    """
    lons, lats = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if len(lons) < FEWEST:
        return crs.transform_xy(lons, lats, crs.WGS84, target)
    east, north = (np.linspace(values.min(), values.max(), NODES) for values in (lons, lats))
    nodes = np.stack(_exact(east, north, target), axis=-1)
    middles = np.stack(_exact((east[:-1] + east[1:]) / 2, (north[:-1] + north[1:]) / 2, target), axis=-1)
    between = (nodes[:-1, :-1] + nodes[1:, :-1] + nodes[:-1, 1:] + nodes[1:, 1:]) / 4
    if not np.abs(between - middles).max() <= TOLERANCE_M:
        return crs.transform_xy(lons, lats, crs.WGS84, target)
    column, across = _steps(lons, east)
    row, along = _steps(lats, north)
    corner = row * NODES + column
    flat = nodes.reshape(-1, 2)
    x, y = (_between(np.ascontiguousarray(flat[:, k]), corner, across, along) for k in (0, 1))
    return x, y


def _exact(east: Floats, north: Floats, target: str) -> tuple[Floats, Floats]:
    columns, rows = np.meshgrid(east, north)
    return crs.transform_xy(columns, rows, crs.WGS84, target)


def _steps(values: Floats, edges: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The cell of each value along one side, and how far into it the value lies, 0 to 1."""
    width = (edges[-1] - edges[0]) / (NODES - 1)
    steps = (values - edges[0]) / width if width > 0 else np.zeros(len(values))
    cell = np.minimum(steps.astype(np.int64), NODES - 2)
    return cell, steps - cell


def _between(nodes: Floats, corner: NDArray[np.int64], across: Floats, along: Floats) -> Floats:
    south = nodes[corner] + across * (nodes[corner + 1] - nodes[corner])
    north = nodes[corner + NODES] + across * (nodes[corner + NODES + 1] - nodes[corner + NODES])
    return south + along * (north - south)
