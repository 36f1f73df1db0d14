"""The page for the projector: a script that is put together, or shown slide by slide."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.pages import Page
from dashboard.panels import footing, header, notice, script, show
from dashboard.reading import Reading
from dashboard.screen import Screen
from dashboard.scripts import script_of
from dashboard.words import N_


def layout(reading: Reading, _screen: Screen) -> Component:
    """The show where a slide of the script is asked for; else, and beyond its end, the script."""
    if 1 <= reading.view.slide <= len(script_of(reading).slides):
        return html.Div(show.PANEL.layout(reading), className="page projector present")
    main = html.Main(
        [html.H1(reading.words("Present")), notice.PANEL.layout(reading), script.PANEL.layout(reading)],
        id="main",
        className="sheets",
    )
    return html.Div(
        [header.bar(reading, PAGE.path), html.Div(main, className="floor one"), footing.PANEL.layout(reading)],
        className=f"page {reading.view.mode} scripting",
    )


PAGE = Page("/present", N_("Present"), layout)
