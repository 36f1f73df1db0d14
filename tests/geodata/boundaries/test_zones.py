"""Zones: buffers in metres, bands from a line that do not overlap."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.geometry import mapping

from geodata.boundaries.editions import Boundaries, Zone
from geodata.boundaries.zones import distance_bands, outline, read_border_line, read_zone
from geodata.errors import BoundaryError
from geodata.geometry import crs
from geodata.geometry.locate import PointLocator
from geodata.vocabulary import Level, ZoneKind

UTM = "EPSG:32648"


def write(folder: Path, *rows: tuple[object, dict[str, object]]) -> Path:
    features = [
        {"type": "Feature", "properties": p, "geometry": mapping(shape) if shape else None} for shape, p in rows
    ]
    path = folder / "zone.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def read(path: Path, *, name: str | None = None, buffer_m: float = 0.0, bit: int = 0) -> Zone:
    kind = ZoneKind.VENUE
    return read_zone(path, id="z", kind=kind, name=name, buffer_m=buffer_m, metric_crs=UTM, bit=bit)


def square_metres(zone: Zone) -> float:
    return float(shapely.area(crs.to_metric(zone.polygon, UTM)))


def test_polygons_become_one_shape_without_a_buffer(tmp_path: Path) -> None:
    zone = read(write(tmp_path, (box(106, 11, 106.1, 11.1), {}), (box(106.1, 11, 106.2, 11.1), {}), (None, {})))
    assert shapely.area(zone.polygon) == pytest.approx(0.02)
    assert (zone.id, zone.name, zone.bit, zone.buffer_m) == ("z", "z", 0, 0.0)


def test_a_buffer_is_in_metres(tmp_path: Path) -> None:
    zone = read(write(tmp_path, (Point(106, 11), {"name": "Chợ"})), buffer_m=100)
    assert square_metres(zone) == pytest.approx(np.pi * 100**2, rel=1e-3)
    assert zone.name == "Chợ"


def test_points_and_lines_without_a_buffer_are_refused_with_the_remedy(tmp_path: Path) -> None:
    for shape in (Point(106, 11), LineString([(106, 11), (107, 11)])):
        with pytest.raises(BoundaryError, match=r"feature 2: is a .*--buffer-m 100"):
            read(write(tmp_path, (box(106, 11, 107, 12), {}), (shape, {})))


@pytest.mark.parametrize("buffer_m", [-1.0, float("nan"), float("inf"), 1e9])
def test_impossible_buffers_are_refused(tmp_path: Path, buffer_m: float) -> None:
    with pytest.raises(BoundaryError, match="expected 0 to"):
        read(write(tmp_path, (Point(106, 11), {})), buffer_m=buffer_m)


def test_a_zone_without_ground_and_a_65th_zone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="no features with geometry"):
        read(write(tmp_path, (None, {})))
    with pytest.raises(BoundaryError, match="at most 64 zones; load the file under the id"):
        read(write(tmp_path, (box(106, 11, 107, 12), {})), bit=64)
    with pytest.raises(BoundaryError, match="enclose no ground; draw them as polygons"):
        read(write(tmp_path, (Polygon([(106, 11), (107, 11), (106, 11)]), {})))
    with pytest.raises(BoundaryError, match="need 3 of them; a zone can only be replaced"):
        distance_bands(LineString([(106, 11), (107, 11)]), within=box(106, 11, 107, 12), metric_crs=UTM, first_bit=62)


def test_the_name_is_a_property_or_the_words_given(tmp_path: Path) -> None:
    path = write(tmp_path, (box(106, 11, 107, 12), {"ten": "A", "kcn": "B"}), (box(107, 11, 108, 12), {"kcn": "C"}))
    assert read(path, name="kcn").name == "B, C"
    assert read(path, name="Khu công nghiệp").name == "Khu công nghiệp"
    assert read(path).name == "z"


def test_a_border_must_be_lines(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="feature 1: expected a line, found Polygon"):
        read_border_line(write(tmp_path, (box(106, 11, 107, 12), {})))
    with pytest.raises(BoundaryError, match="feature 1: expected a line, found nothing"):
        read_border_line(write(tmp_path, (None, {})))


def test_bands_hold_the_points_at_their_distance(tmp_path: Path) -> None:
    line = read_border_line(write(tmp_path, (LineString([(106, 11), (106.2, 11)]), {})))
    bands = distance_bands(line, within=box(106, 11, 106.2, 12), metric_crs=UTM, first_bit=5)
    assert [(b.id, b.bit, b.name) for b in bands] == [
        ("border_0_1km", 5, "0-1 km"),
        ("border_1_5km", 6, "1-5 km"),
        ("border_5_10km", 7, "5-10 km"),
    ]
    x0, y0 = crs.transform_xy([106.1], [11.0], crs.WGS84, UTM)
    away = np.array([-500, 0, 500, 999.5, 1000.5, 4999, 5001, 9999, 10001], dtype=float)
    lon, lat = crs.transform_xy(np.full(len(away), x0[0]), y0[0] + away, UTM, crs.WGS84)
    held = [PointLocator([band.polygon]).locate(lon, lat) == 0 for band in bands]
    assert [int(np.flatnonzero(column)[0]) if column.any() else None for column in np.array(held).T] == [
        None, 0, 0, 0, 1, 1, 2, 2, None,
    ]  # fmt: skip
    assert np.array(held).sum(axis=0).max() == 1


def test_bands_far_from_the_ground_are_empty(tmp_path: Path) -> None:
    line = read_border_line(write(tmp_path, (LineString([(100, 11), (100.2, 11)]), {})))
    bands = distance_bands(line, within=box(106, 11, 106.2, 12), metric_crs=UTM, first_bit=0)
    assert all(shapely.is_empty(band.polygon) for band in bands)


def test_real_bands_agree_with_true_distances(shared_data: Path, real: Boundaries) -> None:
    line = read_border_line(shared_data / "border_cambodia.geojson")
    ground = outline([layer.polygons[0] for layer in real.layers.values() if layer.key.level is Level.PROVINCE])
    bands = distance_bands(line, within=ground, metric_crs="auto", first_bit=0)
    rng = np.random.default_rng(5)
    west, south, east, north = shapely.bounds(ground)
    x, y = rng.uniform(west, east, 20_000), rng.uniform(south, north, 20_000)
    inside = shapely.intersects_xy(ground, x, y)
    x, y = x[inside], y[inside]
    away = shapely.distance(shapely.points(*crs.transform_xy(x, y, crs.WGS84, UTM)), crs.to_metric(line, UTM))
    for band, low, high in zip(bands, (0, 1000, 5000), (1000, 5000, 10000), strict=True):
        sure = (np.abs(away - low) > 0.5) & (np.abs(away - high) > 0.5)
        held = PointLocator([band.polygon]).locate(x, y) == 0
        np.testing.assert_array_equal(held[sure], ((away > low) & (away <= high))[sure])
