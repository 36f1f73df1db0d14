"""How many in all, how many the map can show, and against a year earlier. Knows no areas one by one."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np

from geodata.answers.answer import Change, Totals
from geodata.answers.earlier import earlier_period, is_comparable, years_back
from geodata.answers.selection import Selection, select
from geodata.question import Question, Scope
from geodata.statistics.change import ratio_test
from geodata.vocabulary import LayerKey, Placement
from geodata.warehouse.snapshot import PLACEMENTS, Snapshot

POINT = PLACEMENTS.index(Placement.POINT)


def answer_totals(snapshot: Snapshot, question: Question, scope: Scope) -> tuple[Totals, Change]:
    """The question's totals, and all it finds (placed or not) against the same days earlier."""
    totals = totals_of(select(snapshot, question, scope), question.layer)
    return totals, _change(snapshot, question, scope, totals.recorded)


def totals_of(selection: Selection, layer: LayerKey) -> Totals:
    """Matching rows, and those of them that have a place in the layer."""
    placed = selection.take(selection.incidents.area[layer]) >= 0
    with_point = placed & (selection.take(selection.incidents.placement) == POINT)
    recorded, shown = len(placed), int(np.count_nonzero(placed))
    return Totals(recorded, shown, int(np.count_nonzero(with_point)), recorded - shown)


def _change(snapshot: Snapshot, question: Question, scope: Scope, now: int) -> Change:
    period = earlier_period(snapshot, question.period)
    before = len(select(snapshot, replace(question, period=period), scope))
    test = ratio_test(before, now)
    known = before > 0
    return Change(
        before=before,
        now=now,
        ratio=test.ratio if known else nan,
        low=test.low if known else nan,
        high=test.high if known else nan,
        p=test.p if known else nan,
        comparable=is_comparable(snapshot.first_day, period),
        period=period,
        years_back=years_back(question.period, period),
    )
