"""The first page of an empty workspace: three steps to the map, the first of them done here."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.card import card
from dashboard.pages import Page
from dashboard.panels import first_steps, ground_upload, header, notice
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_


def layout(reading: Reading, _screen: Screen) -> Component:
    """The steps, and below them the place for a boundary file."""
    words = reading.words
    main = html.Main(
        [
            html.H1(words("First steps")),
            notice.PANEL.layout(reading),
            first_steps.PANEL.layout(reading),
            card(words("Load boundaries"), ground_upload.PANEL.show(reading)),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page start {reading.view.mode}")


PAGE = Page("/start", N_("First steps"), layout, bare=True)
