from __future__ import annotations

import numpy as np
import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.trend import Trend, mann_kendall, mann_kendall_rows


def test_a_published_example_worked_by_hand() -> None:
    # J. Little, College of the Holy Cross, "A Mann-Kendall example (by hand)": 72 rises, 18 falls, one tie
    series = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
    found = mann_kendall(series)
    assert found.s == 54
    assert found.var_s == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert found.z == pytest.approx(2.9058, abs=5e-5)
    assert found.p == pytest.approx(2 * 0.0018, abs=1e-4)


def test_five_values_by_hand() -> None:
    # 1 2 2 0 3: rises 1-2 1-2 1-3 2-3 2-3 0-3, falls 1-0 2-0 2-0, one tie; slopes -2 -1 -1/3 0 1/3 1/2 1/2 1/2 1 3
    found = mann_kendall([1, 2, 2, 0, 3])
    assert (found.s, found.var_s) == (3, (5 * 4 * 15 - 18) / 18)
    assert found.z == pytest.approx(2 / found.var_s**0.5)
    assert found.sen_slope == pytest.approx((1 / 3 + 1 / 2) / 2)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.integers(0, 6).map(float), st.just(np.nan)), min_size=3, max_size=30))
def test_pymannkendall_gives_the_same_with_ties_and_gaps(series: list[float]) -> None:
    if len({v for v in series if not np.isnan(v)}) < 2:
        return
    oracle, found = pymannkendall.original_test(series), mann_kendall(series)
    assert (found.s, found.var_s) == pytest.approx((oracle.s, oracle.var_s))
    assert (found.z, found.p) == pytest.approx((oracle.z, oracle.p), abs=1e-12)
    assert found.sen_slope == pytest.approx(oracle.slope)


@pytest.mark.parametrize("series", [[4, 4, 4], [0.1] * 12, [7, np.nan, 7]])
def test_all_ties_are_no_trend(series: list[float]) -> None:
    assert mann_kendall(series) == Trend(0.0, 0.0, 0.0, 1.0, 0.0)


@pytest.mark.parametrize("series", [[], [3.0], [np.nan, 3.0], [np.nan]])
def test_fewer_than_two_values_have_no_slope_and_no_trend(series: list[float]) -> None:
    found = mann_kendall(series)
    assert (found.s, found.var_s, found.z, found.p) == (0.0, 0.0, 0.0, 1.0)
    assert np.isnan(found.sen_slope)


def test_two_values_are_never_a_trend() -> None:
    assert mann_kendall([1, 5]) == Trend(1.0, 1.0, 0.0, 1.0, 4.0)


def test_a_series_turned_round_has_the_opposite_trend() -> None:
    series = np.random.default_rng(2).poisson(5, 24)
    there, back = mann_kendall(series), mann_kendall(series[::-1])
    assert (there.s, there.z, there.p, there.sen_slope) == (-back.s, -back.z, back.p, -back.sen_slope)


def test_many_rows_are_as_one_by_one() -> None:
    rows = np.random.default_rng(3).poisson(3, (20, 36)).astype(float)
    rows[3, 5:9], rows[4] = np.nan, np.nan
    many = mann_kendall_rows(rows)
    for k, row in enumerate(rows):
        one = mann_kendall(row)
        assert (many.s[k], many.var_s[k], many.z[k], many.p[k]) == (one.s, one.var_s, one.z, one.p)
        assert many.sen_slope[k] == pytest.approx(one.sen_slope, nan_ok=True)
    assert mann_kendall_rows(np.zeros((0, 5))).s.shape == (0,)


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="one dimension"):
        mann_kendall([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="two dimensions"):
        mann_kendall_rows([1, 2, 3])
