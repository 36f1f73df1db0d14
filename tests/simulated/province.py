"""A province made up, whose hot spots are known because they were planted. Knows no method that looks for them.

94 areas on a grid, 36 months. Each area has inhabitants (log-normal), a mild risk of its own (below the threshold,
alike among neighbours), and perhaps a story: hot for good (constant, rising, falling), for the last one to six months
(recent), now and then (sporadic), or once (historical). Counts are negative binomial about people x risk x season.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

AREAS, MONTHS, COLUMNS = 94, 36, 10
LASTING = frozenset({"constant", "rising", "falling"})
MILDEST, COOLEST = 1.4, 0.6  # risk of a place without a story stays clear of the threshold of 1.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What kind of province: how big, how uneven, how noisy, and how many stories of each kind."""

    mean: float = 7.0  # incidents an area and month, over the whole province
    people_spread: float = 0.5  # sd of the log of the inhabitants
    mild: float = 0.1  # sd of the log of the mild risk
    alike: float = 1.0  # over how many cells neighbours are alike
    season: float = 0.15  # how far a month lies from the year's mean
    size: float = 25.0  # r of the negative binomial; inf is Poisson
    hot: tuple[float, float] = (1.8, 4.0)  # relative risk of a hot place
    news: tuple[int, int] = (1, 6)  # for how many months a recent place is hot
    stories: Mapping[str, int] = field(default_factory=dict)
    giant: bool = False  # one area with half of the inhabitants
    gaps: int = 0  # months in which nobody reported anything


@dataclass(frozen=True, slots=True)
class Province:
    counts: NDArray[np.int64]  # (areas, months)
    population: Floats
    x: Floats
    y: Floats
    stories: tuple[str, ...]  # one an area; "none" where nothing was planted
    risk: Floats  # (areas, months) against a place without a story

    def told(self, *kinds: str) -> NDArray[np.bool_]:
        """Which areas have one of these stories."""
        return np.isin(self.stories, kinds)


EVEN = {"constant": 4, "rising": 2, "falling": 2, "recent": 5, "sporadic": 3, "historical": 3}
FEW = {"constant": 2, "rising": 1, "falling": 1, "recent": 2, "historical": 1}
MANY = {"constant": 8, "rising": 3, "falling": 3, "recent": 4, "sporadic": 3, "historical": 3}
RECIPES: dict[str, Recipe] = {
    "plain": Recipe(stories=EVEN, people_spread=0.3, hot=(2.0, 4.0), news=(2, 6)),
    "even": Recipe(stories=EVEN),
    "clear": Recipe(stories=EVEN, people_spread=0.4, hot=(2.4, 4.0)),
    "uneven people": Recipe(stories=EVEN, people_spread=0.9, mild=0.15, season=0.25),
    "noisy": Recipe(stories=EVEN, size=12.0, mild=0.15, season=0.25),
    "pure chance": Recipe(stories=EVEN, size=np.inf, mild=0.0, season=0.0),
    "few": Recipe(stories=FEW, mild=0.15),
    "many": Recipe(stories=MANY),
    "giant": Recipe(stories=EVEN, giant=True),
    "gaps": Recipe(stories=EVEN, gaps=3),
    "neighbours alike": Recipe(stories=EVEN, mild=0.2, alike=2.0),
    "faint": Recipe(stories=EVEN, hot=(1.8, 2.4)),
}
FLAT: dict[str, Recipe] = {
    "flat": Recipe(mild=0.0, size=np.inf, season=0.0),
    "flat, seasons": Recipe(mild=0.0, season=0.3),
    "flat, noisy": Recipe(mild=0.0, size=12.0),
    "flat, mild risks": Recipe(mild=0.15, alike=1.5),
    "flat, uneven people": Recipe(mild=0.1, people_spread=0.9),
}


def simulate(recipe: Recipe, rng: Generator) -> Province:
    """One province of this kind; the same generator in the same state gives the same one."""
    cells = np.arange(AREAS)
    people = rng.lognormal(0.0, recipe.people_spread, AREAS)
    if recipe.giant:
        giant = int(rng.integers(AREAS))
        people[giant] = people.sum() - people[giant]
    stories = np.full(AREAS, "none", dtype=object)
    names = [name for name, n in recipe.stories.items() for _ in range(n)]
    stories[rng.permutation(AREAS)[: len(names)]] = names
    own = _mild(recipe, rng)
    told = [_story(str(kind), recipe, rng) for kind in stories]
    risk = np.array([np.where(line > 1, line, mild) for line, mild in zip(told, own, strict=True)])
    season = 1 + recipe.season * np.sin(2 * np.pi * (np.arange(MONTHS) / 12 + rng.random()))
    season[rng.permutation(MONTHS)[: recipe.gaps]] = 0.0
    mean = people[:, None] * risk * season
    mean *= recipe.mean / mean.mean()
    noise = np.ones_like(mean) if np.isinf(recipe.size) else rng.gamma(recipe.size, 1 / recipe.size, mean.shape)
    x, y = (cells % COLUMNS).astype(float), (cells // COLUMNS).astype(float)
    population = np.round(people / people.mean() * 12_000)
    return Province(rng.poisson(mean * noise), population, x, y, tuple(map(str, stories)), risk)


def _mild(recipe: Recipe, rng: Generator) -> Floats:
    rows = -(-AREAS // COLUMNS)
    field_ = gaussian_filter(rng.standard_normal((rows, COLUMNS)), recipe.alike, mode="nearest").ravel()[:AREAS]
    spread = field_.std()
    return np.asarray(np.clip(np.exp(recipe.mild * (field_ - field_.mean()) / spread), COOLEST, MILDEST))


def _story(kind: str, recipe: Recipe, rng: Generator) -> Floats:
    """Relative risk by month; 1 in months without a story."""
    line, level = np.ones(MONTHS), rng.uniform(*recipe.hot)
    faint, strong = rng.uniform(1.6, 1.8), max(level, rng.uniform(2.4, 4.0))
    if kind == "constant":
        line[:] = level
    elif kind == "rising":
        line[:] = np.geomspace(faint, strong, MONTHS)
    elif kind == "falling":
        line[:] = np.geomspace(strong, faint, MONTHS)
    elif kind == "recent":
        line[-rng.integers(recipe.news[0], recipe.news[1] + 1) :] = max(level, 2.0)
    elif kind == "historical":
        line[: rng.integers(18, 33)] = level
    elif kind == "sporadic":
        line[:] = _on_and_off(rng, level)
    return line


def _on_and_off(rng: Generator, level: float) -> Floats:
    """Spells of two to five months on and two to six off, counted back from the last month, which is on."""
    line, end, on = np.ones(MONTHS), MONTHS, True
    while end > 0:
        begin = max(0, end - int(rng.integers(2, 6 if on else 7)))
        if on:
            line[begin:end] = level
        end, on = begin, not on
    return line
