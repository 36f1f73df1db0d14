"""Incidents by area and month up to the question's end: the small line beside an area's name. Draws no conclusion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.trend import first_of, month_number
from geodata.question import Question, Scope
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

MONTHS = 24


@dataclass(frozen=True, slots=True, eq=False)
class MonthsByArea:
    """Whole calendar months, oldest first, the last one holding the question's last day (or the data's, if earlier).

    A month counts all of its days, also those outside the period asked. ``partial`` marks months the data do not cover
    whole, ``in_period`` those the period has a day in. ``n`` is 0 outside the areas ``asked``.
    """

    question: Question
    months: tuple[date, ...]  # first days; fewer than were wanted where the data begin later
    codes: tuple[str, ...]
    names: tuple[str, ...]
    n: NDArray[np.int64]  # (areas, months)
    recorded: NDArray[np.int64]  # (months,) all the question finds, those without an area too
    partial: NDArray[np.bool_]
    in_period: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    facts: DataFacts


def answer_months_by_area(
    snapshot: Snapshot, question: Question, scope: Scope, asked: NDArray[np.bool_], *, longest: int = MONTHS
) -> MonthsByArea:
    """Count by area and month, at most ``longest`` of them; ``asked``: areas spoken of (places.asked_areas)."""
    layer = snapshot.boundaries.layers[question.layer]
    starts = _window(snapshot, question.period.end, longest)
    n, recorded = _count(snapshot, question, scope, starts)
    ends = [_last_of(start) for start in starts]
    first, last = snapshot.first_day or EPOCH, snapshot.last_day or EPOCH
    period, pairs = question.period, list(zip(starts, ends, strict=True))
    return MonthsByArea(
        question=question,
        months=tuple(starts),
        codes=layer.codes,
        names=layer.names,
        n=n,
        recorded=recorded,
        partial=np.array([start < first or end > last for start, end in pairs], dtype=np.bool_),
        in_period=np.array([start <= period.end and end >= period.start for start, end in pairs], dtype=np.bool_),
        asked=asked | (n > 0).any(axis=1),
        facts=facts_of(snapshot),
    )


def _window(snapshot: Snapshot, until: date, longest: int) -> list[date]:
    """First days of the months, none where the question ends before the data begin."""
    if snapshot.first_day is None or snapshot.last_day is None:
        return []
    stop = month_number(min(until, snapshot.last_day)) + 1
    start = max(stop - longest, month_number(snapshot.first_day))
    return [first_of(number) for number in range(start, stop)]


def _count(
    snapshot: Snapshot, question: Question, scope: Scope, starts: list[date]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    areas = len(snapshot.boundaries.layers[question.layer].codes)
    if not starts:
        select(snapshot, question, scope)  # a wrong question is refused even where there is nothing to count
        return np.zeros((areas, 0), np.int64), np.zeros(0, np.int64)
    whole = replace(question, period=Period(starts[0], _last_of(starts[-1])))
    found = select(snapshot, whole, scope)
    position = found.take(found.incidents.area[question.layer]).astype(np.int64)
    edges = [(day - EPOCH).days for day in starts]
    when = np.searchsorted(edges, found.take(found.incidents.day), side="right") - 1
    placed = position >= 0
    flat = np.bincount(position[placed] * len(starts) + when[placed], minlength=areas * len(starts))
    by_area = flat.reshape(areas, len(starts)).astype(np.int64, copy=False)
    return by_area, np.bincount(when, minlength=len(starts)).astype(np.int64, copy=False)


def _last_of(first: date) -> date:
    return first_of(month_number(first) + 1) - timedelta(days=1)
