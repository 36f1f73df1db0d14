"""Scans and near repeats beside their slow twins, in one run; asserts no time.

Not collected by a plain run. Measure with ``pytest tests/bench/bench_scan.py -s``. The twins look at one table and are
counted a thousand times, as 999 simulations and the data would be.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from geodata.statistics.scan import permutation_scan, poisson_scan
from tests.bench.measure_scan import incidents, table
from tests.oracles import near_repeat as slow_pairs
from tests.oracles import scan as slow
from tests.simulated.province import RECIPES, Province, simulate


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], rounds: int = 5) -> float:
    return statistics.median(timed(work) for _ in range(rounds))


@pytest.fixture(scope="module")
def province() -> Province:
    return simulate(RECIPES["even"], np.random.default_rng(1))


@pytest.mark.bench
def test_the_poisson_scan(benchmark: Any, province: Province) -> None:
    cases, spots = province.counts.sum(axis=1), list(zip(province.x, province.y, strict=True))

    def scan(simulations: int = 999) -> object:
        rng = np.random.default_rng(1)
        return poisson_scan(cases, province.population, province.x, province.y, simulations=simulations, rng=rng)

    twin = timed(lambda: slow.poisson(cases.tolist(), province.population.tolist(), spots, 0.5)) * 1000
    fast = median(scan)
    benchmark.pedantic(scan, rounds=3)
    benchmark.extra_info.update(ratio_to_twin=round(twin / fast))
    print(f"\npoisson_scan 94 x 999: {fast:.2f} s, {twin / fast:,.0f} x the twin")  # noqa: T201


@pytest.mark.bench
@pytest.mark.parametrize("prospective", [False, True])
def test_the_permutation_scan(benchmark: Any, province: Province, prospective: bool) -> None:
    counts, spots = province.counts, list(zip(province.x, province.y, strict=True))

    def scan() -> object:
        return permutation_scan(
            counts, province.x, province.y, max_window=6, prospective=prospective, rng=np.random.default_rng(1)
        )

    twin = timed(lambda: slow.permutation(counts.tolist(), spots, 0.5, 6, prospective=prospective)) * 1000
    fast = median(scan)
    benchmark.pedantic(scan, rounds=3)
    benchmark.extra_info.update(ratio_to_twin=round(twin / fast))
    kind = "ending now" if prospective else "of any time"
    print(f"\npermutation_scan 94 x 36 x 999, rises {kind}: {fast:.2f} s, {twin / fast:,.0f} x the twin")  # noqa: T201


@pytest.mark.bench
@pytest.mark.parametrize("side", [60_000, 10_000])
def test_the_knox_table(benchmark: Any, side: float) -> None:
    points = incidents(np.random.default_rng(1), 5_000, side, 300)
    few = [tuple(float(v) for v in row) for row in np.column_stack(points)[:1000]]
    pairs = math.comb(5_000, 2) / math.comb(1_000, 2)
    twin = timed(lambda: slow_pairs.pairs(few, [100, 200, 400], [7, 14, 28])) * pairs * 1000  # type: ignore[arg-type]
    fast = median(lambda: table(points, np.random.default_rng(1)))
    benchmark.pedantic(table, args=(points, np.random.default_rng(1)), rounds=3)
    benchmark.extra_info.update(ratio_to_twin=round(twin / fast))
    found = int(table(points, np.random.default_rng(1), 1).pairs.sum())
    print(f"\nknox 5,000 x 999 ({found:,} near pairs): {fast:.2f} s, {twin / fast:,.0f} x the twin")  # noqa: T201
