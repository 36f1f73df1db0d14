from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.near_repeat import Knox, chains, chance_chains, knox
from tests.oracles import near_repeat as twin

INCIDENTS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 20)), max_size=14
)  # a small grid: the same places, and distances on the edges (3-4-5)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def columns(incidents: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    return [i[0] for i in incidents], [i[1] for i in incidents], [i[2] for i in incidents]


def province(seed: int, repeats: int, n: int = 2000) -> Knox:
    """Incidents anywhere at any time, and of each of the first ``repeats`` another within 80 m and 10 days."""
    random = rng(seed)
    x, y, t = random.uniform(0, 8_000, n), random.uniform(0, 8_000, n), random.integers(0, 730, n).astype(float)
    x[n - repeats :] = x[:repeats] + random.uniform(-55, 55, repeats)
    y[n - repeats :] = y[:repeats] + random.uniform(-55, 55, repeats)
    t[n - repeats :] = t[:repeats] + random.integers(0, 11, repeats)
    return knox(x, y, t, distance_bands=[100, 200, 400], time_bands=[7, 14, 28], permutations=199, rng=random)


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(INCIDENTS)
def test_pairs_are_those_of_the_plain_loops(incidents: list[tuple[int, int, int]]) -> None:
    far, late = [1.0, 2.5, 5.0], [0.0, 2.0, 9.0]
    x, y, t = columns(incidents)
    table = knox(x, y, t, distance_bands=far, time_bands=late, permutations=3, rng=rng())
    assert table.pairs.tolist() == twin.pairs(incidents, far, late)
    quarters, edges = [time / 4 + 40_000 for time in t], [edge / 4 for edge in late]  # the same in other units
    assert (
        knox(x, y, quarters, distance_bands=far, time_bands=edges, permutations=0, rng=rng()).pairs.tolist()
        == table.pairs.tolist()
    )
    # at any time, at any distance: the margins that the expected numbers come from
    space = np.sum(twin.pairs(incidents, far, [inf]), axis=1)
    time = np.sum(twin.pairs(incidents, [*far, inf], late), axis=0)
    every = max(len(incidents) * (len(incidents) - 1) / 2, 1)
    assert table.expected == pytest.approx(np.outer(space, time) / every)


def test_the_table_on_paper() -> None:
    # Four burglaries: two in one house five days apart, one 50 m away on day 7, one far off on day 30.
    table = knox([0, 0, 50, 900], [0] * 4, [0, 5, 7, 30], distance_bands=[50, 100], time_bands=[5, 14], rng=rng())
    assert table.pairs.tolist() == [[1, 0], [1, 1], [0, 0]]
    # 6 pairs in all; of the times two are at most 5 days apart (0-5, 5-7), one more at most 14 (0-7)
    assert table.expected == pytest.approx(np.array([[1 * 2, 1 * 1], [2 * 2, 2 * 1], [0, 0]]) / 6)
    assert table.ratio[:2] == pytest.approx(np.array([[3, 0], [1.5, 3]]))
    assert np.isnan(table.ratio[2]).all()


@pytest.mark.slow
def test_the_expected_number_is_the_mean_over_permutations() -> None:
    random = rng(4)
    x, y, t = random.uniform(0, 30, 40), random.uniform(0, 30, 40), random.integers(0, 60, 40)
    bands: dict[str, list[float]] = {"distance_bands": [5, 10], "time_bands": [7, 14]}
    drawn = [knox(x, y, random.permutation(t), permutations=0, rng=random, **bands).pairs for _ in range(2000)]
    mean = knox(x, y, t, permutations=0, rng=random, **bands).expected
    assert np.mean(drawn, axis=0) == pytest.approx(mean, abs=0.5)


def test_p_is_one_sided_and_counts_equals() -> None:
    # Two pairs of neighbours, each at one time: of the 3 ways to pair four times up, one puts both together.
    table = knox(
        [0, 1, 500, 501], [0] * 4, [0, 0, 90, 90], distance_bands=[1], time_bands=[0], permutations=3999, rng=rng()
    )
    assert table.pairs.tolist() == [[0], [2]]
    assert table.p[:, 0] == pytest.approx([1.0, 1 / 3], abs=0.03)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_near_repeats_stand_out(seed: int) -> None:
    table = province(seed, repeats=300)
    assert table.ratio[1, 0] > 1.5
    assert table.p[1, 0] == 0.005


def test_nothing_planted_nothing_found() -> None:
    tables = [province(seed, repeats=0) for seed in range(10, 16)]
    assert 0.85 < np.mean([table.ratio[1:] for table in tables]) < 1.15
    assert np.mean([table.p[1:] <= 0.05 for table in tables]) <= 0.15


@pytest.mark.parametrize("n", [0, 1])
def test_one_incident_has_no_pair(n: int) -> None:
    table = knox([5] * n, [5] * n, [5] * n, distance_bands=[100, 200], time_bands=[7], rng=rng())
    assert table.pairs.tolist() == [[0], [0], [0]]
    assert table.expected.tolist() == [[0], [0], [0]]
    assert np.isnan(table.ratio).all()
    assert (table.p == 1).all()


def test_without_distance_bands_only_the_same_place_counts() -> None:
    table = knox([0, 0, 1], [0, 0, 0], [1, 2, 2], distance_bands=[], time_bands=[1], rng=rng())
    assert table.pairs.tolist() == [[1]]


def test_the_same_seed_gives_the_same_table() -> None:
    assert province(1, 50).p.tolist() == province(1, 50).p.tolist()


@pytest.mark.parametrize(
    ("t", "far", "late"), [([0], [1], [1]), ([0, np.nan], [1], [1]), ([0, 1], [2, 1], [1]), ([0, 1], [0], [1])]
)
def test_broken_input_is_refused(t: list[float], far: list[float], late: list[float]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        knox([0, 1], [0, 1], t, distance_bands=far, time_bands=late, rng=rng())


@settings(deadline=None, max_examples=80)
@given(INCIDENTS, st.integers(2, 3))
def test_chains_are_grown_link_by_link(incidents: list[tuple[int, int, int]], at_least: int) -> None:
    found = chains(*columns(incidents), distance=1.5, days=3, at_least=at_least)
    assert {tuple(sorted(chain.members)) for chain in found} == twin.chains(incidents, 1.5, 3, at_least)


def test_a_chain_tells_when_and_where() -> None:
    x, y = [0, 500, 6, 3, 500], [0, 0, 0, 3, 9]
    (chain,) = chains(x, y, [1, 2, 4, 2, 90], distance=5, days=7)
    assert chain.members == (0, 3, 2)  # by time: 0 and 2 are 6 apart, linked through 3
    assert (chain.start, chain.end) == (1, 4)
    assert (chain.x, chain.y) == (3, 1)
    assert chain.radius == pytest.approx(10**0.5)


def test_the_latest_chain_comes_first() -> None:
    found = chains([0, 0, 9, 9], [0] * 4, [0, 1, 5, 6], distance=1, days=1, at_least=2)
    assert [chain.members for chain in found] == [(2, 3), (0, 1)]
    assert chains([], [], [], distance=1, days=1) == []


def test_chance_makes_as_many_chains_as_shuffled_times_do() -> None:
    rng = np.random.default_rng(5)
    x, y, t = rng.uniform(0, 12, 60), rng.uniform(0, 12, 60), rng.integers(0, 40, 60)
    twin, found = np.random.default_rng(8), 0
    for _ in range(20):
        shuffled = twin.permutation(t.astype(np.float64))
        found += sum(chain.end > 25 for chain in chains(x, y, shuffled, distance=2, days=6))
    assert 0 < found < 20 * 20
    told = chance_chains(x, y, t, distance=2, days=6, after=25, shuffles=20, rng=np.random.default_rng(8))
    assert told == found / 20
    assert chance_chains([], [], [], distance=1, days=1, shuffles=3, rng=rng) == 0
