"""The sheets beside the map: shaded tables of when, and zones of concern in words with their uncertainty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pytest

from dashboard import claims
from dashboard.claims import rhythm as rhythm_claims
from dashboard.claims import zone
from dashboard.components.heat import Ways, heat, steps
from dashboard.panels import near_what, rhythm
from dashboard.reading import read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.near import Excess
from geodata.statistics.concentration import concentration
from geodata.vocabulary import Period
from tests.dashboard.markup import of_kind
from tests.geodata.worlds import Still, tiny_snapshot

PERIOD = "?edition=2024&from=2022-01-01&to=2024-12-31"


def answers() -> Answers:
    return Answers(Still(tiny_snapshot()))


def test_shades_go_from_the_smallest_to_the_largest_and_nothing_is_none_of_them() -> None:
    assert steps(np.array([[0.0, 10.0, 15.0], [20.0, np.nan, 12.0]])).tolist() == [[0, 1, 3], [5, -1, 2]]
    assert steps(np.array([[3.0, 3.0]])).tolist() == [[5, 5]]
    assert steps(np.zeros((1, 2))).tolist() == [[0, 0]]


def test_every_cell_of_a_shaded_table_is_told_in_words() -> None:
    ways = Ways([["?1", ""]], ["?x"], ["?ab"], np.array([[True, False]]))
    made = heat("Grid", ["a–b"], ["x"], np.array([[1.0, 2.0]]), told=[["x a: 1", "x b: 2"]], ways=ways)
    ab, x, cell = of_kind(made, "A")
    assert (cell["aria-label"], cell["title"], cell["href"], cell["tabIndex"]) == ("x a: 1", "x a: 1", "?1", 0)
    assert cell["aria-current"] == "true"
    assert [(head["children"], head["href"], head["tabIndex"]) for head in (ab, x)] == [
        ("a–b", "?ab", -1),
        ("x", "?x", -1),
    ]
    assert of_kind(made, "Th")[0]["colSpan"] == 2


def test_a_click_on_an_hour_of_a_day_asks_for_it_and_again_for_all() -> None:
    view = read(PERIOD, answers()).view
    ways = rhythm.week_ways(view)
    friday_nine = read(ways.cells[4][9], answers()).view
    assert (friday_nine.hours, friday_nine.weekdays) == ((9, 9), (5,))
    assert not ways.chosen.any()
    there = rhythm.week_ways(friday_nine)
    assert np.argwhere(there.chosen).tolist() == [[4, 9]]
    assert read(there.cells[4][9], answers()).view == view
    assert read(there.cells[4][10], answers()).view.hours == (10, 10)


def test_heads_ask_for_parts_of_the_day_and_add_and_take_days() -> None:
    view = read(PERIOD + "&hours=18-5&weekdays=6", answers()).view
    ways = rhythm.week_ways(view)
    assert [read(href, answers()).view.hours for href in ways.columns] == [(0, 5), (6, 11), (12, 17), (18, 23)]
    assert read(ways.rows[6], answers()).view.weekdays == (6, 7)
    assert read(ways.rows[5], answers()).view.weekdays == ()
    assert np.flatnonzero(ways.chosen[5]).tolist() == [*range(6), *range(18, 24)]
    assert not ways.chosen[:5].any()


def test_all_hours_stay_to_be_chosen_while_one_is_asked() -> None:
    everything, one = (rhythm.render(read(PERIOD + part, answers())) for part in ("", "&hours=3-3&weekdays=2"))
    told = [[link["aria-label"] for link in of_kind(drawn, "A") if "aria-label" in link] for drawn in (everything, one)]
    assert told[0] == told[1]
    assert len(told[0]) == 168


def test_a_month_and_a_year_are_periods_to_ask_for() -> None:
    asked = read(PERIOD, answers())
    seasons = asked.answers.seasons(asked.view.question)
    ways = rhythm.year_ways(asked.view, seasons, asked.names.choices.period)
    february = read(ways.cells[2][1], answers()).view
    assert (february.start, february.end) == (date(2024, 2, 1), date(2024, 2, 29))
    again = rhythm.year_ways(february, seasons, asked.names.choices.period)
    assert np.argwhere(again.chosen).tolist() == [[2, 1]]
    assert read(again.cells[2][1], answers()).view.period == asked.names.choices.period
    assert read(ways.rows[0], answers()).view.period == Period(date(2022, 1, 1), date(2022, 12, 31))


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
