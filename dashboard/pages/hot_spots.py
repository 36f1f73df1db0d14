"""The first page: filters, map, figures, trend, ranking, caption."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page, Screen
from dashboard.panels import caption, filters, header, headline, hot_map, kpis, notice, ranking, trend
from dashboard.reading import Reading
from dashboard.words import N_

WIDE = 1500  # from here the filter panel stands open (layout.css says the same)


def layout(reading: Reading, screen: Screen) -> Component:
    """One arrangement for desk and projector: on the projector the style sheet hides the chrome."""
    return html.Div(
        [
            header.PANEL.layout(reading),
            html.Div(
                [
                    filters.PANEL.layout(reading),
                    html.Main(
                        [
                            headline.PANEL.layout(reading),
                            notice.PANEL.layout(reading),
                            hot_map.layout(reading, box=map_box(screen, reading.view.mode), webgl=screen.webgl),
                        ],
                        id="main",
                    ),
                    html.Div(
                        [kpis.PANEL.layout(reading), trend.PANEL.layout(reading), ranking.PANEL.layout(reading)],
                        className="side",
                    ),
                ],
                className="floor",
            ),
            caption.PANEL.layout(reading),
        ],
        className=f"page {reading.view.mode}",
    )


def map_box(screen: Screen, mode: str) -> tuple[int, int]:
    """About how large the map will be (layout.css decides); the browser corrects the camera once it is drawn."""
    if screen.width < 800:
        return screen.width - 16, 360
    side = 640 if mode == "projector" else 420 if screen.width >= WIDE else 380
    left = 280 if screen.width >= WIDE and mode == "desk" else 0
    return screen.width - side - left - 80, screen.height - 270


PAGE = Page("/", N_("Map"), layout)
