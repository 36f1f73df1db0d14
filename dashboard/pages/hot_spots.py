"""The first page: filters, map, figures, trend, ranking, caption."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.pages import Page
from dashboard.panels import (
    area_notes,
    beside,
    caption,
    filters,
    first_steps,
    header,
    headline,
    hot_map,
    kpis,
    near_what,
    notice,
    player,
    ranking,
    ranking_table,
    rhythm,
    save_view,
    trend,
)
from dashboard.reading import Reading
from dashboard.screen import Screen
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
                            save_view.beside(headline.PANEL.layout(reading), reading, PAGE.path),
                            notice.PANEL.layout(reading),
                            hot_map.layout(reading, screen, box=map_box(screen, reading.view.mode)),
                            player.PANEL.layout(reading),
                        ],
                        id="main",
                    ),
                    html.Aside(
                        _beside_the_map(reading, screen),
                        className="side",
                        **attributes(aria_label=reading.words("Beside the map")),
                    ),
                ],
                className="floor",
            ),
            caption.PANEL.layout(reading),
            *([ranking_table.PANEL.layout(reading)] if reading.view.mode == "desk" else []),
        ],
        className=f"page {reading.view.mode}",
    )


def _beside_the_map(reading: Reading, screen: Screen) -> list[Component]:
    """The figures; where no incidents are loaded there are none, and the next step stands in their place."""
    if not reading.loaded:
        return [first_steps.PANEL.layout(reading)]
    return [
        kpis.PANEL.layout(reading),
        beside.PANEL.layout(reading),
        area_notes.PANEL.layout(reading),
        trend.layout(reading, screen),
        *(panel.PANEL.layout(reading) for panel in (ranking, rhythm, near_what)),
    ]


def map_box(screen: Screen, mode: str) -> tuple[int, int]:
    """About how large the map will be (layout.css decides); the browser corrects the camera once it is drawn."""
    if screen.width < 800:
        return screen.width - 16, 360
    side = 640 if mode == "projector" else 420 if screen.width >= WIDE else 380
    left = 296 if screen.width >= WIDE and mode == "desk" else 0
    return screen.width - side - left - 80, screen.height - 270


PAGE = Page("/", N_("Map"), layout)
