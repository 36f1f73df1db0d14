"""A Sheet -> a matplotlib Figure. Knows pens and papers, no question and no words of its own.

One figure pixel is 1/96 inch, so that a PNG has exactly the size asked and an SVG shows at that size in a browser.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.patheffects import Stroke as Halo
from matplotlib.text import Text

from dashboard.paper import labels, marks, scale
from dashboard.paper import type as letters
from dashboard.paper.furniture import Furniture
from dashboard.paper.layout import NOTICE, Box, Layout, lay_out
from dashboard.paper.outlines import lines_of, path_of
from dashboard.paper.sheet import Key, Sheet
from dashboard.paper.sight import window
from dashboard.paper.type import LINE_HEIGHT, Weight

DPI = 96
POINT = 72 / DPI  # points a pixel
DASH_DOT = (7, 2.5, 1.2, 2.5)  # in line widths
DOT_PX = 7
AREA_LINE_PX, FAINT_LINE_PX = 0.9, 0.3  # the second between so MANY areas that lines would hide the colours
MANY = 500
HATCH = "////"
DARK = 0.5  # of white's brightness
ON_TOP = 10  # above names, which are above lines
# Matplotlib 3.11 shifts a letter twice in a PDF that is kerned and of another part of the font ("T" before "ổ"). So
# every letter stands where ``letters.width`` expects it, in every format.
UNKERNED = ("-kern",)


def draw(sheet: Sheet, layout: Layout | None = None) -> Figure:
    """Draw the sheet, by itself as it is best laid out. Makes no global figure, so any thread may."""
    width, height = sheet.size
    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=sheet.inks.paper)
    FigureCanvasAgg(figure)
    layout = layout or lay_out(sheet)
    if sheet.frame is not None:
        _draw_map(figure, sheet, layout)
    page = _axes(figure, sheet, Box(0, 0, width, height))
    page.set(xlim=(0, width), ylim=(height, 0))
    pen = _Pen(page, sheet, layout)
    pen.words()
    pen.legend()
    pen.names(pen.marks())
    pen.beside_the_map()
    pen.notice()
    return figure


def _axes(figure: Figure, sheet: Sheet, box: Box) -> Axes:
    width, height = sheet.size
    axes = figure.add_axes((box.x / width, 1 - box.bottom / height, box.width / width, box.height / height))
    axes.set_axis_off()
    return axes


def _draw_map(figure: Figure, sheet: Sheet, layout: Layout) -> None:
    axes = _axes(figure, sheet, layout.map)
    west, south, east, north = window(sheet, layout)
    axes.set(xlim=(west, east), ylim=(south, north))
    px = POINT * layout.unit
    paths = np.array([path_of(area) for area in sheet.areas], dtype=object)
    fills = np.array(sheet.fills, dtype=object)
    # The line between areas would not show on the grey of "no data": there it has the paper's colour.
    dark = np.array([_is_dark(fill) for fill in sheet.fills], dtype=np.bool_)
    kinds = (
        (~sheet.hatched, sheet.inks.area_line, None, None),
        (sheet.hatched & ~dark, sheet.inks.paper, HATCH, sheet.inks.soft),
        (sheet.hatched & dark, sheet.inks.paper, HATCH, sheet.inks.paper),
    )
    for chosen, line, hatch, hatch_colour in kinds:
        if chosen.any():
            made = PathCollection(
                paths[chosen].tolist(),
                facecolors=fills[chosen].tolist(),
                edgecolors=line,
                linewidths=(AREA_LINE_PX if len(paths) <= MANY else FAINT_LINE_PX) * px,
                hatch=hatch,
                hatchcolors=hatch_colour,
            )
            axes.add_collection(made, autolim=False)
    for band in sheet.bands:
        filled = PathCollection([path_of(shape) for shape in band.shapes], facecolors=band.colour, linewidths=0)
        axes.add_collection(filled, autolim=False)
    for stroke in sheet.strokes:
        lines = lines_of(stroke.shapes)
        if stroke.dash_dot:
            clear = LineCollection(lines, colors=sheet.inks.paper, linewidths=2.4 * stroke.width_px * px)
            axes.add_collection(clear, autolim=False)
        style: Any = (0, DASH_DOT) if stroke.dash_dot else "solid"
        drawn = LineCollection(lines, colors=stroke.colour, linewidths=stroke.width_px * px, linestyles=style)
        drawn.set_joinstyle("round")
        axes.add_collection(drawn, autolim=False)
    if sheet.dots is not None:
        axes.plot(
            sheet.dots.x,
            sheet.dots.y,
            linestyle="none",
            marker="o",
            markersize=DOT_PX * px,
            markerfacecolor=sheet.dots.colour,
            markeredgecolor=sheet.inks.paper,
            markeredgewidth=0.6 * px,
            alpha=0.75,
            scalex=False,
            scaley=False,
        )


def _is_dark(colour: str) -> bool:
    """Whether light lines show better on it than dark ones."""
    return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114))) < DARK


class _Pen:
    """Writes and draws on the page in pixels from the top left corner."""

    def __init__(self, page: Axes, sheet: Sheet, layout: Layout) -> None:
        self.page = page
        self.sheet = sheet
        self.layout = layout
        self.px = POINT * layout.unit
        inks = sheet.inks
        self.furniture = Furniture(page, inks, unit=layout.unit, px=self.px)
        self.tones = {"text": inks.text, "soft": inks.soft, "marking": inks.marking, "paper": inks.paper}

    def write(
        self,
        text: str,
        at: tuple[float, float],
        *,
        px: float,
        weight: Weight,
        tone: str = "text",
        centred: bool = False,
    ) -> Text:
        """One line of letters from (x, baseline), or centred there; ``$`` and ``_`` mean themselves."""
        font = FontProperties(family=letters.FAMILY, weight=weight, fname=letters.font_file(weight), size=px * POINT)
        side: Literal["center", "left"] = "center" if centred else "left"
        made = self.page.text(*at, text, fontproperties=font, color=self.tones[tone], ha=side, va="baseline")
        made.set_parse_math(False)
        made.set_fontfeatures(UNKERNED)
        return made

    def words(self) -> None:
        """Heading, legend words and caption, as they are read, and the rule above the caption."""
        if not self.layout.lines:
            return
        for line in sorted(self.layout.lines, key=lambda line: line.box.y > self.layout.rule):
            self.write(line.text, (line.box.x, line.baseline), px=line.px, weight=line.weight, tone=line.tone)
        margin = min(line.box.x for line in self.layout.lines)
        ends = [margin, self.sheet.size[0] - margin]
        self.page.plot(ends, [self.layout.rule] * 2, color=self.sheet.inks.rule, linewidth=1.5 * self.px)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """A place on the ground, on the page."""
        west, _, _, north = window(self.sheet, self.layout)
        per_px = self.layout.m_per_px
        return self.layout.map.x + (x - west) / per_px, self.layout.map.y + (north - y) / per_px

    def marks(self) -> list[Box]:
        """Signs and numbers that lie in the map; returns the room they take."""
        taken = []
        for mark in self.sheet.marks:
            box = marks.box_of(*self._place(mark.x, mark.y), self.layout.unit, on_disc=mark.on_disc)
            if self.layout.map.holds(box):
                self._mark(mark.text, box, on_disc=mark.on_disc)
                taken.append(box)
        return taken

    def _mark(self, text: str, box: Box, *, on_disc: bool) -> None:
        halo = marks.HALO_PX * self.px
        if not on_disc:
            marks.draw_sign(self.page, text, box, self.sheet.inks, halo=halo)
            return
        marks.draw_disc(self.page, box, self.sheet.inks, halo=halo / 2)
        px = 0.62 * box.height
        at = (box.x + box.width / 2, box.y + box.height / 2 + 0.36 * px)
        self.write(text, at, px=px, weight=700, tone="paper", centred=True)

    def names(self, taken: list[Box]) -> None:
        """Place names in ink with a halo. The halo is drawn apart, or the name would not be text in a PDF or SVG."""
        if self.sheet.frame is None:
            return
        per_px = self.layout.m_per_px
        wanted = ((name, *self._place(name.x, name.y), name.room_m / per_px) for name in self.sheet.labels)
        halo: list[AbstractPathEffect] = [Halo(linewidth=4 * self.px, foreground=self.sheet.inks.paper, alpha=0.85)]
        clear = (self._notice()[1],) if self.sheet.notice else ()
        for name in labels.place(wanted, self.layout.map, self.layout.unit, taken, clear=clear):
            x = name.box.x + name.box.width / 2
            for i, line in enumerate(name.lines):
                at = (x, name.box.y + (i * labels.LEADING + 0.93) * name.px)
                self.write(line, at, px=name.px, weight=name.weight, centred=True).set_path_effects(halo)
                written = self.write(line, at, px=name.px, weight=name.weight, centred=True)
                if name.colour:
                    written.set_color(name.colour)

    def legend(self) -> None:
        """One sign a row."""
        for box, key in self.layout.keys:
            self._sign(box, key)

    def _sign(self, box: Box, key: Key) -> None:
        middle = box.y + box.height / 2
        if key.sign == "dot":
            centre, size = box.x + box.width / 2, 2 * DOT_PX * self.px
            self.page.plot([centre], [middle], "o", color=key.colour, markersize=size)
        elif key.sign in ("line", "dash_dot"):
            dashes: Any = (0, DASH_DOT) if key.sign == "dash_dot" else "solid"
            self.page.plot([box.x, box.right], [middle] * 2, color=key.colour, linewidth=2 * self.px, linestyle=dashes)
        else:
            patch = self.furniture.box(box, key.colour, self.sheet.inks.soft, 0.8)
            if key.sign == "hatched":
                inks = self.sheet.inks
                patch.set(hatch=HATCH, hatchcolor=inks.paper if _is_dark(key.colour) else inks.soft)
            if key.mark:
                middle_x, unit = box.x + box.width / 2, self.layout.unit
                self._mark(key.mark, marks.box_of(middle_x, middle, unit), on_disc=False)

    def beside_the_map(self) -> None:
        """The scale bar, the arrow to the north, the inset that says where the map lies, the marking's frame."""
        layout, sheet, made = self.layout, self.sheet, self.furniture
        if layout.marking is not None:
            made.frame(layout.marking, sheet.inks.marking, 2.5)
        if layout.scale_bar is not None:
            made.scale_bar(layout.scale_bar, scale.length_text(layout.scale_length_m), self._centred)
        if layout.arrow is not None:
            made.arrow(layout.arrow, sheet.north, sheet.north_deg, self._bold)
        if sheet.locator is not None and layout.locator is not None:
            made.locator(layout.locator, sheet.locator, window(sheet, layout))
            made.frame(layout.map, sheet.inks.soft, 1)  # the map is cut: a line says that it goes on

    def _centred(self, text: str, at: tuple[float, float], px: float) -> None:
        self.write(text, at, px=px, weight=400, centred=True)

    def _bold(self, text: str, at: tuple[float, float], px: float) -> None:
        self.write(text, at, px=px, weight=700, centred=True)

    def _notice(self) -> tuple[tuple[str, ...], Box]:
        """The notice's lines and the clear ground they stand on."""
        room, px = self.layout.map, NOTICE * self.layout.unit
        lines = letters.wrap(self.sheet.notice, px, 500, 0.8 * room.width)
        high = LINE_HEIGHT * px * len(lines) + px
        wide = max(letters.width(line, px, 500) for line in lines) + 2 * px
        return lines, Box(room.x + (room.width - wide) / 2, room.y + (room.height - high) / 2, wide, high)

    def notice(self) -> None:
        """What is to be said where there is nothing to see, on a clear ground in the middle of the map."""
        if not self.sheet.notice:
            return
        px = NOTICE * self.layout.unit
        lines, box = self._notice()
        self.furniture.box(box, self.sheet.inks.paper, self.sheet.inks.rule, 1.5).set_zorder(ON_TOP)
        for i, line in enumerate(lines):
            at = (box.x + box.width / 2, box.y + px / 2 + (i * LINE_HEIGHT + 1.08) * px)
            self.write(line, at, px=px, weight=500, centred=True).set_zorder(ON_TOP)
