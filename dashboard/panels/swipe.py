"""The map of the period before, under a line that is drawn over the map. Only there where the view asks for it."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.figures import choropleth
from dashboard.map_ground import chosen, ground
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.swiped import Before, pictures
from dashboard.theme import in_theme
from geodata.answers.answers import Answers

CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": True,
    "doubleClick": False,
    "responsive": True,
    "plotlyServerURL": "",
}
BOX = (900, 700)  # the browser puts the camera where the other map's is


def render(reading: Reading, screen: Screen) -> list[Component]:
    """The earlier map, the line between the two, and which days are on which side."""
    before = pictures(reading).before
    return [] if before is None else [_earlier(reading, screen, before), *_line(reading, before)]


def _earlier(reading: Reading, screen: Screen, before: Before) -> html.Div:
    figure = choropleth.figure(
        before.picture,
        ground(reading, before.picture, webgl=screen.webgl),
        chosen(reading),
        reading.words,
        box=BOX,
        webgl=screen.webgl,
        size=screen.text_px(reading.view.mode),
    )
    graph = dcc.Graph(
        id=ids.MAP_BEFORE, figure=in_theme(figure, reading.view.theme), config=CONFIG, className="map-graph"
    )
    return html.Div(graph, className="earlier")


def _line(reading: Reading, before: Before) -> list[Component]:
    words = reading.words
    first, second = (words.period(days) for days in before.days)
    slider = html.Div(
        html.Span("↔", **attributes(aria_hidden="true")),
        className="divider",
        role="slider",
        tabIndex=0,
        **attributes(
            aria_label=words("Line between {before} and {now}", before=first, now=second),
            aria_orientation="horizontal",
            aria_valuemin="0",
            aria_valuemax="100",
            aria_valuenow="50",
        ),
    )
    return [
        html.Span(first, className="side-label before"),
        html.Span(second, className="side-label now"),
        slider,
    ]


def layout(reading: Reading, screen: Screen) -> html.Div:
    """The place over the map."""
    return html.Div(render(reading, screen), id=ids.SWIPE, className="swipe")


def register(app: Dash, answers: Answers) -> None:
    """Drawn anew with the question: it is there for a look, not for long."""

    @app.callback(
        Output(ids.SWIPE, "children"),
        Input(ids.ASKED, "data"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, told: object) -> list[Component]:
        return render(read(search, answers), Screen.told(told))


PANEL = Panel(lambda reading: layout(reading, Screen()), register)
