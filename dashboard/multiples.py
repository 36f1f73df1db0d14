"""The four groups, or the last eight quarters, as equal maps side by side, for a page or a slide. Chooses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dash import html
from dash.development.base_component import Component

from dashboard.claims import multiples as claims
from dashboard.components.legend import legend
from dashboard.figures.picture import Picture
from dashboard.figures.side_by_side import Side, legend_of, side_by_side
from dashboard.reading import Reading
from dashboard.small_maps import small_map
from dashboard.words import Words
from geodata.answers.change import AreaChanges
from geodata.answers.windows import EVER, Window, windows
from geodata.question import Question
from geodata.vocabulary import Group, Period

Kind = Literal["groups", "quarters"]
QUARTERS = 8
YEAR = QUARTERS // 2


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the maps: its name, what of the question it holds, and what is said below it."""

    name: str
    n: int  # what the question finds, in the areas chosen
    everywhere: int  # around them too
    side: Side
    below: str = ""


def multiples(reading: Reading, kind: Kind) -> html.Div:
    """The maps, on one scale with one legend or each on its own."""
    parts, view = parts_of(reading, kind), reading.view
    own = view.scale == "own"
    pictures = side_by_side([part.side for part in parts], reading.words, rates=view.layer == "rate", own=own)
    maps = [
        _map(reading, part, picture, f"{kind} {at}", own=own)
        for at, (part, picture) in enumerate(zip(parts, pictures, strict=True))
    ]
    common = [] if own or not pictures else [_legend(pictures, reading)]
    return html.Div([*common, html.Div(maps, className="maps-grid")], className=f"multiples {kind}")


def parts_of(reading: Reading, kind: Kind) -> tuple[Part, ...]:
    """What stands on the maps, in its order."""
    return tuple(_groups(reading) if kind == "groups" else _quarters(reading))


def lead(reading: Reading, kind: Kind) -> str:
    """What differs, in one sentence with its certainty; "" where nothing can be compared."""
    if kind == "groups":
        return claims.groups(_changed_groups(reading), reading.words)
    changes = _year(reading)
    return claims.year_of_quarters(changes, reading.words) if changes is not None else ""


def title(reading: Reading, kind: Kind) -> str:
    """The same as short as a slide's title is; "" where nothing can be compared."""
    if kind == "groups":
        return claims.title_of_groups(_changed_groups(reading), reading.words)
    changes = _year(reading)
    return claims.title_of_quarters(changes, reading.words) if changes is not None else ""


def _changed_groups(reading: Reading) -> list[tuple[str, AreaChanges]]:
    return [(_name(group, reading.words), _changes(reading, question)) for group, question in grouped(reading)]


def _year(reading: Reading) -> AreaChanges | None:
    """The last four quarters against the four before; None where there are not so many."""
    found = _windows(reading)
    if len(found) < QUARTERS:
        return None
    before, now = (Period(some[0].period.start, some[-1].period.end) for some in (found[:YEAR], found[YEAR:]))
    return reading.answers.change(replace(reading.view.question, period=now), reading.scope, against=before)


def grouped(reading: Reading) -> Iterator[tuple[Group, Question]]:
    """The groups of the profile that have categories, each with the question of all of them."""
    for group in reading.names.profile.group_list():
        if members := reading.names.members(group.key):
            yield group, replace(reading.view.question, categories=members)


def _groups(reading: Reading) -> Iterator[Part]:
    for group, question in grouped(reading):
        around = reading.answers.counts(replace(question, areas=()), reading.scope)
        totals, _ = reading.answers.totals(question, reading.scope)
        side = Side(
            around.codes,
            around.names,
            around.asked,
            around.n,
            around.population,
            question.period.days,
            around.totals,
            around.facts,
        )
        below = claims.changed(_changes(reading, question), reading.words)
        yield Part(_name(group, reading.words), totals.recorded, around.totals.recorded, side, below)


def _name(group: Group, words: Words) -> str:
    return group.label(words.language)


def _changes(reading: Reading, question: Question) -> AreaChanges:
    return reading.answers.change(question, reading.scope, against=reading.view.against)


def _windows(reading: Reading) -> tuple[Window, ...]:
    """The last eight quarters that the data cover by the end of the period asked."""
    question = reading.view.question
    months = reading.answers.months_by_area(replace(question, areas=()), reading.scope, longest=EVER).months
    return windows(reading.snapshot, months, "quarter", until=question.period.end)[-QUARTERS:]


def _quarters(reading: Reading) -> Iterator[Part]:
    question, words = reading.view.question, reading.words
    around = reading.answers.months_by_area(replace(question, areas=()), reading.scope, longest=EVER)
    own = reading.answers.months_by_area(question, reading.scope, longest=EVER)
    population = reading.snapshot.boundaries.layers[question.layer].population
    totals, _ = reading.answers.totals(question, reading.scope)
    for each in _windows(reading):
        n = around.n[:, each.months].sum(axis=1)
        side = Side(around.codes, around.names, around.asked, n, population, each.period.days, totals, around.facts)
        lacking = words("{k} of {n} months not whole", k=each.lacking, n=each.stop - each.first) if each.lacking else ""
        yield Part(
            words.months(each.period),
            int(own.recorded[each.months].sum()),
            int(around.recorded[each.months].sum()),
            side,
            lacking,
        )


def _map(reading: Reading, part: Part, picture: Picture, which: str, *, own: bool) -> html.Div:
    title: list[Component] = [html.Span(part.name), html.Span(_counted(reading, part), className="number-of")]
    shown = small_map(reading, picture, title, which)
    below: list[Component] = [html.P(part.below, className="hint")] if part.below else []
    return html.Div([shown, *([_legend([picture], reading)] if own else []), *below], className="multiple")


def _counted(reading: Reading, part: Part) -> str:
    words = reading.words
    if not reading.view.area:
        return words.counted("{n} incident", "{n} incidents", part.n)
    return words("{n} of {all} incidents", n=words.count(part.n), all=words.count(part.everywhere))


def _legend(pictures: Sequence[Picture], reading: Reading) -> html.Div:
    rows = legend_of(pictures, reading.words)
    return html.Div(legend(replace(pictures[0], legend=rows), reading.view.theme), className="map-key")
