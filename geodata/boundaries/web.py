"""Layers and zones as small GeoJSON for the browser: simplified, rounded, named by content. Never used for joining."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Layer, Zone
from geodata.geometry import coverage, crs
from geodata.vocabulary import LayerKey, Level

TOLERANCE_M = 40.0
MAX_BYTES = 150_000  # a layer of about 94 areas; vertices are what a repaint costs in the browser
BYTES_PER_AREA = 1_600  # larger layers may weigh more
DECIMALS = 5  # about 1 m
_COARSER_STEP = 1.25
_MAX_TOLERANCE_M = 500.0  # beyond, a commune is no longer known by its shape
_SAME_GROUND = 0.01  # a parent is drawn as the union of its children where their areas differ by less
_METRES_PER_DEGREE = 111_320.0

Polygons = NDArray[np.object_]


def web_layers(layers: Mapping[LayerKey, Layer], *, tolerance_m: float = TOLERANCE_M) -> dict[LayerKey, Polygons]:
    """Simplified polygons of one edition's layers. Lines shared by areas, and by levels, stay shared.

    The finest layer is simplified once, as a coverage; a coarser area is the union of its simplified children. The
    tolerance rises until the finest file fits its limit.
    """
    keys = sorted(layers, key=lambda key: list(Level).index(key.level), reverse=True)
    result: dict[LayerKey, Polygons] = {}
    for i, key in enumerate(keys):
        joined = _from_children(layers[key], layers[keys[i - 1]], result[keys[i - 1]]) if i else None
        result[key] = _fitting(layers[key], tolerance_m) if joined is None else joined
    return result


def web_geojson(layer: Layer, polygons: Polygons) -> bytes:
    """The layer as GeoJSON in the order of its areas: ``id`` and ``code`` are the area's code, and its ``name``."""
    return named_shapes(layer.codes, layer.names, polygons)


def named_shapes(codes: Iterable[str], names: Iterable[str], polygons: Polygons) -> bytes:
    """Polygons as GeoJSON, each called by its code and name."""
    return _collection(
        {"type": "Feature", "id": code, "properties": {"code": code, "name": name}, "geometry": _geometry(shape)}
        for code, name, shape in zip(codes, names, polygons, strict=True)
    )


def label_points(layer: Layer) -> bytes:
    """One point well inside each area as GeoJSON, with code, name and rank (0 = the largest area, labelled first)."""
    shapes = crs.to_metric(layer.polygons, crs.metric_crs_of(layer.polygons))
    order = np.argsort(-shapely.area(shapes), kind="stable")
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order))
    points = middles(layer)
    return _collection(
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name, "rank": int(place)},
            "geometry": {"type": "Point", "coordinates": [round(point.x, DECIMALS), round(point.y, DECIMALS)]},
        }
        for code, name, place, point in zip(layer.codes, layer.names, rank, points, strict=True)
    )


def middles(layer: Layer) -> Polygons:
    """One point well inside each area, in lon/lat: where its name stands."""
    metric = crs.metric_crs_of(layer.polygons)
    shapes = crs.to_metric(layer.polygons, metric)
    return np.asarray(crs.to_wgs84(np.array([_pole(shape) for shape in shapes], dtype=object), metric), dtype=object)


def zone_geojson(zone: Zone, *, tolerance_m: float = TOLERANCE_M) -> bytes:
    """A zone as GeoJSON of one simplified feature with its id, kind and name."""
    simple = np.array([shapely.simplify(zone.polygon, tolerance_m / _METRES_PER_DEGREE)], dtype=object)
    shape = coverage.round_off(simple, DECIMALS)[0]
    properties = {"zone": zone.id, "kind": zone.kind.value, "name": zone.name}
    return _collection([{"type": "Feature", "id": zone.id, "properties": properties, "geometry": _geometry(shape)}])


def border_geojson(line: shapely.Geometry, *, tolerance_m: float = TOLERANCE_M) -> bytes:
    """The border as GeoJSON of one simplified line feature."""
    parts = shapely.get_parts(shapely.simplify(line, tolerance_m / _METRES_PER_DEGREE))
    geometry = {"type": "MultiLineString", "coordinates": [_rounded(part) for part in parts]}
    return _collection([{"type": "Feature", "properties": {}, "geometry": geometry}])


def web_file_name(layer: Layer, content: bytes) -> str:
    """``<edition>-<level>.<hash>.json``: the name changes with the content, so that browsers may keep it for ever."""
    return f"{_safe(layer.key.edition)}-{layer.key.level.value}.{_digest(content)}.json"


def zone_file_name(zone: Zone, content: bytes) -> str:
    """``zone-<id>.<hash>.json``, as :func:`web_file_name`."""
    return f"zone-{_safe(zone.id)}.{_digest(content)}.json"


def _fitting(layer: Layer, tolerance_m: float) -> Polygons:
    limit = max(MAX_BYTES, BYTES_PER_AREA * len(layer.codes))
    ground = coverage.matched(layer.polygons, gap_width=tolerance_m / _METRES_PER_DEGREE)
    while True:
        polygons = coverage.round_off(coverage.simplify(ground, tolerance_m / _METRES_PER_DEGREE), DECIMALS)
        if tolerance_m >= _MAX_TOLERANCE_M or len(web_geojson(layer, polygons)) <= limit:
            return polygons
        tolerance_m *= _COARSER_STEP


def _from_children(layer: Layer, finer: Layer, drawn: Polygons) -> Polygons | None:
    """Unions of the simplified children, or None where they do not cover the same ground."""
    if len(layer.codes) == 1 and layer.derived:
        return _unions([drawn])
    if set(finer.parents) != set(layer.codes):
        return None
    parents = np.array(finer.parents, dtype=object)
    own = shapely.area(layer.polygons)
    theirs = np.array([shapely.area(finer.polygons[parents == code]).sum() for code in layer.codes])
    if (np.abs(theirs - own) > _SAME_GROUND * own).any():
        return None
    return _unions([drawn[parents == code] for code in layer.codes])


def _unions(families: Iterable[Polygons]) -> Polygons:
    """One shape a family. What is drawn overlapping has no lines in common: its union is rounded once more."""
    return coverage.round_off(np.array([coverage.union(family) for family in families], dtype=object), DECIMALS)


def _pole(shape: shapely.Geometry) -> shapely.Geometry:
    """The centre of the largest circle inside the shape's largest part, to a hundredth of its size."""
    parts = shapely.get_parts(shape)
    largest = parts[int(shapely.area(parts).argmax())]
    radius = shapely.maximum_inscribed_circle(largest, tolerance=float(np.sqrt(largest.area)) / 100)
    return shapely.get_point(radius, 0)


def _geometry(shape: shapely.Geometry) -> dict[str, object]:
    # Exterior rings clockwise: the SVG fallback (d3) takes the other way round for "all the earth but this".
    parts = shapely.get_parts(shapely.orient_polygons(shape, exterior_cw=True))
    polygons = [rings for part in parts if (rings := _rings(part))]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _rings(polygon: shapely.Geometry) -> list[list[list[float]]]:
    rings = [_rounded(ring) for ring in shapely.get_rings(polygon)]
    return [ring for ring in rings if len(ring) > 3] if rings and len(rings[0]) > 3 else []


def _rounded(line: shapely.Geometry) -> list[list[float]]:
    points: NDArray[np.float64] = np.round(shapely.get_coordinates(line), DECIMALS)
    kept = np.ones(len(points), dtype=bool)
    kept[1:] = (points[1:] != points[:-1]).any(axis=1)
    rows: list[list[float]] = points[kept].tolist()
    return rows


def _collection(features: Iterable[Mapping[str, object]]) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)
