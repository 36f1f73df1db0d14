"""Exact locations to draw, an even choice where there are too many. Knows nothing of symbols."""

from __future__ import annotations

import numpy as np

from geodata.answers.answer import Points
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.totals import POINT, totals_of
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot


def answer_points(snapshot: Snapshot, question: Question, scope: Scope, limit: int) -> Points:
    """Points that lie in the question's layer, every k-th in time order; none where the scope does not allow points."""
    selection = select(snapshot, question, scope)
    incidents = snapshot.incidents
    placed = selection.take(incidents.area[question.layer]) >= 0
    rows = np.flatnonzero(placed & (selection.take(incidents.placement) == POINT))
    step = max(1, -(-len(rows) // max(limit, 1)))
    drawn = rows[::step] if scope.points and limit > 0 else rows[:0]
    return Points(
        question=question,
        lon=selection.take(incidents.lon)[drawn],
        lat=selection.take(incidents.lat)[drawn],
        category=selection.take(incidents.category)[drawn],
        day=selection.take(incidents.day)[drawn],
        categories=tuple(category.key for category in snapshot.categories),
        total=len(rows),
        totals=totals_of(selection, question.layer),
        facts=facts_of(snapshot),
    )
