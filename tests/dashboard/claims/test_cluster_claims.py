"""What is said of clusters, rises, near repeats and forecasts: never without chance or a range, never on a handful."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard.claims import cluster, forecast
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.answers import Answers
from geodata.answers.chains import NearChain
from geodata.answers.clusters import ScanCluster
from geodata.answers.forecast import Forecast, Held
from geodata.answers.near_repeat import Band, NearRepeat
from geodata.answers.rises import Rise
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still

EN = of("en")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ALL = Question(YEAR, "2025", Level.COMMUNE)
ANSWERS = Answers(Still(planted_snapshot(np.full((10, 24), 3))))
CLUSTER = ScanCluster(
    members=(1, 2),
    codes=("002", "003"),
    names=("Xã 002", "Xã 003"),
    n=120,
    expected=60.0,
    rr=2.25,
    llr=20.0,
    p=0.001,
    period=YEAR,
    significant=True,
    low=1.9,
    high=2.6,
)
HELD = Held(
    share=0.01,
    cells=60,
    rate=0.31,
    low=0.22,
    high=0.4,
    last_month=0.22,
    population=0.1,
    best=0.8,
    better=9,
    worse=2,
    pai=31.0,
    pei=0.39,
)
NONE = replace(ANSWERS.forecast(ALL), held=())
TOLD = replace(NONE, held=(HELD, replace(HELD, share=0.05)), tried=tuple(date(2024, m, 1) for m in range(1, 13)))


def band(pairs: int, expected: float, p: float) -> Band:
    return Band(0, 100, 0, 7, pairs, expected, pairs / expected if expected else np.nan, p)


def repeats(nearest: Band) -> NearRepeat:
    return NearRepeat(ALL, (nearest,), 100, 0, 999, ANSWERS.facts())


def test_an_outline_has_its_number_its_incidents_and_a_range() -> None:
    said = cluster.outlined(1, CLUSTER, EN)
    assert said == "1: 120 recorded, 60 expected; 2.2 times elsewhere (90% range 1.9–2.6)"


def test_no_ratio_is_told_on_a_handful_or_without_a_range() -> None:
    few = cluster.outlined(2, replace(CLUSTER, n=4, expected=0.5), EN)
    assert few == "2: 4 recorded, 0.5 expected; chance alone: in at most 0.1% of tries"
    assert "times" not in cluster.outlined(2, replace(CLUSTER, low=np.nan, high=np.nan), EN)
    assert "times" not in cluster.outlined(2, replace(CLUSTER, rr=np.inf), EN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["confirmed", "to_check", "dropped"])
def test_a_rise_is_told_with_chance_and_where_it_stands(language: Language, status: str) -> None:
    w = of(language)
    told = Rise(replace(CLUSTER, p=0.031, period=Period(date(2024, 11, 1), YEAR.end)), status)  # type: ignore[arg-type]
    said = cluster.rise(told, w)
    assert "11/2024–12/2024" in said
    assert w.percent(0.031) in said
    assert "120" in said
    assert cluster.status(told, w)
    assert cluster.meaning(told.status, w)


def test_a_new_rise_is_worded_as_one_to_check_again() -> None:
    assert cluster.status(Rise(CLUSTER, "to_check"), EN) == "a short rise, check again"
    assert "may still pass" in cluster.meaning("confirmed", EN)
    assert "no longer" in cluster.meaning("dropped", EN)
    alarms = " ".join(cluster.alarms(EN))
    assert "5 to 25 of 100 months" in alarms
    assert "what lasts is not seen here" in alarms


def test_many_areas_are_counted() -> None:
    names = [f"Xã {i}" for i in range(7)]
    assert cluster.places(names, EN) == "Xã 0, Xã 1, Xã 2, Xã 3 and 3 more"
    assert cluster.places(names[:4], EN) == "Xã 0, Xã 1, Xã 2, Xã 3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_repeats_are_told_with_those_expected(language: Language) -> None:
    w = of(language)
    more = cluster.near(repeats(band(40, 20.0, 0.001)), w)
    assert all(part in more for part in ("40", w.decimal(20.0), w.percent(0.001)))
    none = cluster.near(repeats(band(22, 20.0, 0.3)), w)
    assert all(part in none for part in ("22", w.decimal(20.0)))
    assert none != more
    few = cluster.near(repeats(band(9, 2.0, 0.001)), w)
    assert not re.search(r"\d", few)


def test_a_chain_says_how_many_how_near_and_when() -> None:
    chain = NearChain(4, date(2024, 11, 2), date(2024, 11, 19), 84.0, 0)
    assert cluster.chain(chain, EN) == "4 incidents within 80 m of their middle, 02/11–19/11/2024"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_is_told_with_its_single_months_and_against_last_months_map(language: Language) -> None:
    w = of(language)
    said = forecast.statement(TOLD, w)
    span = f"{w.percent(0.22, 0)}–{w.percent(0.4, 0)}"
    assert all(part in said for part in (w.percent(0.31, 0), span, w.decimal(1.4), "9", "12"))


def test_without_a_map_to_compare_with_no_ratio_is_told() -> None:
    said = forecast.statement(replace(TOLD, held=(replace(HELD, last_month=0.0),)), EN)
    assert "times" not in said
    assert "in 9 of 12 months" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_few_months_or_incidents_are_said_to_be(language: Language) -> None:
    w = of(language)
    short: Forecast = replace(NONE, tried=())
    assert "18" in forecast.statement(short, w)
    few = replace(NONE, tried=TOLD.tried, tried_on=30)
    assert "30" in forecast.statement(few, w)
    assert "50" in forecast.statement(few, w)


def test_a_forecast_speaks_of_places_and_says_that_records_follow_patrols() -> None:
    assert "never persons" in forecast.limits(EN)
    assert "follows patrols" in forecast.limits(EN)
    assert "left out" not in forecast.basis(replace(NONE, vague=0), EN)
    assert "left out" in forecast.basis(replace(NONE, vague=3), EN)
