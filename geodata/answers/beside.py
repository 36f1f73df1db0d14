"""The areas and regions asked beside the province: their share, both changes, and how their rates compare.

Nothing here counts the province where the asker may not see all of it: then its share is left out, and what is told of
the rest is a change and a ratio with its range, as every comparison with it must tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import Change
from geodata.answers.enough import FEWEST, FEWEST_BEFORE, LEVEL
from geodata.answers.exposure import whole_layer
from geodata.answers.places import wholly_seen
from geodata.answers.selection import select
from geodata.answers.totals import answer_totals, totals_of
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.change import Ratio
from geodata.statistics.overdispersion import widened_ratio
from geodata.warehouse.snapshot import Snapshot

UNKNOWN = Ratio(nan, nan, nan, nan)


@dataclass(frozen=True, slots=True)
class Beside:
    """The ground asked and the province, in the question's period; all NaN where nothing may be told.

    ``own`` is the ground's change on the year before, ``province`` that of everything together without its counts, NaN
    where the data do not reach back or fewer than ten were recorded before. ``share`` is the ground's part of all that
    was recorded, placed or not; NaN on fewer than five, and for who may not see the whole province.

    ``rates`` is the ground's rate per inhabitant over that of the rest, with its 90 % range, widened where months
    differ by more than chance. It has a meaning where ``enough`` were recorded, five in either, and ``inhabited``:
    everybody who lives in either is known.
    """

    question: Question
    own: Change
    province: Ratio
    share: float
    rates: Ratio
    enough: bool
    inhabited: bool


def answer_beside(
    snapshot: Snapshot, question: Question, scope: Scope, *, ground: NDArray[np.bool_], phi: float
) -> Beside:
    """Compare; the question's level is the edition's finest, ``ground`` marks the areas of it that are asked.

    ``phi`` is how many times months of one area differ more than chance makes them.
    """
    whole = whole_layer(question)
    (totals, own), (everyone, province) = (
        answer_totals(snapshot, question, scope),
        answer_totals(snapshot, whole, EVERYTHING),
    )
    told = province.comparable and province.before >= FEWEST_BEFORE
    shared = scope.areas is None and totals.recorded >= FEWEST
    here, rest = _inhabitants(snapshot, question, scope, ground)
    others = everyone.placed - _placed(snapshot, question)
    enough, inhabited = min(totals.placed, others) >= FEWEST, bool(here > 0 and rest > 0)
    rates = UNKNOWN
    if enough and inhabited:
        rates = widened_ratio(others, totals.placed, phi, exposure=here / rest, level=LEVEL)
    return Beside(
        question=question,
        own=own,
        province=Ratio(province.ratio, province.low, province.high, province.p) if told else UNKNOWN,
        share=totals.recorded / everyone.recorded if shared else nan,
        rates=rates,
        enough=enough,
        inhabited=inhabited,
    )


def _placed(snapshot: Snapshot, question: Question) -> int:
    """Incidents in the ground asked, whoever may see them: the others are those of the rest."""
    return totals_of(select(snapshot, question, EVERYTHING), question.layer).placed


def _inhabitants(
    snapshot: Snapshot, question: Question, scope: Scope, ground: NDArray[np.bool_]
) -> tuple[float, float]:
    """Who lives in the ground and in the rest; NaN where some are unknown, or only a part of an area is asked."""
    boundaries = snapshot.boundaries
    regions = boundaries.regions_in(question.edition)
    exact = all(regions[name].edition == question.edition for name in question.regions) and not question.zones
    if not exact or not wholly_seen(boundaries, question.layer, scope)[ground].all():
        return nan, nan
    people = boundaries.layers[question.layer].population
    return float(people[ground].sum()), float(people[~ground].sum())
