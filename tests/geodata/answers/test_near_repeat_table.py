"""Pairs near in place and time: on paper, and where repeats were planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.near_repeat import NearRepeat, answer_near_repeat
from geodata.errors import QuestionError
from geodata.geometry import crs
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Level, Period, Precision
from geodata.warehouse.snapshot import EPOCH, PRECISIONS, Snapshot
from tests.geodata.planted import COMMUNE, DISTRICT, planted_snapshot
from tests.geodata.worlds import Still, chief

UTM = "EPSG:32648"
BEGIN = date(2024, 1, 1)
YEAR = Question(Period(BEGIN, date(2024, 12, 31)), "2025", Level.COMMUNE)
VAGUE = PRECISIONS.index(Precision.COMMUNE)


def world(x: list[float], y: list[float], day: list[int], *, vague: int = 0) -> Snapshot:
    """Incidents at metres from a corner inside commune 001 (the last ``vague`` known to their commune only)."""
    order = np.argsort(day, kind="stable")
    east, north = crs.transform_xy([106.01], [11.01], crs.WGS84, UTM)
    lon, lat = crs.transform_xy(east + np.asarray(x), north + np.asarray(y), UTM, crs.WGS84)
    made = planted_snapshot(np.array([[len(day)]]), begin=BEGIN)
    precision = np.zeros(len(day), dtype=np.int8)
    precision[len(day) - vague :] = VAGUE
    held = replace(
        made.incidents,
        day=((BEGIN - EPOCH).days + np.asarray(day)[order]).astype(np.int32),
        lon=lon[order],
        lat=lat[order],
        precision=precision[order],
        area={COMMUNE: np.zeros(len(day), np.int32), DISTRICT: np.zeros(len(day), np.int32)},
    )
    return replace(made, incidents=held)


def ask(snapshot: Snapshot, question: Question = YEAR, scope: Scope = EVERYTHING, **bands: object) -> NearRepeat:
    return Answers(Still(snapshot)).near_repeat(question, scope, **bands)  # type: ignore[arg-type]


def test_the_pairs_of_four_incidents_stand_in_their_bands() -> None:
    # A and B at one place six days apart; C 90 m from both, on B's day; D 350 m from A, thirty days after it.
    found = ask(world([0, 0, 90, 350], [0, 0, 0, 0], [0, 6, 6, 30]))
    pairs = {(b.meters_from, b.meters_to, b.days_from, b.days_to): b.pairs for b in found.bands}
    assert list(pairs)[:3] == [(0, 0, 0, 7), (0, 0, 7, 14), (0, 0, 14, 28)]
    assert len(pairs) == 12
    assert pairs[(0, 0, 0, 7)] == 1  # A B
    assert pairs[(0, 100, 0, 7)] == 2  # A C, B C
    assert pairs[(200, 400, 14, 28)] == 2  # B D, C D: 24 days
    assert sum(pairs.values()) == 5  # A D: thirty days, outside
    assert (found.n, found.vague) == (4, 0)
    same = found.bands[0]
    assert same.expected == pytest.approx(1 * 3 / 6)  # one pair at one place, three of six within seven days


def test_bands_are_those_asked_for() -> None:
    found = ask(world([0, 30], [0, 0], [0, 1]), meters=(50.0,), days=(1.0, 2.0))
    assert [(b.meters_to, b.days_to, b.pairs) for b in found.bands] == [(0, 1, 0), (0, 2, 0), (50, 1, 1), (50, 2, 0)]


def test_a_place_known_to_its_commune_only_is_left_out_and_counted() -> None:
    found = ask(world([0, 0, 0], [0, 0, 0], [0, 1, 2], vague=1))
    assert (found.n, found.vague) == (2, 1)
    assert found.bands[0].pairs == 1


def burglaries(*, planted: bool, seed: int = 4) -> Snapshot:
    """Five hundred over 4 x 4 km and a year; where planted, a third is followed nearby within a week."""
    rng = np.random.default_rng(seed)
    x, y, day = rng.uniform(0, 4000, 500), rng.uniform(0, 4000, 500), rng.integers(0, 350, 500)
    if planted:
        x[350:] = x[:150] + rng.uniform(-60, 60, 150)
        y[350:] = y[:150] + rng.uniform(-60, 60, 150)
        day[350:] = day[:150] + rng.integers(0, 7, 150)
    return world(x.tolist(), y.tolist(), day.tolist())


def test_planted_repeats_are_found_and_others_are_not() -> None:
    near = ask(burglaries(planted=True)).bands[3]
    assert (near.meters_to, near.days_to) == (100, 7)
    assert near.more
    assert near.ratio > 1.5
    quiet = ask(burglaries(planted=False))
    assert not quiet.bands[3].more
    wide = [band for band in quiet.bands if band.meters_to == 400]
    assert 0.7 < sum(band.pairs for band in wide) / sum(band.expected for band in wide) < 1.3


def test_the_table_is_the_same_twice() -> None:
    snapshot = burglaries(planted=True)
    assert repr(ask(snapshot).bands) == repr(ask(snapshot).bands)  # nan is like no other nan


def test_only_what_may_be_seen_is_counted() -> None:
    snapshot = world([0, 0], [0, 0], [0, 1])
    assert ask(snapshot, scope=chief("2025", "001")).bands[0].pairs == 1
    assert ask(snapshot, scope=Scope(areas=())).n == 0
    later = replace(YEAR, period=Period(BEGIN + timedelta(days=1), YEAR.period.end))
    assert ask(snapshot, later).n == 1


def test_nothing_makes_an_empty_table() -> None:
    found = ask(world([], [], []))
    assert found.n == 0
    assert {band.pairs for band in found.bands} == {0}
    assert not any(band.enough or band.more for band in found.bands)


def test_more_pairs_than_can_be_counted_are_refused_with_a_remedy() -> None:
    snapshot = world([0, 0, 0], [0, 0, 0], [0, 1, 2])
    terrain = Answers(Still(snapshot)).terrain(YEAR.layer)
    with pytest.raises(QuestionError, match="3 pairs of incidents lie within 400 m"):
        answer_near_repeat(snapshot, YEAR, EVERYTHING, terrain, most_pairs=2)
    assert answer_near_repeat(snapshot, YEAR, EVERYTHING, terrain, most_pairs=3).n == 3
