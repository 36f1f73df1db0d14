"""The areas or regions asked beside the whole province. Empty where the whole province is asked."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.claims import beside as claims
from dashboard.components.attributes import attributes
from dashboard.panels import Panel, follow
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """The share, the two changes under one another, and the ratio of the rates."""
    view, words = reading.view, reading.words
    if not reading.loaded or not (view.area or view.region):
        return []
    found = reading.answers.beside(view.question, reading.scope)
    parts: list[Component] = [html.H2(words("Beside the whole province"))]
    if said := claims.share(found, words):
        parts.append(html.P(said, className="beside-share"))
    if view.compare == "previous_year":
        rows = [
            html.Tr([html.Th(whose, scope="row"), html.Td(change, className="number"), html.Td(certainty)])
            for whose, change, certainty in claims.changes(found, words)
        ]
        caption = html.Caption(words("Change on last year"), className="unseen")
        parts.append(html.Table([caption, html.Tbody(rows)], className="beside-changes"))
    parts.append(html.P(claims.rates(found, words), className="hint"))
    label = words("Beside the whole province")
    return [html.Section(parts, className="card-sheet beside", **attributes(aria_label=label))]


def layout(reading: Reading) -> html.Div:
    """Its place under the figures."""
    return html.Div(render(reading), id=ids.BESIDE)


PANEL = Panel(layout, follow(ids.BESIDE, render))
