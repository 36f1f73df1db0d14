"""Months of the year, one year under the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from geodata.answers.answers import Answers
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.worlds import Still, chief, tiny_snapshot

ONE_MONTH = Question(Period(date(2024, 5, 1), date(2024, 5, 31)), "2024", Level.COMMUNE)


def test_every_year_of_the_data_is_told_whatever_the_period() -> None:
    snapshot = tiny_snapshot()
    found = Answers(Still(snapshot)).seasons(ONE_MONTH)
    assert found.years == (2022, 2023, 2024)
    assert found.n.sum() == len(snapshot.incidents)
    assert not found.partial.any()
    assert found.n[2, 4] == Answers(Still(snapshot)).totals(ONE_MONTH)[0].recorded


def test_months_the_data_do_not_reach_are_not_zero() -> None:
    snapshot = tiny_snapshot()
    days = snapshot.incidents.day
    since, until = (date(2022, 3, 10) - date(1970, 1, 1)).days, (date(2024, 10, 20) - date(1970, 1, 1)).days
    kept = np.clip(days, since, until)  # the data begin on 10 March and end on 20 October
    found = Answers(Still(replace(snapshot, incidents=replace(snapshot.incidents, day=kept)))).seasons(ONE_MONTH)
    assert np.isnan(found.n[0, :2]).all()
    assert np.isnan(found.n[2, 10:]).all()
    assert np.flatnonzero(found.partial.ravel()).tolist() == [2, 24 + 9]


def test_a_scope_limits_the_months_too() -> None:
    answers = Answers(Still(tiny_snapshot()))
    assert answers.seasons(ONE_MONTH, chief("2024", "101")).n.sum() < answers.seasons(ONE_MONTH).n.sum()
