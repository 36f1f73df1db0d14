"""When it happens: incidents by hour and weekday, spans by their shares. Knows no areas one by one."""

from __future__ import annotations

import numpy as np

from geodata.answers.answer import Rhythm
from geodata.answers.clock import UNKNOWN_HOUR, clock_of
from geodata.answers.facts import facts_of
from geodata.answers.selection import check_clock, select
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot


def answer_rhythm(snapshot: Snapshot, question: Question, scope: Scope) -> Rhythm:
    """All the question finds, placed or not, by hour and weekday. Raises QuestionError where those are not told."""
    check_clock(snapshot)
    selection = select(snapshot, question, scope)
    clock = clock_of(selection, np.arange(len(selection)))
    hours = UNKNOWN_HOUR + 1
    codes = clock.weekday * hours + clock.hour
    sums = np.bincount(codes, weights=clock.share, minlength=7 * hours).astype(np.float64).reshape(7, hours)
    return Rhythm(
        question=question,
        shares=sums[:, :UNKNOWN_HOUR],
        by_hour=sums[:, :UNKNOWN_HOUR].sum(axis=0),
        by_weekday=sums.sum(axis=1),
        hour_unknown=round(float(sums[:, UNKNOWN_HOUR].sum())),
        n=len(selection),
        facts=facts_of(snapshot),
    )
