"""The risk path on provinces made up, whose hot spots are known: what must be found, and what must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.simulated.province import FLAT, MONTHS, RECIPES, simulate
from tests.simulated.scores import by_exceedance, score, wrong_verdicts

SEEDS = range(12)
FEWER = range(8)
pytestmark = pytest.mark.slow


def test_lasting_and_recent_hot_spots_are_found_at_seven_a_month() -> None:
    got = score(RECIPES["plain"], SEEDS)
    assert got.found >= 0.90
    assert got.right >= 0.97
    assert got.recent >= 0.70


def test_lasting_hot_spots_are_found_at_two_a_month() -> None:
    got = score(replace(RECIPES["plain"], mean=2.0), SEEDS)
    assert got.found >= 0.60
    assert got.right >= 0.90


@pytest.mark.parametrize("name", ["noisy", "few", "many", "gaps", "uneven people"])
def test_other_provinces_are_told_nearly_as_well(name: str) -> None:
    got = score(RECIPES[name], FEWER)
    assert got.found >= 0.80
    assert got.right >= 0.93


@pytest.mark.parametrize("mean", [7.0, 2.0])
def test_a_flat_province_has_no_lasting_hot_spot(mean: float) -> None:
    runs = [score(replace(recipe, mean=mean), FEWER) for recipe in FLAT.values()]
    assert np.mean([run.false_runs for run in runs]) <= 0.05
    assert np.mean([run.false_news for run in runs]) <= 0.1


def test_the_second_opinion_is_seldom_wrong() -> None:
    assert score(RECIPES["plain"], SEEDS, by_exceedance).right >= 0.95


@pytest.mark.parametrize("size", [np.inf, 20.0])
def test_few_target_verdicts_are_wrong(size: float) -> None:
    assert wrong_verdicts(np.random.default_rng(6), size=size, times=3000) <= 0.10


def test_a_province_is_the_same_twice_and_holds_what_was_planted() -> None:
    first, second = (simulate(RECIPES["even"], np.random.default_rng(9)) for _ in range(2))
    assert (first.counts == second.counts).all()
    assert first.counts.mean() == pytest.approx(7, rel=0.1)
    hot = (first.risk > 1.5).sum(axis=1)
    assert (hot[first.told("constant", "rising", "falling")] == MONTHS).all()
    assert ((hot >= 1) & (hot <= 6))[first.told("recent")].all()
    assert not hot[first.told("none")].any()
    assert first.told("none").sum() == 94 - 19
