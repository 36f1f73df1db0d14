"""Every kind of zone loads from points, lines and polygons, several in a file, in any coordinate system it names."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import GeometryCollection, LineString, Point, Polygon
from shapely.geometry import mapping

from geodata.boundaries.zones import read_zone
from geodata.errors import BoundaryError
from geodata.geometry import crs
from geodata.vocabulary import ZoneKind

UTM = "EPSG:32648"
X, Y = 610_000.0, 1_220_000.0  # metres, inside the province
# Three places half a kilometre apart: a lodging house, a road of 200 m, a park of 100 x 100 m.
PLACES = (
    Point(X, Y),
    LineString([(X + 500, Y), (X + 700, Y)]),
    Polygon([(X + 1500, Y), (X + 1600, Y), (X + 1600, Y + 100), (X + 1500, Y + 100)]),
)
LOADED = [kind for kind in ZoneKind if kind is not ZoneKind.DISTANCE_BAND]


def write(folder: Path, shapes: tuple[shapely.Geometry, ...], epsg: int) -> Path:
    rows = [
        {"type": "Feature", "properties": {"ten": f"Nơi {i}"}, "geometry": mapping(s)} for i, s in enumerate(shapes)
    ]
    named = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}
    path = folder / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": named, "features": rows}), encoding="utf-8")
    return path


def square_metres(shape: object) -> float:
    return float(shapely.area(crs.to_metric(shape, UTM)))


@pytest.mark.parametrize("kind", LOADED)
def test_every_kind_takes_places_of_any_shape_with_a_buffer(tmp_path: Path, kind: ZoneKind) -> None:
    path = write(tmp_path, PLACES, 32648)
    zone = read_zone(path, id="z", kind=kind, buffer_m=50, metric_crs=UTM, bit=3)
    circle = np.pi * 50**2
    expected = circle + (200 * 100 + circle) + (100 * 100 + 4 * 100 * 50 + circle)
    assert (zone.kind, zone.bit, zone.buffer_m) == (kind, 3, 50)
    assert len(shapely.get_parts(zone.polygon)) == 3
    assert square_metres(zone.polygon) == pytest.approx(expected, rel=1e-3)


def test_the_coordinate_system_a_file_names_is_used(tmp_path: Path) -> None:
    x, y = crs.transform_xy([X], [Y], UTM, "EPSG:9209")
    there = read_zone(
        write(tmp_path, (Point(x[0], y[0]),), 9209), id="z", kind=ZoneKind.VENUE, buffer_m=100, metric_crs=UTM, bit=0
    )
    lon, lat = crs.transform_xy([X], [Y], UTM, crs.WGS84)
    centre = shapely.centroid(there.polygon)
    assert (centre.x, centre.y) == pytest.approx((lon[0], lat[0]), abs=1e-6)


def test_places_that_touch_become_one_shape_and_a_polygon_needs_no_buffer(tmp_path: Path) -> None:
    close = (Point(X, Y), Point(X + 60, Y))
    zone = read_zone(write(tmp_path, close, 32648), id="z", kind=ZoneKind.VENUE, buffer_m=50, metric_crs=UTM, bit=0)
    assert len(shapely.get_parts(zone.polygon)) == 1
    park = read_zone(write(tmp_path, PLACES[2:], 32648), id="p", kind=ZoneKind.INDUSTRIAL_PARK, metric_crs=UTM, bit=0)
    assert square_metres(park.polygon) == pytest.approx(100 * 100, rel=1e-3)


def test_a_collection_keeps_its_ground_and_lines_alone_ask_for_a_buffer(tmp_path: Path) -> None:
    both = GeometryCollection([PLACES[2], PLACES[1]])
    zone = read_zone(write(tmp_path, (both,), 32648), id="z", kind=ZoneKind.OTHER, metric_crs=UTM, bit=0)
    assert square_metres(zone.polygon) == pytest.approx(100 * 100, rel=1e-3)
    with pytest.raises(BoundaryError, match="--buffer-m 100"):
        read_zone(write(tmp_path, PLACES[:2], 32648), id="z", kind=ZoneKind.ROAD, metric_crs=UTM, bit=0)
