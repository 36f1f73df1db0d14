from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geodata.statistics.risk_levels import (
    BELOW,
    SIZES,
    choose_size,
    expect,
    first_moves,
    fit,
    improve,
    ladder,
    likelihood,
    neighbours,
    passes,
    run_forward,
)
from tests.oracles import risk_path as slow

RISKS = ladder(1.5)


def test_the_threshold_lies_midway_between_two_levels() -> None:
    assert len(RISKS) == 32
    assert np.sqrt(RISKS[BELOW - 1] * RISKS[BELOW]) == pytest.approx(1.5)
    assert RISKS[0] == pytest.approx(1.5 * np.exp(0.0625 - 0.125 * 17))


def test_at_an_end_of_the_ladder_there_is_one_step() -> None:
    assert neighbours(3).tolist() == [[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]]


def test_every_row_of_moves_sums_to_one() -> None:
    moves = first_moves(RISKS)
    assert moves.prior.sum() == pytest.approx(1)
    assert moves.matrix.sum(axis=2) == pytest.approx(np.ones((2, 32)))


@pytest.mark.parametrize("size", [np.inf, 10.0])
def test_levels_given_the_counts_are_those_of_the_slow_twin(size: float) -> None:
    counts, expected = np.array([[3.0, 9, 0, 14], [1, 0, 2, 0]]), np.array([[4.0, 4, 3, 4.5], [1, 2, 1, 1]])
    moves = replace(first_moves(RISKS), size=size)
    found = passes(counts, expected, RISKS, moves)
    for area in range(2):
        twin = slow.posterior(counts[area], expected[area], RISKS, moves)
        for month, states in enumerate(twin):
            levels = [states[0, level] + states[1, level] for level in range(32)]
            assert found.posterior[month, area] == pytest.approx(np.array(levels), abs=1e-9)
        assert found.first[:, area] == pytest.approx(np.array([[twin[0][c, k] for k in range(32)] for c in (0, 1)]))


def test_moves_expected_are_all_there_are() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(5.0, (4, 6)).astype(float)
    found = passes(counts, np.full((4, 6), 5.0), RISKS, first_moves(RISKS))
    moved = found.pairs * found.moves.matrix
    assert moved.sum() == pytest.approx(4 * 5)
    # all moves end at the levels of the months after the first
    assert moved.sum(axis=(0, 1)) == pytest.approx(found.posterior[1:].sum(axis=(0, 1)))
    assert moved.sum(axis=(0, 2)) == pytest.approx(found.posterior[:-1].sum(axis=(0, 1)))


def test_the_likelihood_is_that_of_the_twin_up_to_what_no_level_and_no_size_changes() -> None:
    counts, expected = np.array([[3.0, 9], [0, 2]]), np.array([[4.0, 4], [1, 2]])
    logs = {}
    for size in (np.inf, 5.0, 40.0):
        seen, total = likelihood(counts, expected, RISKS, size)
        twin = np.array(
            [
                [[slow.weigh(counts[i, t], expected[i, t], risk, size) for risk in RISKS] for i in range(2)]
                for t in range(2)
            ]
        )
        assert seen == pytest.approx(twin / twin.max(axis=2, keepdims=True), rel=1e-9)
        logs[size] = total - np.log(twin.max(axis=2)).sum()
    assert logs[5.0] == pytest.approx(logs[np.inf])
    assert logs[40.0] == pytest.approx(logs[np.inf])


def test_a_round_of_em_makes_the_counts_likelier() -> None:
    rng = np.random.default_rng(8)
    counts = rng.poisson(6.0 * np.where(np.arange(30) < 6, 3.0, 1.0)[:, None], (30, 24)).astype(float)
    expected = np.full(counts.shape, 6.0)
    moves = start = first_moves(RISKS)
    heights = []
    for _ in range(4):
        now = passes(counts, expected, RISKS, moves)
        heights.append(run_forward(now.seen, moves)[1])
        moves = improve(now, start)
    assert heights == sorted(heights)


def test_the_noise_is_learned_from_the_counts() -> None:
    rng = np.random.default_rng(5)
    expected = np.full((80, 36), 7.0)
    for size in (np.inf, 10.0):
        noise = 1.0 if np.isinf(size) else rng.gamma(size, 1 / size, expected.shape)
        counts = rng.poisson(expected * noise).astype(float)
        assert choose_size(counts, expected, RISKS, first_moves(RISKS)) in (
            (np.inf, 80.0) if np.isinf(size) else (10.0,)
        )
    assert first_moves(RISKS).size in SIZES


def test_hot_areas_do_not_raise_what_is_expected_of_the_others() -> None:
    counts = np.array([[30.0], [10], [10]])
    risk = np.array([[3.0], [1], [1]])
    assert expect(counts, np.ones(3), risk)[:, 0].tolist() == [10, 10, 10]
    assert expect(counts, np.ones(3), 2 * risk)[:, 0].tolist() == [10, 10, 10]
    learned = fit(np.repeat(counts, 24, axis=1), np.ones(3), RISKS)
    assert learned.expected[:, -1] == pytest.approx(np.full(3, 10.0), rel=0.1)
