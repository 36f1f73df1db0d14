"""What is new this month: short rises and whether they stand, chains of near repeats, recent patterns. Words nothing.

Never what lasts: see ``register``. Each category is looked at by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from math import isnan
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.chains import NearChain, chains_of, last_days, repeats_of
from geodata.answers.clusters import MONTHS, Clusters, ScanCluster
from geodata.answers.enough import ALPHA
from geodata.answers.exposure import hot_spot_question
from geodata.answers.facts import facts_of
from geodata.answers.near_repeat import NearRepeat
from geodata.answers.patterns import AreaPatterns
from geodata.answers.series import series_of, whole_months
from geodata.answers.terrain import Terrain
from geodata.answers.trend import first_of, month_number
from geodata.question import Question, Scope
from geodata.statistics.change import ratio_test
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot

Status = Literal["confirmed", "to_check", "dropped"]
RECENT: Final = frozenset({"new hot spot", "consecutive hot spot"})
LIKELY: Final = 0.5  # a name less likely than this is no news
Scan = Callable[[Question], Clusters]


@dataclass(frozen=True, slots=True)
class Rise:
    """A rise that ends in the last whole month, or did in the one before (dropped: it stands no longer).

    It is confirmed where one that shares an area with it stood already a month before, and the new month alone is high
    there as well; else it is to be checked.
    """

    cluster: ScanCluster
    status: Status


@dataclass(frozen=True, slots=True, eq=False)
class CategoryRises:
    """One category: its rises, the likeliest first; its chains, the longest first, and the areas hot of late.

    ``by_chance`` is how many chains places and days would make if they had nothing to do with each other, nan where so
    many lie close to one another that no chains can be told. ``recent``
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
    def crowded(self) -> bool:
        """Whether too many incidents lie close to one another for chains to be told."""
        return isnan(self.by_chance)

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
        repeats=repeats_of(snapshot, question, scope, terrain),
        patterns=patterns,
        recent=recent_of(patterns),
    )


def rises_of(snapshot: Snapshot, question: Question, scan: Scan) -> tuple[tuple[Rise, ...], int, bool]:
    """The rises of one category, how many reach beyond what may be seen, and whether there is enough to find one.

    The last twelve whole months are scanned, and the twelve that ended a month earlier. What was found then is held
    against the new month alone: it stands, or it is dropped, though the old months would still make it stand out.
    """
    series = series_of(snapshot, question, "month", MONTHS + 1)
    if len(series.bins) < 3:  # two to compare, and again a month earlier
        return (), 0, False
    stop = month_number(series.bins[-1]) + 1
    now, before = (scan(replace(question, period=_months(end - MONTHS, end))) for end in (stop, stop - 1))

    def stands(each: ScanCluster) -> bool:
        start = series.bins.index(each.period.start)
        return _meets(each, now.significant) and new_month_high(series.counts, each.members, start)

    kept = tuple(each for each in before.significant if stands(each))
    gone = tuple(each for each in before.significant if each not in kept)
    news = (each for each in now.significant if _meets(each, kept) or not _meets(each, gone))
    told = [Rise(each, "confirmed" if _meets(each, kept) else "to_check") for each in news]
    return (*told, *(Rise(each, "dropped") for each in gone)), now.hidden, now.enough


def new_month_high(counts: NDArray[np.int64], members: Sequence[int], start: int) -> bool:
    """Whether the last month of counts (areas, months) alone is high in these areas: one-sided p <= 5 %.

    It is compared with the months before ``start``, where the rise began, all areas' months allowed for; False where
    there are none.
    """
    rows = counts[list(members)]
    usual, everywhere = int(rows[:, :start].sum()), int(counts[:, :start].sum())
    last, of = int(rows[:, -1].sum()), int(counts[:, -1].sum())
    if not everywhere or not of:
        return False
    return ratio_test(usual, last, exposure=of / everywhere, level=1 - 2 * ALPHA).low > 1


def recent_of(found: AreaPatterns) -> tuple[int, ...]:
    """Areas asked about that are new or consecutive hot spots more likely than not, the surest first."""
    told = found.asked & found.enough & (found.probability >= LIKELY)
    hot = [i for i, name in enumerate(found.pattern) if name in RECENT and told[i]]
    return tuple(sorted(hot, key=lambda i: -float(found.probability[i])))


def _months(first: int, stop: int) -> Period:
    return Period(first_of(first), first_of(stop) - timedelta(days=1))


def _meets(rise: ScanCluster, others: tuple[ScanCluster, ...]) -> bool:
    return any(set(rise.members) & set(other.members) for other in others)
