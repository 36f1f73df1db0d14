"""Did a fall move next door? Some areas, the ring of their neighbours, and the rest, before and now. Words nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.change import Moved, moved_from, overlap, spread
from geodata.answers.counts import by_area
from geodata.answers.earlier import years_before
from geodata.answers.enough import FEWEST_BEFORE
from geodata.answers.exposure import whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.places import asked_areas, wholly_seen
from geodata.answers.selection import select
from geodata.answers.terrain import Terrain
from geodata.answers.years import Comparison, compare
from geodata.geometry.neighbours import ring
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.displacement import Difference, success, wdd_of_rest, wdq
from geodata.statistics.overdispersion import WIDEN_ABOVE
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot

Doubt = Literal["", "no areas", "no neighbours", "no rest", "not comparable", "too few", "not seen"]


@dataclass(frozen=True, slots=True, eq=False)
class Displacement:
    """The areas asked (target), their first-order neighbours (ring) and all others (rest), each before and now.

    ``difference`` is the weighted displacement difference of target and ring against the rest with its 95 % interval:
    incidents more, below zero fewer, than if both had changed as the rest did; ``own`` is the same of the target alone.
    ``quotient`` is the weighted displacement quotient, NaN unless the target beat the rest (``success`` below 0).
    ``doubt`` says why nothing can be told; then all of them are NaN.
    """

    question: Question
    comparison: Comparison
    target: tuple[str, ...]  # names of areas
    ring: tuple[str, ...]
    others: int  # areas that make up the rest
    of_target: Moved
    of_ring: Moved
    of_rest: Moved
    own: Difference
    difference: Difference
    quotient: float
    doubt: Doubt
    facts: DataFacts


def answer_displacement(
    snapshot: Snapshot, question: Question, scope: Scope, *, against: Period | None, terrain: Terrain
) -> Displacement:
    """Judge the question's areas in its layer, from ``against`` (None: a year earlier) to its period.

    Regions of the question do not matter: ring and rest lie outside them. Counts are of the whole layer; who may not
    see target and ring whole is told nothing of them.
    """
    told = compare(snapshot, against or years_before(question.period), question.period)
    layer = snapshot.boundaries.layers[question.layer]
    target = np.zeros(len(layer.codes), dtype=np.bool_)
    if question.areas:
        target = asked_areas(snapshot.boundaries, replace(question, regions=(), zones=()), EVERYTHING)
    near = np.zeros_like(target)
    near[ring(terrain.weights, np.flatnonzero(target))] = True
    rest = ~target & ~near
    seen = bool(wholly_seen(snapshot.boundaries, question.layer, scope)[target | near].all())
    phi, _ = spread(snapshot, question)
    counts = [_counts(snapshot, question, period) for period in (told.before, told.so_far)]
    comparable = told.comparable and not overlap(told)
    groups = (target, near, rest)
    before, now = ([int(n[mask].sum()) if seen else 0 for mask in groups] for n in counts)
    parts = [
        moved_from(b, n, phi, told, tested=comparable and seen and b + n > 0) for b, n in zip(before, now, strict=True)
    ]
    doubt = _doubt(parts, [int(mask.sum()) for mask in groups], seen=seen, comparable=comparable)
    own, difference, quotient = _NOTHING if doubt else _judged(parts, phi, told.exposure)
    return Displacement(
        question=question,
        comparison=told,
        target=_named(layer.names, target),
        ring=_named(layer.names, near),
        others=int(rest.sum()),
        of_target=parts[0],
        of_ring=parts[1],
        of_rest=parts[2],
        own=own,
        difference=difference,
        quotient=quotient,
        doubt=doubt,
        facts=facts_of(snapshot),
    )


Judgement = tuple[Difference, Difference, float]
_UNKNOWN = Difference(np.nan, np.nan, np.nan)
_NOTHING: Judgement = (_UNKNOWN, _UNKNOWN, np.nan)


def _judged(parts: list[Moved], phi: float, exposure: float) -> Judgement:
    """Own difference, difference and quotient; what was before is first brought to the length of the period now."""
    (t0, t1), (b0, b1), (c0, c1) = ((part.before * exposure, part.now) for part in parts)
    wide = phi if phi > WIDEN_ABOVE else 1.0
    own = wdd_of_rest(t0, t1, c0, c1, 0, 0, phi=wide)
    difference = wdd_of_rest(t0, t1, c0, c1, b0, b1, phi=wide)
    return own, difference, wdq(t0, t1, b0, b1, c0, c1) if success(t0, t1, c0, c1) < 0 else np.nan


def _doubt(parts: list[Moved], areas: list[int], *, seen: bool, comparable: bool) -> Doubt:
    """Why nothing can be told, the first reason of several."""
    target, near, rest = parts
    doubts: dict[Doubt, bool] = {
        "no areas": not areas[0],
        "not seen": not seen,
        "no neighbours": not areas[1],
        "no rest": not areas[2],
        "not comparable": not comparable,
        "too few": min(target.before, near.before + near.now, rest.before, rest.now) < FEWEST_BEFORE,
    }
    return next((name for name, holds in doubts.items() if holds), "")


def _counts(snapshot: Snapshot, question: Question, period: Period) -> NDArray[np.int64]:
    found = select(snapshot, replace(whole_layer(question), period=period), EVERYTHING)
    return by_area(found, question.layer, len(snapshot.boundaries.layers[question.layer].codes))


def _named(names: tuple[str, ...], mask: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(names[i] for i in np.flatnonzero(mask))
