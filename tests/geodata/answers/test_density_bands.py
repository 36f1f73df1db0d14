from __future__ import annotations

from dataclasses import replace
from math import pi

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.answers.answers import Answers
from geodata.answers.density import BANDS, MOST_CELLS, Density, density_ground, levels
from geodata.answers.shared_ground import shared_ground
from geodata.answers.terrain import terrain_of
from geodata.disclosure_table import DisclosureRow
from geodata.geometry import crs
from geodata.profile import Profile
from geodata.question import EVERYTHING, Detail, Question, Scope
from geodata.statistics.density import intensity
from geodata.vocabulary import Level, Period, Precision
from geodata.warehouse.snapshot import PRECISIONS, Snapshot
from tests.geodata.worlds import C24, C25, CATEGORIES, FIRST, LAST, SQUARES, Still, tiny_snapshot

HIDDEN = Scope(detail=Detail.FIVE)
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
SPOT, OTHER = (106.0731, 11.0412), (106.0994, 11.1568)  # in 101; 65 m west of the border between 103 and 203
METRIC = "EPSG:32648"


def clumped(*, vague: int = 0) -> Snapshot:
    """All incidents with a point on two spots, half on each; ``vague`` more are known to the middle of 101 only."""
    held = tiny_snapshot(n=200)
    incidents = held.incidents
    known = np.flatnonzero(incidents.placement == 0)
    first = np.isin(np.arange(len(incidents.day)), known[: len(known) // 2])
    precision = incidents.precision.copy()
    precision[known[:vague]] = PRECISIONS.index(Precision.COMMUNE)
    area = np.where(incidents.placement == 0, np.where(first, 0, 1), incidents.area[C24]).astype(np.int32)
    lon = np.where(incidents.placement == 0, np.where(first, SPOT[0], OTHER[0]), np.nan)
    lat = np.where(incidents.placement == 0, np.where(first, SPOT[1], OTHER[1]), np.nan)
    moved = replace(incidents, lon=lon, lat=lat, precision=precision, area={**incidents.area, C24: area})
    return replace(held, incidents=moved)


def towns() -> Snapshot:
    """Most incidents with a point round two places, some all over; thefts in 101 only."""
    held, rng = tiny_snapshot(n=4000), np.random.default_rng(3)
    incidents, index = held.incidents, {key: held.boundaries.layers[key].index() for key in (C24, C25)}
    known = np.flatnonzero(incidents.placement == 0)
    lon, lat, category = incidents.lon.copy(), incidents.lat.copy(), incidents.category.copy()
    area = {key: of.copy() for key, of in incidents.area.items()}
    for rows, (x, y), code in ((known[::2], (106.05, 11.05), "101"), (known[1::4], (106.175, 11.15), "203")):
        lon[rows], lat[rows] = rng.normal(x, 0.006, len(rows)), rng.normal(y, 0.006, len(rows))
        for key in (C24, C25):
            area[key][rows] = index[key][code]
    category[(area[C24] != 0) & (category == 0)] = 1
    return replace(held, incidents=replace(incidents, lon=lon, lat=lat, category=category, area=area))


def nowhere() -> Snapshot:
    """Only sensitive categories, which have no place that may be told."""
    rules = DisclosureRow.model_validate({"sensitive": [each.key for each in CATEGORIES]})
    return replace(towns(), profile=Profile(disclosure=rules))


def density(
    held: Snapshot, question: Question = ALL, scope: Scope = EVERYTHING, *, bandwidth_m: float = 250
) -> Density:
    return Answers(Still(held)).density(question, scope, bandwidth_m=bandwidth_m)


def test_the_densest_band_lies_round_the_spots() -> None:
    found = density(clumped())
    highest = found.bands[-1]
    assert shapely.contains_xy(highest, *SPOT)
    assert shapely.contains_xy(highest, *OTHER)
    assert len(shapely.get_parts(shapely.union_all(found.bands))) == 2


def test_the_peak_is_that_of_the_exact_kernel() -> None:
    held = clumped()
    known = held.incidents.placement == 0
    points = np.column_stack(crs.transform_xy(held.incidents.lon[known], held.incidents.lat[known], crs.WGS84, METRIC))
    exact = intensity(points, points, 250.0).max() * 1e6
    assert exact == pytest.approx(known.sum() / 2 / (2 * pi * 0.25**2))  # by hand: half of them on one spot
    assert density(held).peak == pytest.approx(exact, rel=0.05)  # at a cell's centre, 50 m off at most


def test_what_is_known_to_a_commune_only_is_left_out_and_counted() -> None:
    exact, vague = density(clumped()), density(clumped(vague=40))
    assert vague.placed == exact.placed
    assert vague.used == exact.used - 40
    assert vague.used < vague.placed


def test_asking_for_one_commune_shows_a_part_of_the_same_bands() -> None:
    held = clumped()
    whole, part = density(held), density(held, replace(ALL, areas=("103",)))
    own = shapely.box(*SQUARES[C24]["103"])
    assert part.lows == whole.lows
    assert part.placed < whole.placed
    assert shapely.union_all(part.bands).within(shapely.buffer(own, 1e-7))
    expected = shapely.area(shapely.intersection(whole.bands, own))
    assert shapely.area(part.bands) == pytest.approx(expected, rel=1e-3)


def test_bands_end_at_the_border_of_the_layer() -> None:
    province = shapely.box(106.0, 11.0, 106.2, 11.2)
    found = density(tiny_snapshot(n=6000), bandwidth_m=500)
    assert shapely.union_all(found.bands).within(shapely.buffer(province, 1e-7))


def test_an_even_spread_is_as_dense_at_the_border_as_in_the_middle() -> None:
    """10 incidents a square kilometre: without a correction an edge would have 5, a corner 2.5."""
    found = density(tiny_snapshot(n=6000), bandwidth_m=500)
    (level,) = (low for low in found.lows if 3 < low < 5)
    above = found.bands[found.lows.index(level)]
    corners = [(x, y) for x in (106.001, 106.199) for y in (11.001, 11.199)]
    assert shapely.contains_xy(above, np.array(corners)).all()


def test_who_may_not_see_locations_sees_no_band() -> None:
    found = density(nowhere(), scope=HIDDEN)
    assert found.refused
    assert found.lows == ()
    assert not len(found.bands)
    assert found.peak == 0


def test_who_may_not_see_locations_sees_what_rounded_numbers_at_shared_places_tell() -> None:
    exact, told = density(towns(), bandwidth_m=1000), density(towns(), scope=HIDDEN, bandwidth_m=1000)
    assert (told.refused, told.shared, exact.shared) == (False, True, False)
    assert told.used % 5 == told.placed % 5 == 0
    assert told.peak == pytest.approx(exact.peak, rel=0.35)
    assert shapely.area(shapely.intersection(told.bands[-1], exact.bands[0])) == pytest.approx(
        shapely.area(told.bands[-1]), rel=0.05
    )


def test_it_is_no_finer_than_places_are_told_and_ends_where_nothing_is_told() -> None:
    held = towns()
    assert density(held, scope=HIDDEN, bandwidth_m=150).bandwidth_m == held.profile.disclosure.cell_m
    answers = Answers(Still(held))
    alone = replace(ALL, categories=("theft",))
    told = answers.density(alone, HIDDEN, bandwidth_m=1000)
    empty = [i for i, n in enumerate(answers.counts(alone, HIDDEN).n.tolist()) if n == 0]
    assert empty
    for area in empty:
        ground = held.boundaries.layers[C24].polygons[area]
        assert shapely.area(shapely.intersection(shapely.union_all(told.bands), ground)) < 1e-5  # of 0.01


def test_the_ground_of_shared_places_holds_as_many_as_the_profile_asks_for() -> None:
    disclosed = Answers(Still(towns())).seen_by(HIDDEN)
    found = shared_ground(disclosed, C24, terrain_of(disclosed, C24))
    held = np.bincount(found.of[found.of >= 0])
    assert len(held) == len(found.shapes) > 50
    assert held.min() >= disclosed.profile.disclosure.cell_fewest
    assert (found.of >= 0).tolist() == np.isfinite(disclosed.incidents.lon).tolist()


def test_single_incidents_far_apart_are_no_dense_place() -> None:
    found = density(tiny_snapshot(n=12), bandwidth_m=150)
    assert not found.refused
    assert not len(found.bands)
    assert found.peak > 0


def test_no_incident_is_no_density() -> None:
    nothing = replace(ALL, period=Period(FIRST.replace(year=2001), FIRST.replace(year=2001)))
    found = density(clumped(), nothing)
    assert (found.used, found.placed, found.lows, found.peak) == (0, 0, (), 0.0)


def test_a_wide_layer_has_coarser_cells_and_says_so() -> None:
    held = Answers(Still(clumped()))
    terrain = held.terrain(C24)
    seen = np.ones(len(terrain.polygons), dtype=np.bool_)
    fine, coarse = density_ground(terrain, 500.0, seen), density_ground(terrain, 60.0, seen)
    assert fine.cell_m == 200.0
    assert coarse.cell_m > 60.0 / 2.5
    assert coarse.mask.size <= MOST_CELLS * 1.01
    assert not density(clumped(), bandwidth_m=500).coarse
    assert held.density(ALL, bandwidth_m=40).coarse


@settings(deadline=None, max_examples=200)
@given(st.floats(1e-3, 1e5), st.floats(50, 2000))
def test_bands_begin_at_a_few_rising_round_numbers(peak: float, bandwidth_m: float) -> None:
    lows = levels(peak, bandwidth_m)
    alone = 2e6 / (2 * pi * bandwidth_m**2)
    assert len(lows) <= BANDS
    assert list(lows) == sorted(set(lows))
    assert bool(lows) == (peak > alone)
    assert all(float(f"{low:.2g}") == low for low in lows)
    assert all(0.8 * alone < low < 1.25 * max(peak, alone) for low in lows)
