"""Picture -> the map figure as a plain dict, and as the few changes that turn one map into the next.

Polygons are named by URL, so they travel once; afterwards only numbers do. The figure is an empty map with the changes
applied: there is one way to draw. A plain dict costs 0.03 ms where ``go.Figure`` costs 1.2 ms. Never imports dash.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.classes import NOT_ASKED
from dashboard.figures.picture import Picture
from dashboard.words import Words
from geodata.answers.answer import Points

Path = tuple[str | int, ...]
AREAS, CHOSEN, POINTS = 0, 1, 2  # the traces
OUTLINES, NAMES = 3, 4  # two more, where there is no WebGL2 and so no style to hold them
CLASSES = 5
DATED = 1500  # points that still tell their date; more would weigh down every click
_EPOCH = date(1970, 1, 1)
_ABOVE_FILLS = "outlines"  # the first layer of the style that lies over the fills
_ABOVE_LINES = "above-lines"  # an unseen layer between lines and labels: points lie below the names


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under and over the fills, by URL: the layer's polygons, coarser outlines, labels, border, zones."""

    polygons: str
    bounds: tuple[float, float, float, float]  # west, south, east, north
    outlines: str = ""
    labels: str = ""
    outline_labels: str = ""
    border: str = ""
    zones: tuple[str, ...] = ()
    outline_codes: tuple[str, ...] = ()
    names: tuple[tuple[float, float, str], ...] = ()  # longitude, latitude, name; where labels cannot come by URL


def figure(
    picture: Picture,
    ground: Ground,
    chosen: Sequence[str],
    words: Words,
    *,
    box: tuple[int, int],
    webgl: bool,
    size: int,
) -> dict[str, Any]:
    """The whole figure. ``chosen`` areas are outlined; ``box`` is the panel's size in pixels, for centre and zoom."""
    empty = _map(ground, box) if webgl else _svg_map()
    ground_of_it = ground_changes(picture, ground, webgl=webgl, size=size)
    for path, value in {**ground_of_it, **changes(picture, chosen, words)}.items():
        place: Any = empty
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return empty


def ground_changes(picture: Picture, ground: Ground, *, webgl: bool, size: int) -> Mapping[Path, Any]:
    """What changes with the edition or level: polygons, area codes, outlines, labels."""
    made: dict[Path, Any] = {
        ("data", AREAS, "geojson"): ground.polygons,
        ("data", AREAS, "locations"): list(picture.codes),
        ("data", CHOSEN, "geojson"): ground.polygons,
    }
    if webgl:
        made["layout", "map", "style"] = style(ground, size=size)
        return made
    return made | {
        ("data", OUTLINES, "geojson"): ground.outlines,
        ("data", OUTLINES, "locations"): list(ground.outline_codes),
        ("data", OUTLINES, "z"): [1] * len(ground.outline_codes),
        ("data", NAMES, "lon"): [lon for lon, _, _ in ground.names],
        ("data", NAMES, "lat"): [lat for _, lat, _ in ground.names],
        ("data", NAMES, "text"): [name for _, _, name in ground.names],
        ("data", NAMES, "textfont"): {"family": theme.FONT, "size": size, "color": theme.INK},
    }


def changes(picture: Picture, chosen: Sequence[str], words: Words) -> Mapping[Path, Any]:
    """What changes with every question: classes, colours, hover, the chosen areas, points."""
    colours = [theme.NOT_ASKED_FILL, theme.NO_DATA_FILL, theme.ZERO_FILL, *picture.colours]
    colours += [theme.NO_DATA_FILL] * (CLASSES + 3 - len(colours))
    return {
        ("data", AREAS, "z"): (picture.classes.index - NOT_ASKED).tolist(),
        ("data", AREAS, "customdata"): list(picture.hover),
        ("data", AREAS, "colorscale"): _steps(colours),
        ("data", CHOSEN, "locations"): list(chosen),
        ("data", CHOSEN, "z"): [1] * len(chosen),
        **_point_changes(picture.points, words),
    }


def _point_changes(points: Points | None, words: Words) -> Mapping[Path, Any]:
    if points is None:
        return {("data", POINTS, "lon"): [], ("data", POINTS, "lat"): [], ("data", POINTS, "customdata"): []}
    few = len(points.lon) <= DATED
    return {
        ("data", POINTS, "lon"): _packed(points.lon),
        ("data", POINTS, "lat"): _packed(points.lat),
        ("data", POINTS, "customdata"): [_date(day, words) for day in points.day.tolist()] if few else [],
        ("data", POINTS, "hoverinfo"): "all" if few else "skip",
        ("data", POINTS, "hovertemplate"): "%{customdata}<extra></extra>" if few else None,
    }


def _packed(degrees: NDArray[np.float64]) -> dict[str, str]:
    """Degrees as plotly's typed array: four bytes each, good to a metre."""
    return {"dtype": "f4", "bdata": base64.b64encode(degrees.astype("<f4").tobytes()).decode()}


def _date(day: int, words: Words) -> str:
    return words.date(_EPOCH + timedelta(days=day))


def _steps(colours: list[str]) -> list[list[Any]]:
    """A colour scale of flat steps, one a class."""
    n = len(colours)
    return [[(i + edge) / n, colour] for i, colour in enumerate(colours) for edge in (0, 1)]


def _fills(kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "featureidkey": "properties.code",
        "zmin": -0.5,
        "zmax": CLASSES + 2.5,
        "showscale": False,
        "marker": {"line": {"color": theme.COMMUNE_LINE, "width": 0.6}},
        "hovertemplate": "<b>%{properties.name}</b><br>%{customdata}<extra></extra>",
    }


def _outlined(kind: str, colour: str, width: float) -> dict[str, Any]:
    return {
        **_fills(kind),
        "colorscale": [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        "marker": {"line": {"color": colour, "width": width}},
        "hoverinfo": "skip",
        "hovertemplate": None,
    }


def _traces(fills: str, dots: str) -> list[dict[str, Any]]:
    points = {
        "type": dots,
        "mode": "markers",
        "marker": {"size": 6, "color": theme.HOT, "opacity": 0.55},
    }
    return [_fills(fills), _outlined(fills, theme.INK, 3), points]


def _layout() -> dict[str, Any]:
    return {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": theme.MAP_GROUND,
        "showlegend": False,
        "font": {"family": theme.FONT, "size": 14, "color": theme.INK},
        "hoverlabel": {
            "bgcolor": theme.PAPER,
            "bordercolor": theme.HAIRLINE,
            "font": {"family": theme.FONT, "size": 15, "color": theme.INK},
            "align": "left",
        },
        "uirevision": "map",
    }


def _map(ground: Ground, box: tuple[int, int]) -> dict[str, Any]:
    centre, zoom = camera(ground.bounds, box)
    traces = _traces("choroplethmap", "scattermap")
    for trace, below in ((AREAS, _ABOVE_FILLS), (CHOSEN, _ABOVE_LINES), (POINTS, _ABOVE_LINES)):
        traces[trace]["below"] = below
    return {
        "data": traces,
        "layout": {
            **_layout(),
            "map": {"center": centre, "zoom": zoom, "uirevision": "camera", "layers": []},
        },
    }


def _svg_map() -> dict[str, Any]:
    """Without WebGL2: the same map drawn as SVG, which cannot be moved; outlines and names are traces of their own."""
    names = {"type": "scattergeo", "mode": "text", "hoverinfo": "skip"}
    return {
        "data": [
            *_traces("choropleth", "scattergeo"),
            _outlined("choropleth", theme.DISTRICT_LINE, 1.4),
            names,
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


def camera(bounds: tuple[float, float, float, float], box: tuple[int, int]) -> tuple[dict[str, float], float]:
    """Centre and zoom that show ``bounds`` whole in a panel of ``box`` pixels (Web Mercator, 512 px tiles)."""
    west, south, east, north = bounds
    bottom, top = _mercator(south), _mercator(north)
    margin = 0.94  # of the panel that the shape may fill
    wide = box[0] * margin / (512 * max((east - west) / 360, 1e-9))
    high = box[1] * margin / (512 * max(top - bottom, 1e-9))
    middle = (top + bottom) / 2
    lat = math.degrees(2 * math.atan(math.exp(2 * math.pi * middle)) - math.pi / 2)
    return {"lon": (west + east) / 2, "lat": lat}, min(math.log2(min(wide, high)), 16.0)


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


def style(ground: Ground, *, size: int) -> dict[str, Any]:
    """Our own MapLibre style: a ground colour and local GeoJSON only. No tiles, no glyphs, no sprite."""
    sources = {
        name: {"type": "geojson", "data": url}
        for name in ("outlines", "labels", "outline_labels", "border")
        if (url := getattr(ground, name))
    }
    sources |= {f"zone{i}": {"type": "geojson", "data": url} for i, url in enumerate(ground.zones)}
    sources.setdefault("outlines", {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}})
    layers: list[dict[str, Any]] = [
        {"id": "ground", "type": "background", "paint": {"background-color": theme.MAP_GROUND}},
        _line("outlines", theme.DISTRICT_LINE, 1.4),
    ]
    layers += [_line(f"zone{i}", theme.ZONE_LINE, 2, [3, 2]) for i in range(len(ground.zones))]
    if ground.border:
        layers.append(_line("border", theme.BORDER_LINE, 2, [6, 2, 1, 2]))
    layers.append({"id": _ABOVE_LINES, "type": "line", "source": "outlines", "layout": {"visibility": "none"}})
    if ground.labels:
        layers.append(_labels("labels", theme.FONT, size, minzoom=9.6 if ground.outline_labels else 0))
    if ground.outline_labels:
        layers.append(_labels("outline_labels", theme.FONT_BOLD, size + 3))
    return {"version": 8, "sources": sources, "layers": layers}


def _line(source: str, colour: str, width: float, dash: list[int] | None = None) -> dict[str, Any]:
    paint: dict[str, Any] = {"line-color": colour, "line-width": width}
    if dash:
        paint["line-dasharray"] = dash
    return {"id": source, "type": "line", "source": source, "paint": paint, "layout": {"line-join": "round"}}


def _labels(source: str, font: str, size: int, *, minzoom: float = 0) -> dict[str, Any]:
    return {
        "id": source,
        "type": "symbol",
        "source": source,
        "minzoom": minzoom,
        "layout": {
            "text-field": ["get", "name"],
            "text-font": [font],
            "text-size": size,
            "text-max-width": 7,
            "text-padding": 4,
            "symbol-sort-key": ["get", "rank"],
        },
        "paint": {"text-color": theme.INK, "text-halo-color": theme.PAPER, "text-halo-width": 1.6},
    }
