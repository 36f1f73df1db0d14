"""The maps of risks: breaks that never move, few incidents hatched or grey, signs beside colours, ranges in hovers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard import theme
from dashboard.figures import risks
from dashboard.figures.classes import NO_DATA, NOT_ASKED, ZERO
from dashboard.layers import all_layers, gi_star, hexagons, picture_of, relative_risk
from dashboard.view import View
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.answers import Answers
from geodata.question import EVERYTHING, Detail, Scope
from geodata.vocabulary import Category, Level
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import CATEGORIES, FIRST, LAST, Still, tiny_snapshot

EN = of("en")
VIEW = View(date(2022, 1, 1), date(2022, 1, 31), "2025", Level.COMMUNE, "relative_risk")
COUNTS = [100] * 12 + [300, 280, 4, 0, 20, 9]
PEOPLE = [10_000.0] * 14 + [400.0, 10.0, 10_000.0, np.nan]
SNAPSHOT = planted_snapshot(np.array(COUNTS)[:, None], PEOPLE)
ANSWERS = Answers(Still(SNAPSHOT))
HIGH, FEW, NONE, LOW, NOBODY = 12, 14, 15, 16, 17


def test_areas_are_coloured_by_breaks_that_never_move() -> None:
    picture = picture_of(VIEW, ANSWERS, EVERYTHING, EN)
    rr = ANSWERS.risk(VIEW.question).rr
    for area in (0, HIGH, FEW, LOW):
        lowest = sum(rr[area] >= edge for edge in (0.5, 0.8, 1.25, 1.5, 2.0))
        assert picture.fill(area) == theme.CHANGE_RAMP[1 + lowest]
    assert picture.fill(NONE) == theme.ZERO_FILL
    assert picture.fill(NOBODY) == theme.NO_DATA_FILL
    labels = [row.label for row in picture.legend if row.kind == "class"]
    assert labels == ["2.0 times and more", "1.5–2.0", "1.25–1.5", "0.8–1.25", "0.5–0.8", "under 0.5"]
    even = picture_of(replace(VIEW, start=date(2021, 1, 1), end=date(2021, 1, 2)), ANSWERS, EVERYTHING, EN)
    assert [row.label for row in even.legend if row.kind == "class"] == labels


def test_where_nothing_was_recorded_areas_are_blank_and_not_unknown() -> None:
    for layer in ("relative_risk", "gi_star", "hexagons"):
        picture = picture_of(replace(VIEW, layer=layer, category=("drugs",)), ANSWERS, EVERYTHING, EN)
        assert picture.totals.recorded == 0
        assert {picture.fill(area) for area in range(12)} == {theme.ZERO_FILL}


def test_a_value_on_a_break_belongs_to_the_higher_class() -> None:
    risk = replace(ANSWERS.risk(VIEW.question), rr=np.array([0.5, 0.8, 1.25, 1.5, 2.0, 1.249, *[1.0] * 12]))
    assert risks.classed(risk, risk.asked).index[:6].tolist() == [2, 3, 4, 5, 6, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_incidents_are_hatched_and_have_no_risk_in_their_hover(language: Language) -> None:
    picture = picture_of(VIEW, ANSWERS, EVERYTHING, of(language))
    assert picture.hatched is not None
    assert np.flatnonzero(picture.hatched).tolist() == [FEW]
    assert "90" not in picture.hover[FEW]
    assert "hatched" in {row.kind for row in picture.legend}
    for area in (0, HIGH, LOW):
        assert re.search(r"90\s?%[^<]*\d[.,]\d–\d[.,]\d", picture.hover[area])


def test_the_hover_says_counts_risk_and_certainty() -> None:
    picture = picture_of(VIEW, ANSWERS, EVERYTHING, EN)
    first, second, third = picture.hover[HIGH].split("<br>")
    assert re.fullmatch(r"<b>300 recorded, \d+ expected</b>", first)
    assert re.fullmatch(r"\d\.\d times the number expected for its population \(90% range \d\.\d–\d\.\d\)", second)
    assert third == "more than expected, beyond chance"
    assert picture.hover[FEW].endswith("too few to tell")
    assert picture.hover[NOBODY] == "<b>9 recorded incidents</b><br>no inhabitants known: not judged"


def test_the_legend_names_the_highest_with_their_ranges() -> None:
    notes = [row.label for row in picture_of(VIEW, ANSWERS, EVERYTHING, EN).legend if row.kind == "note"]
    assert notes[0].startswith("highest: Xã 013 ")
    assert len(re.findall(r"\(\d\.\d–\d\.\d\)", notes[0])) == 2


def test_categories_left_out_are_named_below_the_map() -> None:
    fraud = Category("fraud", "Lừa đảo", "Fraud", "", hot_spots=False)
    answers = Answers(Still(replace(SNAPSHOT, categories=(*CATEGORIES, fraud))))
    for layer in ("relative_risk", "gi_star", "hexagons"):
        method = picture_of(replace(VIEW, layer=layer), answers, EVERYTHING, EN).method
        assert method.endswith("; not counted: Fraud, whose places say little")


def test_areas_not_asked_about_are_told_from_those_without_data() -> None:
    for layer in ("relative_risk", "gi_star"):
        picture = picture_of(replace(VIEW, layer=layer, region=("corner",)), ANSWERS, EVERYTHING, EN)
        assert picture.asked.sum() == 2
        assert set(picture.classes.index[2:]) == {NOT_ASKED}
        assert set(picture.hover[2:]) == {"not asked about"}
        assert [row.kind for row in picture.legend].count("not_asked") == 1


def block(high: int) -> Answers:
    counts = np.full((5, 10), 30)
    counts[:2, :2] = high
    return Answers(Still(planted_snapshot(counts.reshape(-1, 1))))


def test_gi_star_marks_hot_and_cold_by_colour_and_sign() -> None:
    view = replace(VIEW, layer="gi_star")
    hot, cold = (picture_of(view, block(n), EVERYTHING, EN) for n in (90, 5))
    assert (hot.fill(0), hot.signs[0], hot.signs[49]) == (theme.HOT, "▲", "")
    assert (cold.fill(0), cold.signs[0]) == (theme.COLD, "▼")
    assert hot.fill(49) == theme.ZERO_FILL
    assert {row.sign for row in hot.legend} == {"▲", "", "▼"}
    assert hot.method.endswith("50 places tested; of those marked, at most 5% are expected to be chance")
    assert re.search(r"hot spot.*<br>z = \d+\.\d; q [<=] ", hot.hover[0])
    assert gi_star.LAYER.order == 9


def test_hexagons_are_coloured_where_there_are_enough_incidents() -> None:
    answers = Answers(Still(tiny_snapshot(n=400)))
    view = View(FIRST, LAST, "2024", Level.COMMUNE, "hexagons", hexagon=2000)
    picture, cells = picture_of(view, answers, EVERYTHING, EN), hexagons.ask(answers, view, EVERYTHING).cells
    assert picture.tiling is not None
    assert len(picture.tiling.polygons) == len(picture.codes) == len(picture.hover) == len(cells.n)
    judged = np.isfinite(cells.rr)
    assert (picture.classes.index[judged & (cells.n == 0)] == ZERO).all()
    assert (picture.classes.index[(cells.n > 0) & (cells.n < 5)] == NO_DATA).all()
    assert (picture.classes.index[judged & (cells.n >= 5)] > 0).all()
    empty = {picture.hover[i] for i in np.flatnonzero(cells.n == 0)}
    assert empty == {"none recorded", "no inhabitants known: not judged"}  # nobody knows how many live in 203
    assert picture.names[0].startswith("hexagon in Xã ")
    assert "2,000 m" in picture.legend_title
    assert f"{cells.n.sum()} incidents with a well-known point" in picture.method


def test_areas_that_stand_out_are_outlined_over_their_hexagons() -> None:
    picture = picture_of(replace(VIEW, layer="hexagons", hexagon=5000), ANSWERS, EVERYTHING, EN)
    layer = SNAPSHOT.boundaries.layers[VIEW.question.layer]
    assert [overlay.shape for overlay in picture.overlays] == [layer.polygons[i] for i in (12, 13)]
    assert {overlay.kind for overlay in picture.overlays} == {"line"}
    assert "line" in {row.kind for row in picture.legend}
    assert "; hexagons that stand out: " in picture.method


def test_hexagons_too_small_to_draw_are_widened_and_that_is_said() -> None:
    wide = replace(planted_snapshot(np.full((400, 1), 3)))  # 400 communes of 30 km2 each
    picture = picture_of(replace(VIEW, layer="hexagons", hexagon=500), Answers(Still(wide)), EVERYTHING, EN)
    assert "in hexagons of 2,000 m" in picture.legend_title
    assert "too many hexagons of 500 m: wider ones are shown" in picture.method


def test_who_may_see_no_points_sees_blank_hexagons() -> None:
    picture = picture_of(replace(VIEW, layer="hexagons"), ANSWERS, Scope(detail=Detail.FIVE), EN)
    assert set(picture.classes.index) == {NOT_ASKED}
    assert set(picture.hover) == {"not asked about"}


def test_layers_stand_in_the_switch_from_plain_to_expert() -> None:
    order = ["count", "rate", "relative_risk", "pattern", "hexagons", "points", "gi_star"]
    assert [key for key in all_layers() if key in order] == order
    assert relative_risk.LAYER.label == "Risk"
