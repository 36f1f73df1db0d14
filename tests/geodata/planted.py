"""A world whose counts are given: square communes in rows of ten, so many incidents of theft an area and month.

Codes are "001", "002" ... in the order of the counts; the district of a commune is its row, "d1", "d2" ... Incidents
lie at the middle of their commune, evenly over the days of their month, the first one on its first day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.answers.trend import first_of, month_number
from geodata.boundaries.editions import Boundaries, Edition, Layer, Region, Succession
from geodata.profile import Profile
from geodata.vocabulary import Category, LayerKey, Level
from geodata.warehouse.snapshot import EPOCH, Incidents, Snapshot, Spans
from tests.geodata.worlds import CATEGORIES

COMMUNE, DISTRICT = LayerKey("2025", Level.COMMUNE), LayerKey("2025", Level.DISTRICT)
COLUMNS, SIDE, WEST, SOUTH = 10, 0.05, 106.0, 11.0
BEGIN = date(2022, 1, 1)


def planted_snapshot(
    counts: ArrayLike,
    population: ArrayLike | None = None,
    *,
    begin: date = BEGIN,
    categories: tuple[Category, ...] = CATEGORIES,
    day: int | None = None,
) -> Snapshot:
    """Counts (areas, months); everybody has 10,000 inhabitants unless told. ``day``: all on that day of the month."""
    cases = np.asarray(counts, dtype=np.int64)
    areas = len(cases)
    people = np.full(areas, 10_000.0) if population is None else np.asarray(population, dtype=np.float64)
    boundaries = _boundaries(areas, people)
    return Snapshot(
        generation=1,
        committed_at=datetime(2025, 1, 2, tzinfo=UTC),
        incidents=_incidents(cases, begin, day),
        categories=categories,
        boundaries=boundaries,
        web_files={},
        zone_files={},
        files=(),
        quarantined=0,
        profile=Profile(),
    )


def _boundaries(areas: int, people: NDArray[np.float64]) -> Boundaries:
    index = np.arange(areas)
    column, row = index % COLUMNS, index // COLUMNS
    x, y = WEST + SIDE * np.arange(COLUMNS + 1), SOUTH + SIDE * np.arange(areas // COLUMNS + 2)
    shapes = shapely.box(x[column], y[row], x[column + 1], y[row + 1])  # the same corners for neighbours, to the bit
    codes = tuple(f"{i + 1:03}" for i in index)
    rows = tuple(f"d{i // COLUMNS + 1}" for i in index)
    names = tuple(f"Xã {code}" for code in codes)
    whole = tuple(dict.fromkeys(rows))
    ground = np.array([shapely.union_all(shapes[[row == each for row in rows]]) for each in whole], dtype=object)
    sums = np.array([people[[row == each for row in rows]].sum() for each in whole])
    return Boundaries(
        editions={"2025": Edition("2025", None, None)},
        layers={
            DISTRICT: Layer(DISTRICT, whole, whole, ("",) * len(whole), sums, ground, derived=False),
            COMMUNE: Layer(COMMUNE, codes, names, rows, people, np.asarray(shapes, dtype=object), derived=False),
        },
        zones=(),
        succession=Succession("", "", ()),
        regions=(Region("corner", "Góc", "2025", codes[:2]),),
    )


def _incidents(counts: NDArray[np.int64], begin: date, day: int | None) -> Incidents:
    first = month_number(begin)
    edges = np.array([(first_of(first + t) - EPOCH).days for t in range(counts.shape[1] + 1)])
    area, month = (np.repeat(each.ravel(), counts.ravel()) for each in np.indices(counts.shape))
    turn = np.concatenate([np.arange(c) for c in counts.ravel()]) if counts.size else np.zeros(0, np.int64)
    days = edges[month] + turn * (edges[month + 1] - edges[month]) // np.maximum(counts[area, month], 1)
    days = days if day is None else edges[month] + day - 1
    order = np.argsort(days, kind="stable")
    area, days, n = area[order], days[order], len(days)
    return Incidents(
        day=days.astype(np.int32),
        hour=np.full(n, 12, dtype=np.int8),
        weekday=((days + 3) % 7 + 1).astype(np.int8),
        category=np.zeros(n, dtype=np.int16),
        source=np.zeros(n, dtype=np.int8),
        placement=np.zeros(n, dtype=np.int8),
        lon=np.asarray(WEST + SIDE * (area % COLUMNS + 0.5), dtype=np.float64),
        lat=np.asarray(SOUTH + SIDE * (area // COLUMNS + 0.5), dtype=np.float64),
        precision=np.zeros(n, dtype=np.int8),
        zones=np.zeros(n, dtype=np.uint64),
        zones_near=np.zeros(n, dtype=np.uint64),
        file=np.zeros(n, dtype=np.int32),
        spans=Spans.none(),
        area={COMMUNE: area.astype(np.int32), DISTRICT: (area // COLUMNS).astype(np.int32)},
    )
