"""How often scans and near repeats are right, and how often they alarm for nothing, over made-up provinces.

``python -m tests.bench.measure_scan`` prints the figures of docs/methods.md in two or three minutes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from geodata.answers.rises import new_month_high
from geodata.statistics.near_repeat import Knox, knox
from geodata.statistics.scan import TimedCluster, permutation_scan, poisson_scan
from tests.simulated.province import FLAT, RECIPES, Province, Recipe, simulate

SEEDS = 20
BINS, WINDOW = 12, 6  # the last year, rises of up to six months
ALPHA, STRONG, FEWEST = 0.05, 1.5, 5


def incidents(rng: Generator, n: int, side: float, repeats: int) -> tuple[NDArray[np.float64], ...]:
    """Two years of incidents in 40 towns, ``side`` metres across; the last repeat others within 80 m and 10 days."""
    towns = rng.uniform(0, side, (40, 2))
    places = towns[rng.integers(0, 40, n)] + rng.normal(0, side / 60, (n, 2))
    times = rng.integers(0, 730, n).astype(float)
    chosen = rng.integers(0, n - repeats, repeats)
    angle, away = rng.uniform(0, 2 * math.pi, repeats), rng.uniform(5, 80, repeats)
    places[n - repeats :] = places[chosen] + np.column_stack([np.cos(angle), np.sin(angle)]) * away[:, None]
    times[n - repeats :] = times[chosen] + rng.integers(0, 11, repeats)
    return places[:, 0], places[:, 1], times


def table(points: Sequence[NDArray[np.float64]], rng: Generator, permutations: int = 999) -> Knox:
    x, y, t = points
    return knox(x, y, t, distance_bands=[100, 200, 400], time_bands=[7, 14, 28], permutations=permutations, rng=rng)


def clusters_found(recipe: Recipe, seeds: int = SEEDS) -> tuple[float, float, float]:
    """Poisson scan over all months: lasting areas found, flagged areas right, runs that alarm, as shares.

    Flagged: in a cluster with p <= 0.05 and relative risk >= 1.5, in circles of up to a quarter of the people. Right:
    the area's mean risk over the months is at least 1.5.
    """
    found = lasting = flagged = right = alarms = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        made = simulate(recipe, rng)
        clusters = poisson_scan(
            made.counts.sum(axis=1), made.population, made.x, made.y, max_share=0.25, rng=np.random.default_rng(seed)
        )
        told = [c for c in clusters if c.p <= ALPHA and c.relative_risk >= STRONG]
        members = np.zeros(len(made.x), dtype=bool)
        members[[member for cluster in told for member in cluster.members]] = True
        always = made.told("constant", "rising", "falling")
        found, lasting = found + int((members & always).sum()), lasting + int(always.sum())
        flagged, right = flagged + int(members.sum()), right + int((members & (made.risk.mean(axis=1) >= STRONG)).sum())
        alarms += bool(told)
    return found / lasting if lasting else math.nan, right / flagged if flagged else math.nan, alarms / seeds


def scanned(counts: NDArray[np.int64], made: Province, seed: int) -> list[TimedCluster]:
    """The rises that the register would tell of: p <= 0.05, on five incidents or more."""
    rng = np.random.default_rng(seed)
    found = permutation_scan(counts, made.x, made.y, max_share=0.5, max_window=WINDOW, prospective=True, rng=rng)
    return [rise for rise in found if rise.p <= ALPHA and rise.cases >= FEWEST]


def confirmed(counts: NDArray[np.int64], made: Province, seed: int) -> tuple[set[int], set[int]]:
    """Areas of counts (areas, 13) in rises of the last twelve months, and in those that the last month confirms."""
    now, before = scanned(counts[:, 1:], made, seed), scanned(counts[:, :-1], made, seed)
    alarm = {member for rise in now for member in rise.members}
    stand = [rise for rise in before if alarm & set(rise.members) and new_month_high(counts, rise.members, rise.start)]
    return alarm, {member for rise in stand for member in rise.members}


def rises_alarmed(recipe: Recipe, seeds: int = SEEDS) -> tuple[float, float]:
    """Quiet provinces: share of runs that alarm, and of runs with an alarm that the month after confirms."""
    once = twice = 0
    for seed in range(seeds):
        made = simulate(recipe, np.random.default_rng(seed))
        alarm, stands = confirmed(made.counts[:, -BINS - 1 :], made, seed)
        once, twice = once + bool(alarm), twice + bool(stands)
    return once / seeds, twice / seeds


def rises_found(size: float, seeds: int = SEEDS) -> tuple[float, float, float]:
    """One commune at ``size`` times its usual for three months of an overdispersed province.

    Shares of runs in which it is found and in which the third month confirms it, and of areas confirmed that are right.
    """
    found = sure = flagged = 0
    quiet = Recipe(size=20.0)
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        made = simulate(quiet, rng)
        chosen = int(rng.integers(len(made.x)))
        counts = made.counts[:, -BINS - 1 :].copy()
        counts[chosen, -3:] += rng.poisson((size - 1) * counts[chosen].mean(), 3)
        alarm, stands = confirmed(counts, made, seed)
        found, sure, flagged = found + (chosen in alarm), sure + (chosen in stands), flagged + len(stands)
    return found / seeds, sure / seeds, sure / flagged if flagged else math.nan


def near_repeats(repeats: int, seeds: int = SEEDS) -> tuple[float, float, float]:
    """All seeds together: ratio at 0-100 m and 0-7 days, at 200-400 m and 14-28 days; how often p <= 0.05 near by."""
    tables = [
        table(incidents(np.random.default_rng(seed), 3_000, 20_000, repeats), np.random.default_rng(seed), 199)
        for seed in range(seeds)
    ]
    pairs, expected = np.sum([t.pairs for t in tables], axis=0), np.sum([t.expected for t in tables], axis=0)
    near, far = pairs[1, 0] / expected[1, 0], pairs[3, 2] / expected[3, 2]
    return float(near), float(far), float(np.mean([t.p[1, 0] <= ALPHA for t in tables]))


def main() -> None:
    print(f"{SEEDS} provinces each. Poisson scan: lasting found, flagged right, runs with a cluster")  # noqa: T201
    for name in ("even", "clear", "noisy", "faint", "uneven people"):
        print(f"  {name:22}", *(f"{value:.2f}" for value in clusters_found(RECIPES[name])))  # noqa: T201
        thin = clusters_found(replace(RECIPES[name], mean=2.0))
        print(f"  {name + ', 2 a month':22}", *(f"{value:.2f}" for value in thin))  # noqa: T201
    for name, recipe in FLAT.items():
        print(f"  {name:22}", f"{clusters_found(recipe)[2]:.2f}")  # noqa: T201
    print("Permutation scan on quiet provinces: runs that alarm, with an alarm the month after confirms")  # noqa: T201
    for size in (np.inf, 40.0, 20.0, 10.0):
        quiet = Recipe(size=size)
        print(f"  r = {size:4}", *(f"{value:.2f}" for value in rises_alarmed(quiet)))  # noqa: T201
    print("A commune at 2 and 3 times its usual for three months: found, confirmed, areas confirmed right")  # noqa: T201
    for times in (2.0, 3.0):
        print(f"  x {times}", *(f"{value:.2f}" for value in rises_found(times)))  # noqa: T201
    print("Near repeats planted among 3,000: ratio at 0-100 m and 0-7 days, at 200-400 m and 14-28 days, found")  # noqa: T201
    for planted in (0, 30, 100):
        print(f"  {planted:4}", *(f"{value:.2f}" for value in near_repeats(planted)))  # noqa: T201


if __name__ == "__main__":
    main()
