"""The trend's lines: what the target allows, the whole on the same level, and what happened when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from dashboard.figures import trend
from dashboard.figures.dated_marks import dated_marks
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.target_months import TargetMonths
from geodata.question import Question
from geodata.vocabulary import Event, EventKind, Level, Period
from tests.geodata.worlds import LAST, Still, tiny_snapshot

EN = of("en")
ANSWERS = Answers(Still(tiny_snapshot()))
QUESTION = Question(Period(date(2024, 1, 1), LAST), "2024", Level.COMMUNE)
HERE, ALL = ANSWERS.trend(replace(QUESTION, areas=("101",))), ANSWERS.trend(QUESTION)
TARGET = TargetMonths(tuple(date(2022, month, 1) for month in range(1, 13)), np.linspace(0.9, 10.8, 12), -0.1)


def drawn(beside: trend.Beside) -> dict[str, Any]:
    return trend.figure(HERE, EN, size=13, beside=beside)


def test_the_whole_has_as_many_as_the_area_over_all_months_but_its_own_course() -> None:
    scaled = trend.on_level(HERE, ALL)
    assert scaled.sum() == pytest.approx(HERE.n.sum())
    assert scaled / ALL.n == pytest.approx(np.full(len(scaled), HERE.n.sum() / ALL.n.sum()))


def test_a_month_that_is_not_whole_bears_no_level() -> None:
    cut = np.arange(len(HERE.n)) == len(HERE.n) - 1
    scaled = trend.on_level(replace(HERE, partial=cut), ALL)
    assert np.isnan(scaled[-1])
    assert scaled[:-1].sum() == pytest.approx(HERE.n[:-1].sum())
    assert np.isnan(trend.on_level(replace(HERE, n=np.zeros_like(HERE.n)), ALL)).all()


def test_a_later_year_may_have_its_share_of_the_baselines_same_month() -> None:
    assert trend.allowed(HERE, TARGET)[-12:] == pytest.approx(TARGET.most)
    late = replace(TARGET, months=tuple(day.replace(year=2023) for day in TARGET.months))
    assert np.isnan(trend.allowed(HERE, late)[:12]).all()
    assert not np.isnan(trend.allowed(HERE, late)[12:]).any()


def test_each_line_is_told_apart_without_its_colour_and_in_words() -> None:
    shown = drawn(trend.Beside(target=TARGET, whole=ALL))
    _, *lines = shown["data"]
    assert len(lines) == 4
    looks = [(line["line"].get("dash"), line["line"].get("shape"), line["mode"]) for line in lines]
    assert len(set(looks)) == 4
    last = shown["data"][0]["customdata"][-1]
    assert "target: at most 10" in last  # 10.8 is no whole incident
    assert f"whole province: {ALL.n[-1]}" in last


def test_without_a_target_or_an_area_there_is_no_line_for_it() -> None:
    shown = drawn(trend.NOTHING_BESIDE)
    assert len(shown["data"]) == 3
    assert "target" not in "".join(shown["data"][0]["customdata"])


def marks(events: list[Event], notes: list[tuple[date, str]]) -> dict[str, Any]:
    return dated_marks(HERE.months, EN, size=13, events=events, notes=notes)


def test_an_event_and_a_note_of_one_day_are_one_mark_with_both_signs() -> None:
    day = date(2024, 5, 3)
    (one,) = marks([Event(day, "Cao điểm", "Campaign", EventKind.CAMPAIGN)], [(day, "patrols")])["annotations"]
    assert one["text"] == "◆✎"
    assert one["hovertext"] == "<b>03/05/2024</b><br>Campaign (campaign)<br>patrols"
    assert date.fromisoformat(one["x"]) == day - timedelta(days=15)


def test_a_note_is_taken_as_text_whatever_it_holds() -> None:
    text = "<a href='https://example.org'>x</a> & " + "long " * 30
    (one,) = marks([], [(date(2024, 5, 3), text)])["annotations"]
    assert "<a" not in one["hovertext"]
    assert "&lt;a href" in one["hovertext"]
    assert max(map(len, one["hovertext"].split("<br>"))) < 80


def test_what_lies_outside_the_months_is_not_marked() -> None:
    days = [HERE.months[0] - timedelta(days=1), LAST + timedelta(days=1)]
    assert marks([], [(day, "x") for day in days])["annotations"] == []
    assert len(marks([], [(LAST, "x"), (HERE.months[0], "y")])["shapes"]) == 2
