from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from geodata.statistics.change import ratio_test
from geodata.statistics.outlook import Season, cases_for_power, on_track, power, season

HALF = Season(0.5, 0.0)


def test_half_a_year_gone_is_the_gamma_poisson_forecast() -> None:
    # 50 so far: the rest is negative binomial of size 50.5 and mean 50.5, by Jeffreys' prior
    found = on_track(50, 110, HALF)
    rest = nbinom(50.5, 0.5)
    assert found.probability == pytest.approx(rest.cdf(60))
    assert found.expected == 100.5
    assert (found.low, found.high) == (50 + rest.ppf(0.1), 50 + rest.ppf(0.9))
    assert found.quota == 60


@pytest.mark.parametrize(("target", "track"), [(115, "on_track"), (100, "too_close"), (85, "off_track")])
def test_the_three_words(target: float, track: str) -> None:
    assert on_track(50, target, HALF).track == track


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 3000), st.floats(0.02, 0.98), st.floats(0, 0.05), st.floats(1, 5), st.integers(0, 6000))
def test_the_chance_and_the_range_are_those_of_the_negative_binomial(
    so_far: int, share: float, sd: float, phi: float, target: int
) -> None:
    found = on_track(so_far, target, Season(share, sd), phi=phi)
    mean = (so_far + 0.5) * (1 - share) / share
    variance = phi * mean / share + (mean * sd / share / (1 - share)) ** 2
    size = mean**2 / (variance - mean)
    rest = nbinom(size, size / (size + mean))
    assert found.probability == pytest.approx(rest.cdf(target - so_far), abs=1e-9)
    for tail, edge in ((0.1, found.low), (0.9, found.high)):
        assert rest.cdf(edge - so_far) >= tail - 1e-9
        assert rest.cdf(edge - so_far - 1) <= tail + 1e-9


def test_what_is_not_known_makes_the_forecast_less_sure() -> None:
    sure, noisy, uneven = (
        on_track(50, 110, HALF),
        on_track(50, 110, HALF, phi=3),
        on_track(50, 110, Season(0.5, 0.05)),
    )
    assert sure.probability > noisy.probability > 0.5
    assert sure.probability > uneven.probability > 0.5
    assert on_track(50, 110, HALF, phi=math.nan) == sure


def test_a_target_that_is_passed_is_lost_and_a_year_that_is_over_is_certain() -> None:
    passed = on_track(91, 90, HALF)
    assert (passed.probability, passed.quota, passed.track) == (0.0, -1, "off_track")
    assert on_track(90, 90, Season(1.0, 0.0)).track == "on_track"
    assert on_track(91, 90, Season(1.0, 0.0)).probability == 0
    assert on_track(63, 0.9 * 70, Season(1.0, 0.0)).probability == 1


def test_too_early_to_say_is_too_close_to_call() -> None:
    for early in (Season(0.0, 0.0), Season(math.nan, math.nan)):
        found = on_track(0, 90, early)
        assert math.isnan(found.probability)
        assert (found.quota, found.track) == (90, "too_close")


def test_the_share_of_past_years_by_hand() -> None:
    # 45 + 55 of 100 + 100: s = 1/2; Q = 100 (.05^2) 2 = 0.5, chance 1/4, tau^2 = (0.5 - 0.25) / (200 - 100)
    learned = season([45, 55], [100, 100])
    assert learned.share == 0.5
    assert learned.sd == pytest.approx(math.sqrt(0.25 / 200 + 0.0025 * 1.5))


def test_one_year_or_years_that_differ_by_chance_leave_only_chance() -> None:
    assert season([40], [100]).sd == pytest.approx(math.sqrt(0.24 / 100))
    assert season([50, 50, 0], [100, 100, 0]).sd == pytest.approx(math.sqrt(0.25 / 200))
    assert season([40], [100], phi=4).sd == pytest.approx(2 * math.sqrt(0.24 / 100))


def test_no_past_is_no_season() -> None:
    assert math.isnan(season([], []).share)
    assert math.isnan(season([0], [0]).share)
    with pytest.raises(ValueError, match="between 0 and the totals"):
        season([5], [4])


def test_of_years_called_on_track_four_in_five_or_more_end_there() -> None:
    rng = np.random.default_rng(8)
    months = 1 + 0.3 * np.sin(np.arange(12))
    called: dict[str, list[bool]] = {"on_track": [], "off_track": [], "too_close": []}
    for _ in range(3000):
        level = rng.lognormal(math.log(40), 0.15, 4)[:, None] * months
        years = rng.poisson(level)
        past = season(years[:3, :6].sum(axis=1), years[:3].sum(axis=1))
        target = 0.9 * years[2].sum()
        called[on_track(int(years[3, :6].sum()), target, past).track].append(bool(years[3].sum() <= target))
    assert np.mean(called["on_track"]) > 0.9
    assert np.mean(called["off_track"]) < 0.1
    assert 0.3 < np.mean(called["too_close"]) < 0.7


def test_a_tenth_less_needs_fifteen_hundred_and_at_a_hundred_is_seen_one_time_in_ten() -> None:
    assert cases_for_power(0.8) == pytest.approx(1493, abs=1)
    assert power(1500) == pytest.approx(0.80, abs=0.005)
    assert power(100) == pytest.approx(0.11, abs=0.005)


@pytest.mark.parametrize("baseline", [100, 400, 1500])
def test_power_is_how_often_the_exact_test_sees_it(baseline: int) -> None:
    rng = np.random.default_rng(baseline)
    pairs = zip(rng.poisson(baseline, 1500), rng.poisson(0.9 * baseline, 1500), strict=True)
    seen = np.mean([ratio_test(int(before), int(after)).p <= 0.05 for before, after in pairs])
    assert power(baseline) == pytest.approx(seen, abs=0.035)


def test_power_at_its_ends() -> None:
    assert power(0) == 0
    assert power(500, change=0.0) == pytest.approx(0.05)
    assert cases_for_power(change=0.0) == math.inf
    assert cases_for_power(phi=2) == pytest.approx(2 * cases_for_power())
    assert power(cases_for_power(0.6, change=0.25), change=0.25) == pytest.approx(0.6, abs=1e-3)
    with pytest.raises(ValueError, match="leaves nothing"):
        power(10, change=-1)
    with pytest.raises(ValueError, match="negative"):
        on_track(-1, 5, HALF)
