"""Incidents by month of the year, one year under the other. Knows no areas one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.trend import YEAR, first_of, month_number
from geodata.question import Question, Scope
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Seasons:
    """All years of the data, whatever the question's period: ``n`` is NaN in months that the data do not reach.

    A month the data cover in part counts what they have of it, and is ``partial``.
    """

    question: Question
    years: tuple[int, ...]  # calendar years, oldest first
    n: NDArray[np.float64]  # (years, 12), January first
    partial: NDArray[np.bool_]  # (years, 12)
    facts: DataFacts


def answer_seasons(snapshot: Snapshot, question: Question, scope: Scope) -> Seasons:
    """Count by calendar month over all the data."""
    first, last = snapshot.first_day, snapshot.last_day
    if first is None or last is None:
        select(snapshot, question, scope)  # a wrong question is refused even where there is nothing to count
        nothing = np.zeros((0, YEAR))
        return Seasons(question, (), nothing, nothing.astype(np.bool_), facts_of(snapshot))
    years = tuple(range(first.year, last.year + 1))
    found = select(snapshot, replace(question, period=Period(first, last)), scope)
    numbers = range(years[0] * YEAR, (years[-1] + 1) * YEAR)
    edges = [(first_of(number) - EPOCH).days for number in range(numbers.start, numbers.stop + 1)]
    counts = np.diff(np.searchsorted(found.take(snapshot.incidents.day), edges)).astype(np.float64)
    reached = np.array([month_number(first) <= number <= month_number(last) for number in numbers])
    begun = np.array([first_of(number) >= first for number in numbers])
    ended = np.array([first_of(number + 1) - timedelta(days=1) <= last for number in numbers])
    shape = (len(years), YEAR)
    return Seasons(
        question=question,
        years=years,
        n=np.where(reached, counts, np.nan).reshape(shape),
        partial=(reached & ~(begun & ended)).reshape(shape),
        facts=facts_of(snapshot),
    )
