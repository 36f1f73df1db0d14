from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import gamma

from geodata.statistics.rates import empirical_bayes, per_10k, relative_risk


def test_a_rate_is_unknown_where_nobody_is_known_to_live() -> None:
    rate = per_10k([5, 5, 5, 0], [10_000, 0, np.nan, 2_000])
    assert rate[[0, 3]].tolist() == [5.0, 0.0]
    assert np.isnan(rate[[1, 2]]).all()


def test_marshall_on_three_areas_by_hand() -> None:
    # m = 60 / 6000 = .01; spread = (1000 (.03-.01)^2 + 2000 (.01-.01)^2 + 3000 (.01/3-.01)^2)/6000 - .01/2000
    spread = (1000 * 0.02**2 + 3000 * (0.01 / 3 - 0.01) ** 2) / 6000 - 0.01 / 2000
    weight = spread / (spread + 0.01 / 1000)
    rate = empirical_bayes([30, 20, 10], [1000, 2000, 3000])
    assert rate[0] == pytest.approx(0.01 + weight * 0.02)
    assert rate[1] == pytest.approx(0.01)


def test_a_spread_smaller_than_chance_gives_everyone_the_same_rate() -> None:
    assert empirical_bayes([10, 10, 11], [1000, 1000, 1000]) == pytest.approx(31 / 3000)


def test_areas_without_inhabitants_take_no_part() -> None:
    rate = empirical_bayes([30, 99, 20, 10], [1000, 0, 2000, 3000])
    assert np.isnan(rate[1])
    assert rate[[0, 2, 3]] == pytest.approx(empirical_bayes([30, 20, 10], [1000, 2000, 3000]))


def test_no_case_anywhere_is_a_rate_of_zero_and_no_area_an_empty_answer() -> None:
    assert empirical_bayes([0, 0], [10, 20]).tolist() == [0.0, 0.0]
    assert empirical_bayes([], []).tolist() == []


def test_relative_risk_on_three_areas_by_hand() -> None:
    # O = 30, 20, 10 of E = 10, 20, 30: m = 1, A = (10 (3-1)^2 + 30 (1/3-1)^2)/60 - 1/20, k = 1/A
    k = 1 / ((10 * 4 + 30 * 4 / 9) / 60 - 1 / 20)
    risk = relative_risk([30, 20, 10], [10, 20, 30])
    assert risk.rr == pytest.approx([(k + 30) / (k + 10), 1.0, (k + 10) / (k + 30)])
    posterior = gamma(k + np.array([30, 20, 10]), scale=1 / (k + np.array([10, 20, 30])))
    assert risk.low == pytest.approx(posterior.ppf(0.05))
    assert risk.high == pytest.approx(posterior.ppf(0.95))
    assert risk.spread == pytest.approx(1 / k)


def test_relative_risk_is_the_bayes_rate_over_expected_cases() -> None:
    rng = np.random.default_rng(7)
    expected = rng.gamma(2, 4, 94)
    cases = rng.poisson(expected * rng.gamma(4, 1 / 4, 94))
    assert relative_risk(cases, expected).rr == pytest.approx(empirical_bayes(cases, expected))


def test_a_wider_level_gives_a_wider_interval() -> None:
    narrow, wide = (relative_risk([30, 20, 10], [10, 20, 30], level=level) for level in (0.5, 0.99))
    assert (wide.low < narrow.low).all()
    assert (narrow.high < wide.high).all()
    with pytest.raises(ValueError, match="level"):
        relative_risk([1], [1], level=1)


def test_areas_that_differ_no_more_than_chance_share_one_risk_and_say_so() -> None:
    risk = relative_risk([10, 10, 11], [10, 10, 10])
    assert risk.spread == 0.0
    for values in (risk.rr, risk.low, risk.high):
        assert values == pytest.approx(31 / 30)


def test_a_spread_hardly_above_chance_stays_finite() -> None:
    risk = relative_risk([1_000_000, 1_002_830, 997_170], [1e6, 1e6, 1e6])
    assert 0 < risk.spread < 1e-5
    assert np.isfinite([risk.rr, risk.low, risk.high]).all()
    assert (risk.low < risk.rr).all()
    assert (risk.rr < risk.high).all()


def test_where_nothing_is_expected_no_risk_is_told() -> None:
    risk = relative_risk([30, 5, 20, 10, 5], [10, 0, 20, 30, np.nan])
    assert np.isnan(risk.rr[[1, 4]]).all()
    assert np.isnan(risk.low[[1, 4]]).all()
    assert risk.rr[[0, 2, 3]] == pytest.approx(relative_risk([30, 20, 10], [10, 20, 30]).rr)


def test_no_case_is_a_risk_of_zero_and_no_area_an_empty_answer() -> None:
    assert relative_risk([0, 0], [10, 20]).rr.tolist() == [0.0, 0.0]
    assert relative_risk([], []).high.tolist() == []


def test_nine_intervals_in_ten_hold_the_true_risk() -> None:
    rng = np.random.default_rng(11)
    expected = rng.gamma(2, 4, (40, 94))
    true = rng.gamma(4, 1 / 4, (40, 94))
    cases = rng.poisson(expected * true)
    risks = [relative_risk(seen, due) for seen, due in zip(cases, expected, strict=True)]
    held = [(risk.low <= level) & (level <= risk.high) for risk, level in zip(risks, true, strict=True)]
    assert 0.86 < np.mean(held) < 0.93
