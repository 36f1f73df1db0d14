"""Against what places are judged: inhabitants, or ground where none are known, or the part of it in zones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geodata.answers.answers import Answers
from geodata.answers.exposure import Exposure, exposure_of, hot_spot_question, whole_layer, zone_shape
from geodata.question import Question
from geodata.vocabulary import Category, Level, Period
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.worlds import C24, FIRST, LAST, Still, tiny_snapshot

SNAPSHOT = tiny_snapshot()
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)


def exposed(question: Question, snapshot: Snapshot = SNAPSHOT) -> Exposure:
    return exposure_of(snapshot, question, Answers(Still(snapshot)).terrain(question.layer))


def test_inhabitants_count_where_any_are_known() -> None:
    found = exposed(ALL)
    assert found.by == "population"
    assert found.values == pytest.approx([10_000, 20_000, 5_000, np.nan], nan_ok=True)
    assert found.known.tolist() == [True, True, True, False]


def test_square_kilometres_count_where_no_inhabitants_are_known() -> None:
    found = exposed(replace(ALL, edition="2025"))
    assert found.by == "area"
    assert found.values / found.values.sum() == pytest.approx([1 / 2, 3 / 8, 1 / 8], rel=1e-3)
    assert found.values.sum() == pytest.approx(483, rel=0.01)  # 0.2 x 0.2 degrees at 11.1 N: 21.85 km x 22.12 km


def test_nobody_living_there_is_as_good_as_not_knowing() -> None:
    layer = replace(SNAPSHOT.boundaries.layers[C24], population=np.array([0.0, 20_000, 5_000, np.nan]))
    empty = replace(SNAPSHOT, boundaries=replace(SNAPSHOT.boundaries, layers={C24: layer}))
    assert exposed(ALL, empty).known.tolist() == [False, True, True, False]


def test_of_an_area_only_the_ground_in_the_zones_counts() -> None:
    strip = exposed(replace(ALL, zones=("border_0_1km",)))
    assert strip.values == pytest.approx([3_000, 6_000, np.nan, np.nan], rel=1e-3, nan_ok=True)
    both = exposed(replace(ALL, zones=("border_0_1km", "border_communes")))
    assert both.values == pytest.approx([10_000, 6_000, np.nan, np.nan], rel=1e-3, nan_ok=True)


def test_zones_nobody_knows_hold_no_ground() -> None:
    terrain = Answers(Still(SNAPSHOT)).terrain(C24)
    assert shapely.is_empty(zone_shape(SNAPSHOT, ("nowhere",), terrain))
    assert not exposed(replace(ALL, zones=("nowhere",))).known.any()


def test_places_are_compared_with_the_whole_layer() -> None:
    asked = replace(ALL, areas=("101",), regions=("west",), zones=("border_0_1km",), hours=(18, 5))
    assert whole_layer(asked) == replace(asked, areas=(), regions=())


def test_fraud_stays_out_of_hot_spots_unless_asked_for() -> None:
    kinds = (Category("theft", "", "", ""), Category("fraud", "", "", "", hot_spots=False))
    snapshot = replace(SNAPSHOT, categories=kinds)
    assert hot_spot_question(snapshot, ALL) == (replace(ALL, categories=("theft",)), ("fraud",))
    asked = replace(ALL, categories=("fraud", "theft"))
    assert hot_spot_question(snapshot, asked) == (asked, ())
    assert hot_spot_question(SNAPSHOT, ALL) == (ALL, ())
    assert hot_spot_question(replace(SNAPSHOT, categories=kinds[1:]), ALL) == (ALL, ())
