"""Groups and periods as links in a row, for pages without a panel of filters. Counts nothing."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.pick import picks
from dashboard.panels import Panel, follow
from dashboard.panels.filter_period import presets
from dashboard.panels.filter_what import group_links
from dashboard.panels.headline import reset
from dashboard.reading import Reading


def render(reading: Reading) -> list[Component]:
    """The links, and one that asks for the usual again."""
    words = reading.words
    return [
        picks(words("Crime groups"), group_links(reading)),
        picks(words("Period"), presets(reading), hint=words.period(reading.view.period)),
        reset(reading, words("Reset")),
    ]


def layout(reading: Reading) -> html.Div:
    """The row."""
    return html.Div(render(reading), id=ids.QUICK, className="quick")


PANEL = Panel(layout, follow(ids.QUICK, render))
