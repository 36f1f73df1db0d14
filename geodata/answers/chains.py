"""Incidents close to one another of late, and the pairs they make: near repeats of one category. Words nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import nan
from typing import Final

import numpy as np

from geodata.answers.near_repeat import NearRepeat, Spots, TooManyPairsError, answer_near_repeat, refuse_too_many
from geodata.answers.selection import select
from geodata.answers.terrain import Terrain
from geodata.question import Question, Scope
from geodata.statistics.near_repeat import Chain, chains, chance_chains
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

LOOKED_BACK: Final = 60  # days in which the incidents of a chain lie
FRESH: Final = 30  # days within which its last one must
CHAIN_METERS: Final = 200.0
CHAIN_DAYS: Final = 14.0
REPEAT_METERS: Final = (100.0,)
REPEAT_DAYS: Final = (7.0,)
REPEAT_SHUFFLES: Final = 199
MOST_PAIRS: Final = 1_000_000  # a second's work
AT_LEAST: Final = 3  # incidents in a chain
SHUFFLES: Final = 49  # of the days over the places, for the chains that chance alone would make
SEED: Final = 14


@dataclass(frozen=True, slots=True)
class NearChain:
    """Incidents linked one to the next, each within ``CHAIN_METERS`` and ``CHAIN_DAYS`` of another."""

    n: int
    first: date
    last: date
    radius_m: float  # from their middle to the farthest
    area: int  # position in the layer of the area that holds most of them, -1 where none does


def last_days(snapshot: Snapshot, question: Question) -> Period:
    """The days in which chains are looked for."""
    end = min(snapshot.last_day or question.period.end, question.period.end)
    return Period(end - timedelta(days=LOOKED_BACK - 1), end)


def chains_of(
    snapshot: Snapshot, question: Question, scope: Scope, terrain: Terrain
) -> tuple[tuple[NearChain, ...], float, int]:
    """The fresh chains of one category, the longest first, how many chance would make, and among how many incidents.

    Where very many lie close to one another, everything is linked to everything: no chain then, and nan.
    """
    days = last_days(snapshot, question)
    spots = Spots.of(select(snapshot, replace(question, period=days), scope), question, terrain)
    fresh = (days.end - EPOCH).days - FRESH
    try:
        refuse_too_many(spots, CHAIN_METERS, MOST_PAIRS)
    except TooManyPairsError:
        return (), nan, len(spots)
    linked = chains(spots.x, spots.y, spots.day, distance=CHAIN_METERS, days=CHAIN_DAYS, at_least=AT_LEAST)
    found = [_chain(chain, spots) for chain in linked if chain.end > fresh]
    by_chance = chance_chains(
        spots.x,
        spots.y,
        spots.day,
        distance=CHAIN_METERS,
        days=CHAIN_DAYS,
        at_least=AT_LEAST,
        after=fresh,
        shuffles=SHUFFLES,
        rng=np.random.default_rng(SEED),
    )
    return tuple(sorted(found, key=lambda each: (-each.n, each.first))), by_chance, len(spots)


def repeats_of(snapshot: Snapshot, question: Question, scope: Scope, terrain: Terrain) -> NearRepeat | None:
    """Pairs of the question's whole period at the nearest; None where there are too many to count in a moment."""
    try:
        return answer_near_repeat(
            snapshot,
            question,
            scope,
            terrain,
            meters=REPEAT_METERS,
            days=REPEAT_DAYS,
            permutations=REPEAT_SHUFFLES,
            most_pairs=MOST_PAIRS,
        )
    except TooManyPairsError:
        return None


def _chain(chain: Chain, spots: Spots) -> NearChain:
    areas = spots.area[list(chain.members)]
    known, counts = np.unique(areas[areas >= 0], return_counts=True)
    first, last = (EPOCH + timedelta(days=int(day)) for day in (chain.start, chain.end))
    area = int(known[counts.argmax()]) if len(known) else -1
    return NearChain(len(chain.members), first, last, chain.radius, area)
