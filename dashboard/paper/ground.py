"""Boundaries -> the shapes a sheet draws, projected and simplified to its pixels. Knows no numbers and no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from dashboard import theme
from dashboard.paper.sheet import Bounds, Label, Locator
from geodata.boundaries.editions import Boundaries, Layer
from geodata.geometry import crs
from geodata.vocabulary import LayerKey, Level

MARGIN = 0.012  # of the frame: room for the width of the outline
TOLERANCE_PX = 0.5
MOST_TO_LOCATE = 0.5  # of the layer's width times height in the frame
TILES, MOST_SPOTS = 5, 12  # in which the places for a zone's name are looked for, each way
SLENDER = 8  # a name is at most so many times as wide as half of where it stands is high
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


def north_deg(frame: Bounds, metric: str) -> float:
    """By how many degrees true north lies to the left of the grid's at the frame's centre."""
    west, south, east, north = frame
    x, y, step = (west + east) / 2, (south + north) / 2, (north - south) / 4
    lon, lat = crs.transform_xy([x, x], [y, y + step], metric, crs.WGS84)
    return float(_WGS84.inv(lon[0], lat[0], lon[1], lat[1])[0])


def locator_of(ground: Ground, shown: NDArray[np.object_], frame: Bounds) -> Locator | None:
    """Where the part that is shown lies in the whole layer; None where it is most of it and that would tell nothing."""
    west, south, east, north = shapely.total_bounds(ground.outline)
    part = (frame[2] - frame[0]) * (frame[3] - frame[1]) / ((east - west) * (north - south))
    if part > MOST_TO_LOCATE or not len(shown):
        return None
    return Locator(ground.outline, shown, theme.NO_DATA_FILL, theme.ACCENT)


def widened(frame: Bounds, share: float, within: Bounds) -> Bounds:
    """The frame with what lies around it, by a share of its longer side, as far as there is something to see."""
    west, south, east, north = frame
    around = share * max(east - west, north - south)
    return (
        max(west - around, within[0]),
        max(south - around, within[1]),
        min(east + around, within[2]),
        min(north + around, within[3]),
    )


def zone_labels(name: str, shapes: NDArray[np.object_], frame: Bounds, colour: str) -> list[Label]:
    """A zone's name at the widest places of its parts that are in sight, the roomiest first."""
    seen = shapely.intersection(shapes, shapely.box(*frame))
    # Halves and quarters too: a belt along a border has no middle, but many places.
    west, south, east, north = frame
    xs, ys = np.linspace(west, east, TILES + 1), np.linspace(south, north, TILES + 1)
    tiles = [shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for i in range(TILES) for j in range(TILES)]
    parts = shapely.get_parts(shapely.intersection(np.array(tiles)[:, None], seen[None, :]).ravel())
    parts = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 0)]
    roomiest = parts[np.argsort(-shapely.area(parts), kind="stable")][:MOST_SPOTS]
    if not len(roomiest):
        return []
    return [
        Label(name, x, y, east - west, strong=False, colour=colour, once=name) for x, y in middles_of(roomiest).tolist()
    ]


def labels_of(ground: Ground, first: frozenset[str], frame: Bounds) -> tuple[Label, ...]:
    """Place names in order of importance: the chosen areas, then the coarser level's, then larger areas first.

    An area that the frame cuts has its name in the part that is in sight.
    """
    layer, above = ground.layer, ground.coarser
    strong = layer.key.level is not Level.COMMUNE
    own = _labels(layer, ground.areas, frame, strong=strong)
    chosen = [i for i, code in enumerate(layer.codes) if code in first]
    by_size = np.argsort(-shapely.area(ground.areas), kind="stable").tolist()
    order = dict.fromkeys([*chosen, *by_size])
    coarser = _labels(above, ground.coarser_areas, frame, strong=True) if above else []
    return (*(own[i] for i in chosen), *coarser, *(own[i] for i in order if i not in chosen))


def _cut(areas: NDArray[np.object_], frame: Bounds) -> NDArray[np.object_]:
    """What lies in the frame of each area that does, the others whole."""
    seen = shapely.intersection(areas, shapely.box(*frame))
    return np.where(shapely.area(seen) > 0, seen, areas)


def _labels(layer: Layer, areas: NDArray[np.object_], frame: Bounds, *, strong: bool) -> list[Label]:
    cut = ~shapely.covered_by(areas, shapely.box(*frame))
    areas = _cut(areas, frame)
    x, y = middles_of(areas).T
    bounds = shapely.bounds(areas)
    across = shapely.linestrings(np.stack([np.stack([bounds[:, 0], y], -1), np.stack([bounds[:, 2], y], -1)], 1))
    room = shapely.length(shapely.intersection(areas, across))
    # A strip along the frame is wide, but too low for letters.
    low = SLENDER * shapely.length(shapely.maximum_inscribed_circle(areas, _fineness(areas)))
    room = np.where(cut, np.minimum(room, low), room)
    places = zip(layer.names, x.tolist(), y.tolist(), room.tolist(), strict=True)
    return [Label(short_name(name), px, py, width_m, strong) for name, px, py, width_m in places]


def _fineness(areas: NDArray[np.object_]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(shapely.area(areas)) / 50, dtype=float)


def short_name(name: str) -> str:
    """A Vietnamese unit's name without its kind, as atlases print it; ``Phường 4`` and ``Phường IV`` need theirs."""
    return _KIND.sub("", name, count=1) if _KIND.match(name) else name
