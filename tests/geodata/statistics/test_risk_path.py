from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.emerging import NO_PATTERN, PATTERNS
from geodata.statistics.risk_levels import BELOW, first_moves, ladder, passes
from geodata.statistics.risk_path import RiskPaths, quantile, risk_paths, stories, trend_z
from tests.oracles import risk_path as slow

RISKS = ladder(1.5)
RNG = np.random.default_rng(1)
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def town(*lines: list[float], months: int = 36, others: int = 30) -> Numbers:
    """Areas with ten times these risks a month as counts, and others with ten incidents every month."""
    return np.array([*(np.array(line) * 10 for line in lines), *(np.full(months, 10.0) for _ in range(others))])


def found(counts: Numbers) -> RiskPaths:
    return risk_paths(counts, np.full(len(counts), 1000.0), rng=RNG)


def test_each_story_gets_its_name() -> None:
    counts = town(
        [3.0] * 36,
        np.geomspace(2, 5, 36).tolist(),
        np.geomspace(5, 2, 36).tolist(),
        [1.0] * 30 + [3.0] * 6,
        [1.0] * 35 + [4.0],
        [3.0] * 34 + [0.8] * 2,
        [1.0] * 6 + [3.0] * 8 + [1.0] * 8 + [3.0] * 8 + [1.0] * 3 + [3.0] * 3,
        [3.0] * 20 + [1.0] * 16,
    )
    paths = found(counts)
    assert paths.pattern[:8].tolist() == [
        "persistent hot spot",
        "intensifying hot spot",
        "diminishing hot spot",
        "consecutive hot spot",
        "new hot spot",
        "historical hot spot",
        "sporadic hot spot",
        NO_PATTERN,
    ]
    assert set(paths.pattern[8:]) == {NO_PATTERN}
    assert (paths.probability > 0.5).all()
    assert paths.hot[3].round().tolist() == [0.0] * 30 + [1.0] * 6
    assert paths.rr[0] == pytest.approx(3, rel=0.1)
    assert (paths.low <= paths.rr).all()
    assert (paths.rr <= paths.high).all()
    assert paths.enough.all()


def test_stories_are_as_likely_as_among_paths_drawn_one_by_one() -> None:
    counts = np.array([[15.0, 22, 3, 17, 16, 25, 18, 14, 30, 19, 13, 12], [8, 4, 6, 5, 7, 9, 5, 9, 12, 6, 11, 14]])
    expected, moves = np.full(counts.shape, 7.0), first_moves(RISKS)
    told = stories(passes(counts, expected, RISKS, moves))
    for area in range(2):
        drawn = slow.draw(counts[area], expected[area], RISKS, moves, paths=1500, rng=np.random.default_rng(4))
        hot = np.array(drawn) >= BELOW
        long, now = hot.sum(axis=1) >= 0.9 * 12, hot[:, -1]
        begins = (np.diff(hot, axis=1, prepend=False) & hot).sum(axis=1)
        one = now & ~long & (begins == 1)
        assert told.lasting[area] == pytest.approx((long & now).mean(), abs=0.04)
        assert told.historical[area] == pytest.approx((long & ~now).mean(), abs=0.04)
        assert told.new[area] == pytest.approx((one & ~hot[:, -2]).mean(), abs=0.04)
        assert told.consecutive[area] == pytest.approx((one & hot[:, -2]).mean(), abs=0.04)
        assert told.now[area] == pytest.approx(now.mean(), abs=0.04)
        assert told.sporadic[area] == pytest.approx((now & ~long & ~one).mean(), abs=0.04)


def test_a_trend_is_measured_against_what_was_expected() -> None:
    counts, expected = np.array([[2.0, 4, 6], [6, 6, 6], [2, 4, 6]]), np.array([[4.0, 4, 4], [4, 4, 4], [1, 2, 3]])
    # first row: sum (t - 1) (o - 4) = 4, sum (t - 1)^2 4 = 8, z = 4 / sqrt 8; with r = 4 both halve: z = 2 / sqrt 4
    assert trend_z(counts, expected, np.inf) == pytest.approx([4 / np.sqrt(8), 0, 0])
    assert trend_z(counts, expected, 4.0)[0] == pytest.approx(1)
    assert trend_z(np.zeros((1, 3)), np.zeros((1, 3)), np.inf).tolist() == [0]


def test_quantiles_are_even_within_a_level() -> None:
    risks = ladder(1.5)[:2]
    chances = np.array([0.5, 0.5])
    assert quantile(chances, risks, 0.25) == pytest.approx(risks[0])
    assert quantile(chances, risks, 0.5) == pytest.approx(np.sqrt(risks[0] * risks[1]))
    assert quantile(chances, risks, 1.0) == pytest.approx(risks[1] * np.exp(0.0625))


def test_names_are_an_array_as_the_probabilities_are() -> None:
    paths = found(town([3.0] * 36, others=12))
    assert paths.probability[paths.pattern == "persistent hot spot"].shape == (1,)


def test_too_few_incidents_to_tell_are_no_pattern() -> None:
    counts = np.zeros((40, 36))
    counts[0, :3] = 1
    paths = found(counts)
    assert set(paths.pattern) == {NO_PATTERN}
    assert not paths.enough.any()


def test_nothing_at_all_has_an_answer() -> None:
    zero = found(np.zeros((5, 12)))
    assert zero.pattern.tolist() == [NO_PATTERN] * 5
    assert np.isfinite(zero.rr).all()
    empty = risk_paths(np.zeros((0, 12)), [], rng=RNG)
    assert empty.pattern.tolist() == []
    assert empty.hot.shape == (0, 12)
    timeless = risk_paths(np.zeros((3, 0)), [1, 1, 1], rng=RNG)
    assert timeless.pattern.tolist() == [NO_PATTERN] * 3
    assert timeless.hot.shape == (3, 0)


def test_one_area_is_its_own_median() -> None:
    alone = risk_paths(np.array([[5, 50, 5, 50]]), [1000], rng=RNG)
    assert alone.pattern.tolist() == [NO_PATTERN]
    assert alone.rr[0] == pytest.approx(1, abs=0.2)


def test_one_month_can_only_be_new() -> None:
    paths = found(np.array([[90.0], *([[10.0]] * 20)]))
    assert paths.pattern[0] in {"new hot spot", NO_PATTERN}
    assert set(paths.pattern[1:]) == {NO_PATTERN}


def test_areas_without_people_take_no_part() -> None:
    counts = town([3.0] * 36, others=12)
    alone = found(counts)
    people = np.full(15, 1000.0)
    people[[0, 14]] = 0, np.nan
    beside = risk_paths(np.vstack([np.full(36, 99.0), counts, np.full(36, 7.0)]), people, rng=RNG)
    assert beside.pattern[1:-1].tolist() == alone.pattern.tolist()
    assert beside.rr[1:-1].tolist() == alone.rr.tolist()
    assert beside.hot[1:-1].tolist() == alone.hot.tolist()
    assert np.isnan([*beside.rr[[0, 14]], *beside.probability[[0, 14]], *beside.hot[[0, 14]].ravel()]).all()
    assert not beside.enough[[0, 14]].any()
    assert beside.pattern[0] == NO_PATTERN
    nobody = risk_paths(counts, np.zeros(13), rng=RNG)
    assert set(nobody.pattern) == {NO_PATTERN}
    assert np.isnan(nobody.path).all()


def test_a_month_in_which_nobody_reported_says_nothing() -> None:
    counts = town([3.0] * 36, others=20)
    counts[:, [7, 20]] = 0
    assert found(counts).pattern[0] == "persistent hot spot"


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10**6), st.integers(2, 9), st.integers(1, 14))
def test_the_order_of_areas_makes_no_difference(seed: int, areas: int, months: int) -> None:
    rng = np.random.default_rng(seed)
    people = rng.uniform(500, 5000, areas)
    counts = rng.poisson(people[:, None] / 400 * rng.choice([1.0, 3.0], (areas, 1)), (areas, months))
    order = rng.permutation(areas)
    straight, mixed = risk_paths(counts, people, rng=rng), risk_paths(counts[order], people[order], rng=rng)
    assert mixed.rr == pytest.approx(straight.rr[order], rel=1e-6)
    assert mixed.hot == pytest.approx(straight.hot[order], abs=1e-6)
    assert mixed.probability == pytest.approx(straight.probability[order], abs=1e-6)
    assert set(straight.pattern) <= set(PATTERNS)
    assert ((straight.hot >= -1e-12) & (straight.hot <= 1 + 1e-12)).all()


def test_the_same_counts_give_the_same_answer_whatever_the_seed() -> None:
    counts = town([2.2] * 36, others=9)
    first = risk_paths(counts, np.ones(10), draws=10, rng=np.random.default_rng(1))
    second = risk_paths(counts, np.ones(10), rng=np.random.default_rng(2))
    assert first.probability.tolist() == second.probability.tolist()


@pytest.mark.parametrize(
    ("counts", "people", "threshold"),
    [([1, 2], [1, 2], 1.5), ([[1]], [1, 2], 1.5), ([[-1]], [1], 1.5), ([[np.nan]], [1], 1.5), ([[1]], [1], 0.0)],
)
def test_wrong_shapes_and_values_are_refused(counts: list[float], people: list[float], threshold: float) -> None:
    with pytest.raises(ValueError, match="counts"):
        risk_paths(counts, people, threshold=threshold, rng=RNG)
