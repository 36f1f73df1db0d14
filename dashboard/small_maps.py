"""A map among others on one page: drawn as SVG, it does not move, and a click on an area is told by its place.

Three small maps need no graphics memory so, and look the same in every browser.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.figures import choropleth
from dashboard.figures.picture import Picture
from dashboard.map_ground import ground
from dashboard.reading import Reading
from dashboard.theme import in_theme

CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    "plotlyServerURL": "",
}
LETTERS_PX = 12


def small_map(reading: Reading, picture: Picture, title: str | list[Component], which: str) -> html.Figure:
    """One map in a figure with its title."""
    below = ground(reading, picture, webgl=False)
    chosen = [code for code in picture.codes if code in reading.view.area]
    size = LETTERS_PX if reading.view.mode == "desk" else LETTERS_PX * 2
    below = replace(below, names=())
    made = choropleth.figure(picture, below, chosen, reading.words, box=(500, 420), webgl=False, size=size)
    # It is never patched, so what has nothing to show need not be there: each trace is projected by itself.
    made["data"] = [trace for trace in made["data"] if len(trace.get("locations", trace.get("lon", ())))]
    made["layout"]["dragmode"] = False
    made["layout"]["geo"]["bgcolor"] = made["layout"]["paper_bgcolor"] = "rgba(0,0,0,0)"
    graph = dcc.Graph(
        id={"type": ids.COMPARE_MAP, "which": which}, figure=in_theme(made, reading.view.theme), config=CONFIG
    )
    return html.Figure([html.Figcaption(title), html.Div(graph, className="small-map svg")])
