"""Incidents by month, with the same months a year earlier and a yearly mean. Knows no areas one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import MonthlyTrend
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.question import Question, Scope
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot

YEAR = 12
LEAST_MONTHS_BACK = 23  # with the last month of the data: two years


def answer_trend(snapshot: Snapshot, question: Question, scope: Scope) -> MonthlyTrend:
    """Count by month of the window; it is empty only where there are no data."""
    months = _window(snapshot, question.period)
    first_day, last_day = snapshot.first_day, snapshot.last_day
    if not months or first_day is None or last_day is None:
        select(snapshot, question, scope)  # a wrong question is refused even where there is nothing to count
        return _trend(snapshot, question, ())
    begun = [first_of(number) for number in months]
    longer = range(months.start - YEAR, months.stop)
    counts = by_month(snapshot, question, scope, longer)
    covered = np.array([first_of(number) >= first_day for number in longer])
    n = counts[YEAR:]
    means = np.convolve(counts, np.ones(YEAR), "valid")[1:] / YEAR
    return _trend(
        snapshot,
        question,
        tuple(begun),
        n=n,
        year_before=np.where(covered[:-YEAR], counts[:-YEAR], np.nan),
        mean_12=np.where(covered[1 : len(n) + 1], means, np.nan),
        partial=np.array([day < first_day or _last_of(day) > last_day for day in begun]),
    )


def _trend(
    snapshot: Snapshot,
    question: Question,
    months: tuple[date, ...],
    *,
    n: NDArray[np.int64] | None = None,
    year_before: NDArray[np.float64] | None = None,
    mean_12: NDArray[np.float64] | None = None,
    partial: NDArray[np.bool_] | None = None,
) -> MonthlyTrend:
    period = question.period
    inside = [day <= period.end and _last_of(day) >= period.start for day in months]
    return MonthlyTrend(
        question=question,
        months=months,
        n=np.empty(0, np.int64) if n is None else n,
        year_before=np.empty(0) if year_before is None else year_before,
        mean_12=np.empty(0) if mean_12 is None else mean_12,
        partial=np.empty(0, np.bool_) if partial is None else partial,
        in_period=np.array(inside, dtype=np.bool_),
        facts=facts_of(snapshot),
    )


def _window(snapshot: Snapshot, period: Period) -> range:
    """Month numbers of the last two years of the data, longer where the period began earlier.

    It does not end with the period: choosing a month must not move it from under the finger.
    """
    if snapshot.first_day is None or snapshot.last_day is None:
        return range(0)
    last = month_number(snapshot.last_day)
    start = min(month_number(period.start), last - LEAST_MONTHS_BACK)
    return range(max(start, month_number(snapshot.first_day)), last + 1)


def by_month(snapshot: Snapshot, question: Question, scope: Scope, months: range) -> NDArray[np.int64]:
    """Everything the question finds, whatever its period, in each of the months (numbers as of ``month_number``)."""
    whole = Period(first_of(months.start), first_of(months.stop) - timedelta(days=1))
    selection = select(snapshot, replace(question, period=whole), scope)
    edges = [(first_of(number) - EPOCH).days for number in range(months.start, months.stop + 1)]
    found = np.searchsorted(selection.take(snapshot.incidents.day), edges)
    return np.diff(found).astype(np.int64)


def month_number(day: date) -> int:
    """Months since year 0: months as numbers that can be subtracted."""
    return day.year * YEAR + day.month - 1


def first_of(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // YEAR, number % YEAR + 1, 1)


def _last_of(first: date) -> date:
    return first_of(month_number(first) + 1) - timedelta(days=1)
