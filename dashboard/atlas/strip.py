"""What stands under a page's map: where it lies in the whole, what its colours mean, how long a kilometre is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.atlas.pen import BODY, SMALL, UNIT, Pen, shortened
from dashboard.atlas.plate import Plan, Window
from dashboard.paper import ground as grounds
from dashboard.paper import marks, scale
from dashboard.paper.drawing import DASH_DOT, HATCH
from dashboard.paper.layout import Box
from dashboard.paper.sheet import Key, Locator

CHIP, ROW = (17.0, 9.0), 11.6
LONGEST_BAR, ARROW = 78.0, (15.0, 27.0)
GAP = 12.0


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
    """The keys in as many columns as it takes."""
    pen.write(shortened(title, BODY, 500, box.width), (box.x, box.y + BODY), weight=500)
    rows = max(1, int((box.height - 14) / ROW))
    columns = -(-len(keys) // rows)
    wide = box.width / max(columns, 1)
    for i, key in enumerate(keys):
        column, row = divmod(i, rows)
        x, y = box.x + column * wide, box.y + 14 + row * ROW
        _chip(pen, key, Box(x, y, *CHIP))
        room = wide - CHIP[0] - 9
        pen.write(shortened(key.label, SMALL, 400, room), (x + CHIP[0] + 5, y + 0.83 * CHIP[1]), pt=SMALL)


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
