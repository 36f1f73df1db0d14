"""Scan statistics: the circles, and the circles in time, with more cases than chance gives. Knows places as points.

Every window of :mod:`geodata.statistics.scan_windows` is tried; p compares the likelihood ratio of a cluster with the
largest of all windows in each simulation, so it already allows for the many windows tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike
from scipy.stats import random_table

from geodata.statistics.scan_search import Hit, Progress, Scan
from geodata.statistics.scan_windows import EQUAL, Floats, Integers, Runs, bin_runs, draw_circles


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places that stand out together: 0-based, rising; LLR in natural logs."""

    members: tuple[int, ...]
    cases: int
    expected: float
    relative_risk: float
    llr: float
    p: float


@dataclass(frozen=True, slots=True)
class TimedCluster(Cluster):
    """A cluster of the bins start..end, both included."""

    start: int
    end: int


def poisson_scan(
    cases: ArrayLike,
    population: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    max_share: float = 0.5,
    simulations: int = 999,
    rng: Generator,
    progress: Progress | None = None,
) -> list[Cluster]:
    """Circles with a higher rate inside than outside (Kulldorff 1997), the likeliest first.

    Cases are Poisson with mean proportional to the population: expected m = C p(circle) / p(all). Circles are centred
    on the places and hold at most ``max_share`` of the population. Relative risk = (c / m) / ((C - c) / (C - m)), inf
    where all cases lie inside. p = (1 + simulations with a largest LLR at least as large) / (1 + simulations), under
    C cases thrown on the population (multinomial); the same maxima serve the second and later clusters (SaTScan's
    standard). Clusters share no place, each is the likeliest circle free of those before it, and all with LLR > 0 are
    listed whatever their p; of equally likely circles the smallest counts.

    Input has shape (n,), x and y in one plane unit. Places without a population above 0 take no part, with their cases.
    No cases, no place left, or each place above the share: no cluster. ``progress`` gets the part done; what it raises
    ends the work. Raises ValueError for shapes that differ, negative or broken counts and a share outside (0, 1].
    """
    counts, people = _counts(cases, 1), np.asarray(population, dtype=np.float64)
    places = _places(x, y)
    _check(len(counts) == len(people) == len(places), "cases, population, x and y differ in length")
    _check_options(max_share, simulations)
    kept = np.flatnonzero((people > 0) & np.isfinite(people))
    counts, people, places = counts[kept], people[kept], places[kept]
    total = int(counts.sum())
    if not total:
        return []
    shares = people / people.sum()
    scan = Scan(draw_circles(places[:, 0], places[:, 1], total * shares, max_share), [Runs(1, 0, 1, np.ones(1))], total)

    def simulate(random: Generator, n: int) -> Integers:
        drawn: Integers = random.multinomial(total, shares, size=n)
        return drawn[:, :, None]

    found = scan.likeliest(counts[:, None])
    maxima = scan.maxima(simulate, simulations, rng, progress) if found else np.empty(0)
    return [
        Cluster(_members(kept, hit), hit.cases, hit.expected, _risk(hit, total), hit.llr, _p(hit.llr, maxima))
        for hit in found
    ]


def permutation_scan(
    counts: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    max_share: float = 0.5,
    max_window: int,
    prospective: bool = False,
    simulations: int = 999,
    rng: Generator,
    progress: Progress | None = None,
) -> list[TimedCluster]:
    """Circles with more cases in a run of bins than place and bin alone explain (Kulldorff et al. 2005).

    A space-time permutation scan statistic for disease outbreak detection, PLoS Medicine 2(3), e59. ``counts`` has
    shape (areas, bins). m = r k / C, r the cases of the circle in all bins, k those of the run of bins in all areas;
    relative risk = c / m. It needs no population and cancels whatever differs between places or between times for
    good: it sees short rises, never a lasting one. Runs have up to ``max_window`` bins and, where ``prospective``, end
    in the last bin. A circle holds at most ``max_share`` of all cases, as SaTScan has it for this
    model. Simulations permute the times of the cases: random tables with both margins kept.

    Clusters share no area, whatever their bins; of equally likely ones that with the fewest areas counts, then the
    shortest run, then the earliest. Else as :func:`poisson_scan`: p, order, what is listed, errors, progress. No case,
    or a single bin: no cluster. Raises ValueError too for ``max_window`` below 1.
    """
    table = _counts(counts, 2)
    places = _places(x, y)
    _check(len(table) == len(places), "counts, x and y differ in length")
    _check_options(max_share, simulations)
    _check(max_window >= 1, f"a window of {max_window} bins is none")
    total = int(table.sum())
    if not total:
        return []
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    circles = draw_circles(places[:, 0], places[:, 1], rows.astype(np.float64), max_share)
    scan = Scan(circles, bin_runs(columns, max_window, prospective=prospective), total)

    def simulate(random: Generator, n: int) -> Integers:
        drawn: Integers = random_table(rows, columns).rvs(n, random_state=random).astype(np.int64)
        return drawn.reshape(n, *table.shape)

    found = scan.likeliest(table)
    maxima = scan.maxima(simulate, simulations, rng, progress) if found else np.empty(0)
    everywhere = np.arange(len(table))
    return [
        TimedCluster(
            _members(everywhere, hit),
            hit.cases,
            hit.expected,
            hit.cases / hit.expected,
            hit.llr,
            _p(hit.llr, maxima),
            hit.start,
            hit.end,
        )
        for hit in found
    ]


def _members(kept: Integers, hit: Hit) -> tuple[int, ...]:
    return tuple(sorted(kept[hit.places].tolist()))


def _risk(hit: Hit, total: int) -> float:
    outside = (total - hit.cases) / (total - hit.expected)
    return hit.cases / hit.expected / outside if outside else inf


def _p(llr: float, maxima: Floats) -> float:
    """The rank of an LLR among the simulated maxima; equal counts as at least as large."""
    return float((1 + np.count_nonzero(maxima >= llr * (1 - EQUAL))) / (1 + len(maxima)))


def _counts(given: ArrayLike, dimensions: int) -> Integers:
    counts = np.asarray(given)
    _check(counts.ndim == dimensions, f"counts have {counts.ndim} dimensions, not {dimensions}")
    whole: Integers = np.rint(counts).astype(np.int64)
    _check(bool((whole == counts).all() and (whole >= 0).all()), "counts must be whole numbers, 0 or more")
    return whole


def _places(x: ArrayLike, y: ArrayLike) -> Floats:
    places = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
    _check(bool(np.isfinite(places).all()), "every place needs coordinates")
    return places


def _check_options(max_share: float, simulations: int) -> None:
    _check(0 < max_share <= 1, f"a share of {max_share} is not above 0 and at most 1")
    _check(simulations >= 0, f"{simulations} simulations cannot be made")


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
