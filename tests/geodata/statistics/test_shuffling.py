from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from geodata.statistics import shuffling
from geodata.statistics.shuffling import draws, neighbour_sum_p
from tests.oracles.shuffling import exact_p
from tests.oracles.weights import chance, line


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=9), st.integers(0, 1000))
def test_p_comes_to_that_of_all_possible_neighbours_ties_included(values: list[int], seed: int) -> None:
    x, weights = np.array(values, dtype=float), chance(len(values), seed, degree=3)
    p = neighbour_sum_p(x, weights, permutations=3000, rng=np.random.default_rng(seed))
    assert p == pytest.approx(exact_p(x, weights), abs=0.08)  # four standard errors of a doubled share of 3,000


def test_everyone_next_to_everyone_leaves_nothing_to_chance() -> None:
    all_pairs = sparse.csr_array(1.0 - np.eye(5))
    p = neighbour_sum_p([0.1, 0.2, 0.3, 0.7, 9.0], all_pairs, permutations=99, rng=np.random.default_rng(1))
    assert p.tolist() == [1.0] * 5


def test_islands_and_fields_without_variance_have_p_of_one() -> None:
    weights = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    fields = np.array([[1.0, 0.1], [5.0, 0.1], [9.0, 0.1]])
    p = neighbour_sum_p(fields, weights, permutations=99, rng=np.random.default_rng(1))
    assert p[2, 0] == 1.0
    assert p[:, 1].tolist() == [1.0, 1.0, 1.0]


def test_a_place_without_a_value_takes_no_part() -> None:
    x = np.array([[1.0, 1.0], [2.0, 2.0], [6.0, 6.0], [np.nan, 7.0], [3.0, 3.0]])
    p = neighbour_sum_p(x, line(5), permutations=4000, rng=np.random.default_rng(1))
    assert np.isnan(p[3, 0])
    among = line(5)[[0, 1, 2, 4]][:, [0, 1, 2, 4]]
    assert p[[0, 1, 2, 4], 0] == pytest.approx(exact_p(x[[0, 1, 2, 4], 0], among), abs=0.08)
    assert p[:, 1] == pytest.approx(exact_p(x[:, 1], line(5)), abs=0.08)


def test_p_is_never_below_two_in_a_thousand_with_999() -> None:
    x = np.concatenate([np.full(6, 1e3), np.arange(60.0)])
    p = neighbour_sum_p(x, line(66), permutations=999, rng=np.random.default_rng(1))
    assert p.min() == pytest.approx(2 / 1000)


def test_the_same_generator_gives_the_same_p_and_nothing_else_does() -> None:
    x = np.random.default_rng(3).random(30)
    first, again, other = (
        neighbour_sum_p(x, line(30), permutations=199, rng=np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_shuffled_values_are_rarely_called_unusual() -> None:
    rng = np.random.default_rng(8)
    p = np.column_stack(
        [neighbour_sum_p(rng.gamma(2.0, 1.0, (50, 20)), line(50), permutations=199, rng=rng) for _ in range(5)]
    )
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.015)


@pytest.mark.parametrize(("n", "length"), [(4, 3), (9, 2)])  # a shuffle, and draws with repetition
def test_draws_are_different_places_in_any_order_equally_often(
    monkeypatch: pytest.MonkeyPatch, n: int, length: int
) -> None:
    monkeypatch.setattr(shuffling, "IDS_AT_ONCE", 4000)  # several parts
    orders = list(permutations(range(n), length))
    found, counts = np.unique(
        draws(n, length, 1000 * len(orders), np.random.default_rng(1)), axis=0, return_counts=True
    )
    assert [tuple(row) for row in found.tolist()] == orders
    assert np.abs(counts - 1000).max() < 5 * 1000**0.5


def test_weights_must_be_equal_within_a_row() -> None:
    with pytest.raises(ValueError, match="equal within a row"):
        neighbour_sum_p([1, 2, 3], line(3) * np.array([1.0, 1.0, 2.0]), permutations=9, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="at least one"):
        neighbour_sum_p([1, 2, 3], line(3), permutations=0, rng=np.random.default_rng(1))


def test_no_place_and_no_field_give_empty_answers() -> None:
    rng = np.random.default_rng(1)
    assert neighbour_sum_p([], sparse.csr_array((0, 0)), permutations=9, rng=rng).tolist() == []
    assert neighbour_sum_p(np.zeros((3, 0)), line(3), permutations=9, rng=rng).shape == (3, 0)
