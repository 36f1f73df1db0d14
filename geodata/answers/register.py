"""The register of lasting hot spots: which places, what is done there, whether the numbers agree. Words nothing.

Each category is judged by itself over the whole layer (see ``patterns``); what a place is followed up for is kept in
the catalogue and only laid beside it here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.exposure import hot_spot_question
from geodata.answers.facts import facts_of
from geodata.answers.patterns import AreaPatterns
from geodata.follow_up import FollowUp, Spot
from geodata.profile import LastingRow
from geodata.question import Question, Scope
from geodata.vocabulary import Step
from geodata.warehouse.snapshot import Snapshot

LASTING: Final = frozenset(f"{kind} hot spot" for kind in ("intensifying", "persistent", "diminishing"))
REGISTERED: Final = LASTING | {"sporadic hot spot", "historical hot spot"}
CALM: Final = 2  # whole quarters without being hot after which a place has calmed
Judge = Callable[[Question], AreaPatterns]


class Check(StrEnum):
    """What the numbers say of a place that was said to have calmed."""

    AGREES = "agrees"
    STILL_HOT = "still_hot"
    HOT_AGAIN = "hot_again"  # it had been calm for two quarters before
    TOO_EARLY = "too_early"  # fewer than two whole quarters since
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is done about a place, beside what is recorded there; always judged on all incidents of the category.

    ``hot`` of the ``quarters`` that began since the step that holds were hot, the last ``calm`` of them were not.
    ``check`` is None but where the place was said to have calmed.
    """

    follow_up: FollowUp | None = None
    quarters: int = 0
    hot: int = 0
    calm: int = 0
    check: Check | None = None
    proposed: Step | None = None

    @property
    def followed(self) -> bool:
        """Whether somebody is following the place up now."""
        return self.follow_up is not None and self.follow_up.now.step is not Step.DROPPED


@dataclass(frozen=True, slots=True, eq=False)
class RegisterRow:
    """One place and category: number ``area`` of ``found``, which says everything about its history."""

    spot: Spot
    found: AreaPatterns
    area: int
    standing: Standing

    @property
    def name(self) -> str:
        """The place's name."""
        return self.found.names[self.area]

    @property
    def parent(self) -> str:
        """The code of the area that holds it, "" where none is known."""
        return self.found.parents[self.area]

    @property
    def pattern(self) -> str:
        """The name of its history."""
        return self.found.pattern[self.area]

    @property
    def lasting(self) -> bool:
        """Whether it is lasting by the workspace's rule."""
        return bool(self.found.lasting[self.area])

    @property
    def severity(self) -> tuple[int, float, int, str, str]:
        """The worse, the smaller: by the workspace's rule, hot now, then the lower end of the risk, then length."""
        low = float(self.found.rr_low[self.area])
        rank = 0 if self.lasting else 1 if self.pattern in REGISTERED and self.pattern != "historical hot spot" else 2
        hot = int(self.found.hot_bins[self.area])
        return rank, math.inf if math.isnan(low) else -low, -hot, self.spot.code, self.spot.category


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The worst first. ``looked_at`` places were judged once a category; of ``too_few`` nothing can be told."""

    question: Question
    rows: tuple[RegisterRow, ...]
    judged: tuple[AreaPatterns, ...]  # one a category
    categories: tuple[str, ...]  # those of ``judged``; "" is all together
    left_out: tuple[str, ...]  # categories whose places say little
    looked_at: int
    too_few: int
    elsewhere: int  # followed up in another edition, at another level, or for a category there is no more
    rule: LastingRow
    facts: DataFacts


def answer_register(
    snapshot: Snapshot, question: Question, scope: Scope, *, judge: Judge, follow_ups: Mapping[Spot, FollowUp]
) -> Register:
    """Lasting, sporadic and former hot spots, and every place that is followed up.

    ``judge`` gives the patterns of one category as far as the asker may see them; follow-ups of other places stay out.
    """
    narrowed, left_out = hot_spot_question(snapshot, question)
    asked = narrowed.categories or tuple(category.key for category in snapshot.categories)
    held = {spot: each for spot, each in follow_ups.items() if _in_layer(spot, snapshot, question)}
    active = {spot for spot, each in held.items() if each.now.step is not Step.DROPPED}
    further = () if question.categories else tuple(sorted({spot.category for spot in active} - set(asked)))
    rows: list[RegisterRow] = []
    judged = []
    for category in (*asked, *further):
        found = judge(_of_category(question, category))
        whole = judge(_of_category(_unfiltered(question), category))
        judged.append(found)
        codes = {spot.code for spot in active if spot.category == category}
        for area in _listed(found, codes, only_followed=category in further):
            spot = Spot(question.edition, question.level, found.codes[area], category)
            rows.append(RegisterRow(spot, found, area, standing_of(whole, area, held.get(spot))))
    told = judged[: len(asked)]
    gone = [spot for spot, each in follow_ups.items() if spot not in held and each.now.step is not Step.DROPPED]
    return Register(
        question=question,
        rows=tuple(sorted(rows, key=lambda row: row.severity)),
        judged=tuple(judged),
        categories=(*asked, *further),
        left_out=tuple(key for key in left_out if key not in further),
        looked_at=sum(int(found.asked.sum()) for found in told),
        too_few=sum(int((found.asked & ~found.enough).sum()) for found in told),
        elsewhere=len(gone) if scope.areas is None else 0,
        rule=snapshot.profile.lasting,
        facts=facts_of(snapshot),
    )


def standing_of(found: AreaPatterns, area: int, held: FollowUp | None) -> Standing:
    """The step that holds beside the quarters since, and the step that the numbers propose."""
    if held is None:
        lasting = bool(found.lasting[area]) or found.pattern[area] in LASTING
        return Standing(proposed=Step.NOTED if lasting else None)
    hot = found.quarters[area] == 1
    before = sum(start < held.now.since for start in found.quarter_starts)
    after, enough = hot[before:], bool(found.enough[area])
    check = _check(hot, before, enough=enough) if held.now.step is Step.CALMED else None
    return Standing(
        held,
        quarters=len(after),
        hot=int(after.sum()),
        calm=_run(~after),
        check=check,
        proposed=_proposed(held.now.step, check, calm=enough and _calm(after)),
    )


def _proposed(step: Step, check: Check | None, *, calm: bool) -> Step | None:
    match step:
        case Step.CALMED:
            return {Check.HOT_AGAIN: Step.COME_BACK, Check.STILL_HOT: Step.HANDLED}.get(check) if check else None
        case Step.DROPPED:
            return None
        case _ if calm:
            return Step.CALMED
        case Step.HANDLED:
            return None
        case _:
            return Step.HANDLED


def _check(hot: NDArray[np.bool_], before: int, *, enough: bool) -> Check:
    """``hot`` by quarter; the first ``before`` of them began before the place was said to have calmed."""
    after = hot[before:]
    if not enough:
        return Check.TOO_FEW
    if not len(after) or (len(after) < CALM and not after[-1]):
        return Check.TOO_EARLY
    if after[-1]:
        begun = len(hot) - _run(hot)
        return Check.HOT_AGAIN if begun >= before and _calm(hot[:begun]) else Check.STILL_HOT
    return Check.AGREES if _calm(after) else Check.STILL_HOT


def _calm(hot: NDArray[np.bool_]) -> bool:
    """Whether the last two quarters are there and were not hot."""
    return len(hot) >= CALM and not hot[-CALM:].any()


def _run(quarters: NDArray[np.bool_]) -> int:
    """How many up to the last are so without a break."""
    return int(np.logical_and.accumulate(quarters[::-1]).sum())


def _listed(found: AreaPatterns, followed: set[str], *, only_followed: bool) -> Iterator[int]:
    """The areas that stand on the register, in the order of the layer."""
    for area in np.flatnonzero(found.asked).tolist():
        lasting = bool(found.lasting[area]) or found.pattern[area] in REGISTERED
        if found.codes[area] in followed or (lasting and not only_followed):
            yield area


def _in_layer(spot: Spot, snapshot: Snapshot, question: Question) -> bool:
    layer = snapshot.boundaries.layers.get(question.layer)
    here = (spot.edition, spot.level) == tuple(question.layer) and layer is not None and spot.code in layer.codes
    return here and (not spot.category or any(spot.category == category.key for category in snapshot.categories))


def _of_category(question: Question, category: str) -> Question:
    return replace(question, categories=(category,) if category else ())


def _unfiltered(question: Question) -> Question:
    """All incidents of the category at the place: nights alone do not say whether it has calmed."""
    return replace(question, zones=(), sources=(), hours=None, weekdays=())
