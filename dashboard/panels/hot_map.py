"""The map with its layer switch and legend. After the first drawing only changed numbers travel (a Patch)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, Patch, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.glossary import about
from dashboard.components.legend import legend
from dashboard.components.pick import pick
from dashboard.emptiness import why_empty
from dashboard.figures import choropleth
from dashboard.figures.picture import Picture
from dashboard.layers import all_layers
from dashboard.map_ground import bounds, chosen, ground, line_rows, shown, whole
from dashboard.panels import Panel, breadcrumb, swipe
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from dashboard.swiped import pictures
from dashboard.theme import in_theme
from dashboard.view import BANDWIDTHS, HEXAGON_WIDTHS
from dashboard.words import N_
from geodata.answers.answers import Answers

CHOICES: Mapping[str, tuple[str, tuple[int, ...]]] = {  # field of the View -> what it is called, what can be chosen
    "bandwidth": (N_("Bandwidth (m)"), BANDWIDTHS),
    "hexagon": (N_("Width of a hexagon (m)"), HEXAGON_WIDTHS),
}


def render_legend(reading: Reading, made: Picture) -> list[Component]:
    """The legend, or in its place why the map is empty."""
    if not made.totals.recorded:
        return [why_empty(reading, made.totals)]
    return [*legend(made, reading.view.theme, about(reading.view, reading.view.layer, reading.words))]


def _legend(reading: Reading, made: Picture, screen: Screen) -> list[Component]:
    """The legend with the lines that only the map in WebGL has; paper has a place of its own for them."""
    rows = line_rows(reading) if screen.webgl else ()
    return render_legend(reading, replace(made, legend=(*made.legend, *rows)))


def layer_links(reading: Reading) -> list[Component]:
    """The layer switch: each layer is the same view with another layer."""
    view, words = reading.view, reading.words
    return [
        pick(words(layer.label), replace(view, layer=key), chosen=key == view.layer)
        for key, layer in all_layers().items()
    ]


def choice_links(reading: Reading) -> list[Component]:
    """What people choose on this layer only: the same view with another bandwidth, or other hexagons."""
    view = reading.view
    field = all_layers()[view.layer].chooses
    if not field:
        return []
    label, values = CHOICES[field]
    links = (
        pick(
            reading.words.number(value),
            replace(view, **{field: value}),  # type: ignore[arg-type]
            chosen=value == getattr(view, field),
        )
        for value in values
    )
    return [html.Span(reading.words(label), className="hint"), *links]


def layout(reading: Reading, screen: Screen, *, box: tuple[int, int]) -> html.Section:
    """The whole panel for a screen whose map is ``box`` pixels large."""
    made = pictures(reading).now
    below = ground(reading, made, webgl=screen.webgl)
    figure = choropleth.figure(
        made,
        below,
        chosen(reading),
        reading.words,
        box=box,
        webgl=screen.webgl,
        size=screen.text_px(reading.view.mode),
    )
    graph = dcc.Graph(
        id=ids.MAP,
        figure=in_theme(figure, reading.view.theme),
        config=swipe.CONFIG,
        className="map-graph",
    )
    held = dcc.Store(id=ids.MAP_SHOWN, data={"ground": shown(reading), "cells": below.fills})
    return html.Section(
        [*_choices(reading), _box(graph, made, reading, screen), held],
        className="card-sheet map-card",
    )


def _choices(reading: Reading) -> list[Component]:
    """What stands above the map: layers, the way down, what the layer lets people choose."""
    return [
        html.Header(
            [
                html.Div(layer_links(reading), id=ids.LAYER_SWITCH, className="picks", role="group"),
            ]
        ),
        html.Div(
            [
                breadcrumb.PANEL.layout(reading),
                html.Div(choice_links(reading), id=ids.LAYER_CHOICE, className="picks", role="group"),
            ],
            className="map-way",
        ),
    ]


def _box(graph: dcc.Graph, made: Picture, reading: Reading, screen: Screen) -> html.Div:
    """The map with all that lies over it."""
    told = attributes(
        aria_label=reading.words("Map"),
        data_loading=reading.words("The map is being drawn …"),
        data_bounds=bounds(reading),
        data_whole=whole(reading),
    )
    return html.Div(
        [
            graph,
            swipe.layout(reading, screen),
            html.Div(_legend(reading, made, screen), id=ids.MAP_LEGEND, className="legend"),
            _zoom_buttons(reading),
            html.Div(id=ids.MAP_SCALE, className="map-scale", **attributes(aria_hidden="true")),
            html.Div(id=ids.MAP_CARD, className="map-hover", hidden=True, **attributes(aria_hidden="true")),
        ],
        id=ids.MAP_BOX,
        className="map-box" if screen.webgl else "map-box svg",
        role="group",
        **told,
    )


def _zoom_buttons(reading: Reading) -> html.Div:
    words = reading.words
    buttons = (("+", "in", words("Zoom in")), ("−", "out", words("Zoom out")), ("⌂", "home", words("Whole area")))
    return html.Div(
        [
            html.Button(sign, title=label, type="button", **attributes(data_map_zoom=step, aria_label=label))
            for sign, step, label in buttons
        ],
        className="map-zoom",
    )


def register(app: Dash, answers: Answers) -> None:
    """The map follows the URL by patches; polygons and style only where the tiling changed."""

    @app.callback(
        Output(ids.MAP, "figure"),
        Output(ids.MAP_LEGEND, "children"),
        Output(ids.MAP_SHOWN, "data"),
        Output(ids.LAYER_SWITCH, "children"),
        Output(ids.LAYER_CHOICE, "children"),
        Output(ids.MAP_BOX, "data-bounds"),
        Output(ids.MAP_BOX, "data-whole"),
        Input(ids.URL, "search"),
        State(ids.MAP_SHOWN, "data"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, drawn: object, told: object) -> tuple[Any, ...]:
        drawn = drawn if isinstance(drawn, dict) else {}
        reading = read(search, answers)
        screen = Screen.told(told)
        made = pictures(reading).now
        below = ground(reading, made, webgl=screen.webgl)
        now = {"ground": shown(reading), "cells": below.fills}
        changes = dict(choropleth.changes(made, below, chosen(reading), reading.words))
        if drawn.get("cells") != now["cells"]:
            changes |= choropleth.cell_changes(made, below)
        if drawn.get("ground") != now["ground"]:
            changes |= choropleth.ground_changes(below, webgl=screen.webgl, size=screen.text_px(reading.view.mode))
        links = (layer_links(reading), choice_links(reading))
        patch = _patch(in_theme(changes, reading.view.theme))
        return patch, _legend(reading, made, screen), now, *links, bounds(reading), whole(reading)


def _patch(changes: dict[choropleth.Path, Any]) -> Patch:
    patch = Patch()
    for path, value in changes.items():
        place = patch
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return patch


PANEL = Panel(lambda reading: layout(reading, Screen(), box=(900, 700)), register)
