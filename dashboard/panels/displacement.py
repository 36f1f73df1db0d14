"""Did it move next door? The chosen area, its neighbours and the rest, in a table and in careful words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import asked, ids
from dashboard.claims import change
from dashboard.claims import displacement as claims
from dashboard.components.card import card
from dashboard.components.glossary import about
from dashboard.components.table import Cell, Column, table
from dashboard.panels import Panel, follow
from dashboard.panels.compare_maps import nothing
from dashboard.reading import Reading
from geodata.answers.change import Moved
from geodata.answers.displacement import Displacement

LONGEST = 90  # letters of a list of neighbours


def render(reading: Reading) -> list[Component]:
    """What can be told of the view's areas."""
    if nothing(reading):
        return []
    words, view = reading.words, reading.view
    found = reading.answers.displacement(view.question, reading.scope, against=view.against)
    if found.doubt in {"no areas", "not seen", "not comparable"}:
        return [html.P(claims.doubt(found, words))]
    rows = _rows(found, reading)
    heads = [Column(words("Place"), number=False), Column(words("Before")), Column(words("Now"))]
    shown = table(words("Area, neighbours, rest"), [*heads, Column(words("Change, 95 % range"), number=False)], rows)
    if found.doubt:
        return [html.P(claims.doubt(found, words), className="lead"), shown]
    return [
        html.P(claims.own(found, words), className="lead"),
        html.P(claims.nearby(found, words), className="lead"),
        shown,
        html.P(claims.together(found, words)),
        html.P(claims.method(found, words), className="hint"),
    ]


def _rows(found: Displacement, reading: Reading) -> list[list[Cell]]:
    words = reading.words
    chosen = ", ".join(reading.names.area(reading.view.edition, code) for code in reading.view.area)
    neighbours = words("Neighbours ({n}): {names}", n=len(found.ring), names=", ".join(found.ring))
    rest = words.plural(
        "The rest: {n} area that does not border on it", "The rest: {n} areas that do not border on it", found.others
    )
    parts = ((chosen, found.of_target), (neighbours, found.of_ring), (rest, found.of_rest))
    return [_row(asked.shorten(name, LONGEST), moved, reading) for name, moved in parts]


def _row(name: str, moved: Moved, reading: Reading) -> list[Cell]:
    words = reading.words
    said = change.ranged(moved, words) or words("too few to tell")
    return [name, words.count(moved.before), words.count(moved.now), said]


def layout(reading: Reading) -> html.Section:
    """The place of the answer."""
    mark = about(reading.view, "displacement", reading.words)
    return card(reading.words("Did it move next door?"), html.Div(render(reading), id=ids.DISPLACEMENT), about=mark)


PANEL = Panel(layout, follow(ids.DISPLACEMENT, render))
