"""The map of one page: the area's own ground in the classes of the whole, its neighbours grey. Counts nothing.

The printed map of the whole ground is composed once; every page is cut from it, so that all pages have one legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard import theme
from dashboard.atlas.pen import UNIT, Pen
from dashboard.atlas.units import ground_view
from dashboard.paper import ground as grounds
from dashboard.paper import labels, marks
from dashboard.paper.compose import Request, compose
from dashboard.paper.drawing import DASH_DOT, HATCH
from dashboard.paper.layout import Box
from dashboard.paper.outlines import lines_of, path_of
from dashboard.paper.sheet import Bounds, Label, Sheet, Stroke
from dashboard.reading import Reading

FINE = (6000, 6000)  # pixels the whole ground is simplified for: a commune fills a page
AROUND = 0.2  # of an area's longer side: its neighbours
LABEL_UNIT = 0.4
LINE_PT, OWN_PT, STROKE = 0.5, 1.6, 0.42  # the last: points a pixel of the printed map's lines
COARSE_PT = 0.3  # details finer than that are left out


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The whole ground: the printed map, its areas, and what lines there are."""

    sheet: Sheet
    ground: grounds.Ground
    names: tuple[str, ...]
    tree: shapely.STRtree
    strokes: tuple[Stroke, ...]  # as lines
    own_areas: bool  # the sheet's areas are the layer's, no cells


def lay_plan(reading: Reading, *, now: datetime) -> Plan:
    """Compose the whole once."""
    view = ground_view(reading)
    sheet = compose(Request(view, reading.answers, reading.words, reading.scope, FINE, now))
    boundaries = reading.snapshot.boundaries
    ground = grounds.lay_ground(boundaries, view.question.layer, setting=reading.snapshot.profile.metric_crs, size=FINE)
    strokes = tuple(replace(stroke, shapes=_as_lines(stroke.shapes)) for stroke in sheet.strokes)
    names = tuple(map(grounds.short_name, ground.layer.names))
    return Plan(sheet, ground, names, shapely.STRtree(ground.areas), strokes, len(sheet.areas) == len(ground.areas))


def _as_lines(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.array([shapely.linestrings(line) for line in lines_of(shapes) if len(line) > 1], dtype=object)


@dataclass(frozen=True, slots=True)
class Window:
    """Which ground lies in a box of the page."""

    box: Box
    west: float
    north: float
    m_per_pt: float

    @property
    def bounds(self) -> Bounds:
        """The ground in sight."""
        east, south = self.west + self.box.width * self.m_per_pt, self.north - self.box.height * self.m_per_pt
        return self.west, south, east, self.north

    def points(self, ground: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places on the ground, (n, 2), on the page."""
        corner = np.array([self.box.x, self.box.y])
        return np.asarray(corner + (ground - (self.west, self.north)) * (1, -1) / self.m_per_pt, dtype=np.float64)

    def on_page(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Shapes cut at the box, on the page."""
        cut = shapely.clip_by_rect(shapes, *self.bounds)
        return np.asarray(shapely.transform(cut[~shapely.is_empty(cut)], self.points), dtype=object)


def window_of(shapes: NDArray[np.object_], box: Box, around: float = AROUND) -> Window:
    """The shapes in the middle of the box with what lies around them."""
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    margin = around * max(east - west, north - south)
    m_per_pt = max((east - west + 2 * margin) / box.width, (north - south + 2 * margin) / box.height)
    x, y = (west + east) / 2, (south + north) / 2
    return Window(box, x - box.width * m_per_pt / 2, y + box.height * m_per_pt / 2, m_per_pt)


def draw_plate(
    pen: Pen, plan: Plan, own: NDArray[np.bool_], box: Box, *, around: float = AROUND, named: bool = True
) -> Window:
    """Draw the map of the areas that are ``own``, with their names and their neighbours'; returns what it shows."""
    window = window_of(plan.ground.areas[own], box, around)
    pen.box(box, theme.MAP_GROUND)
    seen = np.sort(plan.tree.query(shapely.box(*window.bounds)))
    areas = shapely.coverage_simplify(plan.ground.areas[seen], COARSE_PT * window.m_per_pt)
    mine = own[seen]
    whole = shapely.coverage_union_all(areas[mine])
    _fill(pen, window, areas[~mine], theme.NOT_ASKED_FILL)
    if plan.own_areas:
        which = seen[mine]
        _fill_each(pen, window, areas[mine], plan.sheet, which)
    else:
        _fill(pen, window, areas[mine], theme.ZERO_FILL)
        cells = np.flatnonzero(shapely.intersects(plan.sheet.areas, whole))
        _fill_each(pen, window, shapely.intersection(plan.sheet.areas[cells], whole), plan.sheet, cells)
    for band in plan.sheet.bands:
        _fill(pen, window, shapely.intersection(band.shapes, whole), band.colour, line=0.0)
    for stroke in plan.strokes:
        _stroke(pen, window, stroke)
    pen.lines(lines_of(window.on_page(_as_lines(np.array([whole], dtype=object)))), pen.inks.text, OWN_PT)
    _dots(pen, plan, window, whole)
    taken = _marks(pen, plan, window, whole)
    if named:
        _names(pen, plan, window, _Sight(seen, mine, areas), taken)
    pen.furniture.frame(box, pen.inks.soft, 1.4)
    return window


def _fill(
    pen: Pen, window: Window, shapes: NDArray[np.object_], fill: str, *, line: float = LINE_PT, hatch: str | None = None
) -> None:
    paths = [path_of(shape) for shape in window.on_page(shapes)]
    pen.shapes(paths, fill, edge=pen.inks.area_line if line else "none", width=line, hatch=hatch)


def _fill_each(pen: Pen, window: Window, shapes: NDArray[np.object_], sheet: Sheet, which: NDArray[np.intp]) -> None:
    """Shapes in their colours on the printed map; ``which`` are their numbers there."""
    fills = np.array(sheet.fills, dtype=object)[which]
    hatched = sheet.hatched[which]
    for fill in dict.fromkeys(fills.tolist()):
        for lined in (False, True):
            chosen = (fills == fill) & (hatched == lined)
            _fill(pen, window, shapes[chosen], fill, hatch=HATCH if lined else None)


def _stroke(pen: Pen, window: Window, stroke: Stroke) -> None:
    lines = lines_of(window.on_page(stroke.shapes))
    width = STROKE * stroke.width_px
    if stroke.dash_dot:
        pen.lines(lines, pen.inks.paper, 2.4 * width)
    pen.lines(lines, stroke.colour, width, dashes=(0, DASH_DOT) if stroke.dash_dot else "solid")


def _dots(pen: Pen, plan: Plan, window: Window, whole: object) -> None:
    """Incidents of the area itself."""
    dots = plan.sheet.dots
    if dots is None:
        return
    shapely.prepare(whole)
    here = shapely.contains_xy(whole, dots.x, dots.y)
    at = window.points(np.stack([dots.x[here], dots.y[here]], axis=-1))
    pen.dots(at, dots.colour)


def _marks(pen: Pen, plan: Plan, window: Window, whole: object) -> list[Box]:
    """Signs and numbers on the area's own ground; returns the room they take."""
    taken = []
    for mark in plan.sheet.marks:
        if not shapely.intersects_xy(whole, mark.x, mark.y) and not mark.on_disc:
            continue
        ((x, y),) = window.points(np.array([[mark.x, mark.y]])).tolist()
        box = marks.box_of(x, y, UNIT, on_disc=mark.on_disc)
        if window.box.holds(box):
            pen.mark(mark.text, box, on_disc=mark.on_disc)
            taken.append(box)
    return taken


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """The areas in a window: their numbers, which are the page's own, their shapes."""

    seen: NDArray[np.intp]
    mine: NDArray[np.bool_]
    areas: NDArray[np.object_]


def _names(pen: Pen, plan: Plan, window: Window, sight: _Sight, taken: list[Box]) -> None:
    """The names of the area's own communes, then those of its neighbours, each on the part that is in sight."""
    cut = shapely.clip_by_rect(sight.areas, *window.bounds)
    shown = np.flatnonzero(shapely.area(cut) > 0)
    middles = grounds.middles_of(cut[shown])
    order = sorted(range(len(shown)), key=lambda i: (not sight.mine[shown[i]], -shapely.area(cut[shown[i]])))
    alone = int(sight.mine.sum()) == 1
    wanted = []
    for i in order:
        (x, y), own = middles[i].tolist(), bool(sight.mine[shown[i]])
        (px, py), wide = window.points(middles[i : i + 1])[0].tolist(), _room(cut[shown[i]], y) / window.m_per_pt
        colour = "" if own else pen.inks.soft
        text = plan.names[int(sight.seen[shown[i]])]
        wanted.append((Label(text, x, y, wide, strong=own and alone, colour=colour), px, py, wide))
    pen.names(labels.place(wanted, window.box, LABEL_UNIT, taken))


def draw_names(pen: Pen, window: Window, named: Sequence[tuple[str, object]], *, strong: bool) -> None:
    """Other names than the areas' own, each on its shape."""
    shapes = np.array([shape for _, shape in named], dtype=object)
    middles = grounds.middles_of(shapes)
    wanted = []
    for (text, shape), (x, y), (px, py) in zip(named, middles.tolist(), window.points(middles).tolist(), strict=True):
        wide = _room(shape, y) / window.m_per_pt
        wanted.append((Label(text, x, y, wide, strong=strong), px, py, wide))
    pen.names(labels.place(wanted, window.box, LABEL_UNIT))


def _room(area: object, y: float) -> float:
    west, _, east, _ = shapely.bounds(area).tolist()
    return float(shapely.length(shapely.intersection(area, shapely.linestrings([(west, y), (east, y)]))))
