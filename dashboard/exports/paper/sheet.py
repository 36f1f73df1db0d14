"""Everything a printed map shows, already worded, coloured and projected. Knows no question, no colour scheme, no drawing.

Shapes are in a metric coordinate system (metres, y to the north).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SMALLEST_SIDE = 320
LARGEST_SIDE = 8000


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One sign and what it means."""

    label: str
    fill: str
    sign: Literal["area", "hatched", "dot", "line", "dash_dot"] = "area"


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Lines of one look. ``shapes`` are shapely lines or polygons (then their rings); ``width_px`` at 1920x1080."""

    shapes: NDArray[np.object_]
    colour: str
    width_px: float
    dash_dot: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Incidents of one colour at their places."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """A place name centred on (x, y). ``room_m`` is how wide the area is there; wider names are broken or left out."""

    text: str
    x: float
    y: float
    room_m: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of everything that is not data."""

    text: str
    soft: str
    hairline: str
    paper: str
    area_line: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One picture: ``size`` in pixels, words, and shapes from the bottom up.

    ``fills`` has one colour an area; a ``hatched`` area has no data, a ``selected`` one is outlined in ink.
    ``labels`` come in order of importance: one that would touch an earlier one is left out. ``ground_per_m`` is how
    many metres on the ground one metre of the coordinate system stands for at the map's centre.
    """

    size: tuple[int, int]
    title: str
    headline: str
    comparison: str
    notice: str  # said large over the map where there is nothing to see
    legend_title: str
    legend: tuple[LegendRow, ...]
    caption: tuple[str, ...]
    marking: str
    areas: NDArray[np.object_]
    fills: tuple[str, ...]
    hatched: NDArray[np.bool_]
    selected: NDArray[np.bool_]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dots, ...]
    labels: tuple[Label, ...]
    ground_per_m: float
    ink: Ink
