"""The page about the programme's targets: every group in three statements, then one group area by area."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import filters, footing, header, notice, save_view, target_areas, targets
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.words import N_


def layout(reading: Reading, _screen: Screen) -> Component:
    """Filters beside one column of sheets."""
    main = html.Main(
        [
            save_view.beside(html.H1(reading.words("Targets")), reading, PAGE.path),
            notice.PANEL.layout(reading),
            targets.PANEL.layout(reading),
            target_areas.PANEL.layout(reading),
        ],
        id="main",
        className="sheets",
    )
    floor = html.Div([filters.PANEL.layout(reading), main], className="floor two")
    return html.Div(
        [header.bar(reading, PAGE.path), floor, footing.PANEL.layout(reading)], className=f"page {reading.view.mode}"
    )


PAGE = Page("/targets", N_("Targets"), layout)
