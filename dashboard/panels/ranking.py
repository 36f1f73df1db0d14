"""Areas by number of incidents, each with its change and its range. A click on a name asks only about that area."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.claims import change as change_claims
from dashboard.claims import pattern as pattern_claims
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.interval import place
from dashboard.components.sortable import Heading, Row, Value, sortable
from dashboard.emptiness import why_empty
from dashboard.layers.change import SIGNS
from dashboard.layers.pattern import LOOKS
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from geodata.answers.answer import AreaCounts
from geodata.answers.change import AreaChanges
from geodata.answers.patterns import AreaPatterns

MOST = 12  # rows shown beside the map (side.css says the same), of the areas that are there to be sorted
MOST_SORTED = 100
ON_SCREEN = 5  # rows on the projector


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The areas asked, those with most incidents first, and what is known of each."""

    counts: AreaCounts
    order: list[int]
    changes: AreaChanges | None  # None where no comparison is wanted or possible
    patterns: AreaPatterns


def gather(reading: Reading) -> Ranked:
    """All areas stay in the list when one is chosen: the chosen one is marked, not alone."""
    view, answers, scope = reading.view, reading.answers, reading.scope
    question = replace(view, area=()).question
    counts = answers.counts(question, scope)
    order = [int(i) for i in np.argsort(-counts.n, kind="stable") if counts.asked[i]]
    changes = answers.change(question, scope) if view.compare == "previous_year" else None
    told = changes if changes is not None and changes.comparable else None
    return Ranked(counts, order, told, answers.patterns(question, scope))


def render(reading: Reading) -> list[Component]:
    """The areas with most incidents; what the rest adds up to is said below."""
    if reading.view.mode == "projector":
        return _for_the_room(reading)
    found, words = gather(reading), reading.words
    order = [i for i in found.order if found.counts.n[i]]
    if not order:
        return [why_empty(reading, found.counts.totals)]
    rows = [_row(found, i, reading, longest=int(found.counts.n[order[0]])) for i in order[:MOST_SORTED]]
    table = sortable("areas", words("Areas with most incidents"), _headings(found, reading), rows, by="n")
    notes = (_rest(found.counts, order, reading), _spread(found.counts, reading))
    return [table, *(html.P(note, className="hint") for note in notes if note)]


def _headings(found: Ranked, reading: Reading) -> list[Heading]:
    words = reading.words
    made = [Heading(words("Area"), "name", first="ascending"), Heading(words("Incidents"), "n")]
    if found.changes is not None:
        made.append(Heading(words("Change"), "change", change_claims.periods(found.changes, words)))
    made.append(Heading(words("Pattern"), "pattern", pattern_claims.method(found.patterns, words)))
    return made


def _row(found: Ranked, i: int, reading: Reading, *, longest: int) -> Row:
    n = int(found.counts.n[i])
    values = [name(found, i, reading, share=n / longest), Value(reading.words.count(n), n)]
    if found.changes is not None:
        values.append(changed(found.changes, i, reading))
    values.append(pattern(found.patterns, i, reading))
    return Row(values, look="chosen" if found.counts.codes[i] in reading.view.area else "")


def name(found: Ranked, i: int, reading: Reading, *, share: float) -> Value:
    """An area's name, which asks only about it, over a bar as long as its share of the longest."""
    view, words, code = reading.view, reading.words, found.counts.codes[i]
    chosen = code in view.area
    target = replace(view, area=tuple(area for area in view.area if area != code) if chosen else (code,))
    said = words("Show all areas") if chosen else words("Show only this area")
    link = dcc.Link(found.counts.names[i], href=target.to_query(), title=said)
    return Value(link, found.counts.names[i], style={"--share": f"{100 * share:.0f}%"})


def changed(changes: AreaChanges, i: int, reading: Reading) -> Value:
    """The change in a word over its 95 % range, drawn; strong with a sign where it is more than chance."""
    words, kind = reading.words, str(changes.classes[i])
    brief, said = change_claims.brief(changes, i, words), change_claims.sentence(changes, i, words)
    if brief == "–":
        return Value(brief, None, said, "soft")
    style = {"--low": f"{place(changes.low[i]):.0f}%", "--high": f"{place(changes.high[i]):.0f}%"}
    return Value(f"{SIGNS.get(kind, '')} {brief}".strip(), float(changes.ratio[i]), said, _sure(kind), style)


def _sure(kind: str) -> str:
    return "ranged sure" if kind in SIGNS else "ranged"


def pattern(patterns: AreaPatterns, i: int, reading: Reading) -> Value:
    """The pattern in a word or two with its sign, the most pressing first; empty where there is none to tell."""
    words = reading.words
    if not (said := pattern_claims.short(patterns, i, words)):
        return Value("")
    pressing, sign = list(LOOKS).index(patterns.pattern[i]), LOOKS[patterns.pattern[i]][1]
    side = "hot" if sign == "▲" else "cold" if sign == "▼" else ""
    full = f"{pattern_claims.headline(patterns, i, words)}. {pattern_claims.sentence(patterns, i, words)}"
    return Value(f"{sign}\u00a0{said}", -pressing, full, side)


def _rest(counts: AreaCounts, order: list[int], reading: Reading) -> str:
    if len(order) <= MOST:
        return ""
    return reading.words(
        "and {areas} more areas with {n} incidents together",
        areas=reading.words.number(len(order) - MOST),
        n=reading.words.count(int(counts.n[order[MOST:]].sum())),
    )


def _spread(counts: AreaCounts, reading: Reading) -> str:
    return claims.concentration(reading.answers.concentration(counts.question, reading.scope), reading.words)


def _for_the_room(reading: Reading) -> list[Component]:
    """A few names and numbers to be read from afar, with last year's where they can be compared."""
    view, words = reading.view, reading.words
    counts = reading.answers.counts(replace(view, area=()).question, reading.scope)
    order = [int(i) for i in np.argsort(-counts.n, kind="stable") if counts.n[i]][:ON_SCREEN]
    if not order:
        return [why_empty(reading, counts.totals)]
    before = counts.comparable and counts.years_back == 1 and view.compare == "previous_year"
    labels = [words("Area"), words("Incidents"), *([words("Last year")] if before else [])]
    heads = [html.Th(label, scope="col", className="number" if at else "name") for at, label in enumerate(labels)]
    longest = counts.n[order[0]]
    rows = [
        html.Tr(
            [
                html.Th(counts.names[i], className="name", style={"--share": f"{100 * counts.n[i] / longest:.0f}%"}),
                html.Td(words.count(counts.n[i]), className="number"),
                *([html.Td(words.count(counts.before[i]), className="number soft")] if before else []),
            ],
            className="chosen" if counts.codes[i] in view.area else "",
        )
        for i in order
    ]
    return [html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="ranking-table")]


def layout(reading: Reading) -> html.Section:
    """The place of the list, and the way to all of it."""
    words = reading.words
    wider = html.Button(
        words("Expand"),
        id=ids.RANKING_EXPAND,
        type="button",
        className="expand",
        title=words("All areas with all columns"),
        **attributes(data_opens=ids.RANKING_DIALOG),
    )
    body = html.Div(render(reading), id=ids.RANKING, className="ranking")
    return card(words("Areas with most incidents"), body, about=wider if reading.view.mode == "desk" else None)


PANEL = Panel(layout, follow(ids.RANKING, render))
