"""The traces of a map before anything is drawn, for WebGL2 and for the plain drawing without it. Knows no numbers.

What is always there in the same order can be patched: a layer that has no signs leaves their trace empty.
"""

from __future__ import annotations

from typing import Any

from dashboard import theme
from dashboard.figures.style import ABOVE_FILLS, ABOVE_LINES, Ground, camera

AREAS, BANDS, HATCHED, CHOSEN, RINGS, POINTS, SIGNS, NUMBERS = range(8)
OUTLINES, NAMES = 8, 9  # two more, where there is no WebGL2 and so no style to hold them
CLEAR = "rgba(0,0,0,0)"
# signs.js puts its hatching on what has this colour; where it cannot, the area is a little paler.
HATCH = "rgba(255,255,254,0.35)"


def empty_map(ground: Ground, box: tuple[int, int], *, webgl: bool) -> dict[str, Any]:
    """A figure without anything on it."""
    return _map(ground, box) if webgl else _svg_map()


def _map(ground: Ground, box: tuple[int, int]) -> dict[str, Any]:
    centre, zoom = camera(ground.bounds, box)
    traces = _traces("choroplethmap", "scattermap")
    for trace in (AREAS, BANDS, HATCHED):
        traces[trace]["below"] = ABOVE_FILLS
    for trace in (CHOSEN, RINGS, POINTS):
        traces[trace]["below"] = ABOVE_LINES
    for trace in (SIGNS, NUMBERS):
        traces[trace]["visible"] = False  # drawn by the style's layers, which signs.js feeds from here
    return {
        "data": traces,
        "layout": {
            **_layout(),
            "map": {"center": centre, "zoom": zoom, "uirevision": "camera", "layers": []},
        },
    }


def _svg_map() -> dict[str, Any]:
    """Without WebGL2: the same map drawn as SVG, which cannot be moved; outlines and names are traces of their own."""
    return {
        "data": [
            *_traces("choropleth", "scattergeo"),
            _outlined("choropleth", theme.DISTRICT_LINE, 1.4),
            _text("scattergeo", theme.FONT, 13),
        ],
        "layout": {
            **_layout(),
            "geo": {
                "visible": False,
                "bgcolor": theme.MAP_GROUND,
                "projection": {"type": "mercator"},
                "fitbounds": "geojson",
                "uirevision": "camera",
            },
        },
    }


def _traces(fills: str, dots: str) -> list[dict[str, Any]]:
    return [
        _fills(fills),
        {**_silent(fills), "marker": {"opacity": 0.9, "line": {"width": 0}}},
        {**_silent(fills), "uid": "hatched", "colorscale": [[0, HATCH], [1, HATCH]], "marker": {"line": {"width": 0}}},
        _outlined(fills, theme.INK, 3),
        _outlined(fills, theme.INK, 2),
        {"type": dots, "mode": "markers", "marker": {"size": 6, "color": theme.HOT, "opacity": 0.55}},
        _text(dots, theme.FONT, 16),
        _text(dots, theme.FONT_BOLD, 18),
    ]


def _fills(kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "featureidkey": "properties.code",
        "zmin": -0.5,
        "zmax": 0.5,
        "showscale": False,
        "marker": {"line": {"color": theme.COMMUNE_LINE, "width": 0.6}},
        "hoverinfo": "none",  # told to hover.js, which shows a card of its own
    }


def _silent(kind: str) -> dict[str, Any]:
    """Fills that do not answer to the pointer: what lies under them does."""
    return {**_fills(kind), "hoverinfo": "skip"}


def _outlined(kind: str, colour: str, width: float) -> dict[str, Any]:
    line = {"color": colour, "width": width}
    return {**_silent(kind), "colorscale": [[0, CLEAR], [1, CLEAR]], "marker": {"line": line}}


def _text(kind: str, font: str, size: int) -> dict[str, Any]:
    letters = {"family": font, "size": size, "color": theme.INK}
    return {"type": kind, "mode": "text", "hoverinfo": "skip", "textfont": letters}


def _layout() -> dict[str, Any]:
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": theme.MAP_GROUND,
        "showlegend": False,
        "font": {"family": theme.FONT, "size": 14, "color": theme.INK},
        "uirevision": "map",
    }
