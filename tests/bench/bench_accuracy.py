"""How often the named patterns are right, on made-up provinces of many kinds; asserts nothing, prints the tables.

``pytest -s tests/bench/bench_accuracy.py``; the tables of docs/methods.md are this output, with seeds 0 to 11.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from geodata.statistics.risk_path import risk_paths
from tests.simulated.province import FLAT, LASTING, RECIPES, simulate
from tests.simulated.scores import by_exceedance, score, wrong_verdicts

SEEDS = range(12)
EDGES = (0.0, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.0)
pytestmark = pytest.mark.bench


@pytest.mark.parametrize("mean", [7.0, 2.0])
def test_risk_path_by_kind_of_province(mean: float) -> None:
    print(f"\n{mean:g} incidents an area and month\n| province | found | right | recent | false news a province |")  # noqa: T201
    for name, recipe in RECIPES.items():
        got = score(replace(recipe, mean=mean), SEEDS)
        print(f"| {name} | {got.found:.2f} | {got.right:.2f} | {got.recent:.2f} | {got.false_news:.2f} |")  # noqa: T201
    for name, recipe in FLAT.items():
        got = score(replace(recipe, mean=mean), SEEDS)
        print(f"| {name} | provinces with a false lasting one: {got.false_runs:.2f} | | | {got.false_news:.2f} |")  # noqa: T201


@pytest.mark.parametrize("mean", [7.0, 2.0])
def test_quarterly_exceedance(mean: float) -> None:
    got = score(replace(RECIPES["plain"], mean=mean), SEEDS, by_exceedance)
    print(f"\nexceedance by quarters at {mean:g}: found {got.found:.2f}, right {got.right:.2f}")  # noqa: T201


def test_a_probability_is_as_often_right_as_it_says() -> None:
    said, true = [], []
    for recipe in RECIPES.values():
        for mean in (7.0, 2.0):
            for seed in SEEDS:
                province = simulate(replace(recipe, mean=mean), np.random.default_rng(seed))
                paths = risk_paths(province.counts, province.population)
                said.append(paths.lasting)
                true.append(province.told(*LASTING))
    chance, truth = np.concatenate(said), np.concatenate(true)
    print("\n| said to be lasting | areas | lasting |")  # noqa: T201
    for low, high in pairwise(EDGES):
        among = (chance >= low) & (chance <= high)
        print(f"| {low:.2f} to {high:.2f} | {among.sum()} | {truth[among].mean():.2f} |")  # noqa: T201


@pytest.mark.parametrize("size", [np.inf, 20.0, 10.0])
def test_target_verdicts(size: float) -> None:
    print(f"\nnoise r = {size:g}: {wrong_verdicts(np.random.default_rng(6), size=size, times=5000):.3f} verdicts wrong")  # noqa: T201
