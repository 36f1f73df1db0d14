"""Which areas stand out together, for a whole period or as a rise up to now. Knows areas as points; words nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.counts import by_area
from geodata.answers.enough import ALPHA, FEWEST, LEVEL
from geodata.answers.exposure import Denominator, exposure_of, hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.places import wholly_seen
from geodata.answers.selection import select
from geodata.answers.series import GRACE, Series, series_of, whole_months
from geodata.answers.terrain import Terrain
from geodata.answers.totals import totals_of
from geodata.answers.trend import first_of, month_number
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.change import ratio_test
from geodata.statistics.scan import Cluster, TimedCluster, permutation_scan, poisson_scan
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot

ScanMethod = Literal["poisson_scan", "permutation_scan"]
SIMULATIONS: Final = 999
SEED: Final = 1997  # the same clusters with the same p each time
MAX_SHARE: Final = 0.5  # of all inhabitants, or of all incidents, in one circle
MONTHS: Final = 12  # that the permutation scan looks back over
WINDOW: Final = 6  # months, the longest rise it looks for
LEAST_RISK: Final = 1.5  # under it a cluster may be certain and still not matter
SMOOTH: Final = 0.0003  # degrees, about 30 m: an outline on the map needs no more
Shape = Any  # a shapely (multi)polygon; shapely ships no types


@dataclass(frozen=True, slots=True)
class ScanCluster:
    """Areas that stand out together: ``members`` are positions in the layer, rising.

    ``rr`` compares inside with outside (poisson_scan), with its exact 90 % range, or recorded with expected
    (permutation_scan), where none can be given: the range is nan then, and on fewer than five incidents. ``p`` allows
    for all the circles and times that were tried. ``outline`` is the ground of the significant ones, EPSG:4326.
    """

    members: tuple[int, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    n: int
    expected: float
    rr: float
    llr: float
    p: float
    period: Period
    significant: bool  # p <= 5 % on five incidents or more, and (poisson_scan) a relative risk of 1.5 or more
    low: float
    high: float
    outline: Shape = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """All clusters of the layer that the question and the scope speak of, the likeliest first, whatever their p.

    The whole layer is searched whoever asks. A cluster is shown where an area asked for belongs to it, and where the
    asker may see all of its areas; ``hidden`` significant ones reach further. ``n`` incidents were searched, in
    ``bins`` months one by one (0: the period as one).
    """

    question: Question  # its period is what was searched
    method: ScanMethod
    clusters: tuple[ScanCluster, ...]
    hidden: int
    n: int
    areas: int  # that took part
    bins: int
    by: Denominator | None  # None: each area is compared with itself at other times
    left_out: tuple[str, ...]  # categories left out because their places say little
    totals: Totals  # of the places asked
    facts: DataFacts

    @property
    def enough(self) -> bool:
        """Whether there is enough to find a cluster in: some incidents, areas to compare, and for a rise some time."""
        return self.n >= FEWEST and self.areas > 1 and (self.method == "poisson_scan" or self.bins > 1)

    @property
    def significant(self) -> tuple[ScanCluster, ...]:
        """Those beyond chance, the likeliest first."""
        return tuple(each for each in self.clusters if each.significant)


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """The whole layer searched once, whoever asks about whichever part of it."""

    period: Period
    clusters: tuple[ScanCluster, ...]
    n: int
    areas: int
    bins: int
    by: Denominator | None
    left_out: tuple[str, ...]


def scan(snapshot: Snapshot, question: Question, terrain: Terrain, method: ScanMethod) -> Scanned:
    """Search the whole layer: its period as one, or the last whole months of it (twelve at most) for a rise up to now.

    A place is judged against the whole layer: the areas and regions asked for do not matter here.
    """
    narrowed, left_out = hot_spot_question(snapshot, whole_layer(question))
    search = _poisson if method == "poisson_scan" else _permutation
    return replace(search(snapshot, narrowed, terrain), left_out=left_out)


def answer_clusters(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    scanned: Scanned,
    *,
    method: ScanMethod,
    asked: NDArray[np.bool_],
) -> Clusters:
    """What of the layer's clusters the question and the scope speak of (``asked``: places.asked_areas)."""
    seen = wholly_seen(snapshot.boundaries, question.layer, scope)
    told = [each for each in scanned.clusters if asked[list(each.members)].any()]
    shown = tuple(each for each in told if seen[list(each.members)].all())
    narrowed = replace(hot_spot_question(snapshot, question)[0], period=scanned.period)
    return Clusters(
        question=narrowed,
        method=method,
        clusters=shown,
        hidden=sum(each.significant for each in told) - sum(each.significant for each in shown),
        n=scanned.n,
        areas=scanned.areas,
        bins=scanned.bins,
        by=scanned.by,
        left_out=scanned.left_out,
        totals=totals_of(select(snapshot, narrowed, scope), question.layer),
        facts=facts_of(snapshot),
    )


def months_back(snapshot: Snapshot, period: Period, longest: int = MONTHS) -> int:
    """How many whole months, at most ``longest``, lie within the period up to its end."""
    months = whole_months(snapshot, period.end, longest)
    first = month_number(period.start) + (period.start.day > 1 + GRACE)
    return max(0, months.stop - max(months.start, first))


def _poisson(snapshot: Snapshot, question: Question, terrain: Terrain) -> Scanned:
    exposure = exposure_of(snapshot, question, terrain)
    cases = by_area(select(snapshot, question, EVERYTHING), question.layer, len(terrain.x))
    rng = np.random.default_rng(SEED)
    known = exposure.known
    people = np.where(known, exposure.values, 0.0)
    found = poisson_scan(cases, people, terrain.x, terrain.y, max_share=MAX_SHARE, simulations=SIMULATIONS, rng=rng)
    total = int(cases[known].sum())
    named = _named(snapshot, question, found, [question.period] * len(found))
    clusters = tuple(_ranged(each, total) for each in named)
    return Scanned(question.period, clusters, total, int(known.sum()), 0, exposure.by, ())


def _permutation(snapshot: Snapshot, question: Question, terrain: Terrain) -> Scanned:
    series = series_of(snapshot, question, "month", months_back(snapshot, question.period))
    rng = np.random.default_rng(SEED)
    found = permutation_scan(
        series.counts,
        terrain.x,
        terrain.y,
        max_share=MAX_SHARE,
        max_window=WINDOW,
        prospective=True,
        simulations=SIMULATIONS,
        rng=rng,
    )
    period = series.period or question.period
    clusters = _named(snapshot, question, found, [_days(series, each.start, each.end) for each in found])
    return Scanned(period, clusters, int(series.counts.sum()), len(terrain.x), len(series.bins), None, ())


def _named(
    snapshot: Snapshot, question: Question, found: Sequence[Cluster], periods: Sequence[Period]
) -> tuple[ScanCluster, ...]:
    layer = snapshot.boundaries.layers[question.layer]
    return tuple(
        ScanCluster(
            members=each.members,
            codes=tuple(layer.codes[i] for i in each.members),
            names=tuple(layer.names[i] for i in each.members),
            n=each.cases,
            expected=each.expected,
            rr=each.relative_risk,
            llr=each.llr,
            p=each.p,
            period=period,
            significant=(telling := _telling(each)),
            low=np.nan,
            high=np.nan,
            outline=_outline(layer.polygons[list(each.members)]) if telling else None,
        )
        for each, period in zip(found, periods, strict=True)
    )


def _telling(found: Cluster) -> bool:
    strong = isinstance(found, TimedCluster) or found.relative_risk >= LEAST_RISK
    return found.p <= ALPHA and strong and found.cases >= FEWEST


def _ranged(found: ScanCluster, total: int) -> ScanCluster:
    """With the exact range of the ratio of the rates inside and outside."""
    if found.n < FEWEST or not 0 < found.expected < total:
        return found
    test = ratio_test(total - found.n, found.n, exposure=found.expected / (total - found.expected), level=LEVEL)
    return replace(found, low=test.low, high=test.high)


def _outline(polygons: NDArray[np.object_]) -> Shape:
    return shapely.simplify(shapely.union_all(polygons), SMOOTH)


def _days(series: Series, start: int, end: int) -> Period:
    after = first_of(month_number(series.bins[end]) + 1)
    return Period(series.bins[start], after - timedelta(days=1))
