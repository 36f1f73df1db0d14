"""The page of comparisons: one scale for both maps, what is compared chosen by links, two places, moves next door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import flask
import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.figures.classes import NO_DATA
from dashboard.figures.side_by_side import Side, legend_of, side_by_side
from dashboard.pages import all_pages
from dashboard.panels import changed, compare_choices, compare_maps, displacement, pair
from dashboard.periods import choices, months_earlier
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.settings import Settings
from dashboard.view import View
from dashboard.words import LANGUAGES, of
from geodata.answers.answer import DataFacts, Totals
from geodata.answers.answers import Answers
from geodata.vocabulary import Period
from tests.dashboard.callbacks import callbacks
from tests.geodata.answers.test_area_changes import years
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, tiny_snapshot

EN = of("en")
PLANTED = years((240, 120), (120, 240), (120, 110), (2, 2), *[(120, 120)] * 26)
QUERY = "?edition=2025&from=2024-01-01&to=2024-12-31&lang=en"
FACTS = DataFacts(1, None, None, None, 0, 0)


def reading(more: str = "", answers: Answers = PLANTED) -> Reading:
    made = read(QUERY + more, answers)
    assert made.dropped == ()
    return made


def tiny(more: str = "") -> Reading:
    return read(f"?edition=2024&from=2024-01-01&to=2024-12-31&lang=en{more}", Answers(Still(tiny_snapshot(n=400))))


def side(n: list[int], days: int = 365, people: float = 10_000.0) -> Side:
    codes = tuple(map(str, range(len(n))))
    asked, population = np.ones(len(n), dtype=np.bool_), np.full(len(n), people)
    return Side(codes, codes, asked, np.array(n), population, days, Totals(sum(n), sum(n), 0, 0), FACTS)


def test_the_same_count_has_the_same_colour_on_both_maps() -> None:
    first, second = side_by_side((side([10, 20, 30, 0]), side([30, 10, 500, 70])), EN, rates=False)
    assert first.fill(0) == second.fill(1)
    assert first.fill(2) == second.fill(0)
    assert first.classes.lows == second.classes.lows
    assert first.colours == second.colours
    assert {row.kind for row in legend_of((first, second), EN)} == {"class", "zero"}


def test_periods_of_another_length_are_shaded_per_month_but_told_as_counted() -> None:
    first, second = side_by_side((side([30, 60], days=90), side([10, 20], days=30)), EN, rates=False)
    assert [first.fill(0), first.fill(1)] == [second.fill(0), second.fill(1)]
    assert first.legend_title == "Recorded incidents per 30 days"
    assert first.hover[0].startswith("<b>30 recorded incidents</b>")


def test_no_rate_is_shaded_on_a_handful() -> None:
    first, second = side_by_side((side([4, 0, 20]), side([5, 40, 10])), EN, rates=True)
    assert first.classes.index.tolist()[:2] == [NO_DATA, 0]
    assert NO_DATA not in second.classes.index
    assert "per 10,000" not in first.hover[0]
    assert "fewer than 5 incidents, or no population" in [row.label for row in legend_of((first, second), EN)]
    yearly, _ = side_by_side((side([20], days=73), side([20])), EN, rates=True)
    assert yearly.legend_title == "Per 10,000 inhabitants and year"
    assert yearly.classes.lows[-1] == pytest.approx(100.0)  # 20 in a fifth of a year on 10,000 inhabitants


def test_three_maps_show_two_periods_and_their_difference() -> None:
    made = compare_maps.render(reading())
    text = str(made)
    assert text.count("Graph(") == 3
    for said in ("01/01–31/12/2023", "01/01–31/12/2024", "Difference", "Everywhere together", "fall beyond chance: 1"):
        assert said in text
    assert "scattermap" not in text  # SVG, whatever the browser can


def test_areas_that_changed_are_listed_and_few_are_counted() -> None:
    text = str(changed.render(reading()))
    assert "Of 30 areas 1 rose and 1 fell by more than chance; 1 have too few to tell." in text
    assert "Xã 001" in text
    assert "Xã 003" not in text
    assert "area=001" in text
    calm = str(changed.render(reading("", years((120, 120), (120, 118)))))
    assert "0 rose and 0 fell" in calm
    assert "Table(" not in calm
    hopeless = str(changed.render(reading("&against=2021-01-01..2021-12-31")))
    assert "do not cover both periods" in hopeless


def test_old_and_new_units_stand_side_by_side_the_old_first() -> None:
    text = str(compare_maps.render(tiny("&other=2025")))
    assert text.count("Graph(") == 2
    assert text.index("units until 30/06/2025") < text.index("units from 01/07/2025: 3 units")
    assert "Rates are the fairer comparison" in text
    assert "Periods" not in text
    swapped = str(compare_maps.render(read("?edition=2025&other=2024&lang=en", Answers(Still(tiny_snapshot())))))
    assert swapped.index("units until") < swapped.index("units from 01/07/2025: ")


def test_an_area_is_asked_whether_its_change_moved() -> None:
    assert "Choose an area" in str(displacement.render(reading()))
    text = str(displacement.render(reading("&area=001")))
    assert "Neighbours (3): Xã 002, Xã 011, Xã 012" in text
    assert "95% range" in text
    assert "Too few incidents" in str(displacement.render(reading("&area=004")))


def test_two_places_have_their_numbers_and_months_on_one_scale() -> None:
    assert "Choose both places" in str(pair.render(reading(), Screen()))
    made = pair.render(reading("&area=001&beside=002"), Screen())
    text = str(made)
    assert "Per inhabitant Xã 001 has 0.50 times the incidents of Xã 002" in text
    assert text.count("Graph(") == 2
    ranges = [figure.children[1].children.figure["layout"]["yaxis"]["range"] for figure in made[3].children]
    assert ranges[0] == ranges[1] == [0, pytest.approx(1.05 * 20)]


def test_the_usual_comparisons_are_links_and_one_is_marked() -> None:
    usual = reading()
    labels = [each.label for each in choices(usual)]
    assert "This period and the days just before" in labels
    assert "Last 6 months and the 6 before" in labels
    assert "Year 2024 and 2023" in labels  # the same as a year earlier, by its name
    assert "This period and a year earlier" not in labels
    for more in ("", "&against=2023-01-01..2023-12-31", "&against=2022-03-01..2022-05-31"):
        picks = str(compare_choices.render(reading(more)))
        assert picks.count("pick chosen") == 3
    assert months_earlier(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_earlier(date(2024, 2, 29), 2) == date(2023, 12, 31)
    assert months_earlier(date(2024, 1, 15), 1) == date(2023, 12, 15)


def test_a_click_on_a_map_asks_about_the_area_and_again_about_all() -> None:
    view = reading().view
    click = [{"prop_id": "x.clickData", "value": {"points": [{"location": "001"}]}}]
    once = compare_maps.clicked(view, click)
    assert once.area == ("001",)
    assert compare_maps.clicked(once, click).area == ()
    assert compare_maps.clicked(replace(view, other="2024"), click).area == ()
    wild: tuple[object, ...] = (None, [], [{"value": None}], [{"value": {"points": []}}], "x")
    for broken in wild:
        assert compare_maps.clicked(view, broken) == view


def test_what_the_pickers_send_is_read_like_any_link() -> None:
    view = reading().view
    both = pair.chosen(view, ["002", "001"], ["003"])
    assert (both.area, both.beside) == (("001", "002"), ("003",))
    assert pair.chosen(view, "001", None) == view
    wild, dropped = View.from_query(pair.chosen(view, [{"a": 1}], []).to_query(), reading().names.choices)
    assert wild.area == ()
    assert len(dropped) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_in_both_languages(language: str) -> None:
    made = read(f"?edition=2024&lang={language}", Answers(Still(tiny_snapshot())))
    text = str(all_pages()["/compare"].layout(made, Screen()))
    for part in ("compare-maps", "changed", "displacement", "pair", "notice", "filters", "footing"):
        assert f"id='{part}'" in text


def test_an_empty_workspace_says_so_once() -> None:
    snapshot = tiny_snapshot()
    boundaries = replace(snapshot.boundaries, layers={}, editions={}, zones=(), regions=())
    bare = read("?lang=en", Answers(Still(replace(snapshot, boundaries=boundaries))))
    assert "Nothing is loaded yet" in str(compare_maps.render(bare))
    assert changed.render(bare) == displacement.render(bare) == pair.render(bare, Screen()) == []
    assert "Nothing is loaded yet" in str(all_pages()["/compare"].layout(bare, Screen()))
    silent = read("?lang=en", Answers(Still(planted_snapshot(np.zeros((3, 0), dtype=int)))))
    assert "No incidents are loaded" in str(compare_maps.render(silent))
    assert changed.render(silent) == []


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    app = create_app(Settings(tmp_path), Still(tiny_snapshot()))
    server: flask.Flask = app.server
    return server.test_client()


def test_the_panels_follow_the_address(client: FlaskClient) -> None:
    query = "?edition=2024&from=2024-01-01&to=2024-12-31&lang=en&area=101&beside=103"
    year_before = {"compare-maps": "2023", "changed": "2023", "displacement": "Neighbours (", "pair": "2023"}
    for panel, told in year_before.items():
        (callback,) = (each for each in callbacks(client) if each.output == f"{panel}.children")
        answer = callback.post(client, {"url.search": query, "page-key.data": {"width": 1920}})
        assert answer.status_code == 200
        assert told in answer.get_data(as_text=True)


def test_periods_are_two_whole_ones() -> None:
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    for each in choices(reading()):
        before = each.days[1]
        assert before.end < each.period.start
        assert abs(before.days - each.period.days) <= 4
    assert reading().view.period == period


def test_communes_and_hexagons_stand_side_by_side_on_one_scale(client: FlaskClient) -> None:
    with client.application.app_context():
        made = str(compare_maps.render(tiny("&layer=hexagons&hexagon=5000")))
    assert made.count("Graph(") == 2
    for said in ("Hexagons of 5,000 m", "Communes", "hexagons of"):
        assert said in made
    picks = str(compare_choices.render(tiny("&layer=hexagons")))
    assert "Shades" not in picks
    assert "Width of a hexagon (m)" in picks
    assert "layer=count" in picks  # the way back
