"""The notebook: what was saved, noted and marked, to open, change, take out and pass on."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import header, notebook, notebook_file, notebook_form, notice
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_


def layout(reading: Reading, _screen: Screen) -> Component:
    """One column of sheets."""
    words = reading.words
    main = html.Main(
        [
            html.H1(words("Notebook")),
            notice.PANEL.layout(reading),
            *(panel.PANEL.layout(reading) for panel in (notebook, notebook_file, notebook_form)),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page notebook {reading.view.mode}")


PAGE = Page("/notebook", N_("Notebook"), layout)
