"""Everything a year's report counts, asked of Answers once. Words nothing and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from dashboard.reading import Reading
from geodata.answers.answer import Rhythm, Totals
from geodata.answers.change import LEVEL, Moved
from geodata.answers.patterns import AreaPatterns
from geodata.answers.register import Register
from geodata.answers.series import usual_silence
from geodata.answers.targets import Target, Targets
from geodata.answers.years import Comparison
from geodata.errors import QuestionError
from geodata.question import Question
from geodata.statistics.overdispersion import widened_ratio
from geodata.vocabulary import Level, Period, Source, ZoneKind

BORDER = (ZoneKind.BORDER_COMMUNES, ZoneKind.BORDER_BELT, ZoneKind.RESTRICTED, ZoneKind.DISTANCE_BAND)
NEW = ("new hot spot", "consecutive hot spot")
LIKELIER = 0.5  # a history that is less sure is not told as known


@dataclass(frozen=True, slots=True)
class Place:
    """A district, region or commune: recorded before and now, and now by group in the profile's order."""

    name: str
    before: int
    now: int
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A border zone: recorded before and now."""

    zone: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class NewSpot:
    """A place that became hot not long ago: position ``area`` of ``found``, for one category."""

    category: str
    found: AreaPatterns
    area: int


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A statistical year, held against the year before and against the baseline of the targets."""

    reading: Reading
    question: Question  # the year, the places, at the finest level
    year: int
    baseline_year: int
    totals: Totals
    last: Moved  # everything together, against the year before
    since: Moved  # against the baseline
    by_last: Targets
    by_base: Targets
    sources: tuple[tuple[Source, Moved], ...]
    districts: tuple[Place, ...]
    district_level: bool  # districts by law; else regions, the areas of responsibility
    communes: tuple[Place, ...]
    zones: tuple[ZoneRow, ...]
    rhythm: Rhythm | None  # None for those who may not see exact places
    register: Register
    new: tuple[NewSpot, ...]

    @property
    def period(self) -> Period:
        """The whole statistical year."""
        return self.question.period

    @property
    def reached(self) -> Period:
        """The part of the year that the data cover."""
        facts, silence = self.communes_facts
        first = self.period.start if facts.start <= self.period.start + silence else facts.start
        last = self.period.end if facts.end >= self.period.end - silence else facts.end
        return Period(first, last)

    @property
    def communes_facts(self) -> tuple[Period, timedelta]:
        """From when to when there are data, and how many days without an incident would be no news."""
        held = self.reading.snapshot
        first, last = held.first_day or self.period.start, held.last_day or self.period.end
        return Period(first, last), timedelta(days=usual_silence(held))

    @property
    def whole(self) -> bool:
        """Whether the data cover the whole year."""
        return self.reached == self.period

    @property
    def targeted(self) -> bool:
        """Whether there is a target for the year: the profile names a baseline year before it."""
        return self.baseline_year == self.reading.snapshot.profile.target.baseline_year

    def groups(self, found: Targets) -> tuple[Target, ...]:
        """The groups' rows in the profile's order."""
        return tuple(row for row in found.of() if not row.category)

    def other(self, found: Targets) -> tuple[Target, ...]:
        """The rows of categories that are in no group, so far as something was recorded."""
        return tuple(row for row in found.of() if row.category and not row.group and (row.now or row.before))

    def members(self, found: Targets, group: str) -> tuple[Target, ...]:
        """The categories' rows of a group."""
        return tuple(row for row in found.of() if row.category and row.group == group)


def find(reading: Reading, year: int | None = None) -> Found:
    """Ask for a statistical year (None: that of the view's last day) in the view's edition, areas and regions.

    Raises QuestionError where nothing is loaded or the data do not reach the year.
    """
    profile, answers, scope = reading.snapshot.profile, reading.answers, reading.scope
    year = year or profile.statistical_year_of(reading.view.end).end.year
    period = _year(reading, year)
    view = reading.view
    finest = reading.snapshot.boundaries.finest(view.edition) or view.level
    question = Question(period, view.edition, finest, areas=view.area, regions=view.region)
    before = profile.statistical_year(year - 1)
    own = profile.target.baseline_year
    baseline_year = own if own and own < year else year - 1
    baseline = profile.statistical_year(baseline_year)
    register = answers.register(question, scope)
    by_last = answers.targets(question, scope, baseline=before, period=period)
    by_base = answers.targets(question, scope, baseline=baseline, period=period)
    compared = _Compared(reading, by_last.comparison)
    districts, by_law = _districts(compared, question)
    return Found(
        reading=reading,
        question=question,
        year=year,
        baseline_year=baseline_year,
        totals=answers.totals(question, scope)[0],
        last=compared.moved(question),
        since=_Compared(reading, by_base.comparison).moved(question),
        by_last=by_last,
        by_base=by_base,
        sources=tuple(_sources(compared, question)),
        districts=districts,
        district_level=by_law,
        communes=_places(compared, question),
        zones=tuple(_zones(compared, question)),
        rhythm=answers.rhythm(question, scope) if scope.points else None,
        register=register,
        new=tuple(_new(register)),
    )


def _year(reading: Reading, year: int) -> Period:
    first, last = reading.snapshot.first_day, reading.snapshot.last_day
    if first is None or last is None or not reading.snapshot.boundaries.layers:
        raise QuestionError("nothing can be reported: no boundaries or no incidents are loaded")
    period = reading.snapshot.profile.statistical_year(year)
    if last < period.start or period.end < first:
        raise QuestionError(
            "year {year} ({start} to {end}) lies outside the data, which reach from {first} to {last}; name another "
            "year",
            year=str(year),
            start=f"{period.start:%d/%m/%Y}",
            end=f"{period.end:%d/%m/%Y}",
            first=f"{first:%d/%m/%Y}",
            last=f"{last:%d/%m/%Y}",
        )
    return period


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """Asks the same of the year, as far as it has come, and of the same days before."""

    reading: Reading
    told: Comparison

    def n(self, question: Question) -> int:
        return self.reading.answers.totals(question, self.reading.scope)[0].recorded

    def before(self, question: Question) -> Question:
        return replace(question, period=self.told.before)

    def moved(self, question: Question) -> Moved:
        """Both counts with the range of their ratio, widened as all places together show it."""
        phi = self.reading.answers.change(question, self.reading.scope, against=self.told.baseline).phi
        before, now = self.n(self.before(question)), self.n(question)
        test = widened_ratio(before, now, phi, exposure=self.told.exposure, level=LEVEL)
        return Moved(before, now, test.ratio, test.low, test.high, test.p, phi)


def _sources(compared: _Compared, question: Question) -> Iterator[tuple[Source, Moved]]:
    for source in (Source.REPORTED, Source.DISCOVERED, Source.UNKNOWN):
        moved = compared.moved(replace(question, sources=(source,)))
        if moved.now or moved.before:
            yield source, moved


def _districts(compared: _Compared, question: Question) -> tuple[tuple[Place, ...], bool]:
    boundaries = compared.reading.snapshot.boundaries
    if Level.DISTRICT in boundaries.levels(question.edition) and question.level is not Level.DISTRICT:
        return _places(compared, replace(question, level=Level.DISTRICT)), True
    if question.asks_for_places:
        return (), False
    regions = boundaries.regions_in(question.edition).values()
    return tuple(_region(compared, replace(question, regions=(each.id,)), each.name) for each in regions), False


def _region(compared: _Compared, question: Question, name: str) -> Place:
    groups = tuple(compared.n(asked) for asked in _by_group(compared.reading, question))
    return Place(name, compared.n(compared.before(question)), compared.n(question), groups)


def _places(compared: _Compared, question: Question) -> tuple[Place, ...]:
    answers, scope = compared.reading.answers, compared.reading.scope
    counts, before = answers.counts(question, scope), answers.counts(compared.before(question), scope)
    groups = [answers.counts(asked, scope).n for asked in _by_group(compared.reading, question)]
    named = _told_apart(compared.reading, counts.names, question)
    return tuple(
        Place(named[i], int(before.n[i]), int(counts.n[i]), tuple(int(n[i]) for n in groups))
        for i in np.flatnonzero(counts.asked | before.asked).tolist()
    )


def _told_apart(reading: Reading, names: Sequence[str], question: Question) -> list[str]:
    """Names of areas; one that several have with the area it lies in."""
    layer = reading.snapshot.boundaries.layers[question.layer]
    often = Counter(names)
    above = [reading.names.area(question.edition, parent) if parent else "" for parent in layer.parents]
    return [f"{name} ({above[i]})" if often[name] > 1 and above[i] else name for i, name in enumerate(names)]


def _by_group(reading: Reading, question: Question) -> Iterator[Question]:
    for group in reading.names.profile.group_list():
        if members := reading.names.members(group.key):
            yield replace(question, categories=members)
    if others := _in_no_group(reading):
        yield replace(question, categories=others)


def _in_no_group(reading: Reading) -> tuple[str, ...]:
    return tuple(each.key for each in reading.snapshot.categories if not each.group)


def _zones(compared: _Compared, question: Question) -> Iterator[ZoneRow]:
    answers, scope = compared.reading.answers, compared.reading.scope
    now, then = answers.zones(question, scope), answers.zones(compared.before(question), scope)
    for zone, kind, before, n in zip(now.ids, now.kinds, then.n.tolist(), now.n.tolist(), strict=True):
        if kind in BORDER:
            yield ZoneRow(zone, before, n)


def _new(register: Register) -> Iterator[NewSpot]:
    for category, found in zip(register.categories, register.judged, strict=True):
        for area in np.flatnonzero(found.asked & found.enough).tolist():
            likely = float(found.probability[area])
            if found.pattern[area] in NEW and (np.isnan(likely) or likely > LIKELIER):
                yield NewSpot(category, found, area)
