"""Points projected by a mesh, against each projected exactly."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.geometry import crs, mesh


def points(west: float, south: float, degrees: float, *, n: int = mesh.FEWEST) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return west + degrees * rng.random(n), south + degrees * rng.random(n)


@pytest.mark.parametrize(
    ("west", "south", "degrees", "target"),
    [(106.0, 11.0, 0.5, "EPSG:32648"), (105.5, 10.5, 2.0, "EPSG:32648"), (-88.0, 41.6, 0.5, "EPSG:32616")],
)
def test_a_mesh_is_good_to_a_centimetre(west: float, south: float, degrees: float, target: str) -> None:
    lon, lat = points(west, south, degrees)
    some = slice(0, 20_000)
    exact = crs.transform_xy(lon[some], lat[some], crs.WGS84, target)
    for found, true in zip(mesh.many_to_metric(lon, lat, target), exact, strict=True):
        assert np.abs(found[some] - true).max() < mesh.TOLERANCE_M
        assert len(found) == mesh.FEWEST


def test_few_points_are_projected_one_by_one() -> None:
    lon, lat = points(106.0, 11.0, 0.5, n=100)
    exact = crs.transform_xy(lon, lat, crs.WGS84, "EPSG:32648")
    for found, true in zip(mesh.many_to_metric(lon, lat, "EPSG:32648"), exact, strict=True):
        np.testing.assert_array_equal(found, true)
    assert len(mesh.many_to_metric([], [], "EPSG:32648")[0]) == 0


def test_a_box_too_wide_for_a_mesh_is_projected_exactly() -> None:
    lon, lat = points(102.0, 8.0, 16.0)
    exact = crs.transform_xy(lon[:50], lat[:50], crs.WGS84, "EPSG:32648")
    for found, true in zip(mesh.many_to_metric(lon, lat, "EPSG:32648"), exact, strict=True):
        np.testing.assert_array_equal(found[:50], true)


def test_points_on_a_line_or_at_one_place_have_no_box_and_are_found() -> None:
    lon, _ = points(106.0, 11.0, 0.5)
    for lons in (lon, np.full(mesh.FEWEST, 106.2)):
        lats = np.full(mesh.FEWEST, 11.3)
        x, y = mesh.many_to_metric(lons, lats, "EPSG:32648")
        true = crs.transform_xy(lons[:50], lats[:50], crs.WGS84, "EPSG:32648")
        np.testing.assert_allclose((x[:50], y[:50]), true, atol=mesh.TOLERANCE_M)
