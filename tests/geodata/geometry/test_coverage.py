"""Tilings checked, mended and simplified on squares small enough for paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely import LineString, Polygon, box

from geodata.boundaries.features import read_features
from geodata.geometry import coverage


def array(*shapes: object) -> NDArray[np.object_]:
    result = np.empty(len(shapes), dtype=object)
    result[:] = shapes
    return result


def test_a_valid_coverage_is_returned_unchanged() -> None:
    squares = array(box(0, 0, 1, 1), box(1, 0, 2, 1))
    mended, done = coverage.repair(squares, gap_width=0.01)
    assert mended is squares
    assert done == coverage.Repair()
    assert coverage.check(squares).valid


def test_an_overlap_is_found_with_its_area() -> None:
    report = coverage.check(array(box(0, 0, 1, 1), box(5, 5, 6, 6), box(0.9, 0, 2, 1)))
    ((first, second, shape),) = report.overlaps
    assert (first, second) == (0, 2)
    assert shapely.area(shape) == pytest.approx(0.1)
    assert not report.valid


def test_an_overlapping_sliver_goes_to_the_lowest_index() -> None:
    mended, done = coverage.repair(array(box(0, 0, 1, 1), box(0.99, 0, 2, 1)))
    assert shapely.area(mended).tolist() == pytest.approx([1.0, 1.0])
    assert 1 in done.cleaned
    assert coverage.check(mended).valid


def test_an_enclave_drawn_over_its_host_is_not_swallowed() -> None:
    town = array(box(0, 0, 10, 10), box(4, 4, 6, 6))
    mended, done = coverage.repair(town)
    assert done.left_overlapping == ((0, 1),)
    assert shapely.area(mended).tolist() == [100.0, 4.0]


def test_a_narrow_gap_is_closed_and_a_wide_one_kept() -> None:
    frame = [box(0, 0, 3, 1), box(0, 2, 3, 3), box(2, 1, 3, 2)]
    narrow = array(*frame, box(0, 1, 1.995, 2))
    assert len(coverage.gaps(narrow)) == 1
    mended, _ = coverage.repair(narrow, gap_width=0.01)
    assert coverage.gaps(mended) == ()
    assert shapely.area(mended).sum() == pytest.approx(9.0)
    wide = array(*frame, box(0, 1, 1.5, 2))
    kept, done = coverage.repair(wide, gap_width=0.01)
    assert kept is wide
    assert done == coverage.Repair()


def test_invalid_geometry_is_named_and_made_valid() -> None:
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    report = coverage.check(array(bow_tie, box(2, 0, 3, 1)))
    assert report.invalid[0][0] == 0
    assert "Self-intersection" in report.invalid[0][1]
    mended, done = coverage.repair(array(bow_tie, box(2, 0, 3, 1)))
    assert done.made_valid == (0,)
    assert shapely.is_valid(mended).all()


def test_matched_for_drawing_overlaps_are_cut_and_no_ground_is_lost() -> None:
    town = array(box(0, 0, 10, 10), box(8, 0, 20, 10), box(20, 0, 30, 10), box(8, 0, 9, 1))
    drawn = coverage.matched(town)
    assert shapely.area(drawn).tolist() == pytest.approx([100.0, 100.0, 100.0, 1.0])
    assert shapely.coverage_is_valid(drawn[:3])


def test_what_has_no_ground_becomes_empty_and_is_named() -> None:
    _, done = coverage.repair(array(LineString([(0, 0), (1, 1)]), None, box(0, 0, 1, 1)))
    assert done.emptied == (0, 1)


def test_an_edge_with_a_vertex_on_one_side_only_is_unmatched_not_overlapping() -> None:
    left, right = box(0, 0, 1, 1), Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0.5)])
    report = coverage.check(array(left, right))
    assert report.overlaps == ()
    assert set(report.unmatched) <= {0, 1}
    assert report.unmatched


def test_simplified_neighbours_still_share_their_edge() -> None:
    wave = [(1 + 0.01 * (i % 2), i / 50) for i in range(51)]
    left, right = Polygon([(0, 0), *wave, (0, 1)]), Polygon([*wave, (2, 1), (2, 0)])
    plain = coverage.simplify(array(left, right), 0.1)
    assert shapely.get_num_coordinates(plain).sum() < 20
    assert shapely.coverage_is_valid(plain)
    assert coverage.gaps(plain) == ()
    assert shapely.area(plain).sum() == pytest.approx(2.0)


def test_unmatched_edges_are_matched_before_simplifying() -> None:
    left, right = box(0, 0, 1, 1), Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0.5)])
    plain = coverage.simplify(array(left, right), 0.001)
    assert shapely.coverage_is_valid(plain)
    assert shapely.area(plain).tolist() == pytest.approx([1.0, 1.0])


def test_slivers_away_from_a_large_overlap_are_still_cut() -> None:
    town = array(box(0, 0, 10, 10), box(8, 0, 20, 10), box(19.99, 0, 30, 10), box(30, 0, 40, 10))
    mended, done = coverage.repair(town)
    assert done.left_overlapping == ((0, 1),)
    assert 2 in done.cleaned
    assert mended[3] is town[3]
    assert shapely.area(mended).tolist() == pytest.approx([100.0, 120.0, 100.0, 100.0])
    ((first, second, shape),) = coverage.check(mended).overlaps
    assert (first, second, shapely.area(shape)) == (0, 1, pytest.approx(20.0))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 9))
def test_mending_loses_no_ground_and_leaves_no_overlap_unnamed(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    corners, sizes = rng.uniform(0, 10, (n, 2)), rng.uniform(0.5, 5, (n, 2))
    boxes = array(*(box(*corner, *(corner + size)) for corner, size in zip(corners, sizes, strict=True)))
    mended, done = coverage.repair(boxes)
    assert shapely.is_valid(mended).all()
    assert shapely.area(shapely.union_all(mended)) == pytest.approx(shapely.area(shapely.union_all(boxes)))
    assert {(i, j) for i, j, s in coverage.check(mended).overlaps if shapely.area(s) > 1e-9} <= set(
        done.left_overlapping
    )
    for i, j, shape in coverage.check(boxes).overlaps:
        if shapely.area(shape) > coverage.SLIVER_SHARE * min(shapely.area(boxes[[i, j]])):
            assert shapely.area(shapely.intersection(mended[i], mended[j])) == pytest.approx(shapely.area(shape))


def test_a_narrow_gap_away_from_a_large_overlap_is_closed() -> None:
    frame = [box(0, 0, 3, 1), box(0, 2, 3, 3), box(2, 1, 3, 2), box(0, 1, 1.995, 2)]
    mended, done = coverage.repair(array(*frame, box(3, 0, 5, 3), box(4, 0, 6, 3)), gap_width=0.01)
    assert coverage.gaps(mended) == ()
    assert done.left_overlapping == ((4, 5),)
    assert shapely.area(mended).sum() == pytest.approx(9.0 + 12.0)


def test_ground_that_three_share_stays_with_all_three_beside_a_mended_sliver() -> None:
    three = [box(0, 0, 4, 4), box(2, 0, 6, 4), box(3, 0, 7, 4)]
    mended, done = coverage.repair(array(*three, box(0, 3.99, 7, 9)))
    assert done.left_overlapping == ((0, 1), (0, 2), (1, 2))
    assert shapely.area(mended).tolist() == pytest.approx([16.0, 16.0, 16.0, 35.0])
    assert {pair[:2] for pair in coverage.check(mended).overlaps} == {(0, 1), (0, 2), (1, 2)}


def test_an_area_that_many_slivers_would_swallow_keeps_its_ground() -> None:
    bars = [box(i, -1, i + 1, 1) for i in range(20)]
    mended, done = coverage.repair(array(*bars, box(0, 0, 20, 0.1), box(20, -1, 21.01, 1), box(21, -1, 22, 1)))
    assert shapely.area(mended)[20] == pytest.approx(2.0)
    assert (0, 20) in done.left_overlapping
    assert shapely.area(mended)[22] == pytest.approx(1.98)


def test_a_vertex_rounded_onto_an_edge_nearby_leaves_valid_polygons() -> None:
    notch = Polygon([(0, 0), (10, 0), (10, 10), (5, 0.3), (0, 10)])
    drawn = coverage.round_off(array(notch, Polygon([(0, 10), (5, 0.3), (10, 10)])), 0)
    assert shapely.is_valid(drawn).all()
    assert shapely.coverage_is_valid(drawn)
    assert shapely.area(drawn).tolist() == [50.0, 50.0]


def test_ground_that_rounds_to_nothing_is_empty_and_its_neighbour_whole() -> None:
    drawn = coverage.round_off(array(box(0, 0, 9, 9.2), box(0, 9.2, 9, 9.4)), 0)
    assert shapely.area(drawn).tolist() == [81.0, 0.0]
    assert shapely.is_valid(drawn).all()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 60))
def test_a_rounded_coverage_is_a_coverage_on_the_grid(seed: int, n: int) -> None:
    points = np.random.default_rng(seed).uniform(0, 12, (n, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    drawn = coverage.round_off(cells, 0)
    assert shapely.is_valid(drawn).all()
    assert shapely.coverage_is_valid(drawn)
    assert (shapely.get_coordinates(drawn) % 1 == 0).all()
    assert shapely.area(shapely.union_all(drawn)) == pytest.approx(shapely.area(drawn).sum())
    assert coverage.gaps(drawn) == ()


def test_real_editions_are_valid_coverages_and_stay_untouched(shared_data: Path) -> None:
    polygons = read_features(shared_data / "communes_2024.geojson").geometries
    assert coverage.check(polygons).valid
    assert coverage.repair(polygons, gap_width=1e-5)[0] is polygons
