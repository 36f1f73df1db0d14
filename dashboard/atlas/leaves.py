"""Asks and words what the pages of the atlas say. Draws nothing.

What all pages share (the register, the targets by area) is asked once, not once a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dashboard import asked, claims, findings
from dashboard import stamp as stamps
from dashboard.atlas.leaf import Aim, Leaf, Ranked, Ranking, Spot
from dashboard.atlas.units import KINDS, Unit, ground_view
from dashboard.claims import pattern
from dashboard.claims import target as target_claims
from dashboard.paper import wording
from dashboard.periods import years_of
from dashboard.reading import Reading
from dashboard.view import View
from geodata.answers.answer import AreaCounts, Change
from geodata.answers.register import LASTING, Register, RegisterRow
from geodata.answers.targets import Target, Targets
from geodata.question import Question

MOST_RANKED, MOST_SPOTS = 8, 4
QUARTERS = 12  # shown of a history


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What is asked once for all pages of an atlas. ``targets`` by area is None where each page asks for its own."""

    register: Register
    targets: Targets | None
    now: datetime
    user: str


def lay_desk(reading: Reading, units: tuple[Unit, ...], *, now: datetime, user: str) -> Desk:
    """Ask what the pages share."""
    register = reading.answers.register(ground_view(reading).question, reading.scope)
    targets = None
    if units[0].kind in ("commune", "district"):
        question = replace(reading.view, area=()).question
        targets = _targets(reading, question=question, by_area=True)
    return Desk(register, targets, now, user)


def write_leaf(unit: Unit, desk: Desk) -> Leaf:
    """One page's words and numbers."""
    reading, words = unit.reading, unit.reading.words
    view, scope, answers = reading.view, reading.scope, reading.answers
    totals, change = answers.totals(view.question, scope)
    counts = answers.counts(view.question, scope)
    targets = desk.targets or _targets(reading, question=view.question, by_area=False)
    rows = targets.of(unit.key if desk.targets else "")
    spots, spots_rest = _spots(unit, desk.register, counts.asked)
    about = (words(KINDS[unit.kind]).capitalize(), unit.holder, reading.names.edition(view.edition, words))
    return Leaf(
        unit=unit,
        about=" · ".join(filter(None, about)),
        question=question_of(reading),
        finding=finding_of(reading),
        comparison=wording.comparison(view, change, words),
        placed=claims.placed(totals, None, words),
        totals=totals,
        own=counts.asked,
        trend=answers.trend(view.question, scope),
        ranking=_by_category(reading) if counts.asked.sum() <= 1 else _by_area(reading, counts),
        spots=spots,
        spots_rest=spots_rest,
        aims_title=_aims_title(targets, reading),
        aims=tuple(_aim(row, reading) for row in rows if _wanted(row, view, reading)),
        caption=stamps.caption(stamps.stamp(reading, now=desk.now, user=desk.user), words),
    )


def finding_of(reading: Reading) -> str:
    """How many in the area and against the year before, whatever the map shows."""
    return findings.finding(replace(reading, view=replace(reading.view, layer="count")))


def question_of(reading: Reading) -> str:
    """What is asked on every page alike: which incidents, when, where but for the page's own area, under what."""
    view, names, words = reading.view, reading.names, reading.words
    parts = [asked.categories(view, names, words), words.period(view.period)]
    zones = [names.zone(key, words) for key in view.zone]
    return " · ".join([*parts, *zones, *asked.conditions(view, words)])


def _targets(reading: Reading, *, question: Question, by_area: bool) -> Targets:
    years = years_of(reading)
    return reading.answers.targets(
        question, reading.scope, baseline=years.baseline, period=years.period, by_area=by_area
    )


def _by_area(reading: Reading, counts: AreaCounts) -> Ranking:
    """The unit's own communes, those with most incidents first."""
    order = [i for i in np.argsort(-counts.n, kind="stable").tolist() if counts.asked[i]]
    told = [(counts.names[i], int(counts.n[i]), int(counts.before[i])) for i in order]
    before = counts.comparable and counts.years_back == 1
    rows = [Ranked(name, n, was if before else None) for name, n, was in told]
    return _ranking(reading.words("Inside: by commune"), rows, reading)


def _by_category(reading: Reading) -> Ranking:
    """What was recorded in one commune, category by category."""
    view, names, words = reading.view, reading.names, reading.words
    rows = []
    for category in names.categories:
        if view.category and category.key not in view.category:
            continue
        totals, change = reading.answers.totals(replace(view, category=(category.key,)).question, reading.scope)
        rows.append(Ranked(category.label(words.language), totals.recorded, _before(change)))
    rows.sort(key=lambda row: -row.n)
    return _ranking(words("Inside: by category"), rows, reading)


def _before(change: Change) -> int | None:
    return change.before if change.comparable and change.years_back == 1 else None


def _ranking(title: str, rows: list[Ranked], reading: Reading) -> Ranking:
    words, rest = reading.words, rows[MOST_RANKED:]
    if not rest:
        return Ranking(title, tuple(rows), "")
    n = words.count(sum(row.n for row in rest))
    said = words("and {rest} more with {n} incidents together", rest=words.number(len(rest)), n=n)
    return Ranking(title, tuple(rows[:MOST_RANKED]), said)


def _spots(unit: Unit, register: Register, own: NDArray[np.bool_]) -> tuple[tuple[Spot, ...], str]:
    """The places of the unit on the register, the worst first, and what is left out or why there is none."""
    reading, words = unit.reading, unit.reading.words
    rows = [row for row in register.rows if own[row.area] and (row.lasting or row.pattern in LASTING)]
    many = int(own.sum()) > 1
    spots = tuple(_spot(row, reading, placed=many) for row in rows[:MOST_SPOTS])
    if rest := len(rows) - len(spots):
        return spots, words.plural("and {n} more", "and {n} more", rest)
    if spots:
        return spots, ""
    judged = register.judged[: len(register.categories)]
    looked = sum(int((found.asked & own).sum()) for found in judged)
    enough = sum(int((found.enough & own).sum()) for found in judged)
    facts = {"enough": words.number(enough), "looked": words.number(looked)}
    if not enough:
        return (), words("There are too few incidents to tell whether any place was hot for long.")
    return (), words(
        "No lasting hot spot. Of {looked} places and categories {enough} have incidents enough to tell.", **facts
    )


def _spot(row: RegisterRow, reading: Reading, *, placed: bool) -> Spot:
    words = reading.words
    category = reading.names.category(row.spot.category, words.language) if row.spot.category else ""
    return Spot(
        name=", ".join(filter(None, (row.name if placed else "", category))),
        said=pattern.headline(row.found, row.area, words),
        often=pattern.quarters(row.found, row.area, words),
        quarters=tuple(row.found.quarters[row.area, -QUARTERS:].tolist()),
        lasting=row.lasting,
    )


def _wanted(row: Target, view: View, reading: Reading) -> bool:
    """Whole groups only; with categories asked for, the groups they are of."""
    groups = {category.group for category in reading.names.categories if category.key in view.category}
    return not row.category and (not groups or row.group in groups)


def _aims_title(targets: Targets, reading: Reading) -> str:
    """What is compared with what."""
    words, told = reading.words, targets.comparison
    periods = words("{now} against {before}", now=words.period(told.so_far), before=words.period(told.before))
    if not told.reached or not told.comparable:
        periods += ". " + words("The data do not cover both years: nothing may be concluded from these figures.")
    return f"{words('Targets: three statements')} · {periods}"


def _aim(row: Target, reading: Reading) -> Aim:
    words = reading.words
    groups = {group.key: group.label(words.language) for group in reading.names.profile.group_list()}
    statements = (
        target_claims.arithmetic(row, words),
        target_claims.change(row, words),
        target_claims.verdict(row, words),
    )
    return Aim(groups.get(row.group, row.group), statements)
