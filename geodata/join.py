"""Incidents x boundaries -> area indices and zone sets, once, when they are loaded. Knows no store and no file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.boundaries.edges import along_edge
from geodata.boundaries.editions import Boundaries, Layer, Zone
from geodata.boundaries.succession import place_area
from geodata.geometry.locate import PointLocator
from geodata.tables import AREA_CODE, AREA_EDITION, AREA_LEVEL, LAT, LON, PRECISION, ZONES, ZONES_NEAR, area_column
from geodata.vocabulary import LayerKey, Level, Precision, ZoneKind

EARTH_RADIUS_M = 6_371_008.8
WHOLLY = 0.99  # a commune counts as inside a zone of communes from this share on: drawn lines differ a little
NEAR_M = {Precision.EXACT: 50.0, Precision.HAMLET: 500.0}  # so near an edge a point may lie on either side of it

Indices = NDArray[np.int32]
AreaKey = tuple[str, str, str]  # edition, level, code


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The frame with one int32 column a layer and the zones' bit sets.

    ``outside`` are positions of rows with a point that lies in no area of any layer, ``distance_m`` how far each is
    from the nearest one. Without layers nothing is outside.
    """

    frame: pd.DataFrame
    outside: NDArray[np.int64]
    distance_m: NDArray[np.float64]


def place(frame: pd.DataFrame, boundaries: Boundaries) -> Placed:
    """Join once; where several frames come, keep a :class:`Join`."""
    return Join(boundaries).place(frame)


class Join:
    """The point grids of all layers and zones, built once (about 50 ms a layer) and used for any number of frames."""

    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries
        self._layers = {key: PointLocator(layer.polygons) for key, layer in boundaries.layers.items()}
        self._zones = [
            (zone, PointLocator(np.array([zone.polygon], dtype=object)))
            for zone in boundaries.zones
            if not shapely.is_empty(zone.polygon)
        ]
        self._edges: dict[tuple[str, Precision], PointLocator] = {}  # made when a point of that precision comes

    @property
    def boundaries(self) -> Boundaries:
        """What is joined to."""
        return self._boundaries

    def place(self, frame: pd.DataFrame) -> Placed:
        """Find each incident's area in every layer, and its zones. ``frame`` is a clean incident table."""
        lon, lat = frame[LON].to_numpy(dtype=np.float64), frame[LAT].to_numpy(dtype=np.float64)
        columns = {key: locator.locate(lon, lat) for key, locator in self._layers.items()}
        zones = np.zeros(len(frame), dtype=np.uint64)
        for zone, locator in self._zones:
            zones[locator.locate(lon, lat) >= 0] |= _bit(zone)
        near = self._near_edges(frame, lon, lat, columns)
        has_point = np.isfinite(lon) & np.isfinite(lat)
        outside = _outside(columns, has_point)
        self._place_areas(frame, np.flatnonzero(~has_point), columns, zones)
        named = {area_column(key): found for key, found in columns.items()}
        joined = frame.assign(**named, **{ZONES: zones, ZONES_NEAR: near})
        return Placed(joined, outside, self._distances(lon[outside], lat[outside]))

    def _near_edges(
        self, frame: pd.DataFrame, lon: NDArray[np.float64], lat: NDArray[np.float64], columns: dict[LayerKey, Indices]
    ) -> NDArray[np.uint64]:
        """For each row with a point, the zones whose edge is nearer than the point is certain."""
        near = np.zeros(len(frame), dtype=np.uint64)
        if not self._zones:
            return near
        for precision in NEAR_M:
            rows = np.flatnonzero((frame[PRECISION] == precision.value).to_numpy())
            x, y = (lon, lat) if len(rows) == len(frame) else (lon[rows], lat[rows])
            for zone, _ in self._zones if len(rows) else ():
                near[rows[self._edge(zone, precision).locate(x, y) >= 0]] |= _bit(zone)
        rows = np.flatnonzero((frame[PRECISION] == Precision.COMMUNE.value).to_numpy())
        for zone, _ in self._zones if len(rows) else ():
            for key, layer in self._boundaries.layers.items():
                if key.level is self._boundaries.finest(key.edition):
                    cut = np.append(_partly_inside(layer, zone), False)
                    near[rows[cut[columns[key][rows]]]] |= _bit(zone)
        return near

    def _edge(self, zone: Zone, precision: Precision) -> PointLocator:
        if (zone.id, precision) not in self._edges:
            self._edges[zone.id, precision] = PointLocator([along_edge(zone.polygon, NEAR_M[precision])])
        return self._edges[zone.id, precision]

    def _place_areas(
        self, frame: pd.DataFrame, rows: NDArray[np.int64], columns: dict[LayerKey, Indices], zones: NDArray[np.uint64]
    ) -> None:
        """Fill in rows known to their area only: by succession across editions, never by a guessed point."""
        some = frame.iloc[rows][[AREA_EDITION, AREA_LEVEL, AREA_CODE]]
        groups = some[some[AREA_CODE] != ""].groupby([AREA_EDITION, AREA_LEVEL, AREA_CODE], sort=False).indices
        named = rows[(some[AREA_CODE] != "").to_numpy()]
        indices = {key: layer.index() for key, layer in self._boundaries.layers.items()}
        for group, members in groups.items():
            edition, level, code = _area_key(group)
            here = named[members]
            for key, found in place_area(self._boundaries, edition, Level(level), code).items():
                columns[key][here] = indices[key].get(found, -1)
            zones[here] |= self._zones_of(LayerKey(edition, Level(level)), code)

    def _zones_of(self, key: LayerKey, code: str) -> np.uint64:
        """Zones made of whole communes that hold the area; where in other zones an incident lies is not known."""
        held = np.uint64(0)
        layer = self._boundaries.layers.get(key)
        position = -1 if layer is None else layer.index().get(code, -1)
        if layer is None or position < 0:
            return held
        polygon = layer.polygons[position]
        for zone in self._boundaries.zones:
            if zone.kind is ZoneKind.BORDER_COMMUNES:
                common = shapely.area(shapely.intersection(polygon, zone.polygon))
                held |= _bit(zone) if common >= WHOLLY * shapely.area(polygon) else np.uint64(0)
        return held

    def _distances(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        if not len(lon):
            return np.empty(0)
        coarsest = [
            self._boundaries.layers[LayerKey(edition, levels[0])]
            for edition in self._boundaries.editions
            if (levels := self._boundaries.levels(edition))
        ]
        return _distance_to_lines(lon, lat, _edges(coarsest))


def _outside(columns: dict[LayerKey, Indices], has_point: NDArray[np.bool_]) -> NDArray[np.int64]:
    if not columns:
        return np.empty(0, dtype=np.int64)
    nowhere = has_point.copy()
    for found in columns.values():
        nowhere &= found < 0
    return np.flatnonzero(nowhere)


def _area_key(group: object) -> AreaKey:
    edition, level, code = group if isinstance(group, tuple) else ("", "", "")
    return str(edition), str(level), str(code)


def _bit(zone: Zone) -> np.uint64:
    return np.uint64(1) << np.uint64(zone.bit)


def _partly_inside(layer: Layer, zone: Zone) -> NDArray[np.bool_]:
    """Areas that the zone's edge divides: a point that stands for such an area says nothing of the zone."""
    share = shapely.area(shapely.intersection(layer.polygons, zone.polygon)) / shapely.area(layer.polygons)
    return np.asarray((share > 1 - WHOLLY) & (share < WHOLLY))


def _edges(layers: list[Layer]) -> NDArray[np.float64]:
    """All edges of the layers' polygons, shape (n, 2 ends, 2)."""
    parts = shapely.get_parts(np.concatenate([layer.polygons for layer in layers]))
    rings = shapely.get_rings(parts)  # knows polygons only, and passes over an area of several parts without a word
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    follow = ring[1:] == ring[:-1]
    return np.stack([corners[:-1][follow], corners[1:][follow]], axis=1)


def _distance_to_lines(
    lon: NDArray[np.float64], lat: NDArray[np.float64], edges: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Metres to the nearest edge: found where a degree of longitude is as short as it is there, measured on a sphere.

    Single edges in a tree: a point far away (swapped coordinates) takes microseconds, a whole outline would take
    milliseconds. Good to about 0.5 %, enough for a message.
    """
    squeeze = np.cos(np.radians(edges[..., 1].mean()))
    lines = shapely.linestrings(edges * [squeeze, 1.0])
    points = shapely.points(lon * squeeze, lat)
    nearest = shapely.STRtree(lines).query_nearest(points, all_matches=False)[1]
    ends = shapely.get_coordinates(shapely.shortest_line(points, lines[nearest])).reshape(-1, 2, 2)[:, 1]
    return _haversine(lon, lat, ends[:, 0] / squeeze, ends[:, 1])


def _haversine(
    lon: NDArray[np.float64], lat: NDArray[np.float64], lon_2: NDArray[np.float64], lat_2: NDArray[np.float64]
) -> NDArray[np.float64]:
    a, b = np.radians(lat), np.radians(lat_2)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon_2 - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))), dtype=np.float64)
