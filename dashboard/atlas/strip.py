"""What stands under a page's map: where it lies in the whole, what its colours mean, how long a kilometre is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.atlas.pen import BODY, SMALL, UNIT, Pen, shortened
from dashboard.atlas.plate import Plan, Window
from dashboard.paper import ground as grounds
from dashboard.paper import marks, scale
from dashboard.paper import type as letters
from dashboard.paper.drawing import DASH_DOT, HATCH
from dashboard.paper.layout import Box
from dashboard.paper.sheet import Key, Locator

HEIGHTS = (76.0, 88.0, 100.0)
CHIP, ROW = (17.0, 9.0), 11.6
LONGEST_BAR, ARROW = 78.0, (15.0, 27.0)
GAP = 12.0
HEADED, LEADING, COLUMN_GAP, MOST_COLUMNS = 14.0, 8.8, 10.0, 3  # of the legend


def height_of(keys: tuple[Key, ...], width: float) -> float:
    """The least height of the strip at which no key is cut."""
    for height in HEIGHTS:
        if _fitting(keys, Box(0, 0, width - height - LONGEST_BAR - ARROW[0] - 10 - 2 * GAP, height)):
            return height
    return HEIGHTS[-1]


def draw_strip(
    pen: Pen, plan: Plan, window: Window, box: Box, *, own: NDArray[np.bool_], keys: tuple[Key, ...]
) -> None:
    """The inset at the left, the legend beside it, the scale bar and the arrow to the north at the right."""
    inset = Box(box.x, box.y, box.height, box.height)
    left = box.x
    if not own.all():
        locator = Locator(plan.ground.outline, plan.ground.areas[own], theme.NO_DATA_FILL, theme.ACCENT)
        pen.furniture.locator(inset, locator, window.bounds)
        left = inset.right + GAP
    scale_left = box.right - LONGEST_BAR - ARROW[0] - 10
    draw_legend(pen, plan.sheet.legend_title, keys, Box(left, box.y, scale_left - GAP - left, box.height))
    draw_scale(pen, plan, window, Box(scale_left, box.y, box.right - scale_left, box.height))


def draw_legend(pen: Pen, title: str, keys: tuple[Key, ...], box: Box) -> None:
    """The keys in as few columns as hold them; words that find no room even so are cut."""
    pen.write(shortened(title, BODY, 500, box.width), (box.x, box.y + BODY), weight=500)
    fitting = _fitting(keys, box)
    for column in fitting or _columns(keys, _below_head(box), MOST_COLUMNS, most=1):
        y = column[0].box.y
        for entry in column:
            _chip(pen, entry.key, Box(entry.box.x, y, *CHIP))
            for i, line in enumerate(entry.lines):
                base = y + 0.83 * CHIP[1] + i * LEADING
                pen.write(line, (entry.box.x + CHIP[0] + 5, base), pt=SMALL)
            y += entry.box.height


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its words; the box's left and top are its column's."""

    key: Key
    lines: tuple[str, ...]
    box: Box


def _columns(keys: tuple[Key, ...], room: Box, columns: int, *, most: int = 9) -> list[list[_Entry]]:
    """The keys one below the other, as many columns of one width as it takes, at most so many lines a key."""
    wide = (room.width - (columns - 1) * COLUMN_GAP) / columns
    made: list[list[_Entry]] = []
    for key in keys:
        lines = letters.wrap(key.label, SMALL, 400, wide - CHIP[0] - 5)
        if len(lines) > most:
            lines = (shortened(key.label, SMALL, 400, wide - CHIP[0] - 5),)
        high = ROW + (len(lines) - 1) * LEADING
        if not made or (len(made) < columns and _height(made[-1]) + high > room.height):
            made.append([])
        made[-1].append(_Entry(key, lines, Box(room.x + (len(made) - 1) * (wide + COLUMN_GAP), room.y, wide, high)))
    return made


def _fitting(keys: tuple[Key, ...], box: Box) -> list[list[_Entry]]:
    """The fewest columns that hold all keys; none where nothing does."""
    room = _below_head(box)
    for count in range(1, MOST_COLUMNS + 1):
        columns = _columns(keys, room, count)
        if all(_height(column) <= room.height for column in columns):
            return columns
    return []


def _below_head(box: Box) -> Box:
    return Box(box.x, box.y + HEADED, box.width, box.height - HEADED)


def _height(column: list[_Entry]) -> float:
    return sum(entry.box.height for entry in column)


def _chip(pen: Pen, key: Key, box: Box) -> None:
    middle = box.y + box.height / 2
    if key.sign in ("line", "dash_dot"):
        line = np.array([[box.x, middle], [box.right, middle]])
        pen.lines([line], key.colour, 1.1, dashes=(0, DASH_DOT) if key.sign == "dash_dot" else "solid")
    elif key.sign == "dot":
        pen.dots(np.array([[box.x + box.width / 2, middle]]), key.colour)
    else:
        pen.boxes([box], key.colour, edge=pen.inks.soft, width=0.4, hatch=HATCH if key.sign == "hatched" else None)
        if key.mark:
            pen.mark(key.mark, marks.box_of(box.x + box.width / 2, middle, 0.9 * UNIT), on_disc=False)


def draw_scale(pen: Pen, plan: Plan, window: Window, box: Box) -> None:
    """How long a kilometre is at the map's middle, and where true north is there."""
    ground_per_pt = window.m_per_pt * grounds.ground_per_m(window.bounds, plan.ground.crs)
    metres = scale.round_length(LONGEST_BAR * ground_per_pt)
    length = metres / ground_per_pt

    def plain(text: str, at: tuple[float, float], pt: float) -> None:
        pen.write(text, at, pt=pt, side="center")

    def bold(text: str, at: tuple[float, float], pt: float) -> None:
        pen.write(text, at, pt=pt, weight=700, side="center")

    arrow = Box(box.right - ARROW[0], box.y, *ARROW)
    pen.furniture.arrow(arrow, plan.sheet.north, grounds.north_deg(window.bounds, plan.ground.crs), bold)
    pen.furniture.scale_bar(Box(box.right - length, arrow.bottom + 6, length, 18), scale.length_text(metres), plain)
