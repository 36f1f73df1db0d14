from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.demo.cells import fit_cells, power_cells
from geodata.demo.linework import draw_pieces

SQUARE = shapely.box(0.0, 0.0, 10.0, 10.0)


def test_equal_weights_give_the_plain_voronoi_cells() -> None:
    left, right = power_cells(np.array([[2.0, 5.0], [8.0, 5.0]]), np.zeros(2))
    assert shapely.intersection(left, SQUARE).area == pytest.approx(50.0)
    assert shapely.contains_xy(right, 5.01, 9.0)


def test_weight_moves_the_edge_by_half_the_weight_over_the_distance() -> None:
    left, _ = power_cells(np.array([[2.0, 5.0], [8.0, 5.0]]), np.array([12.0, 0.0]))
    assert shapely.intersection(left, SQUARE).area == pytest.approx(60.0)


def test_cells_get_the_areas_asked_for_and_hold_their_middles() -> None:
    middles = np.array([[2.0, 2.0], [7.0, 3.0], [3.0, 8.0], [8.0, 8.0]])
    areas = np.array([10.0, 40.0, 30.0, 20.0])
    cells = fit_cells(middles, areas, SQUARE)
    assert shapely.area(cells) == pytest.approx(areas, rel=0.02)
    assert shapely.contains_xy(cells, middles[:, 0], middles[:, 1]).all()


def test_a_small_cell_beside_the_middle_of_a_large_one_is_cut_out_of_it() -> None:
    middles = np.array([[2.0, 5.0], [7.0, 5.0], [8.0, 5.0]])
    cells = fit_cells(middles, np.array([30.0, 68.0, 2.0]), SQUARE)
    assert shapely.contains_xy(cells, middles[:, 0], middles[:, 1]).all()
    assert cells[2].area == pytest.approx(2.0)
    assert shapely.union_all(cells).area == pytest.approx(100.0)


def test_bent_edges_stay_shared_and_the_outline_stays_where_it_is() -> None:
    parts = np.array([shapely.box(0, 0, 5, 10), shapely.box(5, 0, 10, 4), shapely.box(5, 4, 10, 10)], dtype=object)
    drawn = draw_pieces(parts, SQUARE, np.array([[2.0, 5.0], [7.0, 2.0], [7.0, 7.0]]))
    assert shapely.coverage_is_valid(drawn)
    assert shapely.union_all(drawn).symmetric_difference(SQUARE).area == pytest.approx(0.0, abs=1e-9)
    assert not shapely.equals(drawn[0], parts[0])
