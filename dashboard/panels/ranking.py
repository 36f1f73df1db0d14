"""Areas by number of incidents, with last year beside it. A click on a name asks only about that area."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.components.card import card
from dashboard.components.emptiness import why_empty
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import AreaCounts

MOST = 20


def render(reading: Reading) -> list[Component]:
    """The areas with most incidents; what the rest adds up to is said below."""
    # All areas stay in the list when one is chosen: the chosen one is marked, not alone.
    view, words = reading.view, reading.words
    counts = reading.answers.counts(replace(view, area=()).question, reading.scope)
    order = [int(i) for i in np.argsort(-counts.n, kind="stable") if counts.asked[i] and counts.n[i] > 0]
    if not order:
        return [why_empty(counts.totals, counts.facts, words)]
    shown, rest = order[:MOST], order[MOST:]
    table: list[Component] = [_table(counts, shown, view, words)]
    if rest:
        others = words(
            "and {areas} more areas with {n} incidents together",
            areas=words.number(len(rest)),
            n=words.number(int(counts.n[rest].sum())),
        )
        table.append(html.P(others, className="hint"))
    spread = claims.concentration(reading.answers.concentration(counts.question, reading.scope), words)
    return [*table, html.P(spread, className="hint")] if spread else table


def _table(counts: AreaCounts, shown: list[int], view: View, words: Words) -> html.Table:
    last_year = counts.comparable and view.compare == "previous_year"
    heads = [html.Th(words("Area"), scope="col"), html.Th(words("Incidents"), scope="col", className="number")]
    if last_year:
        heads.append(html.Th(words("Last year"), scope="col", className="number"))
    longest = int(counts.n[shown[0]])
    rows = [_row(counts, i, view, words, longest=longest, last_year=last_year) for i in shown]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="ranking-table")


def _row(counts: AreaCounts, i: int, view: View, words: Words, *, longest: int, last_year: bool) -> html.Tr:
    code, n = counts.codes[i], int(counts.n[i])
    chosen = code in view.area
    others = tuple(area for area in view.area if area != code)
    target = replace(view, area=others if chosen else (code,))
    bar = html.Span(className="bar", style={"width": f"{100 * n / longest:.0f}%"})
    name = dcc.Link(
        [html.Span(counts.names[i]), html.Span(bar, className="bar-track")],
        href=target.to_query(),
        title=words("Show all areas") if chosen else words("Show only this area"),
    )
    cells = [html.Th(name, scope="row"), html.Td(words.number(n), className="number")]
    if last_year:
        cells.append(html.Td(words.number(int(counts.before[i])), className="number soft"))
    return html.Tr(cells, className="chosen" if chosen else "")


def layout(reading: Reading) -> html.Section:
    """The place of the list."""
    title = reading.words("Areas with most incidents")
    return card(title, html.Div(render(reading), id=ids.RANKING, className="ranking"))


PANEL = Panel(layout, follow(ids.RANKING, render))
