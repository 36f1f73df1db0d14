from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from geodata.statistics.change import ratio_test, target_verdict


def test_the_example_of_120_and_95_is_within_chance() -> None:
    change = ratio_test(120, 95)
    assert change.ratio == pytest.approx(0.79, abs=0.005)
    assert change.p == pytest.approx(0.10, abs=0.005)
    assert (change.low, change.high) == pytest.approx((0.60, 1.04), abs=0.005)
    assert target_verdict(120, 95) == "unclear"


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([0.25, 0.5, 1.0, 1.7]))
def test_p_equals_the_binomial_test_of_scipy(before: int, after: int, exposure: float) -> None:
    if before + after == 0:
        return
    expected = binomtest(after, before + after, exposure / (1 + exposure)).pvalue
    assert ratio_test(before, after, exposure=exposure).p == pytest.approx(expected, rel=1e-6, abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 300), st.integers(1, 300))
def test_the_interval_is_the_exact_one_of_scipy_and_holds_the_ratio(before: int, after: int) -> None:
    share = binomtest(after, before + after).proportion_ci(0.95, "exact")
    change = ratio_test(before, after)
    assert change.low == pytest.approx(share.low / (1 - share.low))
    assert change.high == pytest.approx(share.high / (1 - share.high))
    assert change.low < change.ratio < change.high


def test_nothing_and_nothing_says_nothing() -> None:
    change = ratio_test(0, 0)
    assert math.isnan(change.ratio)
    assert (change.low, change.high, change.p) == (0.0, math.inf, 1.0)
    assert target_verdict(0, 0) == "unclear"


def test_something_after_nothing_has_no_finite_ratio() -> None:
    change = ratio_test(0, 10)
    assert change.ratio == math.inf
    assert change.high == math.inf
    assert 1 < change.low < math.inf
    assert change.p == pytest.approx(2 / 2**10)


def test_nothing_after_something_has_ratio_zero() -> None:
    change = ratio_test(10, 0)
    assert (change.ratio, change.low) == (0.0, 0.0)
    assert 0 < change.high < 1


def test_twice_the_time_halves_the_ratio() -> None:
    assert ratio_test(50, 100, exposure=2.0).ratio == pytest.approx(1.0)
    assert ratio_test(50, 100, exposure=2.0).p == pytest.approx(1.0)


def test_counts_in_the_millions_are_quick_and_sane() -> None:
    assert ratio_test(1_000_000, 1_000_000).p == 1.0
    assert ratio_test(1_000_000, 900_000).p < 1e-100


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [(2000, 1500, "met"), (2000, 2000, "missed"), (2000, 1800, "unclear"), (10, 1, "met"), (0, 30, "missed")],
)
def test_a_verdict_needs_evidence_against_the_target_itself(before: int, after: int, verdict: str) -> None:
    assert target_verdict(before, after) == verdict


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ratio_test(-1, 3)
    with pytest.raises(ValueError, match="negative"):
        target_verdict(1, -3)


@pytest.mark.filterwarnings("error")
def test_whole_numbers_of_any_type_are_counts_and_parts_are_not() -> None:
    change = ratio_test(np.float64(120.0), np.int64(95))  # type: ignore[arg-type]
    assert change == ratio_test(120, 95)
    assert {type(value) for value in (change.ratio, change.low, change.high, change.p)} == {float}
    assert target_verdict(120.0, 40.0) == "met"  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="whole"):
        ratio_test(1.5, 2)  # type: ignore[arg-type]
