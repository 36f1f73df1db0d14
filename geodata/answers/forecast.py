"""Where next month? Cells of ground with most recent incidents, and how well such cells did before. Places, no person.

Recorded crime follows patrols: a good figure says that records are forecast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, nan, sqrt
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.exposure import hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.near_repeat import Spots
from geodata.answers.places import open_areas
from geodata.answers.selection import select
from geodata.answers.series import whole_months
from geodata.answers.terrain import Terrain
from geodata.answers.trend import first_of
from geodata.boundaries.editions import Layer
from geodata.geometry.locate import PointLocator
from geodata.question import Question, Scope
from geodata.statistics.accuracy import (
    BANDWIDTH_M,
    WINDOW,
    RollingHits,
    next_month_cells,
    pai,
    pei,
    rolling_hit_rates,
)
from geodata.statistics.kernel_grid import Raster
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

CELL_M: Final = 250.0
SHARES: Final = (0.01, 0.05)  # of the inhabited cells
TRIED: Final = 12  # months at most that forecasts are tried on
LEAST_TRIED: Final = 6  # months, below which nothing is said of how good they are
FEWEST: Final = 50  # incidents in the months tried, below which the same
MOST_CELLS: Final = 400_000  # a wide province has wider cells
PLACES: Final = 10  # areas named


@dataclass(frozen=True, slots=True)
class Held:
    """How much of the following months' incidents a share of the ground held, months taken together.

    ``low`` and ``high`` are the worst and the best single month. ``last_month`` and ``population`` are what as much
    ground held where last month's incidents lay, and where most people live (nan: not known), ``best`` what any choice
    could have. In ``better`` of the months it held more than last month's map did, in ``worse`` less. PAI and PEI are
    of all months together.
    """

    share: float
    cells: int
    rate: float
    low: float
    high: float
    last_month: float
    population: float
    best: float
    better: int
    worse: int
    pai: float
    pei: float

    @property
    def against_last_month(self) -> float:
        """So many times as much as last month's map; nan where that held nothing."""
        return self.rate / self.last_month if self.last_month > 0 else nan


@dataclass(frozen=True, slots=True)
class TopArea:
    """An area with some of the cells where next month's incidents are likeliest.

    ``share``: of the density over all the layer, what those cells hold.
    """

    area: int
    code: str
    name: str
    cells: int
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """The cells of the month to come, from the last twelve, and how such cells did in the ``tried`` months.

    All that the asker may see of the layer is looked at; ``areas`` are those asked about, by what their cells hold.
    ``n`` incidents of the last twelve months have a known place, ``vague`` have none and are left out; ``tried_on``
    fell in the months tried.
    """

    question: Question  # its period: the twelve months until the last day known
    n: int
    vague: int
    tried: tuple[date, ...]
    tried_on: int
    held: tuple[Held, ...]  # one a share; empty where nothing can be said
    areas: tuple[TopArea, ...]
    inhabited: int  # cells
    cell_m: float
    bandwidth_m: float
    left_out: tuple[str, ...]  # categories left out because their places say little
    facts: DataFacts

    @property
    def enough(self) -> bool:
        """Whether there were enough months and incidents to try forecasts on."""
        return bool(self.held)


@dataclass(frozen=True, slots=True, eq=False)
class ForecastGround:
    """The cells over a layer, made once a generation; all arrays have one entry a cell.

    Inhabited is a cell whose middle lies in an area where people are known to live (in any area, where no inhabitants
    are known), or where an incident was ever recorded. ``people`` are spread evenly over each area.
    """

    raster: Raster
    area: NDArray[np.int32]  # position in the layer, -1 outside
    inhabited: NDArray[np.bool_]
    people: NDArray[np.float64] | None

    @property
    def bandwidth_m(self) -> float:
        """As wide as a cell at least: a narrower kernel would fall between the middles."""
        return max(BANDWIDTH_M, self.raster.cell)


def forecast_ground(snapshot: Snapshot, question: Question, scope: Scope, *, terrain: Terrain) -> ForecastGround:
    """The cells of what the asker may see of a layer: 250 m wide, wider where there would be too many."""
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(terrain.polygons))
    cell = max(CELL_M, CELL_M * ceil(sqrt((east - west) * (north - south) / CELL_M**2 / MOST_CELLS)))
    raster = Raster.over((west, south, east, north), cell)
    x, y = (each.ravel() for each in np.meshgrid(*raster.centres()))
    area = PointLocator(terrain.polygons).locate(x, y)
    population = snapshot.boundaries.layers[question.layer].population
    known = (population > 0).any()
    lived = (population > 0) if known else np.ones(len(population), dtype=np.bool_)
    inhabited = (area >= 0) & (lived & open_areas(snapshot.boundaries, question.layer, scope))[area]
    inhabited[_ever(snapshot, question, scope, terrain=terrain, raster=raster)] = True
    cells = np.bincount(area[area >= 0], minlength=len(population))
    spread = np.where(population > 0, population, 0.0) / np.maximum(cells, 1)
    return ForecastGround(raster, area, inhabited, np.where(area >= 0, spread[area], 0.0) if known else None)


def answer_forecast(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    terrain: Terrain,
    ground: ForecastGround,
    asked: NDArray[np.bool_],
) -> Forecast:
    """Choose the cells of the month to come, and try the same choice on whole months before."""
    narrowed, left_out = hot_spot_question(snapshot, whole_layer(question))
    days = _last_year(snapshot, question.period.end)
    found = select(snapshot, replace(narrowed, period=days), scope)
    spots = Spots.of(found, narrowed, terrain)
    tried, held, tried_on = _tried(
        snapshot, replace(narrowed, period=question.period), scope, terrain=terrain, ground=ground
    )
    return Forecast(
        question=replace(narrowed, period=days, areas=question.areas, regions=question.regions),
        n=len(spots),
        vague=len(found) - len(spots),
        tried=tried,
        tried_on=tried_on,
        held=held,
        areas=_areas(snapshot.boundaries.layers[question.layer], spots, ground, asked),
        inhabited=int(ground.inhabited.sum()),
        cell_m=ground.raster.cell,
        bandwidth_m=ground.bandwidth_m,
        left_out=left_out,
        facts=facts_of(snapshot),
    )


def _last_year(snapshot: Snapshot, end: date) -> Period:
    last = min(end, snapshot.last_day or end)
    return Period(Period(last, last).a_year_earlier().start + timedelta(days=1), last)


def _tried(
    snapshot: Snapshot, question: Question, scope: Scope, *, terrain: Terrain, ground: ForecastGround
) -> tuple[tuple[date, ...], tuple[Held, ...], int]:
    """The months tried, how the forecasts did, and on how many incidents; nothing where there are too few."""
    months = whole_months(snapshot, question.period.end, WINDOW + TRIED)
    if len(months) < WINDOW + LEAST_TRIED or not ground.inhabited.any():
        return (), (), 0
    starts = [first_of(month) for month in range(months.start, months.stop + 1)]
    days = Period(starts[0], starts[-1] - timedelta(days=1))
    spots = Spots.of(select(snapshot, replace(question, period=days), scope), question, terrain)
    month = np.searchsorted([(day - EPOCH).days for day in starts], spots.day, side="right") - 1
    rolled = rolling_hit_rates(
        np.column_stack([spots.x, spots.y]),
        month,
        ground.raster,
        inhabited=ground.inhabited,
        population=ground.people,
        shares=SHARES,
        bandwidth=ground.bandwidth_m,
    )
    tried, total = tuple(starts[at] for at in rolled[0].month.tolist()), int(rolled[0].total.sum())
    if len(tried) < LEAST_TRIED or total < FEWEST:
        return tried, (), total
    return tried, tuple(_held(each, share) for each, share in zip(rolled, SHARES, strict=True)), total


def _held(rolled: RollingHits, share: float) -> Held:
    some = rolled.total > 0
    monthly = rolled.density[some] / rolled.total[some]
    rate, best = rolled.hit_rate(rolled.density), rolled.hit_rate(rolled.best)
    return Held(
        share=share,
        cells=rolled.cells,
        rate=rate,
        low=float(monthly.min()),
        high=float(monthly.max()),
        last_month=rolled.hit_rate(rolled.last_month),
        population=nan if rolled.population is None else rolled.hit_rate(rolled.population),
        best=best,
        better=int((rolled.density > rolled.last_month).sum()),
        worse=int((rolled.density < rolled.last_month).sum()),
        pai=pai(rate, 1.0, rolled.cells, rolled.inhabited),
        pei=pei(rate, best),
    )


def _areas(layer: Layer, spots: Spots, ground: ForecastGround, asked: NDArray[np.bool_]) -> tuple[TopArea, ...]:
    """The areas asked about with most of the density of the first share of cells."""
    if not len(spots) or not ground.inhabited.any():
        return ()
    cells, density = next_month_cells(
        np.column_stack([spots.x, spots.y]),
        ground.raster,
        inhabited=ground.inhabited,
        share=SHARES[0],
        bandwidth=ground.bandwidth_m,
    )
    inside = ground.area[cells]
    known = inside >= 0
    n = np.bincount(inside[known], minlength=len(layer.codes))
    held = np.bincount(inside[known], density[known] * ground.raster.cell**2 / len(spots), minlength=len(layer.codes))
    order = np.argsort(-held, kind="stable")
    shown = [i for i in order.tolist() if n[i] and asked[i]][:PLACES]
    return tuple(TopArea(i, layer.codes[i], layer.names[i], int(n[i]), float(held[i])) for i in shown)


def _ever(
    snapshot: Snapshot, question: Question, scope: Scope, *, terrain: Terrain, raster: Raster
) -> NDArray[np.int64]:
    """The cells of all incidents of known place in the layer, whatever their category and day."""
    first, last = snapshot.first_day, snapshot.last_day
    if first is None or last is None:
        return np.zeros(0, dtype=np.int64)
    every = Question(Period(first, last), question.edition, question.level)
    spots = Spots.of(select(snapshot, every, scope), every, terrain)
    cells = raster.cell_of(np.column_stack([spots.x, spots.y]))
    return cells[(cells >= 0) & (spots.area >= 0)]
