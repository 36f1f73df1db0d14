"""Does one incident make another near it, soon after, likelier? A table of pairs. Knows well-known points only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.answers.answer import DataFacts
from geodata.answers.enough import ALPHA
from geodata.answers.facts import facts_of
from geodata.answers.selection import Selection, select
from geodata.answers.terrain import Terrain
from geodata.errors import N_, QuestionError
from geodata.geometry import crs
from geodata.question import Question, Scope
from geodata.statistics.near_repeat import knox
from geodata.warehouse.snapshot import WELL_KNOWN, Snapshot

METERS: Final = (100.0, 200.0, 400.0)
DAYS: Final = (7.0, 14.0, 28.0)
PERMUTATIONS: Final = 999
SEED: Final = 1964
FEWEST_EXPECTED: Final = 5  # pairs, below which a ratio says nothing
MOST_PAIRS: Final = 10_000_000  # near one another: a minute's work and a gigabyte


class TooManyPairsError(QuestionError):
    """So many incidents lie so near each other that their pairs cannot be counted in a reasonable time."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs more than ``meters_from`` and at most ``meters_to`` apart, and so in days; from 0 to 0 m: the same place.

    The first band of days holds those of the same day as well. ``ratio`` is nan where no pair is expected.
    """

    meters_from: float
    meters_to: float
    days_from: float
    days_to: float
    pairs: int
    expected: float
    ratio: float
    p: float

    @property
    def enough(self) -> bool:
        """Whether enough pairs are expected for a ratio to say anything."""
        return self.expected >= FEWEST_EXPECTED

    @property
    def more(self) -> bool:
        """Whether there are more pairs than chance explains."""
        return self.enough and self.p <= ALPHA and self.ratio > 1


@dataclass(frozen=True, slots=True, eq=False)
class NearRepeat:
    """The whole table, nearest bands first. ``n`` incidents have a place good enough; the other ``vague`` are left out.

    Times are shuffled over the places, so places that always have many incidents make no near repeats by themselves.
    """

    question: Question
    bands: tuple[Band, ...]
    n: int
    vague: int
    permutations: int
    facts: DataFacts


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Incidents whose place is known to the house or the hamlet: metres east and north, day, area of the layer."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    day: NDArray[np.int32]
    area: NDArray[np.int32]

    @staticmethod
    def of(found: Selection, question: Question, terrain: Terrain) -> Spots:
        """Those of a selection; rows known to a commune's middle only would make places the same that are not."""
        good = np.isin(found.take(found.incidents.precision), WELL_KNOWN)
        lon, lat = (found.take(column)[good] for column in (found.incidents.lon, found.incidents.lat))
        x, y = crs.transform_xy(lon, lat, crs.WGS84, terrain.crs)
        columns = (found.incidents.day, found.incidents.area[question.layer])
        return Spots(x, y, *(found.take(column)[good] for column in columns))

    def __len__(self) -> int:
        return len(self.x)


def answer_near_repeat(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    terrain: Terrain,
    *,
    meters: tuple[float, ...] = METERS,
    days: tuple[float, ...] = DAYS,
    permutations: int = PERMUTATIONS,
    most_pairs: int = MOST_PAIRS,
) -> NearRepeat:
    """Count pairs by distance and time against those expected if places and times had nothing to do with each other."""
    found = select(snapshot, question, scope)
    spots = Spots.of(found, question, terrain)
    refuse_too_many(spots, max(meters), most_pairs)
    rng = np.random.default_rng(SEED)
    table = knox(
        spots.x, spots.y, spots.day, distance_bands=meters, time_bands=days, permutations=permutations, rng=rng
    )
    numbers = [each.ravel().tolist() for each in (table.pairs, table.expected, table.ratio, table.p)]
    edges = product(_edges((0.0, *meters)), _edges(days))
    bands = tuple(Band(*far, *late, *cell) for (far, late), *cell in zip(edges, *numbers, strict=True))
    return NearRepeat(question, bands, len(spots), len(found) - len(spots), permutations, facts_of(snapshot))


def _edges(upper: tuple[float, ...]) -> list[tuple[float, float]]:
    """Lower and upper edge of each band; the first begins at 0."""
    return list(pairwise((0.0, *upper)))


def refuse_too_many(spots: Spots, reach: float, most: int) -> None:
    """Raise TooManyPairsError where more than ``most`` pairs lie within ``reach`` metres."""
    pairs = _crowded(spots, reach)
    if pairs <= most:
        pairs = _pairs(spots, reach)
    if pairs > most:
        raise TooManyPairsError(
            N_(
                "{pairs} pairs of incidents lie within {meters} m of each other, at most {most} can be counted; "
                "ask for a shorter period, fewer categories or a smaller distance"
            ),
            pairs=pairs,
            meters=round(reach),
            most=most,
        )


def _pairs(spots: Spots, reach: float) -> int:
    if not len(spots):
        return 0
    places = cKDTree(np.column_stack([spots.x, spots.y]))
    return (int(places.count_neighbors(places, reach)) - len(spots)) // 2


def _crowded(spots: Spots, reach: float) -> int:
    """Pairs in the same square with a diagonal of ``reach``: not all there are, but counted far sooner."""
    side = reach / sqrt(2)
    column, row = (np.floor(each / side).astype(np.int64) for each in (spots.x, spots.y))
    key = column * (2 * int(np.abs(row).max(initial=0)) + 1) + row
    n = np.unique(key, return_counts=True)[1]
    return int((n * (n - 1) // 2).sum())
