"""Boundaries -> the shapes a sheet draws, projected and simplified to its pixels. Knows no numbers and no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from dashboard.paper.sheet import Bounds, Label
from geodata.boundaries.editions import Boundaries, Layer
from geodata.geometry import crs
from geodata.vocabulary import LayerKey, Level

MARGIN = 0.012  # of the frame: room for the width of the outline
TOLERANCE_PX = 0.5
BORDER_REACH_PX = 12  # a border line of another source runs a little beside the outline
_KIND = re.compile(r"(Xã|Phường|Thị trấn|Huyện|Quận|Thị xã|Thành phố) (?=\D)(?![IVX]+$)")
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One layer in metres, with the outline around it and the areas of the next coarser level (None: there is none)."""

    layer: Layer
    crs: str
    tolerance_m: float
    areas: NDArray[np.object_]
    outline: NDArray[np.object_]
    coarser: Layer | None
    coarser_areas: NDArray[np.object_]


def lay_ground(boundaries: Boundaries, key: LayerKey, *, setting: str, size: tuple[int, int]) -> Ground:
    """Project a layer. It is simplified with shared edges kept shared, by about half a pixel of the sheet."""
    layer = boundaries.layers[key]
    metric = crs.metric_crs_of(layer.polygons, setting)
    areas = crs.to_metric(layer.polygons, metric)
    west, south, east, north = shapely.total_bounds(areas)
    tolerance = TOLERANCE_PX * max((east - west) / size[0], (north - south) / size[1])
    areas = shapely.coverage_simplify(areas, tolerance)
    above = boundaries.layers.get(LayerKey(key.edition, Level.DISTRICT)) if key.level is Level.COMMUNE else None
    coarser = shapely.coverage_simplify(crs.to_metric(above.polygons, metric), tolerance) if above else areas[:0]
    outline = np.array([shapely.coverage_union_all(areas)], dtype=object)
    return Ground(layer, metric, tolerance, areas, outline, above, coarser)


def project(shapes: Iterable[object], ground: Ground) -> NDArray[np.object_]:
    """Other shapes in lon/lat (lines, zones), as the ground is."""
    found = np.array([shape for shape in shapes if not shapely.is_empty(shape)], dtype=object)
    return np.asarray(shapely.simplify(crs.to_metric(found, ground.crs), ground.tolerance_m), dtype=object)


def border_of(border: object, ground: Ground) -> NDArray[np.object_]:
    """The part of the border that runs along this ground; the rest belongs to a neighbour."""
    near = shapely.buffer(ground.outline, BORDER_REACH_PX * ground.tolerance_m / TOLERANCE_PX)
    return np.asarray(shapely.intersection(project([border], ground), near), dtype=object)


def cells_of(polygons: NDArray[np.object_], ground: Ground) -> NDArray[np.object_]:
    """Cells drawn instead of the areas, one shape each, with their common edges kept."""
    return np.asarray(crs.to_metric(polygons, ground.crs), dtype=object)


def middles_of(areas: NDArray[np.object_]) -> NDArray[np.float64]:
    """The centre of the largest circle inside each area: where its name or sign stands, (n, 2)."""
    centres = shapely.get_point(shapely.maximum_inscribed_circle(areas, _fineness(areas)), 0)
    return np.asarray(shapely.get_coordinates(centres), dtype=np.float64)


def frame_of(areas: NDArray[np.object_], asked: NDArray[np.bool_]) -> Bounds:
    """What must be in sight: the areas asked about, or everything where none is."""
    west, south, east, north = shapely.total_bounds(areas[asked] if asked.any() else areas)
    margin = MARGIN * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def ground_per_m(frame: Bounds, metric: str) -> float:
    """Metres on the ellipsoid for one metre of the coordinate system, along the frame's middle from west to east."""
    west, south, east, north = frame
    middle = (south + north) / 2
    lon, lat = crs.transform_xy([west, east], [middle, middle], metric, crs.WGS84)
    return float(_WGS84.inv(lon[0], lat[0], lon[1], lat[1])[2] / (east - west))


def labels_of(ground: Ground, first: frozenset[str]) -> tuple[Label, ...]:
    """Place names in order of importance: the chosen areas, then the coarser level's, then larger areas first."""
    layer, above = ground.layer, ground.coarser
    strong = layer.key.level is not Level.COMMUNE
    own = _labels(layer, ground.areas, strong=strong)
    chosen = [i for i, code in enumerate(layer.codes) if code in first]
    by_size = np.argsort(-shapely.area(ground.areas), kind="stable").tolist()
    order = dict.fromkeys([*chosen, *by_size])
    coarser = _labels(above, ground.coarser_areas, strong=True) if above else []
    return (*(own[i] for i in chosen), *coarser, *(own[i] for i in order if i not in chosen))


def _labels(layer: Layer, areas: NDArray[np.object_], *, strong: bool) -> list[Label]:
    x, y = middles_of(areas).T
    bounds = shapely.bounds(areas)
    across = shapely.linestrings(np.stack([np.stack([bounds[:, 0], y], -1), np.stack([bounds[:, 2], y], -1)], 1))
    room = shapely.length(shapely.intersection(areas, across))
    places = zip(layer.names, x.tolist(), y.tolist(), room.tolist(), strict=True)
    return [Label(short_name(name), px, py, width_m, strong) for name, px, py, width_m in places]


def _fineness(areas: NDArray[np.object_]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(shapely.area(areas)) / 50, dtype=float)


def short_name(name: str) -> str:
    """A Vietnamese unit's name without its kind, as atlases print it; ``Phường 4`` and ``Phường IV`` need theirs."""
    return _KIND.sub("", name, count=1) if _KIND.match(name) else name
