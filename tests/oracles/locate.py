"""The slow, obvious twin of the point locator: every point against every polygon, the first that holds it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray


def locate(polygons: Sequence[object], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int32]:
    """Lowest index of the polygons that intersect each point, -1 for none."""
    found = np.full(len(x), -1, dtype=np.int32)
    usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    for i in usable:
        point = shapely.Point(x[i], y[i])
        for k, polygon in enumerate(polygons):
            if polygon is not None and shapely.intersects(polygon, point):
                found[i] = k
                break
    return found
