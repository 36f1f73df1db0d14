"""How good was a forecast of places? Shares of incidents caught in shares of the area. Knows cells, never persons.

Recorded crime follows patrols: a good figure says that records are forecast, and those who show it say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.statistics.kernel_grid import Raster, density_grid

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
BANDWIDTH_M: Final = 250.0
WINDOW: Final = 12  # months of the past that a forecast uses
FAINT: Final = 1e-9  # of the densest cell: below it is rounding of the transform, and counts as nothing


def hit_rate(hits: float, total: float) -> float:
    """Share of the incidents that fell where the forecast pointed; nan without incidents."""
    return hits / total if total > 0 else nan


def pai(hits: float, total: float, area: float, total_area: float) -> float:
    """Prediction accuracy index (hits / total) / (area / total_area); 1 is no better than chance.

    (Chainey, Tompson and Uhlig 2008, The utility of hotspot mapping for predicting spatial patterns of crime, Security
    Journal 21, 4-28.) nan without incidents or where an area is not above 0.
    """
    return hit_rate(hits, total) / (area / total_area) if area > 0 and total_area > 0 else nan


def pei(pai: float, best_pai: float) -> float:
    """Prediction efficiency index: a PAI as a share of the best that any choice of as much area could have had.

    (Hunt 2016, Do crime hot spots move?, American University, after the index of Chainey et al.) nan where the best is
    not above 0.
    """
    return pai / best_pai if best_pai > 0 else nan


def rri(hot_before: float, hot_after: float, all_before: float, all_after: float) -> float:
    """Recapture rate index (hot_after / hot_before) / (all_after / all_before): did hot places keep step with all.

    (Levine 2008, The "hottest" part of a hotspot, Security Journal 21, 295-302.) 1: in step with the whole. nan where a
    count it divides by is 0.
    """
    if hot_before <= 0 or all_before <= 0 or all_after <= 0:
        return nan
    return hot_after / hot_before / (all_after / all_before)


@dataclass(frozen=True, slots=True)
class RollingHits:
    """Forecasts made month after month, each tried on the month that followed. Arrays have shape (origins,).

    ``total`` counts the incidents of the month in inhabited cells; the others how many of them fell in the ``cells``
    cells that each way chose: the kernel density of the window, that of the last month alone, last month's map (the
    cells with the most incidents), the most inhabitants (None where they are not known), and the best there was, chosen
    with hindsight.
    """

    month: NDArray[np.int64]
    total: Numbers
    density: Numbers
    last_month_density: Numbers
    last_month: Numbers
    population: Numbers | None
    best: Numbers
    cells: int
    inhabited: int

    def hit_rate(self, hits: Numbers) -> float:
        """Over all months together; nan without incidents."""
        return hit_rate(float(hits.sum()), float(self.total.sum()))

    def pai(self, hits: Numbers) -> Numbers:
        """Month by month."""
        pairs = zip(hits, self.total, strict=True)
        return np.array([pai(found, total, self.cells, self.inhabited) for found, total in pairs])

    def pei(self, hits: Numbers) -> Numbers:
        """Month by month: the area is the same, so it is a share of the best hits."""
        return np.array([pei(*pair) for pair in zip(self.pai(hits), self.pai(self.best), strict=True)])


def rolling_hit_rate(
    points: ArrayLike,
    month: ArrayLike,
    raster: Raster,
    *,
    inhabited: ArrayLike,
    population: ArrayLike | None = None,
    share: float = 0.01,
    window: int = WINDOW,
    bandwidth: float = BANDWIDTH_M,
) -> RollingHits:
    """Try the kernel density of ``window`` months on each following month, beside simpler ways (rolling origin).

    Points (n, 2) with the ``month`` of each (n,), counted from 0 without gaps; ``inhabited`` and ``population`` are
    (rows, columns) of the raster. Each way chooses ``share`` of the inhabited cells (rounded, one or more). Where cells
    tie (a month's map is nearly all zeros) the hits are those expected of a draw among them.

    Fewer than window + 1 months, or no points: no origins, all arrays empty. Raises ValueError without an inhabited
    cell, or for a share outside (0, 1].
    """
    rolled = rolling_hit_rates(
        points,
        month,
        raster,
        inhabited=inhabited,
        population=population,
        shares=(share,),
        window=window,
        bandwidth=bandwidth,
    )
    return rolled[0]


def rolling_hit_rates(
    points: ArrayLike,
    month: ArrayLike,
    raster: Raster,
    *,
    inhabited: ArrayLike,
    population: ArrayLike | None = None,
    shares: Sequence[float],
    window: int = WINDOW,
    bandwidth: float = BANDWIDTH_M,
) -> tuple[RollingHits, ...]:
    """:func:`rolling_hit_rate` for several shares, from the same densities: they are what takes the time."""
    settled = np.asarray(inhabited, dtype=np.bool_).reshape(-1)
    quotas = [_quota(settled, share) for share in shares]
    places, when = np.asarray(points, dtype=np.float64).reshape(-1, 2), np.asarray(month, dtype=np.int64)
    people = None if population is None else np.asarray(population, dtype=np.float64).reshape(-1)[settled]
    cell, months = raster.cell_of(places), range(window, int(when.max(initial=-1)) + 1)

    def counts(now: int) -> Numbers:
        return np.bincount(cell[(when == now) & (cell >= 0)], minlength=len(settled))[settled].astype(np.float64)

    rows: list[list[list[float]]] = [[] for _ in quotas]
    for now in months:
        came = counts(now)
        past = places[(when >= now - window) & (when < now)]
        latest = places[when == now - 1]
        maps = (_densities(known, raster, bandwidth)[settled] for known in (past, latest))
        ways = (*maps, counts(now - 1), people, came)
        for quota, row in zip(quotas, rows, strict=True):
            row.append([came.sum(), *(nan if way is None else _hits(way, came, quota) for way in ways)])
    begun, made = np.array(months, dtype=np.int64), []
    for quota, row in zip(quotas, rows, strict=True):
        total, density, one, last, most, best = np.array(row, dtype=np.float64).reshape(-1, 6).T
        lived = None if people is None else most
        made.append(RollingHits(begun, total, density, one, last, lived, best, quota, int(settled.sum())))
    return tuple(made)


def next_month_cells(
    points: ArrayLike, raster: Raster, *, inhabited: ArrayLike, share: float = 0.01, bandwidth: float = BANDWIDTH_M
) -> tuple[NDArray[np.int64], Numbers]:
    """The cells where next month's incidents are likeliest: row * columns + column, and their density, falling.

    ``points`` (n, 2) are those of the last twelve months. At most ``share`` of the inhabited cells (rounded, at least
    one); fewer where fewer have any density at all, none without points. Equal densities keep the order of the cells.
    """
    settled = np.asarray(inhabited, dtype=np.bool_).reshape(-1)
    quota = _quota(settled, share)
    density = np.where(settled, _densities(np.asarray(points, dtype=np.float64).reshape(-1, 2), raster, bandwidth), 0.0)
    first = np.argsort(-density, kind="stable")[:quota]
    first = first[density[first] > 0]
    return first.astype(np.int64), density[first]


def _quota(settled: Mask, share: float) -> int:
    if not 0 < share <= 1:
        raise ValueError(f"share {share} must be above 0 and at most 1")
    if not settled.any():
        raise ValueError("no cell is inhabited")
    return max(1, round(share * int(settled.sum())))


def _densities(points: Numbers, raster: Raster, bandwidth: float) -> Numbers:
    density = density_grid(points, raster, bandwidth).reshape(-1)
    return np.where(density > FAINT * density.max(initial=0.0), density, 0.0)


def _hits(score: Numbers, came: Numbers, quota: int) -> float:
    """Incidents in the ``quota`` cells of the highest score, cells that tie for the last places by their average."""
    some = score[score > 0]  # most cells hold nothing, and a partition of many ties is slow; no score is below 0
    last = np.partition(some, len(some) - quota)[len(some) - quota] if len(some) >= quota else 0.0
    above, level = score > last, score == last
    return float(came[above].sum() + (quota - above.sum()) * came[level].mean())
