from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph
from scipy import sparse

from geodata.geometry.neighbours import contiguity, distance_band, from_pairs, ring


def squares(columns: int, rows: int) -> list[object]:
    return [shapely.box(x, y, x + 1, y + 1) for y in range(rows) for x in range(columns)]


def test_a_common_edge_or_corner_makes_neighbours() -> None:
    found = contiguity(squares(3, 3))
    assert found.toarray()[4].tolist() == [1, 1, 1, 1, 0, 1, 1, 1, 1]
    assert found.toarray()[0].tolist() == [0, 1, 0, 1, 1, 0, 0, 0, 0]
    assert found.diagonal().tolist() == [0] * 9
    assert (found != found.T).nnz == 0


def test_an_island_and_a_shape_of_nothing_have_no_neighbours() -> None:
    shapes = [*squares(2, 1), shapely.box(5, 5, 6, 6), None, shapely.Polygon()]
    assert contiguity(shapes).toarray().sum(axis=1).tolist() == [1, 1, 0, 0, 0]
    assert contiguity([]).shape == (0, 0)


def test_a_slip_of_a_metre_is_bridged_where_it_is_allowed() -> None:
    apart = [shapely.box(0, 0, 100, 100), shapely.box(101, 0, 200, 100), shapely.box(300, 0, 400, 100)]
    assert contiguity(apart).nnz == 0
    assert contiguity(apart, tolerance=3.0).toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_libpysal_finds_the_same_neighbours_of_real_communes(shared_data: Path) -> None:
    areas = gpd.read_file(shared_data / "communes_2024.geojson").to_crs(32648)
    wanted = Graph.build_contiguity(areas.reset_index(drop=True), rook=False).sparse
    assert abs(contiguity(areas.geometry.to_numpy()) - wanted).sum() == 0


def test_a_band_includes_its_bound_and_points_in_one_place() -> None:
    found = distance_band([0, 3, 3, 100, np.nan], [0, 4, 4, 100, 0], 5.0)
    assert found.toarray().tolist() == [
        [0, 1, 1, 0, 0],
        [1, 0, 1, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
    ]
    assert distance_band([0, 0, 1], [0, 0, 0], 0.0).nnz == 2
    assert distance_band([], [], 5.0).shape == (0, 0)
    with pytest.raises(ValueError, match="0 or more"):
        distance_band([0], [0], -1.0)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=20), st.integers(0, 12))
def test_bands_are_as_measured_pair_by_pair(points: list[tuple[int, int]], distance: int) -> None:
    xy = np.array(points, dtype=float).reshape(-1, 2)
    squared = ((xy[:, None] - xy[None]) ** 2).sum(axis=-1)
    wanted = (squared <= distance**2) & ~np.eye(len(xy), dtype=bool)
    assert distance_band(xy[:, 0], xy[:, 1], distance).toarray().tolist() == wanted.astype(float).tolist()


def test_rings_lie_so_many_steps_away_from_the_set() -> None:
    grid = contiguity(squares(5, 5))
    assert ring(grid, [12]).tolist() == [6, 7, 8, 11, 13, 16, 17, 18]
    assert len(ring(grid, [12], order=2)) == 16
    assert ring(grid, [12], order=3).tolist() == []
    assert ring(grid, [0, 1]).tolist() == [2, 5, 6, 7]
    assert ring(grid, []).tolist() == []
    assert ring(sparse.csr_array((3, 3)), [1]).tolist() == []
    with pytest.raises(ValueError, match="counted from 1"):
        ring(grid, [12], order=0)


def test_pairs_may_come_twice_and_either_way() -> None:
    pairs = np.array([0, 1, 1, 2]), np.array([1, 0, 1, 0])
    assert from_pairs(*pairs, 3).toarray().tolist() == [[0, 1, 1], [1, 0, 0], [1, 0, 0]]
