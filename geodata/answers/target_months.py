"""Month by month, how many a target would allow: last year's line for whoever has to stay below. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import nan

import numpy as np
from numpy.typing import NDArray

from geodata.answers.enough import FEWEST_BEFORE
from geodata.answers.targets import Target, Targets
from geodata.answers.trend import by_month, first_of, month_number
from geodata.question import Question, Scope
from geodata.vocabulary import Category
from geodata.warehouse.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class TargetMonths:
    """The months of the baseline, and in each as many as were counted times what the target leaves of them.

    The same month of the calendar may have no more in a later year. ``change`` is the change asked for (-0.1 = down by
    10 %), NaN where it is not the same for all groups asked.
    """

    months: tuple[date, ...]
    most: NDArray[np.float64]
    change: float


def answer_target_months(snapshot: Snapshot, question: Question, scope: Scope, targets: Targets) -> TargetMonths | None:
    """The line of the ``targets`` (everywhere together) of the groups asked; None where there is none to draw.

    A target speaks of a whole group: of single categories there is none. Nor is there one where the data do not cover
    the baseline, where it has fewer than ten incidents, or where it is no earlier year of the same days.
    """
    groups = _whole_groups(snapshot.categories, question.categories)
    rows = [row for row in targets.of() if not row.category and row.group in groups]
    told = targets.comparison
    starts = {(each.start.month, each.start.day) for each in (told.baseline, told.period)}
    later_year = len(starts) == 1 and told.alike and told.baseline < told.period
    if not rows or not told.comparable or not later_year or _baseline(rows) < FEWEST_BEFORE:
        return None
    first, stop = month_number(told.baseline.start), month_number(told.baseline.end) + 1
    months = range(first + (told.baseline.start.day > 1), stop)
    most = np.zeros(len(months))
    for row in rows:
        members = tuple(each.key for each in snapshot.categories if each.group == row.group)
        most += row.target * by_month(snapshot, replace(question, categories=members), scope, months)
    ratios = {row.target for row in rows}
    return TargetMonths(tuple(map(first_of, months)), most, ratios.pop() - 1 if len(ratios) == 1 else nan)


def _baseline(rows: Sequence[Target]) -> int:
    return sum(row.baseline for row in rows)


def _whole_groups(categories: Sequence[Category], asked: tuple[str, ...]) -> set[str]:
    """The groups that the categories asked make up; none where they are not just some whole groups."""
    wanted = set(asked) or {each.key for each in categories}
    groups = {each.group for each in categories if each.key in wanted}
    members = {each.key for each in categories if each.group in groups}
    return groups if wanted == members and "" not in groups else set()
