"""Which months the data cover whole."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from geodata.answers.series import series_of, whole_months
from geodata.answers.trend import month_number
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot

ALL = Question(Period(date(2022, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)


@pytest.mark.parametrize("day", [None, 1, 15, 28])
def test_months_are_whole_whatever_day_incidents_are_recorded_on(day: int | None) -> None:
    counts = np.full((3, 36), 4)
    series = series_of(planted_snapshot(counts, day=day), ALL)
    assert len(series.bins) == 36
    np.testing.assert_array_equal(series.counts, counts)


def test_a_month_that_has_only_begun_is_not_whole() -> None:
    snapshot = planted_snapshot(np.full((3, 36), 31), begin=date(2022, 1, 1))
    assert whole_months(snapshot, date(2024, 12, 15)).stop == month_number(date(2024, 12, 1))
    assert whole_months(snapshot, date(2024, 12, 28)).stop == month_number(date(2025, 1, 1))
    first_weeks = snapshot.incidents.day <= snapshot.incidents.day.max() - 14
    cut = planted_snapshot(np.full((3, 36), 31))
    held = cut.incidents.day[first_weeks]
    assert np.diff(held).max() == 1  # something happens every day, so two weeks of silence are no silence
    object.__setattr__(cut.incidents, "day", held)
    assert whole_months(cut, ALL.period.end).stop == month_number(date(2024, 12, 1))


def test_quarters_are_counted_back_from_the_last_whole_month() -> None:
    series = series_of(planted_snapshot(np.ones((2, 35), dtype=int)), ALL, "quarter")
    assert series.bins[-1] == date(2024, 9, 1)
    assert series.bins[0] == date(2022, 3, 1)
    assert (series.counts == 3).all()
