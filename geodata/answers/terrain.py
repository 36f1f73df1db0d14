"""The ground of one layer in metres: shapes, centres, sizes and who borders on whom. Knows no incident."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.geometry import crs
from geodata.geometry.neighbours import contiguity
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import Snapshot

M2_PER_KM2 = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Aligned with the layer's areas; made once a generation (about 0.1 s for 94 communes) and kept by the answers."""

    crs: str  # the metric CRS all lengths are measured in
    polygons: NDArray[np.object_]  # in that CRS
    x: NDArray[np.float64]  # centroids, metres
    y: NDArray[np.float64]
    km2: NDArray[np.float64]
    weights: csr_array  # queen contiguity: binary, symmetric, no diagonal; an island has an empty row


def terrain_of(snapshot: Snapshot, key: LayerKey) -> Terrain:
    """The terrain of one layer."""
    layer = snapshot.boundaries.layers[key]
    metric = crs.metric_crs_of(layer.polygons, snapshot.profile.metric_crs)
    polygons = crs.to_metric(layer.polygons, metric)
    centres = shapely.get_coordinates(shapely.centroid(polygons))
    return Terrain(
        crs=metric,
        polygons=polygons,
        x=centres[:, 0],
        y=centres[:, 1],
        km2=shapely.area(polygons) / M2_PER_KM2,
        weights=contiguity(polygons),
    )
