"""Local statistics beside esda on the same data, pair by pair in one run; asserts no time.

Not collected by a plain run. Measure with ``OMP_NUM_THREADS=1 pytest tests/bench/bench_statistics.py -s``; ratios are
printed and recorded in ``extra_info``.
"""

from __future__ import annotations

import math
import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from esda.getisord import G_Local
from esda.moran import Moran_Local
from numpy.typing import NDArray
from scipy import sparse

from geodata.geometry.lattice import ROW, Lattice, hexagons
from geodata.statistics.gi_star import gi_star, gi_star_permutation
from geodata.statistics.local_moran import local_moran
from tests.oracles.weights import as_pysal

PAIRS = 3
PERMUTATIONS = 999
SQUARE = shapely.box(500_000, 1_200_000, 590_000, 1_290_000)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(benchmark: Any, name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Print the median of their time over ours, pair by pair after a warm run of each."""
    ours(), theirs()
    pairs = [(timed(theirs), statistics.median(timed(ours) for _ in range(5))) for _ in range(PAIRS)]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    slow, fast = (statistics.median(side) for side in zip(*pairs, strict=True))
    benchmark.extra_info.update({"ratio": round(ratio, 1)})
    benchmark.pedantic(ours, rounds=3)
    print(f"\n{name}: {ratio:,.0f} x esda ({fast * 1000:.2f} ms against {slow * 1000:,.0f} ms)")  # noqa: T201


def province(areas: int) -> tuple[Lattice, sparse.csr_array, Any]:
    cells = hexagons(SQUARE, math.sqrt(SQUARE.area / areas / ROW))
    weights = cells.neighbours()
    return cells, weights, as_pysal(weights)


def z_of_esda(values: NDArray[np.float64], weights: Any) -> NDArray[np.float64]:
    return np.column_stack([G_Local(x, weights, transform="B", star=True, permutations=0).Zs for x in values.T])


@pytest.mark.bench
@pytest.mark.parametrize(("areas", "fields"), [(94, 36 * 4), (5000, 12)])
def test_gi_star_of_all_fields_at_once(benchmark: Any, areas: int, fields: int) -> None:
    cells, weights, pysal = province(areas)
    values = np.random.default_rng(1).poisson(7, (len(cells), fields)).astype(float)
    difference = np.abs(gi_star(values, weights) - z_of_esda(values, pysal)).max()
    name = f"Gi*, {len(cells):,} areas x {fields} fields (largest difference {difference:.0e})"
    compare(benchmark, name, lambda: gi_star(values, weights), lambda: z_of_esda(values, pysal))


@pytest.mark.bench
@pytest.mark.parametrize("areas", [94, 5000])
def test_permutations_of_one_field(benchmark: Any, areas: int) -> None:
    cells, weights, pysal = province(areas)
    values = np.random.default_rng(1).gamma(2.0, 1.0, len(cells))
    rng = np.random.default_rng(2)

    def ours() -> object:
        return gi_star_permutation(values, weights, permutations=PERMUTATIONS, rng=rng)

    def theirs() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return G_Local(values, pysal, transform="B", star=True, permutations=PERMUTATIONS, seed=1)

    compare(benchmark, f"Gi* with {PERMUTATIONS} permutations, {len(cells):,} areas", ours, theirs)


@pytest.mark.bench
def test_permutations_of_all_fields(benchmark: Any) -> None:
    cells, weights, pysal = province(94)
    values = np.random.default_rng(1).poisson(7, (len(cells), 144)).astype(float)
    rng = np.random.default_rng(2)

    def theirs() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return [G_Local(x, pysal, transform="B", star=True, permutations=PERMUTATIONS, seed=1) for x in values.T]

    name = f"Gi* with {PERMUTATIONS} permutations, {len(cells)} areas x 144 fields"
    compare(benchmark, name, lambda: gi_star_permutation(values, weights, permutations=PERMUTATIONS, rng=rng), theirs)


@pytest.mark.bench
def test_local_moran_with_permutations(benchmark: Any) -> None:
    cells, weights, pysal = province(5000)
    values = np.random.default_rng(1).gamma(2.0, 1.0, len(cells))

    def theirs() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return Moran_Local(values, pysal, permutations=PERMUTATIONS, seed=1)

    name = f"local Moran with {PERMUTATIONS} permutations, {len(cells):,} areas"
    compare(benchmark, name, lambda: local_moran(values, weights, permutations=PERMUTATIONS), theirs)


@pytest.mark.bench
def test_hexagons_over_an_outline_of_many_corners(benchmark: Any) -> None:
    outline = shapely.Point(540_000, 1_250_000).buffer(36_000, quad_segs=6_000)
    cells = benchmark.pedantic(lambda: hexagons(outline, math.sqrt(outline.area / 5056 / ROW)), rounds=5)
    points = np.random.default_rng(1).uniform([504_000, 1_214_000], [576_000, 1_286_000], (1_000_000, 2)).T
    found = statistics.median(timed(lambda: cells.locate(*points)) for _ in range(5))
    taken = benchmark.stats.stats.median
    print(f"\n{len(cells):,} hexagons in {taken:.2f} s; a million points located in {found:.2f} s")  # noqa: T201
