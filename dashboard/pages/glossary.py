"""The page of words: what is meant by what the other pages say, and what is not claimed."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import glossary, header, notice
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_


def layout(reading: Reading, _screen: Screen) -> Component:
    """One column to read, with the list of words beside it where there is room."""
    words = reading.words
    back = html.A(words("To the map, with the same question"), href="/" + replace(reading.view, commune="").to_query())
    lead = words("What the words and methods on these pages mean, and what is not claimed by them.")
    main = html.Main(
        [
            html.Div([html.H1(words("Words and methods")), html.P([lead, " ", back], className="lead")]),
            notice.PANEL.layout(reading),
            glossary.PANEL.layout(reading),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page words {reading.view.mode}")


PAGE = Page("/glossary", N_("Glossary"), layout, bare=True)
