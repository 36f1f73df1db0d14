"""Density of incidents: the grid against scipy's kernel estimate and the plain sum, pair by pair; asserts no time.

Not collected by a plain run. Measure with ``pytest tests/bench/bench_density.py -s``. The slow ways are timed on a
sample of the places and scaled up: the whole grid would take them minutes.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from scipy.stats import gaussian_kde

from geodata.statistics.density import Edge, intensity, kernel_mass
from geodata.statistics.kernel_grid import Raster, density_grid

POINTS, SIDE, CELLS, BANDWIDTH_M = 100_000, 70_000.0, 512, 250.0
SAMPLE, PAIRS = 60, 3


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.bench
@pytest.mark.parametrize("edge", ["none", "uniform", "diggle"])
def test_the_grid_beside_scipy_and_the_plain_sum(benchmark: Any, edge: Edge) -> None:
    rng = np.random.default_rng(1)
    points = np.vstack([rng.normal(town, 900, (POINTS // 50, 2)) for town in rng.uniform(8e3, SIDE - 8e3, (50, 2))])
    raster = Raster.over((0.0, 0.0, SIDE, SIDE), SIDE / CELLS)
    region = shapely.box(5e3, 5e3, SIDE - 5e3, SIDE - 5e3)
    mask = raster.inside(region)
    points = points[shapely.contains_xy(region, points)]
    x, y = raster.centres()
    some = rng.integers(0, int(mask.sum()), SAMPLE)
    row, column = (part[some] for part in np.nonzero(mask))
    at, scale = np.c_[x[column], y[row]], mask.size / SAMPLE
    kernel = gaussian_kde(points.T)
    kernel.set_bandwidth(BANDWIDTH_M / np.sqrt(np.linalg.det(kernel.covariance)) ** 0.5 * kernel.factor)

    def grid() -> Any:
        return density_grid(points, raster, BANDWIDTH_M, mask=mask, edge=edge)

    grid()
    runs = [
        (timed(lambda: kernel(at.T)) * scale, timed(lambda: intensity(points, at, BANDWIDTH_M)) * scale, timed(grid))
        for _ in range(PAIRS)
    ]
    ratios = [statistics.median(run[k] / run[2] for run in runs) for k in (0, 1)]
    found = benchmark.pedantic(grid, rounds=9, warmup_rounds=1)
    exact = intensity(points, at, BANDWIDTH_M, region=region, edge=edge)
    error = float(np.abs(found[row, column] - exact).max() / np.nanmax(found))
    took = statistics.median(run[2] for run in runs) * 1000
    benchmark.extra_info.update(ratio_to_scipy=round(ratios[0]), ratio_to_sum=round(ratios[1]), error_of_peak=error)
    print(  # noqa: T201
        f"\n{edge}: {len(points):,} points on {CELLS} x {CELLS} in {took:.0f} ms, {ratios[0]:,.0f} x scipy,"
        f" {ratios[1]:,.0f} x the plain sum; error {error:.1e} of the peak"
    )


@pytest.mark.bench
def test_exact_masses_along_a_long_border(benchmark: Any) -> None:
    rng = np.random.default_rng(2)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 5000))
    radius = 30_000 * (1 + 0.05 * np.sin(9 * angle) + 0.01 * rng.standard_normal(5000))
    region = shapely.Polygon(np.c_[radius * np.cos(angle), radius * np.sin(angle)])
    places = rng.uniform(-33_000, 33_000, (20_000, 2))
    benchmark.pedantic(kernel_mass, args=(region, places, BANDWIDTH_M), rounds=3, warmup_rounds=1)
    took = timed(lambda: kernel_mass(region, places, BANDWIDTH_M))
    print(f"\n{len(places):,} places, 5,000 corners: {took:.2f} s")  # noqa: T201
