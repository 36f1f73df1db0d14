"""Where inside an area a disclosed incident stands: one of the places that enough incidents share. Rounds nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.terrain import terrain_of
from geodata.geometry import crs
from geodata.geometry.parcels import parcels
from geodata.vocabulary import LayerKey, Placement, ZoneKind
from geodata.warehouse.snapshot import PLACEMENTS, Snapshot

POINT = PLACEMENTS.index(Placement.POINT)
NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """``of`` is each incident's part; a part lies in the same zones and at one place (NaN: known to its area only)."""

    of: NDArray[np.int64]
    zones: NDArray[np.uint64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def parts_of(snapshot: Snapshot, layer: LayerKey, coarse: NDArray[np.bool_]) -> Parts:
    """Divide the incidents; the ``coarse`` ones have no place and only the zones that are made of whole communes."""
    held = snapshot.incidents
    parcel, lon, lat = _parcels(snapshot, layer, (held.placement == POINT) & ~coarse)
    zones = np.where(coarse, held.zones & _whole_zones(snapshot), held.zones)
    sets, of_zones = np.unique(zones, return_inverse=True)
    both, of = np.unique((parcel + 1) * len(sets) + of_zones, return_inverse=True)
    at, zone = np.divmod(both, max(len(sets), 1))
    lon, lat = (np.append(np.nan, axis)[at] for axis in (lon, lat))
    return Parts(of.astype(np.int64), sets[zone], lon, lat)


def spread_over(
    part: NDArray[np.int64], month: NDArray[np.int64], shown: NDArray[np.int64], base: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every ``base`` shown of one cell its month and its part: the one that has most not yet shown.

    ``part`` and ``month`` are those of the cell's incidents, ``shown`` its rounded numbers by month.
    """
    present, of = np.unique(part, return_inverse=True)
    counts = np.zeros((len(present), len(shown)), dtype=np.int64)
    np.add.at(counts, (of, month), 1)
    owed = counts.cumsum(axis=1)
    months = np.repeat(np.arange(len(shown)), shown // base)
    chosen = np.zeros(len(months), dtype=np.int64)
    for i, at in enumerate(months.tolist()):
        chosen[i] = owed[:, at].argmax()
        owed[chosen[i]] -= base
    return months, present[chosen]


def _parcels(
    snapshot: Snapshot, key: LayerKey, known: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The parcel of each incident (-1 none), and a place inside parcel and area for each parcel, in degrees."""
    rules, terrain = snapshot.profile.disclosure, terrain_of(snapshot, key)
    held, of = snapshot.incidents, np.full(len(known), NOWHERE, dtype=np.int64)
    rows = np.flatnonzero(known & (held.area[key] >= 0))
    points = np.column_stack(crs.transform_xy(held.lon[rows], held.lat[rows], crs.WGS84, terrain.crs))
    places: list[object] = []
    for area in np.unique(held.area[key][rows]).tolist():
        here, shape = np.flatnonzero(held.area[key][rows] == area), terrain.polygons[area]
        ground = shapely.bounds(shapely.union(shape, shapely.multipoints(points[here]))).tolist()
        found = parcels(points[here], tuple(ground), side=rules.cell_m, fewest=rules.cell_fewest)
        of[rows[here]] = found.of + len(places)
        inside = [shapely.intersection(shape, shapely.box(*box)) for box in found.boxes]
        places += [shapely.point_on_surface(shape if shapely.is_empty(each) else each) for each in inside]
    x, y = shapely.get_coordinates(np.array(places, dtype=object)).T if places else (np.empty(0), np.empty(0))
    lon, lat = crs.transform_xy(x, y, terrain.crs, crs.WGS84)
    return of, np.asarray(lon), np.asarray(lat)


def _whole_zones(snapshot: Snapshot) -> np.uint64:
    """The bits of the zones that are made of whole communes."""
    held = np.uint64(0)
    for zone in snapshot.boundaries.zones:
        held |= np.uint64(zone.kind is ZoneKind.BORDER_COMMUNES) << np.uint64(zone.bit)
    return held
