"""The point locator against an obvious twin, on the points that are hard."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, box

from geodata.geometry.locate import PointLocator
from tests.oracles import locate as oracle

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


def hard_points(polygons: list[object]) -> Points:
    """Vertices, edge midpoints, all a step of one ulp to each side, and points all over the box."""
    present = np.array([p for p in polygons if p is not None], dtype=object)
    vertices = shapely.get_coordinates(present)
    spots = np.vstack([vertices, (vertices[:-1] + vertices[1:]) / 2])
    x, y = spots.T
    low, high = vertices.min(axis=0) - 0.1, vertices.max(axis=0) + 0.1
    spread = np.random.default_rng(3).uniform(low, high, size=(300, 2))
    return (
        np.concatenate([x, np.nextafter(x, np.inf), np.nextafter(x, -np.inf), x, x, spread[:, 0]]),
        np.concatenate([y, y, y, np.nextafter(y, np.inf), np.nextafter(y, -np.inf), spread[:, 1]]),
    )


def assert_same_as_oracle(polygons: list[object], points: Points | None = None) -> None:
    x, y = points or hard_points(polygons)
    np.testing.assert_array_equal(PointLocator(polygons).locate(x, y), oracle.locate(polygons, x, y))


def test_a_point_on_a_shared_edge_belongs_to_the_lowest_index() -> None:
    locator = PointLocator([box(1, 0, 2, 1), box(0, 0, 1, 1)])
    assert locator.locate([1.0, 1.0, 0.5, 1.5], [0.5, 0.0, 0.5, 0.5]).tolist() == [0, 0, 1, 0]


def test_a_point_outside_every_polygon_is_minus_one() -> None:
    assert PointLocator([box(0, 0, 1, 1)]).locate([5, -5, 0.5], [0.5, 0.5, 1.0000001]).tolist() == [-1, -1, -1]


def test_nan_and_infinity_lie_nowhere() -> None:
    x = [np.nan, np.inf, -np.inf, 0.5, 0.5, 1e308, -1e308]
    y = [0.5, 0.5, 0.5, np.nan, np.inf, 1e308, 0.5]
    found = PointLocator([box(0, 0, 1, 1)]).locate(x, y)
    assert found.dtype == np.int32
    assert (found == -1).all()


def test_no_polygons_hold_no_points() -> None:
    assert PointLocator([]).locate([1.0], [1.0]).tolist() == [-1]
    assert PointLocator([None, Polygon()]).locate([1.0, np.nan], [1.0, 0.0]).tolist() == [-1, -1]
    assert PointLocator([None]).locate([], []).tolist() == []


def test_missing_polygons_keep_their_place() -> None:
    assert PointLocator([None, Polygon(), box(0, 0, 1, 1)]).locate([0.5], [0.5]).tolist() == [2]


def test_a_hole_holds_no_points_but_its_edge_does() -> None:
    ring = Polygon(box(0, 0, 10, 10).exterior, [box(4, 4, 6, 6).exterior])
    assert PointLocator([ring]).locate([5.0, 4.0, 2.0], [5.0, 5.0, 5.0]).tolist() == [-1, 0, 0]
    assert_same_as_oracle([ring, box(4, 4, 6, 6)])


def test_parts_and_overlaps_go_to_the_lowest_index() -> None:
    parts = MultiPolygon([box(0, 0, 1, 1), box(3, 3, 4, 4)])
    assert_same_as_oracle([parts, box(0.5, 0.5, 3.5, 3.5), box(-1, -1, 5, 5), None])


def test_a_sliver_thinner_than_a_cell_is_found() -> None:
    sliver = Polygon([(0, 0), (100, 0.001), (100, 0.0011), (0, 0.0001)])
    assert_same_as_oracle([sliver, box(0, -50, 100, 50)])


def test_a_polygon_as_thin_as_a_double_is_found() -> None:
    x = 106.1
    thin = box(x, 11.0, float(np.nextafter(x, 200)), 11.5)
    assert_same_as_oracle([thin])


def test_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="LineString"):
        PointLocator([shapely.LineString([(0, 0), (1, 1)])])


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="x has 2"):
        PointLocator([box(0, 0, 1, 1)]).locate([0.0, 1.0], [0.0])


def test_points_on_cell_borders_are_exact() -> None:
    polygons = [box(0, 0, 1, 1), Polygon([(1, 0), (2, 0.3), (1.7, 1), (1, 1)])]
    locator = PointLocator(polygons)
    columns = np.arange(0, locator._columns, 7)
    edges = locator._origin[0] + columns / locator._scale[0]
    rows = locator._origin[1] + np.arange(0, locator._rows, 23) / locator._scale[1]
    x, y = (a.ravel() for a in np.meshgrid(np.concatenate([edges, np.nextafter(edges, 9)]), rows))
    assert_same_as_oracle(polygons, (x, y))


small = st.integers(0, 12).map(float)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(small, small), min_size=3, max_size=9, unique=True), min_size=1, max_size=5),
    st.floats(1e-6, 1e6),
    st.floats(-1e6, 1e6),
)
def test_any_polygons_agree_with_the_oracle(
    shapes: list[list[tuple[float, float]]], scale: float, offset: float
) -> None:
    hulls = [shapely.convex_hull(shapely.MultiPoint(shape)) for shape in shapes]
    stars = [shapely.make_valid(Polygon(shape)) for shape in shapes]
    moved = shapely.transform(np.array(hulls + stars, dtype=object), lambda xy: xy * scale + offset)
    polygons = [p for p in moved if p.geom_type in {"Polygon", "MultiPolygon"} and shapely.is_valid(p)]
    if polygons:
        assert_same_as_oracle(polygons)


def test_real_communes_agree_with_sjoin(shared_data: Path) -> None:
    rows = json.loads((shared_data / "communes_2024.geojson").read_text())["features"]
    polygons = np.array([shapely.geometry.shape(row["geometry"]) for row in rows], dtype=object)
    rng = np.random.default_rng(7)
    west, south, east, north = shapely.total_bounds(polygons)
    vertices = shapely.get_coordinates(polygons)[::17]
    x = np.concatenate([rng.uniform(west, east, 20_000), vertices[:, 0], np.nextafter(vertices[:, 0], 0)])
    y = np.concatenate([rng.uniform(south, north, 20_000), vertices[:, 1], vertices[:, 1]])
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs="EPSG:4326")
    joined = gpd.sjoin(points, gpd.GeoDataFrame(geometry=polygons, crs="EPSG:4326"), how="left")
    lowest = joined["index_right"].groupby(level=0).min().fillna(-1).to_numpy()
    np.testing.assert_array_equal(PointLocator(polygons).locate(x, y), lowest)
