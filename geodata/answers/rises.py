"""What is new this month: short rises and whether they stand, chains of near repeats, recent patterns. Words nothing.

Never what lasts: see ``register``. Each category is looked at by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from geodata.answers.answer import DataFacts
from geodata.answers.clusters import MONTHS, Clusters, ScanCluster
from geodata.answers.exposure import hot_spot_question
from geodata.answers.facts import facts_of
from geodata.answers.near_repeat import NearRepeat, Spots, TooManyPairsError, answer_near_repeat
from geodata.answers.patterns import AreaPatterns
from geodata.answers.selection import select
from geodata.answers.series import whole_months
from geodata.answers.terrain import Terrain
from geodata.answers.trend import first_of
from geodata.question import Question, Scope
from geodata.statistics.near_repeat import Chain, chains
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

Status = Literal["confirmed", "to_check", "dropped"]
RECENT: Final = frozenset({"new hot spot", "consecutive hot spot"})
LIKELY: Final = 0.5  # a name less likely than this is no news
LOOKED_BACK: Final = 60  # days in which the incidents of a chain lie
FRESH: Final = 30  # days within which its last one must
CHAIN_METERS: Final = 200.0
CHAIN_DAYS: Final = 14.0
REPEAT_METERS: Final = (100.0,)
REPEAT_DAYS: Final = (7.0,)
AT_LEAST: Final = 3  # incidents in a chain
SHUFFLES: Final = 99  # of the days over the places, for the chains that chance alone would make
SEED: Final = 14
Scan = Callable[[Question], Clusters]


@dataclass(frozen=True, slots=True)
class Rise:
    """A rise that ends in the last whole month, or did in the one before (dropped: it stands no longer).

    It is confirmed where one that shares an area with it stood already a month before; else it is to be checked.
    """

    cluster: ScanCluster
    status: Status


@dataclass(frozen=True, slots=True)
class NearChain:
    """Incidents linked one to the next, each within ``CHAIN_METERS`` and ``CHAIN_DAYS`` of another."""

    n: int
    first: date
    last: date
    radius_m: float  # from their middle to the farthest
    area: int  # position in the layer of the area that holds most of them, -1 where none does


@dataclass(frozen=True, slots=True, eq=False)
class CategoryRises:
    """One category: its rises, the likeliest first; its chains, the longest first, and the areas hot of late.

    ``by_chance`` is how many chains places and days would make if they had nothing to do with each other. ``recent``
    are positions among the areas of ``patterns``. ``hidden`` rises reach beyond what the asker may see.
    """

    category: str
    rises: tuple[Rise, ...]
    hidden: int
    enough: bool  # for a rise to be looked for
    chains: tuple[NearChain, ...]
    by_chance: float
    spots: int  # incidents of known place among which chains were looked for
    repeats: NearRepeat | None  # pairs of the question's whole period; None: too many to count
    patterns: AreaPatterns
    recent: tuple[int, ...]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.rises or self.chains or self.recent)


@dataclass(frozen=True, slots=True, eq=False)
class Rises:
    """All categories asked for that are looked at for hot spots. ``month`` is the last whole one, None without any."""

    question: Question
    month: Period | None
    days: Period  # in which chains were looked for
    categories: tuple[CategoryRises, ...]
    left_out: tuple[str, ...]
    codes: tuple[str, ...]  # of the layer's areas
    names: tuple[str, ...]
    facts: DataFacts


def answer_rises(snapshot: Snapshot, question: Question, of_category: Callable[[str], CategoryRises]) -> Rises:
    """Every category asked for, or every one that is looked at for hot spots; several at once."""
    narrowed, left_out = hot_spot_question(snapshot, question)
    keys = narrowed.categories or tuple(category.key for category in snapshot.categories)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = tuple(pool.map(of_category, keys))
    layer = snapshot.boundaries.layers[question.layer]
    months = whole_months(snapshot, question.period.end, 1)
    return Rises(
        question=narrowed,
        month=_months(months.start, months.stop) if len(months) else None,
        days=last_days(snapshot, question),
        categories=found,
        left_out=left_out,
        codes=layer.codes,
        names=layer.names,
        facts=facts_of(snapshot),
    )


def category_rises(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    terrain: Terrain,
    *,
    scan: Scan,
    patterns: AreaPatterns,
) -> CategoryRises:
    """All that is new of the question's one category."""
    rises, hidden, enough = rises_of(snapshot, question, scan)
    chained, by_chance, spots = chains_of(snapshot, question, scope, terrain)
    return CategoryRises(
        category=question.categories[0],
        rises=rises,
        hidden=hidden,
        enough=enough,
        chains=chained,
        by_chance=by_chance,
        spots=spots,
        repeats=_repeats(snapshot, question, scope, terrain),
        patterns=patterns,
        recent=recent_of(patterns),
    )


def last_days(snapshot: Snapshot, question: Question) -> Period:
    """The days in which chains are looked for."""
    end = min(snapshot.last_day or question.period.end, question.period.end)
    return Period(end - timedelta(days=LOOKED_BACK - 1), end)


def rises_of(snapshot: Snapshot, question: Question, scan: Scan) -> tuple[tuple[Rise, ...], int, bool]:
    """The rises of one category, how many reach beyond what may be seen, and whether there is enough to find one.

    The last twelve whole months are scanned, and the twelve that ended a month earlier.
    """
    months = whole_months(snapshot, question.period.end, MONTHS + 1)
    if len(months) < 3:  # two to compare, and again a month earlier
        return (), 0, False
    now, before = (scan(replace(question, period=_months(end - MONTHS, end))) for end in (months.stop, months.stop - 1))
    standing, earlier = now.significant, before.significant
    told = [Rise(each, "confirmed" if _meets(each, earlier) else "to_check") for each in standing]
    gone = [Rise(each, "dropped") for each in earlier if not _meets(each, standing)]
    return (*told, *gone), now.hidden, now.enough


def chains_of(
    snapshot: Snapshot, question: Question, scope: Scope, terrain: Terrain
) -> tuple[tuple[NearChain, ...], float, int]:
    """The fresh chains of one category, how many chance would make, and among how many incidents."""
    days = last_days(snapshot, question)
    spots = Spots.of(select(snapshot, replace(question, period=days), scope), question, terrain)
    fresh = (days.end - EPOCH).days - FRESH

    def linked(day: ArrayLike) -> list[Chain]:
        found = chains(spots.x, spots.y, day, distance=CHAIN_METERS, days=CHAIN_DAYS, at_least=AT_LEAST)
        return [chain for chain in found if chain.end > fresh]

    found = sorted((_chain(chain, spots) for chain in linked(spots.day)), key=lambda each: (-each.n, each.first))
    rng = np.random.default_rng(SEED)
    by_chance = np.mean([len(linked(rng.permutation(spots.day))) for _ in range(SHUFFLES)]) if len(spots) else 0.0
    return tuple(found), float(by_chance), len(spots)


def recent_of(found: AreaPatterns) -> tuple[int, ...]:
    """Areas asked about that are new or consecutive hot spots more likely than not, the surest first."""
    told = found.asked & found.enough & (found.probability >= LIKELY)
    hot = [i for i, name in enumerate(found.pattern) if name in RECENT and told[i]]
    return tuple(sorted(hot, key=lambda i: -float(found.probability[i])))


def _repeats(snapshot: Snapshot, question: Question, scope: Scope, terrain: Terrain) -> NearRepeat | None:
    try:
        return answer_near_repeat(snapshot, question, scope, terrain, meters=REPEAT_METERS, days=REPEAT_DAYS)
    except TooManyPairsError:
        return None


def _months(first: int, stop: int) -> Period:
    return Period(first_of(first), first_of(stop) - timedelta(days=1))


def _meets(rise: ScanCluster, others: tuple[ScanCluster, ...]) -> bool:
    return any(set(rise.members) & set(other.members) for other in others)


def _chain(chain: Chain, spots: Spots) -> NearChain:
    areas = spots.area[list(chain.members)]
    known, counts = np.unique(areas[areas >= 0], return_counts=True)
    first, last = (EPOCH + timedelta(days=int(day)) for day in (chain.start, chain.end))
    area = int(known[counts.argmax()]) if len(known) else -1
    return NearChain(len(chain.members), first, last, chain.radius, area)
