"""Places that stand for several incidents each: what leaves the house instead of points. Knows no file format."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.totals import POINT, totals_of
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class SharedPlaces:
    """``n`` incidents, rounded, stand at each place; ``area`` is the index of the layer's area that holds it.

    A place stands for ground of at least ``cell_m`` a side (profile, [disclosure]) inside one commune, on which at
    least ``cell_fewest`` incidents were ever recorded. Incidents known to their area only stand at none.
    """

    question: Question
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    n: NDArray[np.int64]
    area: NDArray[np.int64]
    totals: Totals
    facts: DataFacts


def answer_shared_places(disclosed: Snapshot, question: Question, scope: Scope) -> SharedPlaces:
    """Count the disclosed incidents of the question by place, in the order of the layer's areas."""
    selection = select(disclosed, question, scope)
    held = selection.incidents
    at = np.flatnonzero((selection.take(held.area[question.layer]) >= 0) & (selection.take(held.placement) == POINT))
    columns = (held.area[question.layer], held.lon, held.lat)
    rows = np.column_stack([selection.take(each)[at].astype(np.float64) for each in columns])
    places, n = np.unique(rows, axis=0, return_counts=True)
    return SharedPlaces(
        question=question,
        lon=places[:, 1],
        lat=places[:, 2],
        n=n.astype(np.int64),
        area=places[:, 0].astype(np.int64),
        totals=totals_of(selection, question.layer),
        facts=facts_of(disclosed),
    )
