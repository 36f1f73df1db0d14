"""Near what: incidents in and around each zone of concern against those expected there. Names no reason for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.enough import FEWEST, LEVEL
from geodata.answers.exposure import Denominator, Exposure, hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.places import wholly_seen
from geodata.answers.selection import Selection, select
from geodata.answers.surroundings import NEAR_M, Surrounding
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.change import ratio_test
from geodata.vocabulary import ZoneKind
from geodata.warehouse.snapshot import WELL_KNOWN, Snapshot


@dataclass(frozen=True, slots=True)
class Excess:
    """Incidents on a piece of ground and the risk there against all other ground, with its exact 90 % range.

    ``ratio``, ``low`` and ``high`` are NaN where too few were found to tell.
    """

    n: int
    expected: float
    ratio: float
    low: float
    high: float
    p: float

    @property
    def enough(self) -> bool:
        """Whether there are enough incidents to tell anything."""
        return not np.isnan(self.ratio)


@dataclass(frozen=True, slots=True)
class NearZone:
    """A zone, or all of one kind (``zone`` empty, ``members`` of them): inside it, and within ``NEAR_M`` of it."""

    zone: str
    kind: ZoneKind
    members: int
    inside: Excess
    near: Excess | None  # None for distance bands: what is near one is the next


@dataclass(frozen=True, slots=True, eq=False)
class NearWhat:
    """Every zone of the workspace. ``n`` incidents have a point good enough, in an area whose inhabitants are known.

    The other ``vague`` ones are left out.

    Expected are as many as the zone's share of all inhabitants (or of the ground, where none are known), taken as
    spread evenly over each area. Zones are looked at in the whole layer, whatever areas or zones were asked for; those
    that reach, with their surroundings, beyond what the asker may see are not told: ``hidden`` of them.
    """

    question: Question
    rows: tuple[NearZone, ...]
    n: int
    vague: int
    by: Denominator
    near_m: float
    left_out: tuple[str, ...]  # categories
    hidden: int
    facts: DataFacts


def near_question(snapshot: Snapshot, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question without areas, regions, zones and categories whose places say little."""
    asked, left_out = hot_spot_question(snapshot, question)
    everywhere = whole_layer(asked)
    return Question(
        period=everywhere.period,
        edition=everywhere.edition,
        level=everywhere.level,
        categories=everywhere.categories,
        sources=everywhere.sources,
        hours=everywhere.hours,
        weekdays=everywhere.weekdays,
    ), left_out


def answer_near(
    snapshot: Snapshot, question: Question, scope: Scope, *, around: Sequence[Surrounding], exposure: Exposure
) -> NearWhat:
    """Count in and around every zone that may be seen. ``exposure`` is that of :func:`near_question`."""
    asked, left_out = near_question(snapshot, question)
    found = select(snapshot, asked, EVERYTHING)
    area = found.take(snapshot.incidents.area[asked.layer])
    judged = (area >= 0) & exposure.known[area]
    good = judged & np.isin(found.take(snapshot.incidents.precision), WELL_KNOWN)
    places = _Places.of(found, good)
    beyond = ~wholly_seen(snapshot.boundaries, asked.layer, scope)
    shown = [each for each in around if not (each.inside[beyond] > 0).any() and not (each.near[beyond] > 0).any()]
    rows = tuple(_row(each, places, exposure) for each in shown)
    return NearWhat(
        question=asked,
        rows=rows,
        n=int(np.count_nonzero(good)),
        vague=len(found) - int(np.count_nonzero(good)),
        by=exposure.by,
        near_m=NEAR_M,
        left_out=left_out,
        hidden=len(around) - len(shown),
        facts=facts_of(snapshot),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Points good enough to be in or out of a zone."""

    zones: NDArray[np.uint64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @staticmethod
    def of(found: Selection, good: NDArray[np.bool_]) -> _Places:
        columns: Mapping[str, NDArray[np.generic]] = {
            name: found.take(getattr(found.incidents, name))[good] for name in ("zones", "lon", "lat")
        }
        return _Places(**columns)  # type: ignore[arg-type]


def _row(around: Surrounding, places: _Places, exposure: Exposure) -> NearZone:
    held = (places.zones & around.bits) != 0
    beside = ~held & (around.ring.locate(places.lon, places.lat) >= 0)
    total = len(held)
    whole = float(np.nansum(exposure.values))

    def excess(count: int, shares: NDArray[np.float64]) -> Excess:
        return _excess(count, total, float(np.nansum(exposure.values * shares)) / whole if whole > 0 else np.nan)

    near = None if around.kind is ZoneKind.DISTANCE_BAND else excess(int(np.count_nonzero(beside)), around.near)
    inside = excess(int(np.count_nonzero(held)), around.inside)
    return NearZone(around.zone, around.kind, around.members, inside, near)


def _excess(n: int, total: int, share: float) -> Excess:
    """The ratio of the rates on this ground and on all other: an exact test of two Poisson counts."""
    expected = total * share
    if not 0 < share < 1 or n < FEWEST:
        return Excess(n, expected, np.nan, np.nan, np.nan, np.nan)
    test = ratio_test(total - n, n, exposure=share / (1 - share), level=LEVEL)
    return Excess(n, expected, test.ratio, test.low, test.high, test.p)
