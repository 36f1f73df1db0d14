"""Everything a printed map shows, already worded, coloured and projected. Knows no question and draws nothing.

Shapes are in a metric coordinate system (metres, y to the north).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Sign = Literal["area", "hatched", "dot", "line", "dash_dot"]
Bounds = tuple[float, float, float, float]  # west, south, east, north in metres


@dataclass(frozen=True, slots=True)
class Key:
    """One sign of the legend and what it means. One with a ``course`` is left out where that is out of sight."""

    label: str
    colour: str
    sign: Sign = "area"
    mark: str = ""  # written on it, as on the map
    course: NDArray[np.object_] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Lines of one look. ``shapes`` are shapely lines or polygons (their rings); ``width_px`` is meant at 1920x1080."""

    shapes: NDArray[np.object_]
    colour: str
    width_px: float
    dash_dot: bool = False  # drawn on a clear ground, so that a line of the same course does not fill its gaps


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Ground that is filled over the areas."""

    shapes: NDArray[np.object_]
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at (x, y), or a number on a disc. Never left out; names keep clear of it."""

    text: str
    x: float
    y: float
    on_disc: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Incidents at their places."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """A place name centred on (x, y). ``room_m`` is how wide the area is there: a wider name is broken or left out.

    Of several labels ``once`` each the first that finds room stands, the others are its other places.
    """

    text: str
    x: float
    y: float
    room_m: float
    strong: bool = False
    colour: str = ""  # "" for the ink of words
    once: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Locator:
    """The whole layer in outline, and what of it is asked about: where the part that is shown lies."""

    whole: NDArray[np.object_]
    asked: NDArray[np.object_]
    ground: str  # fill of the whole
    colour: str  # fill of what is asked about


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of everything that is not data."""

    text: str
    soft: str
    rule: str
    paper: str
    area_line: str
    marking: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One picture: ``size`` in pixels, words, and shapes from the bottom up.

    ``fills`` has one colour an area; a ``hatched`` area has no data or too little to trust. ``labels`` come in order of
    importance: one that would touch an earlier one is left out. ``frame`` must be in sight (None: there is no map).
    ``ground_per_m`` is how many metres on the ground one metre of the coordinate system stands for at the frame's
    centre, ``north_deg`` by how much true north lies to the left of the sheet's upright there. ``about`` is told to
    those who ask the file what it is; it is not drawn.
    """

    size: tuple[int, int]
    inks: Inks
    marking: str
    title: str
    subtitle: str
    headline: str
    comparison: str
    notice: str  # said large on the map where there is nothing to see
    legend_title: str
    legend: tuple[Key, ...]
    caption: tuple[str, ...]
    north: str
    areas: NDArray[np.object_]
    fills: tuple[str, ...]
    hatched: NDArray[np.bool_]
    strokes: tuple[Stroke, ...]
    dots: Dots | None
    labels: tuple[Label, ...]
    frame: Bounds | None
    ground_per_m: float
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    locator: Locator | None = None
    north_deg: float = 0.0
    about: str = ""
