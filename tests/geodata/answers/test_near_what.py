"""Incidents in and around zones of concern, with expectations worked out on paper.

The tiny world's communes have the same ground; 10,000 people live in 101, 20,000 in 103, 5,000 in 201, and nobody
knows how many in 203. The strip west of 106.03 E holds three tenths of the ground of 101 and of 103: 9,000 of 35,000.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from scipy.stats import binomtest

from geodata import tables
from geodata.answers.answers import Answers
from geodata.answers.near import NearWhat
from geodata.boundaries.editions import Boundaries, Zone
from geodata.join import place
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Level, Period, ZoneKind
from tests.geodata.worlds import (
    CATEGORIES,
    FIRST,
    LAST,
    Still,
    chief,
    coded,
    tiny_boundaries,
    tiny_incidents,
    tiny_snapshot,
)

ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
IN_STRIP, IN_101, IN_103, IN_201, IN_203 = (
    *((106.01, 11.05), (106.07, 11.03), (106.07, 11.15), (106.15, 11.05), (106.15, 11.15)),
)
SHARE = 9_000 / 35_000


def looked_at(
    places: dict[tuple[float, float], int],
    question: Question = ALL,
    *,
    boundaries: Boundaries | None = None,
    precision: str = "exact",
    scope: Scope = EVERYTHING,
) -> NearWhat:
    """The answer for so many thefts at each place."""
    at = [each for each, n in places.items() for _ in range(n)]
    frame = tiny_incidents(n=len(at)).head(len(at)).reset_index(drop=True)
    lon, lat = np.array(at).T
    frame = frame.assign(lon=lon, lat=lat, precision=precision, area_edition="", area_level="", area_code="")
    world = boundaries or tiny_boundaries()
    joined = place(tables.check_incidents(frame.assign(category="theft")), world).frame
    incidents = coded(joined, world)
    known = {"exact": 0, "hamlet": 1, "commune": 2}[precision]
    incidents = replace(incidents, precision=np.full(len(incidents), known, np.int8))
    return Answers(Still(replace(tiny_snapshot(), incidents=incidents, boundaries=world))).near(question, scope)


def test_a_zone_is_expected_to_hold_its_share_of_the_inhabitants() -> None:
    found = looked_at({IN_STRIP: 30, IN_103: 30, IN_201: 10, IN_203: 5})
    band = next(row for row in found.rows if row.zone == "border_0_1km")
    assert (found.n, found.vague, found.by) == (70, 5, "population")  # nobody knows how many live in 203
    assert band.inside.n == 30
    assert band.inside.expected == pytest.approx(70 * SHARE, rel=1e-3)
    assert band.inside.ratio == pytest.approx((30 / SHARE) / (40 / (1 - SHARE)), rel=1e-3)
    assert band.inside.low < band.inside.ratio < band.inside.high
    # The exact test of one share, as scipy has it.
    assert band.inside.p == pytest.approx(binomtest(30, 70, SHARE).pvalue, rel=0.02)
    assert band.near is None


def test_what_lies_around_a_zone_is_counted_apart() -> None:
    just_outside = (106.102, 11.05)  # 218 m east of commune 101
    found = looked_at({IN_101: 8, just_outside: 6, IN_201: 6})
    communes = next(row for row in found.rows if row.zone == "border_communes")
    assert communes.near is not None
    assert (communes.inside.n, communes.near.n) == (8, 6)
    # 500 m of 11 km, along the east (5,000 people in 201) and the north side (20,000 in 103).
    expected = 20 * (25_000 * 500 / 11_000) / 35_000
    assert communes.near.expected == pytest.approx(expected, rel=0.05)


def test_fewer_than_five_give_no_ratio() -> None:
    found = looked_at({IN_STRIP: 4, IN_201: 40})
    band = next(row for row in found.rows if row.zone == "border_0_1km")
    assert (band.inside.n, band.inside.enough) == (4, False)
    assert np.isnan([band.inside.ratio, band.inside.low, band.inside.high, band.inside.p]).all()


def test_points_that_stand_for_a_whole_commune_lie_in_no_zone() -> None:
    found = looked_at({IN_STRIP: 10}, precision="commune")
    assert (found.n, found.vague) == (0, 10)
    assert looked_at({IN_STRIP: 10}, precision="hamlet").n == 10


def test_areas_and_zones_asked_for_do_not_change_what_is_near() -> None:
    places = {IN_STRIP: 30, IN_103: 30, IN_201: 10}
    whole = looked_at(places)
    for question in (
        replace(ALL, areas=("103",)),
        replace(ALL, zones=("border_0_1km",)),
        replace(ALL, regions=("west",)),
    ):
        assert looked_at(places, question).rows == whole.rows


def test_zones_of_one_kind_also_count_together() -> None:
    venues = [Zone(f"venue_{i}", ZoneKind.VENUE, f"Quán {i}", 2 + i, shapely.Point(at).buffer(0.004)) for i, at in
              enumerate([IN_101, IN_201])]  # fmt: skip
    world = tiny_boundaries()
    found = looked_at({IN_101: 5, IN_201: 6, IN_103: 20}, boundaries=replace(world, zones=(*world.zones, *venues)))
    told = [(row.zone, row.members, row.inside.n) for row in found.rows if row.kind is ZoneKind.VENUE]
    assert told == [("", 2, 11), ("venue_0", 1, 5), ("venue_1", 1, 6)]


def test_without_inhabitants_the_ground_counts() -> None:
    world = tiny_boundaries()
    layers = {key: replace(layer, population=np.full(len(layer.codes), np.nan)) for key, layer in world.layers.items()}
    found = looked_at({IN_STRIP: 30, IN_201: 30}, boundaries=replace(world, layers=layers))
    band = next(row for row in found.rows if row.zone == "border_0_1km")
    assert found.by == "area"
    assert band.inside.expected == pytest.approx(60 * 0.6 / 4, rel=1e-3)


def test_categories_whose_places_say_little_stay_out_unless_asked_for() -> None:
    fraud = replace(CATEGORIES[0], hot_spots=False)
    snapshot = replace(tiny_snapshot(), categories=(fraud, *CATEGORIES[1:]))
    answers = Answers(Still(snapshot))
    everything, asked = answers.near(ALL), answers.near(replace(ALL, categories=("theft",)))
    named = answers.near(replace(ALL, categories=tuple(category.key for category in CATEGORIES)))
    assert (everything.left_out, asked.left_out, named.left_out) == (("theft",), (), ())
    assert asked.n > 0
    assert everything.n + asked.n == named.n


def test_a_zone_that_reaches_beyond_the_asker_s_areas_is_not_told() -> None:
    places = {IN_STRIP: 30, IN_103: 30, IN_201: 10}
    whole = looked_at(places)
    some = looked_at(places, scope=chief("2024", "101", "103"))
    assert whole.hidden == 0
    assert {row.zone for row in some.rows} == {"border_0_1km"}  # the surroundings of commune 101 lie in 201 as well
    assert some.hidden == len(whole.rows) - 1
    (band,) = some.rows
    assert band == next(row for row in whole.rows if row.zone == "border_0_1km")  # the same judgement on every desk
    assert looked_at(places, scope=chief("2024", "101")).rows == ()
