"""The areas whose change is more than chance, the largest difference first; how many cannot be told."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import change as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.table import Cell, Column, table
from dashboard.layers.change import SIGNS
from dashboard.panels import Panel, follow
from dashboard.panels.compare_maps import changes_of, nothing
from dashboard.reading import Reading
from geodata.answers.change import AreaChanges


def render(reading: Reading) -> list[Component]:
    """The table, or that there is nothing to put in it."""
    if nothing(reading):
        return []
    words, changes = reading.words, changes_of(reading)
    if not changes.comparable:
        return [html.P(claims.doubts(changes, words)[0])]
    tally = html.P(f"{claims.periods(changes, words)}. {claims.tally(changes, words)}")
    if not len(changes.told):
        return [tally]
    heads = [Column(words("Area"), number=False), Column(words("Before")), Column(words("Now"))]
    told = [Column(words("Change, 95 % range"), number=False), Column(words("What can be told"), number=False)]
    rows = [_row(changes, area, reading) for area in changes.told.tolist()]
    hint = html.P(words("A click on an area asks below whether its change moved next door."), className="hint")
    return [tally, table(words("Areas that changed by more than chance"), [*heads, *told], rows), hint]


def _row(changes: AreaChanges, area: int, reading: Reading) -> list[Cell]:
    words, view = reading.words, reading.view
    sign = html.Span(SIGNS[str(changes.classes[area])], className="sign")
    return [
        dcc.Link(changes.names[area], href=replace(view, area=(changes.codes[area],)).to_query()),
        words.count(int(changes.before[area])),
        words.count(int(changes.now[area])),
        claims.ranged(claims.of_area(changes, area), words) or "–",
        html.Span([sign, html.Span(claims.verdict(changes, area, words))]),
    ]


def layout(reading: Reading) -> html.Section:
    """The place of the table."""
    mark = about(reading.view, "change", reading.words)
    return card(
        reading.words("Where the change is more than chance"), html.Div(render(reading), id=ids.CHANGED), about=mark
    )


PANEL = Panel(layout, follow(ids.CHANGED, render))
