"""The way down to what the map shows, each step a link, and the ways to look closer. Counts nothing."""

from __future__ import annotations

from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.pick import pick
from dashboard.drill import INSIDE, level_of, trail
from dashboard.layers import all_layers
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from dashboard.swiped import comparable


def render(reading: Reading) -> list[Component]:
    """The steps, outermost first, the ways to look inside, and the way to look at the period before."""
    words = reading.words
    *before, here = trail(reading.view, reading.names, words)
    steps = [html.Li(dcc.Link(step.label, href=step.view.to_query())) for step in before]
    steps.append(html.Li(html.Span(here.label, **attributes(aria_current="location"))))
    way = html.Nav(html.Ol(steps), **attributes(aria_label=words("Where the map stands")))
    return [way, *_inside(reading), *_wiping(reading)]


def _inside(reading: Reading) -> list[Component]:
    """Where within the area: the same view on points, hexagons or density. Only for one area of the finest level."""
    view, words = reading.view, reading.words
    boundaries = reading.names.boundaries
    finest = boundaries.finest(view.edition)
    if len(view.area) != 1 or level_of(boundaries, view.edition, view.area[0]) is not finest:
        return []
    layers = all_layers()
    links = [
        pick(words(layers[key].label), replace(view, layer=key), chosen=key == view.layer)
        for key in INSIDE
        if key in layers
    ]
    label = words("Look inside")
    return [html.Div([html.Span(label, className="hint"), *links], className="picks inside", role="group")]


def _wiping(reading: Reading) -> list[Component]:
    """The same view as two maps under one line, where the two can be compared at all."""
    view, words = reading.view, reading.words
    if not comparable(reading):
        return []
    other = words("the year before") if view.against is None else words.period(view.against)
    link = pick(words("Wipe over {period}", period=other), replace(view, swipe=not view.swipe), chosen=view.swipe)
    return [html.Div(link, className="picks wiping")]


def layout(reading: Reading) -> html.Div:
    """The place of the steps."""
    return html.Div(render(reading), id=ids.BREADCRUMB, className="breadcrumb-line")


PANEL = Panel(layout, follow(ids.BREADCRUMB, render))
