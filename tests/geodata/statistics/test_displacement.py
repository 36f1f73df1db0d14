from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.displacement import success, wdd, wdd_of_rest, wdq

COUNT = st.integers(0, 500)


def test_wheeler_and_ratcliffes_own_table() -> None:
    """Crime Science 7:11, as repeated in the tests of the first author's R package ptools: -118, sd sqrt(1568)."""
    found = wdd(207, 110, 308, 318, 178, 157, 150, 140)
    assert found.estimate == -118
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * math.sqrt(1568), rel=1e-6)


def test_half_of_the_fall_reappears_in_the_ring() -> None:
    # success = 60/100 - 100/100 = -0.4, buffer = 120/100 - 100/100 = 0.2
    assert success(100, 60, 100, 100) == pytest.approx(-0.4)
    assert wdq(100, 60, 100, 120, 100, 100) == pytest.approx(-0.5)


def test_the_control_moves_what_is_expected() -> None:
    # a fell from 80 to 40 while the control rose from 200 to 250: 0.16 - 0.4 = -0.24; the ring 60/250 - 50/200 = -0.01
    assert wdq(80, 40, 50, 60, 200, 250) == pytest.approx(0.01 / 0.24)


def test_a_ring_that_gained_too_is_positive() -> None:
    assert wdq(100, 60, 100, 60, 100, 100) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "counts", [(9, 5, 4, 4, 0, 8), (9, 5, 4, 4, 8, 0), (50, 25, 9, 9, 100, 50), (0, 0, 1, 2, 3, 4)]
)
def test_without_control_or_without_a_fall_there_is_no_quotient(counts: tuple[int, ...]) -> None:
    assert math.isnan(wdq(*counts))


def test_a_fall_in_step_with_the_control_has_no_quotient_whatever_the_rounding() -> None:
    assert math.isnan(wdq(3, 1, 5, 5, 30, 10))


def test_nothing_anywhere_is_a_difference_of_nothing() -> None:
    found = wdd(0, 0, 0, 0, 0, 0, 0, 0)
    assert (found.estimate, found.low, found.high) == (0.0, 0.0, 0.0)


@settings(deadline=None, max_examples=60)
@given(st.tuples(*[COUNT] * 8))
def test_swapping_target_and_control_turns_the_sign(counts: tuple[int, ...]) -> None:
    t0, t1, c0, c1, td0, td1, cd0, cd1 = counts
    there, back = wdd(t0, t1, c0, c1, td0, td1, cd0, cd1), wdd(c0, c1, t0, t1, cd0, cd1, td0, td1)
    assert there.estimate == -back.estimate
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        wdq(1, 2, 3, -1, 5, 6)
    with pytest.raises(ValueError, match="negative"):
        wdd(1, 2, 3, 4, 5, 6, 7, -8)


def test_a_control_of_the_targets_size_counts_as_in_the_plain_difference() -> None:
    # Nothing changed in the control and it is as large as target and ring: weight and ratio are 1.
    assert wdd_of_rest(40, 30, 50, 50, 10, 12) == wdd(40, 30, 50, 50, 10, 12, 0, 0)


def test_a_large_control_counts_in_proportion() -> None:
    # The rest fell by a tenth; 100 would have become 90, and became 60, the ring's 200 became 190 instead of 180.
    found = wdd_of_rest(100, 60, 5000, 4500, 200, 190)
    assert found.estimate == pytest.approx(250 - 270)
    variance = 250 + 0.9**2 * 300 + (300 / 5000) ** 2 * (4500 + 0.9**2 * 5000)
    assert found.high - found.estimate == pytest.approx(1.959964 * math.sqrt(variance))
    wide = wdd_of_rest(100, 60, 5000, 4500, 200, 190, phi=4.0)
    assert wide.high - wide.estimate == pytest.approx(2 * (found.high - found.estimate))


def test_without_a_control_there_is_no_difference() -> None:
    assert math.isnan(wdd_of_rest(1, 2, 0, 4, 5, 6).estimate)
    with pytest.raises(ValueError, match="negative"):
        wdd_of_rest(1, 2, 3, 4, 5, -6)


@pytest.mark.parametrize("ratio", [0.6, 1.0, 1.6])
def test_the_range_holds_no_difference_as_often_as_it_says(ratio: float) -> None:
    rng = np.random.default_rng(11)
    drawn = rng.poisson([60, 60 * ratio, 3000, 3000 * ratio, 240, 240 * ratio], (2000, 6))
    found = [wdd_of_rest(*row) for row in drawn.tolist()]
    assert np.mean([each.low <= 0 <= each.high for each in found]) == pytest.approx(0.95, abs=0.015)
