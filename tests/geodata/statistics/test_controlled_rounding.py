"""Controlled rounding: multiples of the base, near the true sums, and no table in two dimensions forces a bound."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from geodata.statistics.controlled_rounding import round_together


def halves(n: int) -> NDArray[np.float64]:
    return np.full(n, 0.5)


def test_only_multiples_of_the_base_are_shown() -> None:
    counts = np.random.default_rng(1).poisson(3, (30, 12))
    shown = round_together(counts, [np.arange(30) // 5], base=5, thresholds=halves(30)).shown
    assert set(np.unique(shown % 5)) == {0}
    assert shown.min() == 0


def test_a_cell_is_never_a_whole_base_from_its_true_running_total() -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(0.7, (60, 48))
    shown = round_together(counts, [np.arange(60) // 6, np.arange(60) % 6], base=5, thresholds=rng.random(60)).shown
    assert np.abs(shown.cumsum(axis=1) - counts.cumsum(axis=1)).max() < 5


@pytest.mark.parametrize("seed", range(20))
def test_rows_columns_and_the_whole_of_one_table_stay_within_the_base(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = np.divmod(np.arange(72), 6)
    counts = rng.poisson(2, (72, 1))
    sets = [rows, rows // 4, np.zeros(72, dtype=int), columns]
    found = round_together(counts, sets, base=5, thresholds=rng.random(72))
    assert found.forced == 0
    for of in sets:
        off = np.bincount(of, found.shown[:, 0]) - np.bincount(of, counts[:, 0])
        assert np.abs(off).max() < 5


def test_what_is_a_multiple_already_stays_as_it_is() -> None:
    counts = np.array([[5, 0], [10, 5], [0, 0]])
    found = round_together(counts, [np.zeros(3, dtype=int)], base=5, thresholds=halves(3))
    assert found.shown.tolist() == counts.tolist()


def test_the_past_is_not_told_anew_when_months_are_added() -> None:
    rng = np.random.default_rng(3)
    counts, sets, thresholds = rng.poisson(1, (40, 24)), [np.arange(40) // 8], rng.random(40)
    whole = round_together(counts, sets, base=5, thresholds=thresholds).shown
    early = round_together(counts[:, :15], sets, base=5, thresholds=thresholds).shown
    assert whole[:, :15].tolist() == early.tolist()


def test_thresholds_decide_whether_one_of_five_goes_up() -> None:
    counts = np.array([[1], [1]])
    found = round_together(counts, [], base=5, thresholds=np.array([0.1, 0.3]))
    assert found.shown.tolist() == [[5], [0]]


def test_sums_bring_together_what_thresholds_alone_would_lose() -> None:
    counts = np.ones((100, 1), dtype=int)
    alone = round_together(counts, [], base=5, thresholds=halves(100)).shown.sum()
    together = round_together(counts, [np.zeros(100, dtype=int)], base=5, thresholds=halves(100)).shown.sum()
    assert (alone, together) == (0, 100)


def test_a_sum_that_was_forced_is_counted() -> None:
    counts = np.array([[2, 0], [2, 0], [3, 2], [3, 2]])  # two go up for the sum of 10, then the others are 5
    found = round_together(counts, [np.zeros(4, dtype=int)], base=5, thresholds=np.array([0.1, 0.1, 0.9, 0.9]))
    assert found.shown.sum(axis=0).tolist() == [10, 10]
    assert found.forced == 1


def test_nothing_gives_nothing() -> None:
    assert round_together(np.zeros((0, 3), dtype=int), [], base=5, thresholds=halves(0)).shown.shape == (0, 3)
