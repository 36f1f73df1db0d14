"""The MapLibre style under a map, and the camera that shows a box whole. Knows files by URL, no numbers.

Our own style: a ground colour and local GeoJSON only. No tiles, no glyphs, no sprite.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme

ABOVE_FILLS = "outlines"  # the first layer of the style that lies over the fills
ABOVE_LINES = "above-lines"  # an unseen layer between lines and labels: points lie below the names
SIGNS, NUMBERS = "signs", "numbers"  # fed by signs.js from the traces of the same names
# Where a name may stand, in its letters' height from the middle: there, or just under or over the sign that is there.
_BESIDE: list[Any] = ["center", [0, 0], "top", [0, 0.7], "bottom", [0, -0.7]]
# The name of a large area may go round several signs.
_AROUND: list[Any] = [*_BESIDE, "left", [0.8, 0], "right", [-0.8, 0], "top", [0, 2.2], "bottom", [0, -2.2]]
USUAL_BOX = (900, 480)  # pixels of the map on a screen of 1366x768, which shows the whole
FIRST, MORE = 18, 36  # names on the whole there, and a little closer
NEARER, CLOSE = 0.5, 1.4  # zoom beyond that of the whole, from where there are more names, and all of them
_EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What lies under and over the fills, by URL: the layer's polygons, coarser outlines, labels, border, zones.

    ``cells`` are drawn instead of the polygons where the picture brings its own; ``overlays`` is the file of the shapes
    over the fills; ``middles`` is where each of the picture's areas has its sign.
    """

    polygons: str
    bounds: tuple[float, float, float, float]  # west, south, east, north
    outlines: str = ""
    labels: str = ""
    outline_labels: str = ""
    border: str = ""
    zones: tuple[str, ...] = ()
    outline_codes: tuple[str, ...] = ()
    names: tuple[tuple[float, float, str], ...] = ()  # longitude, latitude, name; where labels cannot come by URL
    chosen: str = ""  # where the outlined areas are no polygons of the layer, but of a coarser one
    cells: str = ""
    overlays: str = ""
    middles: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))

    @property
    def fills(self) -> str:
        """The file whose shapes are coloured."""
        return self.cells or self.polygons


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
    """Layers from the ground to the names; fills, chosen areas and points are put between them by plotly."""
    layers: list[dict[str, Any]] = [
        {"id": "ground", "type": "background", "paint": {"background-color": theme.MAP_GROUND}},
        _line("outlines", theme.DISTRICT_LINE, 1.4),
    ]
    layers += [_line(f"zone{i}", theme.ZONE_LINE, 2, [3, 2]) for i in range(len(ground.zones))]
    if ground.border:
        layers.append(_line("border", theme.BORDER_LINE, 2, [6, 2, 1, 2]))
    layers.append({"id": ABOVE_LINES, "type": "line", "source": "outlines", "layout": {"visibility": "none"}})
    layers += _names(ground, size)
    layers += [_images(SIGNS, size), _images(NUMBERS, size)]
    return {"version": 8, "sources": _sources(ground), "layers": layers}


def _names(ground: Ground, size: int) -> Iterator[dict[str, Any]]:
    """Names that thin out: the whole shows the districts, or the largest areas; the closer one looks, the more.

    What is placed first comes last: MapLibre gives upper layers their room before lower ones.
    """
    _, whole = camera(ground.bounds, USUAL_BOX)
    if ground.labels:
        tiers = (
            [(0, whole + CLOSE)]
            if ground.outline_labels
            else [(FIRST, 0.0), (MORE, whole + NEARER), (0, whole + CLOSE)]
        )
        ranks = [0, *(most for most, _ in tiers)]
        for i, (most, zoom) in reversed([*enumerate(tiers)]):
            yield _labels("labels", theme.FONT, size, minzoom=zoom, ranks=(ranks[i], most))
    if ground.outline_labels:
        yield _labels("outline_labels", theme.FONT_BOLD, size + 3, places=_AROUND)


def _sources(ground: Ground) -> dict[str, Any]:
    sources = {
        name: {"type": "geojson", "data": url}
        for name in ("outlines", "labels", "outline_labels", "border")
        if (url := getattr(ground, name))
    }
    sources |= {f"zone{i}": {"type": "geojson", "data": url} for i, url in enumerate(ground.zones)}
    for name in ("outlines", SIGNS, NUMBERS):
        sources.setdefault(name, {"type": "geojson", "data": _EMPTY})
    return sources


def _line(source: str, colour: str, width: float, dash: list[int] | None = None) -> dict[str, Any]:
    paint: dict[str, Any] = {"line-color": colour, "line-width": width}
    if dash:
        paint["line-dasharray"] = dash
    return {"id": source, "type": "line", "source": source, "paint": paint, "layout": {"line-join": "round"}}


def _labels(
    source: str,
    font: str,
    size: int,
    *,
    minzoom: float = 0,
    places: list[Any] = _BESIDE,
    ranks: tuple[int, int] = (0, 0),
) -> dict[str, Any]:
    """Names in the middle of their area, or beside the sign that stands there; those of ranks from, up to (0: all)."""
    first, stop = ranks
    upper = [["<", ["get", "rank"], stop]] if stop else []
    return {
        "id": f"{source}-{first}" if first else source,
        "type": "symbol",
        "source": source,
        "minzoom": round(minzoom, 2),
        "filter": ["all", [">=", ["get", "rank"], first], *upper],
        "layout": {
            "text-field": ["get", "name"],
            "text-font": [font],
            "text-size": size,
            "text-max-width": 7,
            "text-padding": 4,
            "text-variable-anchor-offset": places,
            "symbol-sort-key": ["get", "rank"],
        },
        "paint": {"text-color": theme.INK, "text-halo-color": theme.PAPER, "text-halo-width": 1.6},
    }


def _images(source: str, size: int) -> dict[str, Any]:
    """Always drawn: a class is told by its sign where its colour is not seen. Names keep clear of them."""
    return {
        "id": source,
        "type": "symbol",
        "source": source,
        "layout": {
            "icon-image": ["concat", f"{source} ", ["get", "text"]],
            "icon-size": size / 13,
            "icon-padding": 0,
            "icon-allow-overlap": True,
        },
    }
