"""Changing coordinate systems: easting first, the right UTM zone, shared vertices stay shared."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import Point, box

from geodata.geometry import crs


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (106.1, 11.3, "EPSG:32648"),
        (-87.6, 41.8, "EPSG:32616"),
        (151.2, -33.9, "EPSG:32756"),
        (180.0, 1.0, "EPSG:32601"),
    ],
)
def test_auto_is_the_utm_zone_of_the_centre(lon: float, lat: float, expected: str) -> None:
    assert crs.metric_crs("auto", lon, lat) == expected


def test_a_named_metric_crs_is_kept() -> None:
    assert crs.metric_crs("EPSG:9209", 0, 0) == "EPSG:9209"


def test_there_and_back_is_the_same_place() -> None:
    square = box(106.0, 11.0, 106.1, 11.1)
    back = crs.to_wgs84(crs.to_metric(square, "EPSG:32648"), "EPSG:32648")
    assert shapely.hausdorff_distance(square, back) < 1e-9


def test_easting_comes_first() -> None:
    x, y = crs.transform_xy([105.0], [11.0], crs.WGS84, "EPSG:32648")
    assert x[0] == pytest.approx(500_000, abs=0.01)
    assert y[0] > 1_000_000


def test_the_two_vietnamese_zones_lie_27_km_apart() -> None:
    x, _ = crs.transform_xy([500_000.0, 500_000.0], [1_250_000.0] * 2, "EPSG:9209", "EPSG:32648")
    other, _ = crs.transform_xy([500_000.0], [1_250_000.0], "EPSG:9210", "EPSG:32648")
    assert abs(other[0] - x[0]) == pytest.approx(27_000, rel=0.02)


def test_missing_and_empty_geometries_pass_through() -> None:
    shapes = np.array([None, Point(), Point(106, 11)], dtype=object)
    moved = crs.to_metric(shapes, "EPSG:32648")
    assert moved[0] is None
    assert moved[1].is_empty
    assert crs.metric_crs_of(shapes) == "EPSG:32648"
    assert crs.metric_crs_of([]) == "EPSG:32631"
