from __future__ import annotations

import numpy as np
import pytest

from geodata.statistics.rates import empirical_bayes, per_10k


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
