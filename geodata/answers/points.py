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
    """Points in the question's layer, at most ``limit``, chosen evenly in time; none where the scope allows none."""
    selection = select(snapshot, question, scope)
    incidents = snapshot.incidents
    placed = selection.take(incidents.area[question.layer]) >= 0
    rows = np.flatnonzero(placed & (selection.take(incidents.placement) == POINT))
    many = min(len(rows), limit) if scope.points else 0
    drawn = rows[np.arange(many) * len(rows) // max(many, 1)]
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
