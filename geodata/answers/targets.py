"""Down by the target, or noise: three statements a category and group, never one light. Knows counts, no words.

1. arithmetic: the count against the target's share of the baseline;
2. change: an exact test of the two counts, widened where months spread more than chance;
3. verdict: two one-sided tests against the target itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.enough import ALPHA
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.years import Comparison, compare
from geodata.profile import TargetRow
from geodata.question import Question, Scope
from geodata.statistics.change import Ratio, Verdict
from geodata.statistics.outlook import Outlook, cases_for_power, on_track, power, season
from geodata.statistics.overdispersion import dispersion, widened_ratio, widened_verdict
from geodata.statistics.significance import benjamini_hochberg
from geodata.vocabulary import Period, Source
from geodata.warehouse.snapshot import EPOCH, SOURCES, Snapshot

Direction = Literal["down", "up", "no clear change"]
NOTHING = Ratio(np.nan, np.nan, np.nan, np.nan)  # known of a period the data do not reach
MOSTLY = 0.5  # share from which a group counts as discovered by police
_DISCOVERED = SOURCES.index(Source.DISCOVERED)
_JANUARY = 1
_A_DAY, _A_MONTH = timedelta(days=1), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Target:
    """One category, or a whole group (``category`` empty), in one area (``area`` empty: everywhere).

    ``before`` and ``now`` are the same part of both years; ``baseline`` is the whole baseline. ``ratio`` with its 95 %
    interval and p is now / before per day, ``phi`` the factor by which months spread more than chance (nan unknown),
    ``q`` the p among all rows of the same kind and area. ``outlook`` is None where the period is over; ``quota`` is how
    many may still come. ``power`` is the chance to see a true fall to the target at all, ``needed`` the yearly number
    at which it would be 80 %.
    """

    category: str
    group: str
    area: str
    target: float  # now / before that is asked for, 0.9 for "down by 10 %"
    baseline: int
    before: int
    now: int
    ratio: float
    low: float
    high: float
    p: float
    q: float
    phi: float
    reached: bool  # by arithmetic
    change: Direction
    verdict: Verdict
    outlook: Outlook | None
    quota: int
    power: float
    needed: float
    discovered: bool  # most of its incidents were found by police: a fall may be less looking


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """All targets of a question: groups and categories in the profile's order, area by area.

    ``not_placed`` incidents of the two periods lie in no area of the layer, and so in none of its rows.
    """

    question: Question
    comparison: Comparison
    areas: tuple[tuple[str, str], ...]  # code and name, ("", "") for everywhere
    rows: tuple[Target, ...]
    not_placed: int
    facts: DataFacts

    def of(self, area: str = "") -> tuple[Target, ...]:
        """The rows of one area."""
        return tuple(row for row in self.rows if row.area == area)


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """Incidents of one category or group in one area: (windows,) each."""

    before: int
    now: int
    baseline: int
    past: NDArray[np.int64]  # whole years
    past_so_far: NDArray[np.int64]
    months: NDArray[np.int64]  # (years, months of the year), January and February as one
    discovered: int


def answer_targets(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    baseline: Period,
    period: Period,
    shown: NDArray[np.bool_] | None,
) -> Targets:
    """Judge every category and group in each area ``shown`` of the question's layer, or everywhere together (None).

    The question's period and categories do not matter: the two periods and the profile's categories do.
    """
    by_area = shown is not None
    comparison = compare(snapshot, baseline, period)
    tables = _Tables(snapshot, replace(question, categories=()), scope, comparison, by_area=by_area)
    layer = snapshot.boundaries.layers[question.layer]
    areas = tuple(zip(layer.codes, layer.names, strict=True)) if by_area else (("", ""),)
    targets = _Asked(snapshot, question)
    rows: list[Target] = []
    positions = range(1) if shown is None else np.flatnonzero(shown).tolist()
    for position in positions:
        code, _name = areas[position]
        groups = [
            _judge(tables.of(position, members), comparison, targets.of(key, code)) for key, members in tables.groups
        ]
        single = [
            _judge(tables.of(position, [i]), comparison, targets.of(group, code))
            for i, group in enumerate(tables.group_of)
        ]
        named = [replace(row, group=key, area=code) for row, (key, _) in zip(groups, tables.groups, strict=True)]
        named_single = [
            replace(row, category=category.key, group=category.group, area=code)
            for row, category in zip(single, snapshot.categories, strict=True)
        ]
        rows += [*_with_q(named), *_with_q(named_single)]
    told = tuple(areas[position] for position in positions)
    return Targets(question, comparison, told, tuple(rows), tables.not_placed(comparison), facts_of(snapshot))


def _with_q(rows: Sequence[Target]) -> Iterator[Target]:
    for row, q in zip(rows, benjamini_hochberg([row.p for row in rows]).tolist(), strict=True):
        yield replace(row, q=q)


def _judge(counts: _Counts, comparison: Comparison, target: float) -> Target:
    phi = dispersion(counts.months) if counts.months.size else np.nan
    ratio = widened_ratio(counts.before, counts.now, phi, exposure=comparison.exposure, level=1 - ALPHA)
    wanted = target * comparison.exposure
    outlook = None
    if comparison.running and comparison.comparable and comparison.alike:
        learned = season(counts.past_so_far, counts.past, phi=_known(phi))
        outlook = on_track(counts.now, target * counts.baseline, learned, phi=_known(phi))
    if not comparison.reached:
        ratio = NOTHING
    return Target(
        category="",
        group="",
        area="",
        target=target,
        baseline=counts.baseline,
        before=counts.before,
        now=counts.now,
        ratio=ratio.ratio,
        low=ratio.low,
        high=ratio.high,
        p=ratio.p,
        q=np.nan,
        phi=phi,
        reached=counts.now <= wanted * counts.before + 1e-9,
        change="no clear change" if not ratio.p < ALPHA else "down" if ratio.ratio < 1 else "up",
        verdict=widened_verdict(counts.before, counts.now, phi, target=wanted, alpha=ALPHA)
        if comparison.reached
        else "unclear",
        outlook=outlook,
        quota=int(np.floor(target * counts.baseline + 1e-9)) - counts.now,
        power=power(counts.baseline, change=target - 1, phi=max(1.0, _known(phi))) if target < 1 else np.nan,
        needed=cases_for_power(change=target - 1, phi=max(1.0, _known(phi))) if target < 1 else np.nan,
        discovered=counts.discovered > MOSTLY * max(1, counts.now + counts.before),
    )


def _known(phi: float) -> float:
    return 1.0 if np.isnan(phi) else float(phi)


class _Asked:
    """Which change is asked of a group: the workspace's, or that of a region the place lies in."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        row: TargetRow = snapshot.profile.target
        self._ratio = 1 + row.change
        self._own = {
            region: {key: 1 + change for key, change in groups.items()} for region, groups in row.regions.items()
        }
        self._asked = question.regions
        regions = snapshot.boundaries.regions_in(question.edition)
        self._of_area = {
            code: name for name, region in regions.items() if name in self._own and region.edition == question.edition
            for code in region.codes
        }  # fmt: skip

    def of(self, group: str, area: str) -> float:
        """The ratio asked for."""
        region = self._of_area.get(area, "") if area else self._asked[0] if len(self._asked) == 1 else ""
        return self._own.get(region, {}).get(group, self._ratio)


class _Tables:
    """Counts by area, category and window, made in one pass over the incidents."""

    def __init__(
        self, snapshot: Snapshot, question: Question, scope: Scope, comparison: Comparison, *, by_area: bool
    ) -> None:
        self.group_of = [category.group for category in snapshot.categories]
        keys = [key for key in dict.fromkeys([*snapshot.profile.groups, *self.group_of]) if key in self.group_of]
        self.groups = [(key, [i for i, group in enumerate(self.group_of) if group == key]) for key in keys if key]
        first, last = snapshot.first_day or EPOCH, snapshot.last_day or EPOCH
        found = select(snapshot, replace(question, period=Period(first, last)), scope)
        self._areas = len(snapshot.boundaries.layers[question.layer].codes) if by_area else 1
        self._kinds = len(snapshot.categories)
        area = found.take(snapshot.incidents.area[question.layer]).astype(np.int64) if by_area else 0
        self._flat = np.asarray(area * self._kinds + found.take(snapshot.incidents.category))
        self._placed = np.asarray(self._flat >= 0) if by_area else np.ones(len(found), dtype=np.bool_)
        self._day = found.take(snapshot.incidents.day)
        seen = found.take(snapshot.incidents.source) == _DISCOVERED
        self._before, self._now = self._count(comparison.before), self._count(comparison.so_far)
        self._baseline = self._count(comparison.baseline)
        self._past = np.stack([self._none(), *(self._count(year) for year in comparison.past)])[1:]
        cut = [self._first_days(year, comparison) for year in comparison.past]
        self._past_so_far = np.stack([self._none(), *(self._count(part) for part in cut)])[1:]
        whole = [*comparison.past, *([] if comparison.running else [comparison.period])]
        self._months = np.array([[self._count(month) for month in _months(year)] for year in whole])
        self._discovered = self._count(comparison.before, seen) + self._count(comparison.so_far, seen)

    def of(self, area: int, kinds: Sequence[int]) -> _Counts:
        """The counts of some categories together in one area."""
        chosen = (area, list(kinds))
        months = self._months[..., area, list(kinds)].sum(axis=-1) if self._months.size else self._months
        return _Counts(
            before=int(self._before[chosen].sum()),
            now=int(self._now[chosen].sum()),
            baseline=int(self._baseline[chosen].sum()),
            past=self._past[:, area, list(kinds)].sum(axis=1),
            past_so_far=self._past_so_far[:, area, list(kinds)].sum(axis=1),
            months=months,
            discovered=int(self._discovered[chosen].sum()),
        )

    def not_placed(self, comparison: Comparison) -> int:
        """How many of the incidents compared lie in no area."""
        first, last = comparison.before, comparison.so_far
        return sum(int(np.count_nonzero(~self._placed[self._rows(each)])) for each in (first, last))

    def _rows(self, period: Period) -> slice:
        edges = [(period.start - EPOCH).days, (period.end - EPOCH).days + 1]
        return slice(*np.searchsorted(self._day, edges).tolist())

    def _count(self, period: Period, wanted: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """(areas, categories) in the period."""
        rows = self._rows(period)
        mask = self._placed[rows] if wanted is None else self._placed[rows] & wanted[rows]
        counted = np.bincount(self._flat[rows][mask], minlength=self._areas * self._kinds)
        return counted.reshape(self._areas, self._kinds).astype(np.int64, copy=False)

    def _none(self) -> NDArray[np.int64]:
        return np.zeros((self._areas, self._kinds), dtype=np.int64)

    @staticmethod
    def _first_days(year: Period, comparison: Comparison) -> Period:
        """The part of a past year that the period has come to."""
        part, back = comparison.so_far, comparison.period.start.year - year.start.year
        for _ in range(back):
            part = part.a_year_earlier()
        return part


def _months(year: Period) -> list[Period]:
    """The months of a year as periods; January and February are one, because Tết moves between them."""
    found: list[Period] = []
    start = year.start
    while start <= year.end:
        after = (start.replace(day=1) + _A_MONTH).replace(day=1)
        if start.month == _JANUARY:
            after = (after + _A_MONTH).replace(day=1)
        end = min(year.end, after - _A_DAY)
        found.append(Period(start, end))
        start = after
    return found
