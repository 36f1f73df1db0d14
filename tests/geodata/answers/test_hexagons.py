"""The risk in hexagons, and what changes with the unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.answers.answers import Answers
from geodata.answers.hexagons import MOST, HexGround, HexRisk, hex_ground, shared_ground, unit_effect
from geodata.geometry.lattice import hexagons
from geodata.question import EVERYTHING, Detail, Question, Scope
from geodata.vocabulary import Level, Period, Precision
from geodata.warehouse.snapshot import PRECISIONS, Snapshot
from tests.geodata.planted import COMMUNE, planted_snapshot
from tests.geodata.worlds import C24, FIRST, LAST, Still, chief, tiny_snapshot

TINY = tiny_snapshot(n=400)
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
PLANTED = Question(Period(date(2022, 1, 1), date(2022, 1, 31)), "2025", Level.COMMUNE)
WIDTH = 2_000


def judged(snapshot: Snapshot, question: Question, scope: Scope = EVERYTHING, width: float = WIDTH) -> HexRisk:
    return Answers(Still(snapshot)).hexagons(question, scope, width_m=width)


def test_every_well_known_point_of_a_known_area_counts_once() -> None:
    found = judged(TINY, ALL)
    incidents = TINY.incidents
    area = incidents.area[C24]
    # Nobody knows how many live in 203, the fourth: its incidents and its ground are left out.
    assert found.n.sum() == np.count_nonzero((incidents.placement == 0) & (area >= 0) & (area < 3))
    assert found.area_only == np.count_nonzero((incidents.placement != 0) & (area >= 0))


def test_points_that_stand_for_a_whole_commune_are_left_out() -> None:
    vague = np.where(np.arange(len(TINY.incidents)) % 2, 0, PRECISIONS.index(Precision.COMMUNE)).astype(np.int8)
    known = replace(TINY, incidents=replace(TINY.incidents, precision=vague))
    assert judged(known, ALL).n.sum() < judged(TINY, ALL).n.sum()
    assert judged(known, ALL).n.sum() + judged(known, ALL).area_only < judged(known, ALL).totals.placed  # 203's


def test_inhabitants_are_spread_evenly_over_their_commune() -> None:
    found = judged(TINY, ALL)
    assert np.nansum(found.expected) == pytest.approx(found.n.sum())
    km2 = shapely.area(found.polygons)  # in square degrees, but all of one latitude
    density = found.expected / km2
    inner = [found.names[i] for i in found.home]
    middle = {name: np.nanmedian(density[[each == name for each in inner]]) for name in ("Xã 101", "Xã 103", "Xã 201")}
    assert middle["Xã 103"] / middle["Xã 101"] == pytest.approx(2, rel=0.02)
    assert middle["Xã 201"] / middle["Xã 101"] == pytest.approx(1 / 2, rel=0.02)
    assert (found.classes == "no population").sum() > 10  # the ground of 203


def test_with_zones_only_the_ground_in_them_is_expected_to_hold_any() -> None:
    strip = judged(TINY, replace(ALL, zones=("border_0_1km",)))
    inside = np.isfinite(strip.expected)
    west = shapely.bounds(strip.polygons)[:, 0]
    assert west[inside].max() < 106.03 < west[~inside].max()
    assert np.nansum(strip.expected) == pytest.approx(strip.n.sum())


def test_the_level_asked_makes_no_difference() -> None:
    district, commune = judged(TINY, replace(ALL, level=Level.DISTRICT)), judged(TINY, ALL)
    np.testing.assert_array_equal(district.rr, commune.rr)
    assert district.question.level is Level.COMMUNE


def test_areas_asked_show_their_cells_and_change_no_risk() -> None:
    everything, west = judged(TINY, ALL), judged(TINY, replace(ALL, areas=("101",)))
    assert 0 < west.asked.sum() < everything.asked.sum()
    np.testing.assert_array_equal(west.rr[west.asked], everything.rr[west.asked])
    assert (west.n[~west.asked] == 0).all()
    assert {west.names[i] for i in west.home[west.asked]} == {"Xã 101"}


def test_a_scope_shows_only_cells_that_lie_wholly_in_it() -> None:
    asked, scoped = judged(TINY, replace(ALL, areas=("101",))), judged(TINY, ALL, chief("2024", "101"))
    assert 0 < scoped.asked.sum() < asked.asked.sum()
    assert asked.asked[scoped.asked].all()
    assert shapely.bounds(scoped.polygons[scoped.asked])[:, 2].max() < 106.1 + 1e-9


def test_who_may_see_no_points_sees_no_cells_of_them() -> None:
    assert not judged(TINY, ALL, Scope(detail=Detail.FIVE)).asked.any()


def test_cells_are_widened_until_a_browser_can_draw_them() -> None:
    found = judged(TINY, ALL, width=100.0)
    assert found.width_m == 400
    assert len(found.n) < 1.1 * MOST


def corner(inside: int, outside: int) -> Snapshot:
    """Thirty communes of which one has more; all incidents lie in the middle of their commune."""
    counts = np.full(30, outside)
    counts[14] = inside
    return planted_snapshot(counts[:, None])


def test_a_commune_that_stands_out_holds_a_cell_that_does() -> None:
    unit = judged(corner(90, 30), PLANTED).unit
    assert unit.areas == (14,)
    assert unit.faded == ()
    assert unit.cells > 1  # people gather in the middles, and cells there stand out for that alone
    assert unit.elsewhere == unit.cells - 1


def test_what_stands_out_by_area_only_has_faded() -> None:
    snapshot = corner(90, 30)
    terrain = Answers(Still(snapshot)).terrain(COMMUNE)
    ground = hex_ground(snapshot, COMMUNE, terrain, WIDTH)
    areas, cells = np.full(30, "as expected", dtype=object), np.full(len(ground.lattice), "as expected", dtype=object)
    areas[[14, 2]] = "high"
    cells[ground.home == 2] = "hot spot"
    unit = unit_effect(ground, terrain, areas, cells)
    assert (unit.areas, unit.faded, unit.elsewhere) == ((2, 14), (14,), 0)
    cells[ground.home == 27] = "hot spot"
    assert unit_effect(ground, terrain, areas, cells).elsewhere > 0


@pytest.fixture(scope="module")
def ground() -> HexGround:
    return hex_ground(TINY, C24, Answers(Still(TINY)).terrain(C24), WIDTH)


def test_cells_share_out_the_ground_of_every_area(ground: HexGround) -> None:
    terrain = Answers(Still(TINY)).terrain(C24)
    assert ground.shared.sum(axis=0) / 1e6 == pytest.approx(terrain.km2)
    assert ground.shared.sum(axis=1) == pytest.approx(ground.lattice.area)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 2), min_size=3, max_size=7, unique=True), st.floats(0.7, 4))
def test_common_ground_is_what_shapely_finds_one_by_one(corners: list[tuple[int, int]], width: float) -> None:
    shape = shapely.convex_hull(shapely.multipoints(corners))
    if shape.area == 0:
        return
    halves = np.array([shape & shapely.box(-1, -1, 4, 10), shape & shapely.box(4, -1, 10, 10)], dtype=object)
    lattice = hexagons(shape, width)
    plain = [[shapely.intersection(cell, half).area for half in halves] for cell in lattice.polygons]
    assert shared_ground(lattice, halves).toarray() == pytest.approx(np.array(plain), abs=1e-9)
