from __future__ import annotations

from math import inf, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.statistics.scan import Cluster, permutation_scan, poisson_scan
from tests.oracles import scan as twin

pytestmark = pytest.mark.slow  # seconds in all

DATA = Path(__file__).parents[2] / "oracles" / "new_york_leukemia.csv"
LINE = [(float(i), 0.0) for i in range(5)]
SPOTS = st.tuples(st.integers(0, 4), st.integers(0, 4))  # a small grid: many equal distances, some places the same


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def columns(spots: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in spots], [y for _, y in spots]


@pytest.fixture(scope="module")
def new_york() -> NDArray[np.float64]:
    """Leukaemia in upstate New York, 281 tracts, 1978-1982 (Waller et al. 1994), cases rounded down to whole ones."""
    return np.loadtxt(DATA, delimiter=",", skiprows=1)


def scan_new_york(data: NDArray[np.float64], max_share: float) -> list[Cluster]:
    return poisson_scan(data[:, 2], data[:, 3], data[:, 0], data[:, 1], max_share=max_share, rng=rng())


# What SaTScan 9.6 prints for these data with Cartesian coordinates (result files in the tests of the R package smerc):
# LLR, cases, expected, relative risk, p, tracts counted from 1.
SYRACUSE = {
    *(110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 131, 132, 133, 134),
    *(138, 139, 140, 141, 142, 215, 216, 217, 218, 219, 220),
}
HALF = [
    (14.083511, 100, 58.28, 1.87, 0.001, {*range(11, 18), *range(35, 41), *range(43, 54), 1, 2, 3, 55}),
    (9.019716, 38, 17.79, 2.22, 0.016, {84, 85, 86, 87, 88, 89, 90, 92}),
    (6.114140, 64, 40.85, 1.64, 0.248, SYRACUSE),
    (4.651839, 25, 12.82, 1.99, 0.645, {62, 64, 65, 67}),
    (3.363518, 12, 5.14, 2.37, 0.965, {265, 266, 267, 281}),
    (3.209485, 11, 4.61, 2.41, 0.982, {159, 166, 167}),
]
TENTH = [
    (11.577255, 85, 49.71, 1.84, 0.001, {*range(1, 7), *range(9, 19), *range(35, 39), *range(47, 53)}),
    (9.019716, 38, 17.79, 2.22, 0.013, {84, 85, 86, 87, 88, 89, 90, 92}),
    (6.114140, 64, 40.85, 1.64, 0.216, SYRACUSE),
    (4.651839, 25, 12.82, 1.99, 0.609, {62, 64, 65, 67}),
    (4.169203, 28, 15.54, 1.84, 0.755, {41, 43, 44, 45, 46, 53, 54}),
    (3.363518, 12, 5.14, 2.37, 0.961, {265, 266, 267, 281}),
    (3.209485, 11, 4.61, 2.41, 0.976, {159, 166, 167}),
]


@pytest.mark.parametrize(("max_share", "published"), [(0.5, HALF), (0.1, TENTH)])
def test_new_york_has_the_clusters_satscan_printed(
    new_york: NDArray[np.float64], max_share: float, published: list[tuple[float, int, float, float, float, set[int]]]
) -> None:
    found = scan_new_york(new_york, max_share)[: len(published)]
    for cluster, (llr, cases, expected, risk, p, tracts) in zip(found, published, strict=True):
        assert {member + 1 for member in cluster.members} == tracts
        assert cluster.llr == pytest.approx(llr, abs=1e-6)
        assert (cluster.cases, round(cluster.expected, 2), round(cluster.relative_risk, 2)) == (cases, expected, risk)
        assert cluster.p == pytest.approx(p, abs=0.05)  # two simulations of 999, each with an error of its own


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(SPOTS, st.integers(0, 9), st.integers(0, 40)), min_size=1, max_size=9),
    st.sampled_from([0.25, 0.5, 1.0]),
)
def test_clusters_are_those_of_the_plain_loops(
    places: list[tuple[tuple[int, int], int, int]], max_share: float
) -> None:
    spots, cases, people = (
        [place[0] for place in places],
        [place[1] for place in places],
        [place[2] for place in places],
    )
    x, y = zip(*spots, strict=True)
    found = poisson_scan(cases, people, x, y, max_share=max_share, simulations=0, rng=rng())
    slow = twin.poisson(cases, people, spots, max_share)
    assert [cluster.members for cluster in found] == [window.members for window in slow]
    assert [cluster.cases for cluster in found] == [window.cases for window in slow]
    assert [cluster.llr for cluster in found] == pytest.approx([window.llr for window in slow], abs=1e-9)
    assert [cluster.expected for cluster in found] == pytest.approx([window.expected for window in slow])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(SPOTS, st.lists(st.integers(0, 6), min_size=5, max_size=5)), min_size=1, max_size=7),
    st.sampled_from([0.3, 0.5, 1.0]),
    st.integers(1, 6),
    st.booleans(),
)
def test_rises_are_those_of_the_plain_loops(
    places: list[tuple[tuple[int, int], list[int]]], max_share: float, max_window: int, prospective: bool
) -> None:
    spots, table = [place[0] for place in places], [place[1] for place in places]
    x, y = zip(*spots, strict=True)
    found = permutation_scan(
        table, x, y, max_share=max_share, max_window=max_window, prospective=prospective, simulations=0, rng=rng()
    )
    slow = twin.permutation(table, spots, max_share, max_window, prospective=prospective)
    assert [(rise.members, rise.start, rise.end, rise.cases) for rise in found] == [window[:4] for window in slow]
    assert [rise.llr for rise in found] == pytest.approx([window.llr for window in slow], abs=1e-9)
    assert [rise.relative_risk for rise in found] == pytest.approx([w.cases / w.expected for w in slow])


def test_p_is_the_chance_of_a_larger_ratio() -> None:
    cases, people = [3, 1, 0, 1, 0], [10.0, 20.0, 15.0, 30.0, 5.0]
    for cluster in poisson_scan(cases, people, *columns(LINE), simulations=9999, rng=rng()):
        assert cluster.p == pytest.approx(twin.chance_poisson(cluster.llr, cases, people, LINE, 0.5), abs=0.02)


def test_p_of_a_rise_is_the_share_of_the_orders_of_time_with_a_larger_ratio() -> None:
    table = [[2, 0, 0], [1, 0, 1], [0, 1, 0], [0, 0, 1]]
    for rise in permutation_scan(table, *columns(LINE[:4]), max_window=1, simulations=9999, rng=rng()):
        exact = twin.chance_permutation(rise.llr, table, LINE[:4], 0.5, 1)
        assert rise.p == pytest.approx(exact, abs=0.02)


def test_a_rise_on_paper() -> None:
    # 20 cases in all. Area 0 has 6, the last bin 8; 5 of them meet where 6 * 8 / 20 = 2.4 are expected.
    table = [[1, 0, 5], [3, 4, 1], [2, 2, 2]]
    x = [0, 1, 3]  # 0 and 1 together hold 14 of the 20: more than half
    rise = permutation_scan(table, x, [0, 0, 0], max_window=1, prospective=True, rng=rng())[0]
    assert (rise.members, rise.start, rise.end, rise.cases) == ((0,), 2, 2, 5)
    assert (rise.expected, rise.relative_risk) == pytest.approx((2.4, 5 / 2.4))
    assert rise.llr == pytest.approx(5 * log(5 / 2.4) + 15 * log(15 / 17.6))


def test_places_at_equal_distance_enter_together() -> None:
    # {1, 2} would be likeliest, but from 1 the places 0 and 2 are equally far, from 2 the places 1 and 3
    cases, people = [0, 9, 9, 0, 0], [10.0] * 5
    clusters = poisson_scan(cases, people, *columns(LINE), max_share=0.7, simulations=0, rng=rng())
    assert clusters[0].members == (0, 1, 2)
    # three of five are more than half: left are the places alone
    assert [cluster.members for cluster in poisson_scan(cases, people, *columns(LINE), rng=rng())] == [(1,), (2,)]


def test_all_cases_inside_is_an_infinite_risk() -> None:
    (cluster,) = poisson_scan([7, 0, 0], [10, 20, 30], [0, 1, 5], [0, 0, 0], rng=rng())
    assert (cluster.members, cluster.relative_risk) == ((0,), inf)
    assert cluster.llr == pytest.approx(7 * log(6))


def test_a_lasting_difference_is_no_rise() -> None:
    assert permutation_scan([[50] * 6, [5] * 6, [5] * 6], [0, 1, 2], [0, 0, 0], max_window=3, rng=rng()) == []


def test_places_without_people_take_no_part() -> None:
    with_desert = poisson_scan([5, 9, 1, 2], [10, 0, 10, 10], [0, 1, 2, 3], [0] * 4, rng=rng())
    without = poisson_scan([5, 1, 2], [10, 10, 10], [0, 2, 3], [0] * 3, rng=rng())
    assert (with_desert[0].members, with_desert[0].llr) == (without[0].members, without[0].llr)
    assert all(1 not in cluster.members for cluster in with_desert)


def test_nothing_in_nothing_out() -> None:
    assert poisson_scan([], [], [], [], rng=rng()) == []
    assert poisson_scan([0, 0], [1, 1], [0, 1], [0, 0], rng=rng()) == []
    assert poisson_scan([3], [5], [0], [0], rng=rng()) == []  # all people in one place: more than half
    assert poisson_scan([3, 1], [0, np.nan], [0, 1], [0, 0], rng=rng()) == []
    assert permutation_scan(np.empty((0, 4), dtype=int), [], [], max_window=2, rng=rng()) == []
    assert permutation_scan([[2], [3], [1]], [0, 1, 2], [0, 0, 0], max_window=1, rng=rng()) == []


def test_the_same_seed_gives_the_same_clusters(new_york: NDArray[np.float64]) -> None:
    assert scan_new_york(new_york, 0.1) == scan_new_york(new_york, 0.1)


def test_ratios_of_large_counts_are_found_as_those_of_small() -> None:
    # 40,000 cases pass what 16 bits hold
    cases = [9_000, 8_000, 8_000, 7_500, 7_500]
    found = poisson_scan(cases, [10.0] * 5, *columns(LINE), rng=rng())
    assert found[0].llr == pytest.approx(twin.poisson(cases, [10.0] * 5, LINE, 0.5)[0].llr)
    assert found[0].p == 0.001


def test_progress_rises_to_one_and_can_end_the_work() -> None:
    table, spots = rng().poisson(3, (12, 8)), rng().uniform(0, 9, (2, 12))
    told: list[float] = []
    permutation_scan(table, *spots, max_window=3, rng=rng(), simulations=2500, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 2

    def stop(part: float) -> None:
        raise KeyboardInterrupt(part)

    with pytest.raises(KeyboardInterrupt):
        permutation_scan(table, *spots, max_window=3, rng=rng(), progress=stop)


@pytest.mark.parametrize("cases", [[1, -1], [0.5, 1], [[1, 2]], [1, 2, 3]])
def test_broken_counts_are_refused(cases: list[float]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        poisson_scan(cases, [1, 1], [0, 1], [0, 0], rng=rng())


def test_broken_options_are_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        poisson_scan([1], [1], [0], [0], max_share=0, rng=rng())
    with pytest.raises(ValueError, match="window"):
        permutation_scan([[1, 2]], [0], [0], max_window=0, rng=rng())
    with pytest.raises(ValueError, match="coordinates"):
        poisson_scan([1], [1], [np.nan], [0], rng=rng())
