"""The map of changes: breaks that never move, signs only where sure, hatching where nothing can be told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard import theme
from dashboard.figures.classes import NO_DATA, NOT_ASKED
from dashboard.layers import all_layers, picture_of
from dashboard.view import View
from dashboard.words import LANGUAGES, Language, of
from geodata.question import EVERYTHING
from geodata.vocabulary import Level, Period
from tests.geodata.answers.test_area_changes import years
from tests.geodata.worlds import chief

EN = of("en")
VIEW = View(date(2024, 1, 1), date(2024, 12, 31), "2025", Level.COMMUNE, "change")
ANSWERS = years((240, 120), (120, 240), (120, 110), (2, 2), (2, 48), (120, 134))


def test_brown_is_more_and_blue_is_less_with_signs_only_where_sure() -> None:
    picture = picture_of(VIEW, ANSWERS, EVERYTHING, EN)
    ramp = theme.CHANGE_RAMP
    assert [picture.fill(area) for area in range(6)] == [
        ramp[1],
        ramp[6],
        ramp[3],
        theme.NO_DATA_FILL,
        ramp[6],
        ramp[4],
    ]
    assert picture.signs == ("▼", "▲", "", "", "▲", "")
    assert picture.hatched is not None
    assert np.flatnonzero(picture.hatched).tolist() == [3]


def test_the_legend_has_every_class_whatever_is_on_the_map() -> None:
    labels = [row.label for row in picture_of(VIEW, ANSWERS, EVERYTHING, EN).legend if row.kind == "class"]
    assert labels[:7] == [
        "more by 50% or more",
        "more by 25–50%",
        "more by 10–25%",
        "within 10% either way",
        "fewer by 10–25%",
        "fewer by 25–50%",
        "fewer by 50% or more",
    ]
    assert labels[7:] == ["rise beyond chance: 2", "fall beyond chance: 1"]
    calm = picture_of(VIEW, years((120, 120), (120, 118)), EVERYTHING, EN)
    assert [row.label for row in calm.legend if row.kind == "class"] == labels[:7]
    assert "the shades may be chance alone" in " ".join(row.label for row in calm.legend if row.kind == "note")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hover_tells_counts_range_and_certainty(language: Language) -> None:
    hover = picture_of(VIEW, ANSWERS, EVERYTHING, of(language)).hover
    assert hover[0].startswith("<b>120 ")
    assert re.search(r"95\s?%", hover[0])
    assert hover[0].count("<br>") == 2
    assert not re.search(r"95\s?%", hover[3])
    assert not any("{" in text for text in hover)


def test_another_period_may_be_compared_with() -> None:
    picture = picture_of(replace(VIEW, against=Period(date(2022, 1, 1), date(2022, 12, 31))), ANSWERS, EVERYTHING, EN)
    assert picture.legend_title == "Change against 01/01–31/12/2022"
    backwards = picture_of(replace(VIEW, against=Period(date(2021, 1, 1), date(2021, 12, 31))), ANSWERS, EVERYTHING, EN)
    assert set(backwards.classes.index) == {NO_DATA}
    assert "no_data" in {row.kind for row in backwards.legend}


def test_places_not_asked_about_are_told_from_those_with_too_few() -> None:
    picture = picture_of(VIEW, ANSWERS, chief("2025", "001"), EN)
    assert picture.classes.index[1:].tolist() == [NOT_ASKED] * 5
    assert picture.hover[1] == "not asked about"
    assert picture.signs == ("▼", "", "", "", "", "")
    assert all_layers()["change"].order == 4
