"""The ground that disclosed incidents stand for: rectangles inside areas, found from what is disclosed alone.

Disclosed incidents stand fives at a time at places; a kernel over those would make a dense spot of every five. So each
five is spread evenly over its rectangle first: small ones in towns, wide ones where little is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.terrain import Terrain
from geodata.geometry import crs
from geodata.geometry.parcels import parcels
from geodata.statistics.kernel_grid import Raster
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import Snapshot

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class SharedGround:
    """``of`` says on which of the ``shapes`` (metric) each disclosed incident stands, -1 on none."""

    of: NDArray[np.int64]
    shapes: NDArray[np.object_]

    def centres(self, raster: Raster, n: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The centres (k, 2) of the cells on shapes that hold some of ``n``, and what of it falls to each.

        A shape without the centre of a cell has its number at a place of its own.
        """
        places, weights = [np.empty((0, 2))], [np.empty(0)]
        for shape, held in zip(self.shapes[n > 0], n[n > 0].tolist(), strict=True):
            inside = _inside(shape, raster)
            places.append(inside if len(inside) else shapely.get_coordinates(shapely.point_on_surface(shape)))
            weights.append(np.full(len(places[-1]), held / len(places[-1])))
        return np.concatenate(places), np.concatenate(weights)


def shared_ground(disclosed: Snapshot, key: LayerKey, terrain: Terrain) -> SharedGround:
    """Divide each area of the layer by the disclosed incidents of all times; the rules are the profile's."""
    rules, held = disclosed.profile.disclosure, disclosed.incidents
    of = np.full(len(held), NOWHERE, dtype=np.int64)
    rows = np.flatnonzero(np.isfinite(held.lon) & (held.area[key] >= 0))
    points = np.column_stack(crs.transform_xy(held.lon[rows], held.lat[rows], crs.WGS84, terrain.crs))
    shapes: list[object] = []
    for area in np.unique(held.area[key][rows]).tolist():
        here, shape = np.flatnonzero(held.area[key][rows] == area), terrain.polygons[area]
        bounds = shapely.bounds(shapely.union(shape, shapely.multipoints(points[here]))).tolist()
        found = parcels(points[here], tuple(bounds), side=rules.cell_m, fewest=rules.cell_fewest)
        of[rows[here]] = found.of + len(shapes)
        cut = (shapely.intersection(shape, shapely.box(*box)) for box in found.boxes)
        shapes += [shape if shapely.is_empty(each) else each for each in cut]
    return SharedGround(of, np.array(shapes, dtype=object))


def _inside(shape: object, raster: Raster) -> NDArray[np.float64]:
    west, south, east, north = shapely.bounds(shape).tolist()
    columns = np.arange(int((west - raster.west) // raster.cell), int((east - raster.west) // raster.cell) + 1)
    rows = np.arange(int((south - raster.south) // raster.cell), int((north - raster.south) // raster.cell) + 1)
    x, y = np.meshgrid(raster.west + (columns + 0.5) * raster.cell, raster.south + (rows + 0.5) * raster.cell)
    shapely.prepare(shape)
    within = shapely.contains_xy(shape, x, y)
    return np.column_stack([x[within], y[within]])
