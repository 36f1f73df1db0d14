"""The notes pinned to the one area that is asked. They are written and changed elsewhere."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.keeping import notebook
from dashboard.panels import Panel, follow, notebook_form
from dashboard.reading import Reading

MOST = 3  # the last ones; the rest is in the notebook


def render(reading: Reading) -> list[Component]:
    """The last notes, the newest first; nothing where no single area is asked or none was written."""
    words, view = reading.words, reading.view
    asked = {(view.edition, code) for code in view.area} if len(view.area) == 1 else set()
    notes = [each for each in notebook().notes if (each.edition, each.code) in asked]
    if not notes:
        return []
    lines = [
        html.Li([html.Span(words.date(each.day), className="when"), html.Span(each.text, className="noted")])
        for each in reversed(notes[-MOST:])
    ]
    whole = html.A(words("All in the notebook: {n}", n=words.number(len(notes))), href=_notebook(reading))
    head = html.Header([html.H2(words("Notes on {area}", area=reading.names.area(view.edition, view.area[0]))), whole])
    return [html.Section([head, html.Ul(lines, className="area-notes")], className="card-sheet")]


def _notebook(reading: Reading) -> str:
    return notebook_form.NOTEBOOK + reading.view.to_query()


def layout(reading: Reading) -> html.Div:
    """The place of the notes."""
    return html.Div(render(reading), id=ids.AREA_NOTES)


PANEL = Panel(layout, follow(ids.AREA_NOTES, render, kept=True))
