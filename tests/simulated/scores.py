"""How well what was planted is found: names of areas against the stories of made-up provinces. Draws no picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from geodata.statistics.change import target_verdict
from geodata.statistics.emerging import classify_all, exceedance_states
from geodata.statistics.risk_path import risk_paths
from tests.simulated.province import LASTING, Province, Recipe, simulate

LASTING_NAMES = ("persistent hot spot", "intensifying hot spot", "diminishing hot spot")
RECENT_NAMES = ("new hot spot", "consecutive hot spot")
TRUE_RATIOS = (0.6, 0.7, 0.8, 0.85, 0.95, 1.0, 1.1)

Namer = Callable[[Province], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over provinces; nan where nothing of the kind was planted or flagged."""

    found: float  # of the lasting hot spots, those named lasting
    right: float  # of those named lasting, the lasting hot spots
    recent: float  # of the recent ones, those named new or consecutive
    false_runs: float  # share of provinces where anything else was named lasting
    false_news: float  # areas a province without a story that were named new or consecutive


def by_risk_path(province: Province) -> Sequence[str]:
    names: list[str] = risk_paths(province.counts, province.population).pattern.tolist()
    return names


def by_exceedance(province: Province) -> Sequence[str]:
    """Twelve quarters, each by itself, named by the definitions without a trend."""
    areas, months = province.counts.shape
    quarters = province.counts.reshape(areas, months // 3, 3).sum(axis=2)
    return classify_all(exceedance_states(quarters, province.population), ["none"] * areas)


def score(recipe: Recipe, seeds: Sequence[int], namer: Namer = by_risk_path) -> Score:
    """The mean score over one province a seed."""
    rows = np.array([_marks(simulate(recipe, np.random.default_rng(seed)), namer) for seed in seeds])
    known = np.isfinite(rows)
    sums = np.where(known, rows, 0.0).sum(axis=0)
    n = known.sum(axis=0)
    return Score(*map(float, np.where(n > 0, sums / np.maximum(n, 1), np.nan)))


def _marks(province: Province, namer: Namer) -> tuple[float, ...]:
    names = namer(province)
    lasting, recent = np.isin(names, LASTING_NAMES), np.isin(names, RECENT_NAMES)
    planted = province.told(*LASTING)
    return (
        _share(lasting, planted),
        _share(planted, lasting),
        _share(recent, province.told("recent")),
        float((lasting & ~planted).any()),
        float((recent & province.told("none")).sum()),
    )


def _share(hits: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(hits[among].mean()) if among.any() else np.nan


def wrong_verdicts(rng: Generator, *, size: float, times: int, target: float = 0.9) -> float:
    """Share of verdicts against the truth: "met" where the true ratio is above the target, "missed" where below.

    One verdict a draw: a yearly count of 50 to 2,000 incidents from 12 months of 10 areas with negative-binomial noise
    of this size, and the next year's at one of TRUE_RATIOS.
    """
    wrong = 0
    for _ in range(times):
        yearly, ratio = np.exp(rng.uniform(np.log(50), np.log(2000))), rng.choice(TRUE_RATIOS)
        noise = rng.gamma(size, 1 / size, (2, 120)) if np.isfinite(size) else np.ones((2, 120))
        before, after = rng.poisson(noise * yearly / 120 * np.array([[1.0], [ratio]])).sum(axis=1)
        wrong += target_verdict(int(before), int(after), target=target) == ("met" if ratio > target else "missed")
    return wrong / times
