"""A page of the atlas to write and draw on, in points from the top left corner. Knows papers and pens, no numbers.

A4 lying: a whole page stands on a screen, and a printed book of them opens like any atlas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.patheffects import Stroke as Halo
from matplotlib.text import Text
from numpy.typing import NDArray

from dashboard.paper import marks
from dashboard.paper import type as letters
from dashboard.paper.furniture import Furniture
from dashboard.paper.labels import LEADING, PlacedLabel
from dashboard.paper.layout import Box
from dashboard.paper.outlines import lines_of
from dashboard.paper.sheet import Inks
from dashboard.paper.type import LINE_HEIGHT, Weight

WIDTH, HEIGHT = 841.89, 595.28
UNIT = 0.38  # points a design pixel of the printed map has here
LEFT, RIGHT, TOP, BOTTOM = 34.0, WIDTH - 28.0, 26.0, HEIGHT - 20.0  # a hole punch takes the left edge
BODY, SMALL, HEAD = 8.5, 7.2, 9.5
IN_ORDER, ON_TOP = 1, 4  # what is drawn later lies above; letters over marks, which are over the map
Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to another page, both counted from 0."""

    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line of letters is set."""

    pt: float
    weight: Weight
    colour: str
    side: Side


# Matplotlib 3.11 shifts a letter twice that is kerned and of another part of the font ("T" before "ậ"): without kerning
# every letter stands where ``letters.width`` expects it.
UNKERNED = ("-kern",)
_PLAIN = Text(fontfeatures=UNKERNED)


class _Line(Artist):
    """A line of letters whose place is known: matplotlib's own Text lays out each of a page's two hundred once more.

    A page takes 0.26 s so, and 0.46 s with Text.
    """

    zorder = ON_TOP

    def __init__(self, text: str, at: tuple[float, float], look: _Look) -> None:
        super().__init__()
        self._text, self._at, self._look = text, at, look

    def draw(self, renderer: RendererBase) -> None:
        """Write it; ``$`` and ``_`` mean themselves."""
        if not self._text:
            return
        look, (x, y) = self._look, self._at
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[look.side]
        x -= share * letters.width(self._text, look.pt, look.weight) if share else 0.0
        pen = renderer.new_gc()
        pen.set_foreground(look.colour)
        renderer.draw_text(pen, x, HEIGHT - y, self._text, _font(look.weight, look.pt), 0.0, mtext=_PLAIN)
        pen.restore()


@dataclass(slots=True, eq=False)
class Pen:
    """Draws on one new page."""

    inks: Inks
    links: list[Link] = field(default_factory=list)
    figure: Figure = field(init=False)
    furniture: Furniture = field(init=False)
    _axes: Axes = field(init=False)

    def __post_init__(self) -> None:
        self.figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor="none")
        FigureCanvasPdf(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self.furniture = Furniture(self._axes, self.inks, unit=UNIT, px=UNIT)

    def write(
        self,
        text: str,
        at: tuple[float, float],
        *,
        pt: float = BODY,
        weight: Weight = 400,
        colour: str = "",
        side: Side = "left",
    ) -> None:
        """One line of letters at (x, baseline)."""
        self._axes.add_artist(_Line(text, at, _Look(pt, weight, colour or self.inks.text, side)))

    def paragraph(
        self,
        text: str,
        box: Box,
        *,
        pt: float = BODY,
        weight: Weight = 400,
        colour: str = "",
        most: int = 99,
    ) -> float:
        """A text broken at the box's width, at most so many lines; returns where the next one may begin."""
        lines = letters.wrap(text, pt, weight, box.width) if text else ()
        if len(lines) > most:
            lines = (*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), pt, weight, box.width))
        y = box.y
        for line in lines:
            self.write(line, (box.x, y + 1.05 * pt), pt=pt, weight=weight, colour=colour)
            y += LINE_HEIGHT * pt
        return y

    def shapes(
        self, paths: Sequence[Path], fill: str, *, edge: str = "none", width: float = 0.0, hatch: str | None = None
    ) -> None:
        """Filled outlines of one look."""
        if not len(paths):
            return
        made = PathCollection(
            list(paths),
            facecolors=fill,
            edgecolors=edge,
            linewidths=width,
            hatch=hatch,
            hatchcolors=self.inks.soft if hatch else None,
            zorder=IN_ORDER,
        )
        self._axes.add_artist(made)

    def box(self, box: Box, fill: str, *, edge: str = "none", width: float = 0.0) -> None:
        """A filled rectangle."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)]
        self.shapes([Path(corners, closed=True)], fill, edge=edge, width=width)

    def boxes(
        self, boxes: Sequence[Box], fill: str, *, edge: str = "none", width: float = 0.0, hatch: str | None = None
    ) -> None:
        """Several rectangles of one look, as one shape."""
        paths = [
            Path([(b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom), (b.x, b.y)], closed=True)
            for b in boxes
        ]
        if paths:
            self.shapes([Path.make_compound_path(*paths)], fill, edge=edge, width=width, hatch=hatch)

    def lines(self, lines: Sequence[NDArray[np.floating]], colour: str, width: float, *, dashes: Any = "solid") -> None:  # noqa: ANN401 - matplotlib's
        """Lines of one look."""
        if len(lines):
            made = LineCollection(list(lines), colors=colour, linewidths=width, linestyles=dashes, zorder=IN_ORDER)
            made.set_joinstyle("round")
            self._axes.add_artist(made)

    def dots(self, at: NDArray[np.float64], colour: str) -> None:
        """Incidents at their places."""
        paths = [Path.circle((x, y), 1.7) for x, y in at.tolist()]
        self.shapes(paths, colour, edge=self.inks.paper, width=0.3)

    def mark(self, text: str, box: Box, *, on_disc: bool) -> None:
        """A sign of the map, or a number on a disc."""
        if not on_disc:
            marks.draw_sign(self._axes, text, box, self.inks, halo=marks.HALO_PX * UNIT)
            return
        marks.draw_disc(self._axes, box, self.inks, halo=1.0)
        at = (box.x + box.width / 2, box.y + 0.72 * box.height)
        self.write(text, at, pt=0.62 * box.height, weight=700, colour=self.inks.paper, side="center")

    def names(self, names: Iterable[PlacedLabel]) -> None:
        """Place names with a halo, which is drawn apart, or the name would not be text."""
        halo: list[AbstractPathEffect] = [Halo(linewidth=2.2, foreground=self.inks.paper, alpha=0.85)]
        for name in names:
            for i, line in enumerate(name.lines):
                at = (name.box.x + name.box.width / 2, name.box.y + (i * LEADING + 0.93) * name.px)
                under = Text(*at, line, fontproperties=_font(name.weight, name.px), ha="center", va="baseline")
                under.set(parse_math=False, path_effects=halo, fontfeatures=UNKERNED)
                self._axes.add_artist(under)
                self.write(line, at, pt=name.px, weight=name.weight, colour=name.colour, side="center")

    def outline(self, shapes: NDArray[np.object_], width: float) -> None:
        """The outlines of shapes that lie on the page."""
        self.lines(lines_of(shapes), self.inks.text, width)

    def rule(self, y: float, *, left: float = LEFT, right: float = RIGHT, colour: str = "") -> None:
        """A hairline across."""
        self.lines([np.array([[left, y], [right, y]])], colour or self.inks.rule, 0.7)

    def sign(self, sign: str, x: float, baseline: float, *, pt: float = 7.0) -> None:
        """A sign Roboto does not have, drawn as an outline."""
        marks.draw_sign(self._axes, sign, Box(x, baseline - 0.92 * pt, pt, pt), self.inks, halo=0.0)


@lru_cache(maxsize=64)
def _font(weight: Weight, pt: float) -> FontProperties:
    return FontProperties(family=letters.FAMILY, weight=weight, fname=letters.font_file(weight), size=pt)


def shortened(text: str, pt: float, weight: Weight, width: float) -> str:
    """A text that is cut with an ellipsis where it is wider than its room."""
    if letters.width(text, pt, weight) <= width:
        return text
    while text and letters.width(text + "…", pt, weight) > width:
        text = text[:-1]
    return text.rstrip(" ,·(") + "…"
