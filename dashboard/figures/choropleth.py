"""Picture -> the map figure as a plain dict, and as the few changes that turn one map into the next.

Shapes are named by URL, so they travel once; afterwards only numbers do. The figure is an empty map with the changes
applied: there is one way to draw. A plain dict costs 0.03 ms where ``go.Figure`` costs 1.2 ms. Never imports dash.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures import overlays
from dashboard.figures.classes import NOT_ASKED
from dashboard.figures.overlays import Path, steps
from dashboard.figures.picture import Picture
from dashboard.figures.style import Ground, style
from dashboard.figures.traces import AREAS, CHOSEN, NAMES, OUTLINES, POINTS, empty_map
from dashboard.words import Words
from geodata.answers.answer import Points
from geodata.answers.shared_places import SharedPlaces

__all__ = ["Ground", "Path", "cell_changes", "changes", "figure", "ground_changes"]

DATED = 1500  # points that still tell their date; more would weigh down every click
MANY = 500  # areas; of more classes and texts travel packed, and outlines are faint, or they hide the colours
LINE_PX, FAINT_PX = 0.6, 0.25
_EPOCH = date(1970, 1, 1)


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
    made = empty_map(ground, box, webgl=webgl)
    below = {**ground_changes(ground, webgl=webgl, size=size), **cell_changes(picture, ground)}
    for path, value in {**below, **changes(picture, ground, chosen, words)}.items():
        place: Any = made
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return made


def ground_changes(ground: Ground, *, webgl: bool, size: int) -> Mapping[Path, Any]:
    """What changes with the edition, level or zones: outlines, labels."""
    if webgl:
        return {("layout", "map", "style"): style(ground, size=size)}
    return {
        ("data", OUTLINES, "geojson"): ground.outlines,
        ("data", OUTLINES, "locations"): list(ground.outline_codes),
        ("data", OUTLINES, "z"): [0] * len(ground.outline_codes),
        ("data", NAMES, "lon"): [lon for lon, _, _ in ground.names],
        ("data", NAMES, "lat"): [lat for _, lat, _ in ground.names],
        ("data", NAMES, "text"): [name for _, _, name in ground.names],
        ("data", NAMES, "textfont"): {"family": theme.FONT, "size": size, "color": theme.INK},
    }


def cell_changes(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    """What changes with the shapes that are coloured: areas, or the cells of a tiling."""
    return {
        ("data", AREAS, "geojson"): ground.fills,
        ("data", AREAS, "locations"): overlays.codes_of(picture),
        ("data", AREAS, "marker", "line", "width"): LINE_PX if len(picture.codes) <= MANY else FAINT_PX,
    }


def changes(picture: Picture, ground: Ground, chosen: Sequence[str], words: Words) -> Mapping[Path, Any]:
    """What changes with every question: classes, colours, hover, the chosen areas, points, what lies over them."""
    colours = [theme.NOT_ASKED_FILL, theme.NO_DATA_FILL, theme.ZERO_FILL, *picture.colours]
    classes = (picture.classes.index - NOT_ASKED).astype(np.int8)
    return {
        ("data", AREAS, "z"): _packed(classes) if len(classes) > MANY else classes.tolist(),
        ("data", AREAS, "zmax"): len(colours) - 0.5,
        ("data", AREAS, "colorscale"): steps(colours),
        **_told(picture.hover),
        ("data", CHOSEN, "geojson"): ground.chosen or ground.polygons,
        ("data", CHOSEN, "locations"): list(chosen),
        ("data", CHOSEN, "z"): [0] * len(chosen),
        **_point_changes(picture.points, words),
        **overlays.changes(picture, ground),
    }


def _told(texts: Sequence[str]) -> Mapping[Path, Any]:
    """What areas tell below the pointer. Cells share few texts: each travels once, and signs.js spells them out."""
    if len(texts) <= MANY:
        return {("data", AREAS, "customdata"): list(texts), ("data", AREAS, "meta"): None}
    place = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    places = np.array([place[text] for text in texts], dtype="<u2")
    return {("data", AREAS, "customdata"): _packed(places), ("data", AREAS, "meta"): list(place)}


def _point_changes(points: Points | SharedPlaces | None, words: Words) -> Mapping[Path, Any]:
    if points is None:
        return {
            ("data", POINTS, "lon"): [],
            ("data", POINTS, "lat"): [],
            ("data", POINTS, "customdata"): [],
            ("data", POINTS, "hoverinfo"): "skip",
        }
    few = len(points.lon) <= DATED
    return {
        ("data", POINTS, "lon"): _packed(points.lon.astype("<f4")),
        ("data", POINTS, "lat"): _packed(points.lat.astype("<f4")),
        ("data", POINTS, "customdata"): _said_of(points, words) if few else [],
        ("data", POINTS, "hoverinfo"): "none" if few else "skip",
    }


def _said_of(points: Points | SharedPlaces, words: Words) -> list[str]:
    """Of an incident its day, of a place that several share how many."""
    if isinstance(points, SharedPlaces):
        return [words.counted("{n} recorded incident", "{n} recorded incidents", n) for n in points.n.tolist()]
    return [_date(day, words) for day in points.day.tolist()]


def _packed(values: NDArray[Any]) -> dict[str, str]:
    """Numbers as plotly's typed array: a class is one byte, a degree four (good to a metre)."""
    return {"dtype": values.dtype.str[1:], "bdata": base64.b64encode(values.tobytes()).decode()}


def _date(day: int, words: Words) -> str:
    return words.date(_EPOCH + timedelta(days=day))
