"""Aoristic shares of hours and weekdays."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.aoristic import hour_shares, share_within, week_shares, weekday_shares
from tests.oracles.aoristic import shares


def at(text: str) -> np.ndarray:
    """A moment as minutes since 1970, in an array of one."""
    return np.array([text], dtype="datetime64[m]").astype(np.int64)


def test_a_moment_lies_in_one_hour_and_on_one_weekday() -> None:
    moment = at("2025-03-12T22:30")  # a Wednesday
    assert hour_shares(moment, moment)[0].tolist() == [0.0] * 22 + [1.0, 0.0]
    assert weekday_shares(moment, moment)[0].tolist() == [0, 0, 1, 0, 0, 0, 0]


def test_a_night_lies_in_its_eight_hours_by_an_eighth_each() -> None:
    start, end = at("2025-03-12T22:00"), at("2025-03-13T05:59")
    hours = hour_shares(start, end)[0]
    assert np.flatnonzero(hours).tolist() == [0, 1, 2, 3, 4, 5, 22, 23]
    assert set(hours[hours > 0].tolist()) == {0.125}
    assert weekday_shares(start, end)[0].tolist() == [0, 0, 0.25, 0.75, 0, 0, 0]  # two hours of eight on Wednesday


def test_a_part_of_an_hour_counts_by_its_minutes() -> None:
    start, end = at("2025-03-12T20:45"), at("2025-03-12T21:29")  # 15 minutes of the one, 30 of the other
    assert hour_shares(start, end)[0, 20:22].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_two_days_and_an_hour_hold_that_hour_three_times() -> None:
    start, end = at("2025-03-10T08:00"), at("2025-03-12T08:59")  # 49 hours
    hours = hour_shares(start, end)[0]
    assert hours[8] == pytest.approx(3 / 49)
    assert hours[9] == hours[7] == pytest.approx(2 / 49)
    assert weekday_shares(start, end)[0].tolist() == pytest.approx([16 / 49, 24 / 49, 9 / 49, 0, 0, 0, 0])


def test_march_2025_has_five_mondays_and_four_tuesdays() -> None:
    days = weekday_shares(at("2025-03-01T00:00"), at("2025-03-31T23:59"))[0]  # from a Saturday to a Monday
    assert days.tolist() == pytest.approx([5 / 31, 4 / 31, 4 / 31, 4 / 31, 4 / 31, 5 / 31, 5 / 31])


def test_half_a_span_can_lie_within_the_hours_asked() -> None:
    wanted = np.zeros((7, 24), dtype=bool)
    wanted[2, 18:] = True  # Wednesday from 18:00
    start, end = at("2025-03-12T22:00"), at("2025-03-13T01:59")
    assert share_within(start, end, wanted).tolist() == [0.5]
    assert share_within(start, end, np.ones((7, 24), dtype=bool)).tolist() == [1.0]


def test_nothing_in_nothing_out_and_a_span_turned_round_is_refused() -> None:
    nothing = np.empty(0, dtype=np.int64)
    assert hour_shares(nothing, nothing).shape == (0, 24)
    assert weekday_shares(nothing, nothing).shape == (0, 7)
    assert week_shares(nothing, nothing).shape == (0, 7, 24)
    assert share_within(nothing, nothing, np.ones((7, 24), dtype=bool)).shape == (0,)
    with pytest.raises(ValueError, match="ends before it starts"):
        hour_shares(np.array([1]), np.array([0]))


NOON_2025 = int(datetime.fromisoformat("2025-06-15T12:00+00:00").timestamp()) // 60


@settings(deadline=None, max_examples=40)
@given(
    st.integers(-20_000, NOON_2025),
    st.one_of(st.integers(0, 200), st.integers(0, 25_000)),
    st.lists(st.booleans(), min_size=168, max_size=168),
)
def test_shares_are_those_of_every_minute_looked_up_in_the_calendar(
    start: int, minutes: int, asked: list[bool]
) -> None:
    twin = np.zeros((7, 24))
    for (weekday, hour), share in shares(start, start + minutes).items():
        twin[weekday - 1, hour] = share
    first, last = np.array([start]), np.array([start + minutes])
    wanted = np.array(asked).reshape(7, 24)
    np.testing.assert_allclose(week_shares(first, last)[0], twin, atol=1e-12)
    np.testing.assert_allclose(hour_shares(first, last)[0], twin.sum(axis=0), atol=1e-12)
    np.testing.assert_allclose(weekday_shares(first, last)[0], twin.sum(axis=1), atol=1e-12)
    np.testing.assert_allclose(share_within(first, last, wanted)[0], twin[wanted].sum(), atol=1e-12)
    assert week_shares(first, last).sum() == pytest.approx(1)
