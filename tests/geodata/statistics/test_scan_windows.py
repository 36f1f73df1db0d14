from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.scan_windows import bin_runs, draw_circles, largest_ratios, likelihood_ratio
from tests.oracles import scan as twin


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.5, 3.0, 400.0]), st.booleans())
def test_the_largest_ratio_of_each_table_is_that_of_the_plain_loops(seed: int, mean: float, prospective: bool) -> None:
    rng = np.random.default_rng(seed)
    first = rng.poisson(mean * rng.lognormal(0, 1, (6, 1)), (6, 5))
    first[rng.integers(6), rng.integers(5)] += 1
    x, y = rng.integers(0, 4, (2, 6)).astype(float)
    rows, columns, total = first.sum(axis=1), first.sum(axis=0), int(first.sum())
    tables = np.zeros((6, 6, 8), dtype=np.int64)
    for k in range(8):  # tables with the same margins, as the scan draws them
        times = rng.permutation(np.repeat(np.arange(5), columns))
        drawn = [np.bincount(part, minlength=5) for part in np.split(times, np.cumsum(rows)[:-1])]
        tables[:, 1:, k] = np.cumsum(drawn, axis=1)
    circles = draw_circles(x, y, rows.astype(float), 0.5)
    found = largest_ratios(tables, circles, bin_runs(columns, 3, prospective=prospective), total)
    spots = list(zip(x, y, strict=True))
    for k in range(8):
        table = np.diff(tables[:, :, k], axis=1).tolist()
        slow = twin.permutation(table, spots, 0.5, 3, prospective=prospective)
        assert found[k] == pytest.approx(slow[0].llr if slow else 0.0, abs=1e-9)


def test_a_circle_ends_where_no_tie_is_cut() -> None:
    circles = draw_circles(np.array([0.0, 1.0, 2.0, 2.0]), np.zeros(4), np.ones(4), 1.0)
    assert circles.ends.tolist() == [
        [True, True, False, True],  # 0, then 1, then both places at 2
        [True, False, False, True],  # all others are 1 away
        [False, True, True, True],  # two places at the same spot enter together
        [False, True, True, True],
    ]


def test_equal_distances_that_arithmetic_tells_apart_are_equal() -> None:
    side = 0.1 + 0.2  # 0.30000000000000004
    circles = draw_circles(np.array([0.0, 0.3, -side]), np.zeros(3), np.ones(3), 1.0)
    assert circles.ends[0].tolist() == [True, False, True]


def test_a_circle_holds_no_more_than_its_share() -> None:
    circles = draw_circles(np.arange(3.0), np.zeros(3), np.array([1.0, 1.0, 2.0]), 0.5)
    assert [[bool(end) for end in row] for row in circles.ends] == [[True, True], [True, False], [True, False]]
    assert circles.weights[0].tolist() == [1, 2]


def test_runs_of_bins() -> None:
    one, two = bin_runs(np.array([1, 2, 5]), 2, prospective=False)
    assert (one.share.tolist(), two.share.tolist()) == ([0.125, 0.25, 0.625], [0.375, 0.875])
    (last,) = bin_runs(np.array([1, 2, 5]), 1, prospective=True)
    assert (last.first, last.last, last.share.tolist()) == (2, 3, [0.625])
    assert [run.length for run in bin_runs(np.array([1, 2, 5]), 9, prospective=False)] == [1, 2, 3]


def test_the_ratio_on_paper() -> None:
    cases, expected = np.array([5.0, 2.0, 10.0, 0.0]), np.array([2.0, 2.0, 4.0, 0.0])
    exact = [5 * log(2.5) + 5 * log(5 / 8), 0.0, 10 * log(2.5), 0.0]  # fewer or as many as expected: nothing
    assert likelihood_ratio(cases, expected, 10) == pytest.approx(exact)
