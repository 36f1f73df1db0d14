"""The exact test of a place's share, against scipy's binomial distribution and figures worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, poisson

from geodata.statistics.excess import excess_test


def test_one_of_two_equal_places_with_all_four_cases() -> None:
    test = excess_test([4, 0], [1, 1])
    assert test.p == pytest.approx([2 / 16, 2 / 16])  # 2 x (1/2)^4
    assert test.z == pytest.approx([2.0, -2.0])  # (4 - 2) / sqrt(4 / 4)


def test_only_proportions_of_what_is_expected_matter() -> None:
    some, more = excess_test([7, 3, 5], [1, 2, 3]), excess_test([7, 3, 5], [100, 200, 300])
    assert some.p == pytest.approx(more.p)
    assert some.z == pytest.approx(more.z)


def test_a_symmetric_null_has_the_p_of_the_usual_two_sided_test() -> None:
    assert excess_test([30, 18], [1, 1]).p[0] == pytest.approx(binomtest(30, 48, 0.5).pvalue)


def test_one_small_place_among_many_is_tested_as_a_poisson_count() -> None:
    cases, expected = np.full(500, 20), np.full(500, 20.0)
    cases[0] = 35
    assert excess_test(cases, expected).p[0] == pytest.approx(2 * poisson.sf(34, 20), rel=0.06)


def test_a_place_that_is_all_there_is_has_what_is_expected() -> None:
    test = excess_test([9], [4])
    assert (test.z[0], test.p[0]) == (0, 1)


def test_no_case_at_all_says_nothing() -> None:
    test = excess_test([0, 0], [3, 5])
    assert (test.z.tolist(), test.p.tolist()) == ([0, 0], [1, 1])


def test_places_of_which_nothing_is_expected_take_no_part() -> None:
    test = excess_test([4, 9, 0, 9], [1, np.nan, 1, 0])
    assert test.p == pytest.approx([2 / 16, np.nan, 2 / 16, np.nan], nan_ok=True)
    assert np.isnan(test.z[[1, 3]]).all()
    assert np.isnan(excess_test([1, 2], [np.nan, 0]).p).all()


def test_empty_input_gives_empty_arrays() -> None:
    assert excess_test([], []).z.shape == (0,)
    assert excess_test([], []).p.shape == (0,)


PLACES = st.lists(st.tuples(st.integers(0, 60), st.floats(0.1, 50)), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(PLACES)
def test_p_is_the_doubled_smaller_tail(places: list[tuple[int, float]]) -> None:
    cases, expected = np.array(places).T
    n, share = int(cases.sum()), expected / expected.sum()
    test = excess_test(cases, expected)
    for k, s, p in zip(cases, share, test.p, strict=True):
        tails = binom.cdf(k, n, min(s, 1)), binom.sf(k - 1, n, min(s, 1))
        assert p == pytest.approx(min(1, 2 * min(tails)), rel=1e-9, abs=1e-300)
    assert (np.sign(test.z.round(9)) == np.sign((cases - n * share).round(9)))[test.z.round(9) != 0].all()
