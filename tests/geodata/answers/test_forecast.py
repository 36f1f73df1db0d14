"""Where next month: ground on which incidents keep coming, and how much it held before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.forecast import Forecast, forecast_ground
from geodata.errors import QuestionError
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Category, Level, Period, Precision
from geodata.warehouse.snapshot import PRECISIONS, Snapshot
from tests.geodata.planted import SIDE, planted_snapshot
from tests.geodata.worlds import Still, chief

ALL = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
AREAS, MONTHS = 6, 30
BEGIN = date(2022, 7, 1)


def streets(*, seed: int = 3, months: int = MONTHS, mean: float = 8.0) -> Snapshot:
    """Half of each area's incidents lie within a street or two of its middle, the others anywhere in it."""
    rng = np.random.default_rng(seed)
    made = planted_snapshot(rng.poisson(mean, (AREAS, months)), begin=BEGIN)
    n = len(made.incidents)
    near = rng.random(n) < 0.5
    shift = np.where(near, rng.normal(0, 0.002, (2, n)), rng.uniform(-SIDE / 2, SIDE / 2, (2, n)))
    lon, lat = made.incidents.lon + shift[0], made.incidents.lat + shift[1]
    return replace(made, incidents=replace(made.incidents, lon=lon, lat=lat))


SNAPSHOT = streets()


def ask(snapshot: Snapshot = SNAPSHOT, question: Question = ALL, scope: Scope = EVERYTHING) -> Forecast:
    return Answers(Still(snapshot)).forecast(question, scope)


def test_ground_where_incidents_keep_coming_holds_many_of_the_next_months() -> None:
    found = ask()
    one, five = found.held
    assert found.enough
    assert (one.share, five.share) == (0.01, 0.05)
    assert one.cells == round(0.01 * found.inhabited)
    assert 0.2 < one.rate <= five.rate < 1
    assert one.low <= one.rate <= one.high
    assert one.against_last_month > 1.25
    assert one.population < 0.05  # everybody lives everywhere alike: no better than chance
    assert one.pai == pytest.approx(one.rate / (one.cells / found.inhabited))
    assert one.pei == pytest.approx(one.rate / one.best)
    assert one.better + one.worse <= len(found.tried) == 12
    assert found.tried[0] == date(2024, 1, 1)


def test_the_cells_of_the_month_to_come_lie_where_they_were_planted() -> None:
    found = ask()
    assert {area.code for area in found.areas} <= {f"{i + 1:03}" for i in range(AREAS)}
    assert sum(area.cells for area in found.areas) == found.held[0].cells
    shares = [area.share for area in found.areas]
    assert shares == sorted(shares, reverse=True)
    assert 10 * 0.01 < sum(shares) < 1
    last = SNAPSHOT.last_day
    assert found.question.period == Period(date(2023, 12, 30), date(2024, 12, 29))
    assert last == date(2024, 12, 29)
    assert found.n == np.count_nonzero(SNAPSHOT.incidents.day > SNAPSHOT.incidents.day[-1] - 366)


def test_nobodys_land_is_not_inhabited_but_where_an_incident_was() -> None:
    people = np.array([10_000.0, 10_000, 10_000, 10_000, 10_000, np.nan])
    snapshot = planted_snapshot(np.full((AREAS, MONTHS), 3), people, begin=BEGIN)
    answers = Answers(Still(snapshot))
    ground = forecast_ground(snapshot, ALL, EVERYTHING, terrain=answers.terrain(ALL.layer))
    cells = np.bincount(ground.area[ground.area >= 0], ground.inhabited[ground.area >= 0])
    whole = np.bincount(ground.area[ground.area >= 0])
    np.testing.assert_array_equal(cells[:5], whole[:5])
    assert cells[5] == 1  # all incidents of that area lie at its middle
    assert ground.people is not None
    assert ground.people.sum() == pytest.approx(50_000)
    west, south = ground.raster.west, ground.raster.south
    assert (ground.raster.cell, west > 0, south > 0) == (250.0, True, True)


def test_without_known_inhabitants_all_ground_counts_and_they_are_no_rival() -> None:
    snapshot = replace(SNAPSHOT, boundaries=planted_snapshot(np.ones((AREAS, 1)), np.full(AREAS, np.nan)).boundaries)
    found = ask(snapshot)
    assert np.isnan(found.held[0].population)
    assert found.inhabited == ask().inhabited


def test_areas_asked_and_the_scope_choose_areas_and_change_no_number() -> None:
    some = ask(question=replace(ALL, areas=("002",)))
    assert [area.code for area in some.areas] == ["002"]
    assert some.held == ask().held
    assert [area.code for area in ask(scope=chief("2025", "003")).areas] == ["003"]


@pytest.mark.parametrize(
    ("snapshot", "tried"),
    [(streets(months=17), 0), (streets(mean=0.3), 12), (planted_snapshot(np.zeros((AREAS, MONTHS))), 0)],
)
def test_too_few_months_or_incidents_say_so(snapshot: Snapshot, tried: int) -> None:
    found = ask(snapshot, replace(ALL, period=Period(BEGIN, date(2024, 12, 31))))
    assert not found.enough
    assert len(found.tried) == tried


def test_places_that_are_not_known_well_are_left_out_and_counted() -> None:
    precision = SNAPSHOT.incidents.precision.copy()
    precision[-10:] = PRECISIONS.index(Precision.COMMUNE)
    found = ask(replace(SNAPSHOT, incidents=replace(SNAPSHOT.incidents, precision=precision)))
    assert found.vague == 10
    assert found.n == ask().n - 10


def test_the_end_of_the_question_is_the_last_day_known() -> None:
    found = ask(question=replace(ALL, period=Period(date(2024, 1, 1), date(2024, 6, 30))))
    assert found.question.period == Period(date(2023, 7, 1), date(2024, 6, 30))
    assert found.tried[-1] == date(2024, 6, 1)


def test_categories_whose_places_say_little_are_left_out() -> None:
    kinds = (Category("theft", "Trộm", "Theft", "g"), Category("fraud", "L", "F", "g", hot_spots=False))
    assert ask(replace(SNAPSHOT, categories=kinds)).left_out == ("fraud",)


def test_a_layer_that_is_not_loaded_is_refused() -> None:
    with pytest.raises(QuestionError):
        ask(question=replace(ALL, edition="1999"))
