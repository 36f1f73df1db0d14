"""Incidents by area of one layer, now and a year earlier. Knows nothing of how they are drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import AreaCounts
from geodata.answers.earlier import earlier_period, is_comparable, years_back
from geodata.answers.facts import facts_of
from geodata.answers.selection import Selection, select
from geodata.answers.totals import totals_of
from geodata.question import Question, Scope
from geodata.statistics.rates import per_10k
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import Snapshot


def answer_counts(snapshot: Snapshot, question: Question, scope: Scope, asked: NDArray[np.bool_]) -> AreaCounts:
    """Count by area. ``asked`` are the areas the question speaks of by code, parent or ground (places.asked_areas)."""
    selection = select(snapshot, question, scope)
    layer = snapshot.boundaries.layers[question.layer]
    n = by_area(selection, question.layer, len(layer.codes))
    earlier = earlier_period(snapshot, question.period)
    before = by_area(select(snapshot, replace(question, period=earlier), scope), question.layer, len(layer.codes))
    return AreaCounts(
        question=question,
        codes=layer.codes,
        names=layer.names,
        parents=layer.parents,
        n=n,
        before=before,
        comparable=is_comparable(snapshot.first_day, earlier),
        years_back=years_back(question.period, earlier),
        population=layer.population,
        per_10k=per_10k(n, layer.population),
        asked=asked | (n > 0),
        totals=totals_of(selection, question.layer),
        facts=facts_of(snapshot),
    )


def by_area(selection: Selection, key: LayerKey, areas: int) -> NDArray[np.int64]:
    """How many matching rows lie in each area of the layer; rows without an area (-1) are in none."""
    positions = selection.take(selection.incidents.area[key])
    return np.bincount(positions + 1, minlength=areas + 1)[1:].astype(np.int64, copy=False)
