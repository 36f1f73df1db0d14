"""The first page of an empty workspace: three steps to the map, the first of them done here."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.asker import Need, asker
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
            *(_steps(reading) if asker().may(Need.LOADING) else _for_others(reading)),
        ],
        id="main",
        className="sheets",
    )
    bar = header.bar(reading, PAGE.path)
    return html.Div([bar, html.Div(main, className="floor alone")], className=f"page start {reading.view.mode}")


def _steps(reading: Reading) -> tuple[Component, ...]:
    return (
        first_steps.PANEL.layout(reading),
        card(reading.words("Load boundaries"), ground_upload.PANEL.show(reading)),
    )


def _for_others(reading: Reading) -> tuple[Component, ...]:
    """Who loads nothing is told who does, and where to go on where there is something to see."""
    words, view = reading.words, reading.view
    go = html.A(words("To the map"), href=f"/?lang={view.lang}", className="act first")
    loads = html.P(words("Boundaries and incident files are loaded by the data officer."), className="lead")
    return (loads, go) if reading.snapshot.boundaries.layers else (loads,)


PAGE = Page("/start", N_("First steps"), layout, bare=True)
