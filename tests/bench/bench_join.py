"""The join against default ``geopandas.sjoin``, pair by pair in one run; asserts no time.

Not collected by a plain run. Measure with ``pytest tests/bench/bench_join.py -s``; the ratio is printed and recorded
in ``extra_info`` (``--benchmark-json=join.json``).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from geodata.boundaries.features import read_features
from geodata.geometry.locate import PointLocator

POINTS = 1_000_000
PAIRS = 3


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def sjoin(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> NDArray[Any]:
    joined = gpd.sjoin(points, areas, how="left")
    lowest: NDArray[Any] = joined["index_right"].groupby(level=0).min().fillna(-1).to_numpy()
    return lowest


@pytest.mark.bench
@pytest.mark.parametrize("name", ["communes_2024", "communes_2025"])
def test_the_join_beside_sjoin(benchmark: Any, shared_data: Path, name: str) -> None:
    polygons = read_features(shared_data / f"{name}.geojson").geometries
    west, south, east, north = shapely.total_bounds(polygons)
    rng = np.random.default_rng(1)
    x, y = rng.uniform(west, east, POINTS), rng.uniform(south, north, POINTS)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs="EPSG:4326")
    areas = gpd.GeoDataFrame(geometry=polygons, crs="EPSG:4326")
    locator = PointLocator(polygons)
    pairs = [
        (timed(lambda: gpd.sjoin(points, areas, how="left")), timed(lambda: locator.locate(x, y))) for _ in range(PAIRS)
    ]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    found = benchmark.pedantic(locator.locate, args=(x, y), rounds=7, warmup_rounds=1)
    differing = int((found != sjoin(points, areas)).sum())
    build = statistics.median(timed(lambda: PointLocator(polygons)) for _ in range(3))
    benchmark.extra_info.update(ratio_to_sjoin=round(ratio, 1), build_s=round(build, 4), differing=differing)
    print(f"\n{name}: {ratio:.0f} x sjoin at {POINTS:,} points, build {build:.3f} s, {differing} rows differ")  # noqa: T201
    assert differing == 0
