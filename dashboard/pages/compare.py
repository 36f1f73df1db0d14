"""The page of comparisons: two periods, two editions, two places, and what may have moved next door."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import (
    changed,
    compare_maps,
    displacement,
    filters,
    footing,
    header,
    headline,
    notice,
    pair,
    save_view,
)
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_


def layout(reading: Reading, screen: Screen) -> Component:
    """Filters beside one column of sheets."""
    main = html.Main(
        [
            save_view.beside(headline.PANEL.layout(reading), reading, PAGE.path),
            notice.PANEL.layout(reading),
            *(panel.PANEL.layout(reading) for panel in (compare_maps, changed, displacement)),
            pair.layout(reading, screen),
        ],
        id="main",
        className="sheets",
        tabIndex="0" if reading.view.mode == "projector" else None,  # there nothing in it takes the focus
    )
    floor = html.Div([filters.PANEL.layout(reading), main], className="floor two")
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, floor, footing.PANEL.layout(reading)], className=f"page compare {reading.view.mode}")


PAGE = Page("/compare", N_("Compare"), layout)
