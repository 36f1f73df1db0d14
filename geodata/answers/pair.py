"""Two places side by side: counts, rates, risks and changes, and how their rates compare. Words nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.change import LEVEL, Moved, moved_from, overlap, spread
from geodata.answers.earlier import years_before
from geodata.answers.enough import FEWEST
from geodata.answers.facts import facts_of
from geodata.answers.places import asked_areas, wholly_seen
from geodata.answers.risk import AreaRisk
from geodata.answers.selection import select
from geodata.answers.years import Comparison, compare
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.change import Ratio
from geodata.statistics.overdispersion import widened_ratio
from geodata.statistics.rates import per_10k
from geodata.vocabulary import LayerKey, Level, Period
from geodata.warehouse.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """One or several areas taken together, in the question's period.

    ``per_10k`` is NaN on fewer than five incidents or where the inhabitants are not all known; ``rr`` is the steadied
    relative risk with its 90 % range, NaN where the place is not just one area of a level, or has fewer than five.
    """

    codes: tuple[str, ...]
    n: int
    population: float
    per_10k: float
    rr: float
    low: float
    high: float
    change: Moved


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Both places, and ``rates``: the first one's rate over the second's with an exact 95 % range.

    ``rates`` is None where it has no meaning: inhabitants unknown, fewer than five incidents in either, places that
    overlap.
    """

    question: Question
    comparison: Comparison
    first: Place
    second: Place
    rates: Ratio | None
    overlapping: bool
    facts: DataFacts


def answer_pair(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    places: tuple[tuple[str, ...], tuple[str, ...]],
    against: Period | None,
    risk: Callable[[Question, Scope], AreaRisk],
) -> Pair:
    """Compare two sets of areas; the question's level is the edition's finest, its own areas do not matter."""
    told = compare(snapshot, against or years_before(question.period), question.period)
    grounds = [_ground(snapshot, question, codes) for codes in places]
    phi, _ = spread(snapshot, question)
    first, second = (
        _place(snapshot, replace(question, areas=codes), scope, ground=ground, told=told, phi=phi, risk=risk)
        for codes, ground in zip(places, grounds, strict=True)
    )
    overlapping = bool((grounds[0] & grounds[1]).any())
    known = first.population > 0 and second.population > 0 and not overlapping
    rates = None
    if known and min(first.n, second.n) >= FEWEST:
        rates = widened_ratio(second.n, first.n, phi, exposure=first.population / second.population, level=LEVEL)
    return Pair(question, told, first, second, rates, overlapping, facts_of(snapshot))


def _ground(snapshot: Snapshot, question: Question, codes: tuple[str, ...]) -> NDArray[np.bool_]:
    """The areas of the finest layer that make up the place."""
    return asked_areas(snapshot.boundaries, replace(question, areas=codes, regions=(), zones=()), EVERYTHING)


def _place(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    ground: NDArray[np.bool_],
    told: Comparison,
    phi: float,
    risk: Callable[[Question, Scope], AreaRisk],
) -> Place:
    before, now, n = (
        len(select(snapshot, replace(question, period=period, regions=()), scope))
        for period in (told.before, told.so_far, question.period)
    )
    rr, low, high = _risk(snapshot, question, scope, risk)
    seen = bool(wholly_seen(snapshot.boundaries, question.layer, scope)[ground].all())
    people = float(snapshot.boundaries.layers[question.layer].population[ground].sum())  # NaN where one is unknown
    population = people if seen and not question.zones else np.nan  # who lives on a part of the ground is not known
    return Place(
        codes=question.areas,
        n=n,
        population=population,
        per_10k=float(per_10k(n, population)) if n >= FEWEST else np.nan,
        rr=rr,
        low=low,
        high=high,
        change=moved_from(before, now, phi, told, tested=told.comparable and not overlap(told) and before + now > 0),
    )


def _risk(
    snapshot: Snapshot, question: Question, scope: Scope, risk: Callable[[Question, Scope], AreaRisk]
) -> tuple[float, float, float]:
    """The relative risk among the areas of the level the place is one of."""
    level = _level(snapshot, question)
    if level is None:
        return np.nan, np.nan, np.nan
    found = risk(replace(question, level=level, areas=(), regions=()), scope)
    at = found.codes.index(question.areas[0])
    if found.n[at] < FEWEST:
        return np.nan, np.nan, np.nan
    return float(found.rr[at]), float(found.low[at]), float(found.high[at])


def _level(snapshot: Snapshot, question: Question) -> Level | None:
    """The level that has the place as one of several areas, the finest of them."""
    if len(question.areas) != 1:
        return None
    layers = snapshot.boundaries.layers
    levels = reversed(snapshot.boundaries.levels(question.edition))
    return next((level for level in levels if _one_of(layers[LayerKey(question.edition, level)].codes, question)), None)


def _one_of(codes: tuple[str, ...], question: Question) -> bool:
    return len(codes) > 1 and question.areas[0] in codes
