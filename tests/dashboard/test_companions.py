"""The sheets beside the map: shaded tables of when, and zones of concern in words with their uncertainty."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from dashboard import claims
from dashboard.claims import rhythm as rhythm_claims
from dashboard.claims import zone
from dashboard.components.heat import heat, steps
from dashboard.panels import near_what, rhythm
from dashboard.reading import read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.near import Excess
from geodata.statistics.concentration import concentration
from tests.geodata.worlds import Still, tiny_snapshot

PERIOD = "?edition=2024&from=2022-01-01&to=2024-12-31"


def answers() -> Answers:
    return Answers(Still(tiny_snapshot()))


def test_shades_go_from_the_smallest_to_the_largest_and_nothing_is_none_of_them() -> None:
    assert steps(np.array([[0.0, 10.0, 15.0], [20.0, np.nan, 12.0]])).tolist() == [[0, 1, 3], [5, -1, 2]]
    assert steps(np.array([[3.0, 3.0]])).tolist() == [[5, 5]]
    assert steps(np.zeros((1, 2))).tolist() == [[0, 0]]


def test_every_cell_of_a_shaded_table_is_told_in_words() -> None:
    made = str(heat("Grid", ["a", "b"], ["x"], np.array([[1.0, 2.0]]), told=[["x a: 1", "x b: 2"]]))
    assert "x a: 1" in made
    assert "x b: 2" in made


def test_few_incidents_have_no_ratio_in_words() -> None:
    said = zone.excess(Excess(4, 1.0, nan, nan, nan, nan), of("en"))
    assert said == "too few to tell"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(1.2, 2.7, "as many as elsewhere"), (0.2, 0.9, "fewer than elsewhere"), (0.8, 1.9, "no clear difference")],
)
def test_a_ratio_is_always_told_with_its_range(low: float, high: float, said: str) -> None:
    text = zone.excess(Excess(20, 10.0, 1.5, low, high, 0.1), of("en"))
    assert said in text
    assert f"90% range {low}–{high}" in text


def test_no_peak_is_named_on_a_handful_of_incidents() -> None:
    asked = answers()
    view = read(PERIOD, asked).view
    found = asked.rhythm(view.question)
    hours = np.zeros(24)
    hours[22:] = 10.0
    few = replace(found, by_hour=hours)
    assert "Too few" in rhythm_claims.peak(few, of("en"))
    hours = np.full(24, 1.0)
    hours[[23, 0, 1]] = 9.0
    many = replace(found, by_hour=hours)
    # 27 of 48 in the three hours around midnight.
    assert rhythm_claims.peak(many, of("en")).startswith("Most were recorded from 23:00 to 01:59: 56%")


def test_the_sheets_are_made_of_the_question_of_the_address() -> None:
    asked = answers()
    when = str(rhythm.render(read(PERIOD + "&lang=en", asked)))
    assert "Incidents by hour and weekday" in when
    assert "of unknown hour" in when
    where = str(near_what.render(read(PERIOD + "&lang=en&category=theft", asked)))
    assert "14 recorded, 12 expected" in where
    assert "1.2 times (90% range 0.7–2.1)" in where
    assert "never of a reason" in where


def test_in_how_few_areas_half_of_the_incidents_lie_is_told_where_there_are_enough() -> None:
    # Of 60 incidents half lie in the two fullest of five places: 25 + 15.
    assert claims.concentration(concentration([25, 15, 10, 6, 4]), of("en")).startswith(
        "Half of the incidents lie in 2 of 5"
    )
    assert claims.concentration(concentration([5, 4, 0]), of("en")) == ""
