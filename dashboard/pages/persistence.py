"""The page of lasting hot spots: the register, and what is done about the places on it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import (
    filters,
    follow_up,
    forecast,
    header,
    headline,
    notice,
    register,
    register_caption,
    rises,
    save_view,
)
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_

PANELS = (notice, follow_up, register, rises, forecast)


def layout(reading: Reading, _screen: Screen) -> Component:
    """Filters at the left, the sheets in one wide column."""
    heading = save_view.beside(headline.PANEL.layout(reading), reading, PAGE.path)
    main = html.Main([heading, *(panel.PANEL.layout(reading) for panel in PANELS)], id="main")
    return html.Div(
        [
            header.bar(reading, PAGE.path),
            html.Div([filters.PANEL.layout(reading), main], className="floor"),
            register_caption.PANEL.layout(reading),
        ],
        className=f"page persistence {reading.view.mode}",
    )


PAGE = Page("/persistence", N_("Lasting"), layout)
