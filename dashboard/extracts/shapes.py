"""Shapes as files want them: of one type a layer, outer rings counter-clockwise. Writes no file itself."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.extracts.table import Batch, Shape

MULTIPOLYGON = 6  # shapely's type id


def alike(batch: Batch, shape: Shape) -> NDArray[np.object_]:
    """The batch's shapes, polygons as multipolygons: some programs refuse a layer of both, or call it of no type."""
    shapes = np.asarray(batch.shapes, dtype=object)
    if shape != "polygon":
        return shapes
    shapes = np.asarray(shapely.orient_polygons(shapes), dtype=object)
    single = shapely.get_type_id(shapes) != MULTIPOLYGON
    shapes[single] = [shapely.multipolygons([each]) for each in shapes[single]]
    return shapes
