"""The trend of a page: bars by month, last year's line and the 12-month mean. Counts nothing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from dashboard import theme
from dashboard.atlas.pen import SMALL, Pen
from dashboard.paper import type as letters
from dashboard.paper.drawing import HATCH
from dashboard.paper.layout import Box
from dashboard.paper.scale import round_length
from dashboard.words import Words
from geodata.answers.answer import MonthlyTrend

AXIS, FOOT, KEYS = 22.0, 12.0, 12.0  # points for the numbers, the months and the keys
BAR = 0.8  # of a month's room
TICKS = 3
DOTTED = (0, (1.0, 1.4))


def draw_trend(pen: Pen, trend: MonthlyTrend, box: Box, words: Words) -> None:
    """Bars of the months asked are strong, the others pale; a month the data do not cover whole is hatched."""
    _keys(pen, trend, box, words)
    room = Box(box.x + AXIS, box.y + KEYS, box.width - AXIS, box.height - KEYS - FOOT)
    values = np.concatenate([trend.n.astype(float), trend.year_before, trend.mean_12])
    top = float(np.nanmax(values, initial=1.0))
    _grid(pen, room, top, words)
    step = room.width / max(len(trend.months), 1)

    def up(n: float) -> float:
        return room.bottom - room.height * n / top

    strong, pale = theme.AMOUNT_RAMP[3], theme.AMOUNT_RAMP[0]
    for colour, asked in ((strong, True), (pale, False)):
        for partial in (False, True):
            chosen = np.flatnonzero((trend.in_period == asked) & (trend.partial == partial) & (trend.n > 0)).tolist()
            bars = [
                Box(
                    room.x + (i + (1 - BAR) / 2) * step,
                    up(int(trend.n[i])),
                    BAR * step,
                    room.bottom - up(int(trend.n[i])),
                )
                for i in chosen
            ]
            pen.boxes(bars, colour, hatch=HATCH if partial else None)
    middles = room.x + (np.arange(len(trend.months)) + 0.5) * step
    for line, colour, dashes in ((trend.year_before, theme.INK_SOFT, "solid"), (trend.mean_12, theme.ACCENT, DOTTED)):
        pen.lines(_known(middles, np.array([up(each) for each in line.tolist()])), colour, 1.2, dashes=dashes)
    pen.rule(room.bottom, left=room.x, right=room.right, colour=pen.inks.soft)
    every = max(1, math.ceil(len(trend.months) / 8))
    for i in range(len(trend.months) - 1, -1, -every):
        at = (float(middles[i]), room.bottom + 9)
        pen.write(f"{trend.months[i]:%m/%y}", at, pt=SMALL, colour=pen.inks.soft, side="center")


def _known(x: NDArray[np.floating], y: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    """The line where there is one."""
    known = np.isfinite(y)
    return [np.stack([x[known], y[known]], axis=-1)] if known.sum() > 1 else []


def _grid(pen: Pen, room: Box, top: float, words: Words) -> None:
    step = max(1.0, round_length(max(top / TICKS, 1.0)))
    for i in range(int(top / step) + 1):
        y = room.bottom - room.height * i * step / top
        if i:
            pen.rule(y, left=room.x, right=room.right)
        pen.write(words.number(i * step), (room.x - 4, y + 2.5), pt=SMALL, colour=pen.inks.soft, side="right")


def _keys(pen: Pen, trend: MonthlyTrend, box: Box, words: Words) -> None:
    """What bars and lines are, in one line above them."""
    x, y = box.x + AXIS, box.y + 5.0
    outside = [(words("outside it"), theme.AMOUNT_RAMP[0], None)] if not trend.in_period.all() else []
    for label, colour, dashes in (
        (words("in the period") if outside else words("incidents"), theme.AMOUNT_RAMP[3], None),
        *outside,
        (words("last year"), theme.INK_SOFT, "solid"),
        (words("12-month mean"), theme.ACCENT, DOTTED),
    ):
        if dashes is None:
            pen.box(Box(x, y - 4, 12, 7), colour)
        else:
            pen.lines([np.array([[x, y], [x + 12, y]])], colour, 1.3, dashes=dashes)
        pen.write(label, (x + 15, y + 2.6), pt=SMALL, colour=pen.inks.soft)
        x += 15 + letters.width(label, SMALL) + 14
