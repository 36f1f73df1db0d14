from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.change import ratio_test, target_verdict
from geodata.statistics.overdispersion import dispersion, widened_ratio, widened_verdict

COUNT = st.integers(0, 2000)


def test_a_series_by_hand() -> None:
    assert dispersion([2, 4, 6]) == pytest.approx((4 / 4 + 0 + 4 / 4) / 2)


def test_a_table_by_hand_knows_years_and_seasons() -> None:
    # expected 12 8 / 18 12: deviations 2, so 4/12 + 4/8 + 4/18 + 4/12 over one degree
    assert dispersion([[10, 10], [20, 10]]) == pytest.approx(4 / 12 + 4 / 8 + 4 / 18 + 4 / 12)
    assert dispersion([[10, 20, 30], [20, 40, 60]]) == pytest.approx(0, abs=1e-12)


def test_it_is_the_pearson_scale_of_a_generalized_linear_model() -> None:
    rng = np.random.default_rng(2)
    table = rng.negative_binomial(10, 10 / (10 + 40), (3, 12))
    year, month = np.indices(table.shape).reshape(2, -1)
    design = np.column_stack([np.ones(36), *(year == k for k in (1, 2)), *(month == k for k in range(1, 12))])
    fitted = sm.GLM(table.reshape(-1), design.astype(float), family=sm.families.Poisson()).fit()
    assert dispersion(table) == pytest.approx(fitted.pearson_chi2 / fitted.df_resid, rel=1e-6)


def test_without_freedom_or_incidents_there_is_no_dispersion() -> None:
    for counts in ([], [5], [0, 0, 0], [[5, 6, 7]], [[5, 6], [0, 0]], [[0, 0], [0, 0]]):
        assert math.isnan(dispersion(counts))
    with pytest.raises(ValueError, match="negative"):
        dispersion([3, -1])


@settings(deadline=None, max_examples=60)
@given(COUNT, COUNT, st.sampled_from([0.4, 1.0, 1.3, math.nan]))
def test_up_to_1_3_the_exact_tests_stand(before: int, after: int, phi: float) -> None:
    widened, exact = widened_ratio(before, after, phi), ratio_test(before, after)
    assert str(widened) == str(exact)
    assert widened_verdict(before, after, phi) == target_verdict(before, after)


@settings(deadline=None, max_examples=60)
@given(COUNT, COUNT, st.floats(1.31, 8), st.sampled_from([0.5, 1.0, 2.0]))
def test_more_dispersion_says_less(before: int, after: int, phi: float, exposure: float) -> None:
    some, more = (widened_ratio(before, after, f, exposure=exposure) for f in (phi, phi * 1.5))
    exact = ratio_test(before, after, exposure=exposure)
    assert more.low <= some.low <= exact.low
    assert more.high >= some.high >= exact.high
    assert more.p >= some.p - 1e-12
    assert str(some.ratio) == str(exact.ratio)
    if widened_verdict(before, after, phi) == "met":
        assert target_verdict(before, after) == "met"


@pytest.mark.filterwarnings("ignore")  # two counts and two parameters fit perfectly, which is meant
def test_on_large_counts_it_is_the_quasi_poisson_interval() -> None:
    before, after, phi = 6000, 5400, 2.5
    model = sm.GLM([before, after], np.array([[1, 0], [1, 1]]), family=sm.families.Poisson()).fit(scale=phi)
    low, high = np.exp(model.conf_int()[1])
    widened = widened_ratio(before, after, phi)
    assert (widened.low, widened.high) == pytest.approx((low, high), rel=2e-3)
    assert widened.p == pytest.approx(model.pvalues[1], abs=2e-3)


def test_zeros_stay_what_they_are() -> None:
    assert widened_ratio(0, 0, 2.0).p == 1
    assert widened_verdict(0, 0, 2.0) == "unclear"
    nothing_left = widened_ratio(40, 0, 2.0)
    assert (nothing_left.ratio, nothing_left.low) == (0, 0)
    assert nothing_left.high == pytest.approx(0.025 ** (-1 / 20) - 1)  # Beta(1, 20) is 1 - U^(1 / 20)
    assert widened_ratio(0, 40, 2.0).high == math.inf


def test_widened_intervals_hold_the_truth_where_exact_ones_do_not() -> None:
    rng = np.random.default_rng(5)
    season = 60 * (1 + 0.3 * np.sin(np.arange(12)))
    held, plain = [], []
    for _ in range(400):
        years = [rng.negative_binomial(40, 40 / (40 + season * level)) for level in (1, 1, 1, 0.9)]
        before, after, phi = int(years[2].sum()), int(years[3].sum()), dispersion(years)
        widened, exact = widened_ratio(before, after, phi), ratio_test(before, after)
        held.append(widened.low <= 0.9 <= widened.high)
        plain.append(exact.low <= 0.9 <= exact.high)
    assert np.mean(plain) < 0.90
    assert np.mean(held) > 0.92
