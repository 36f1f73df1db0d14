"""Months of every area, up to the question's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.errors import QuestionError
from geodata.question import EVERYTHING, Question
from geodata.vocabulary import Level, Period
from tests.geodata.worlds import FIRST, LAST, Still, chief, tiny_snapshot
from tests.oracles.counting import matching, plain

SNAPSHOT = tiny_snapshot()
ANSWERS = Answers(Still(SNAPSHOT))
SPRING = Question(Period(date(2024, 3, 10), date(2024, 5, 20)), "2024", Level.COMMUNE)
ASKED = [
    SPRING,
    replace(SPRING, level=Level.DISTRICT, categories=("theft",)),
    replace(SPRING, areas=("101", "2"), hours=(18, 5)),
    replace(SPRING, edition="2025", weekdays=(6, 7)),
]


@pytest.mark.parametrize("question", ASKED)
def test_every_month_of_every_area_equals_the_obvious_twin(question: Question) -> None:
    found, rows = ANSWERS.months_by_area(question), plain(SNAPSHOT)
    for at, start in enumerate(found.months):
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        areas = matching(rows, SNAPSHOT, question, Period(start, end))[str(question.layer)]
        told = {code: n for code, n in zip(found.codes, found.n[:, at].tolist(), strict=True) if n}
        assert told == {str(code): int(n) for code, n in areas[areas != ""].value_counts().items()}


def test_the_last_of_24_months_holds_the_last_day_asked() -> None:
    found = ANSWERS.months_by_area(SPRING)
    assert (found.months[0], found.months[-1], len(found.months)) == (date(2022, 6, 1), date(2024, 5, 1), 24)
    assert np.flatnonzero(found.in_period).tolist() == [21, 22, 23]
    assert not found.partial.any()


def test_a_period_of_whole_months_sums_to_the_counts_of_the_map() -> None:
    question = replace(SPRING, period=Period(date(2024, 3, 1), date(2024, 5, 31)))
    found = ANSWERS.months_by_area(question)
    assert found.n[:, found.in_period].sum(axis=1).tolist() == ANSWERS.counts(question).n.tolist()


def test_incidents_without_an_area_are_recorded_too() -> None:
    whole = replace(SPRING, period=Period(FIRST, LAST))
    found = ANSWERS.months_by_area(whole, longest=36)
    assert len(found.months) == 36
    assert found.recorded.sum() == ANSWERS.totals(whole)[0].recorded > found.n.sum()


def test_months_before_and_after_the_data_are_left_out() -> None:
    late = replace(SPRING, period=Period(LAST, LAST + timedelta(days=400)))
    assert ANSWERS.months_by_area(late).months[-1] == LAST.replace(day=1)
    early = replace(SPRING, period=Period(FIRST, FIRST + timedelta(days=40)))
    assert ANSWERS.months_by_area(early).months == (date(2022, 1, 1), date(2022, 2, 1))
    before = replace(SPRING, period=Period(date(2000, 1, 1), date(2000, 2, 1)))
    assert ANSWERS.months_by_area(before).n.shape == (len(ANSWERS.counts(before).codes), 0)


def test_a_month_the_data_cover_in_part_is_marked() -> None:
    until = (date(2024, 5, 7) - date(1970, 1, 1)).days
    day = np.minimum(SNAPSHOT.incidents.day, until)
    found = Answers(Still(replace(SNAPSHOT, incidents=replace(SNAPSHOT.incidents, day=day)))).months_by_area(SPRING)
    assert np.flatnonzero(found.partial).tolist() == [23]


def test_only_areas_asked_and_seen_are_counted() -> None:
    found = ANSWERS.months_by_area(replace(SPRING, areas=("101",)))
    assert [code for code, asked in zip(found.codes, found.asked, strict=True) if asked] == ["101"]
    assert not found.n[~found.asked].any()
    assert ANSWERS.months_by_area(SPRING, chief("2024", "101")).n.sum() == found.n.sum()


def test_a_layer_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(QuestionError, match="1999"):
        ANSWERS.months_by_area(replace(SPRING, edition="1999"), EVERYTHING)
