"""Running text in columns: which rows stand in which column of which page. Knows no meaning of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.atlas.pen import BODY, LEFT, RIGHT, Link, Pen, shortened
from dashboard.paper import type as letters
from dashboard.paper.layout import Box
from dashboard.paper.type import LINE_HEIGHT, Weight

GUTTER = 22.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``number`` stands at the right end, and the row leads to page ``to`` (from 0); None: to none.

    ``keep``: it does not stand last in a column. ``gap`` is left free above it but at a column's top.
    """

    text: str
    pt: float = BODY
    weight: Weight = 400
    colour: str = ""
    indent: float = 0.0
    gap: float = 0.0
    number: str = ""
    to: int | None = None
    keep: bool = False

    @property
    def height(self) -> float:
        """The room it takes."""
        return LINE_HEIGHT * self.pt


@dataclass(frozen=True, slots=True)
class Sheetful:
    """How running text stands on a page: so many columns between two heights."""

    columns: int
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Of one column."""
        return (RIGHT - LEFT - (self.columns - 1) * GUTTER) / self.columns


def wrapped(text: str, sheetful: Sheetful, like: Row) -> list[Row]:
    """A text as rows that look alike; the gap stands above the first."""
    lines = letters.wrap(text, like.pt, like.weight, sheetful.width - like.indent)
    look = (like.pt, like.weight, like.colour, like.indent)
    return [Row(line, *look, like.gap if not i else 0.0, keep=like.keep) for i, line in enumerate(lines)]


def flow(rows: Sequence[Row], sheetful: Sheetful) -> list[list[list[Row]]]:
    """The rows by page and column."""
    room = sheetful.bottom - sheetful.top
    columns: list[list[Row]] = [[]]
    used = 0.0
    for i, row in enumerate(rows):
        need = row.gap + row.height
        ahead = need
        for k in range(i, len(rows) - 1):  # what must not stand without what follows it
            if not rows[k].keep:
                break
            ahead += rows[k + 1].gap + rows[k + 1].height
        if used and used + ahead > room:
            columns.append([])
            used = 0.0
        used += need if used else row.height
        columns[-1].append(row)
    return [columns[i : i + sheetful.columns] for i in range(0, len(columns), sheetful.columns)]


def draw_columns(pen: Pen, columns: Iterable[Sequence[Row]], sheetful: Sheetful) -> None:
    """Draw one page of running text."""
    for i, column in enumerate(columns):
        x, y = LEFT + i * (sheetful.width + GUTTER), sheetful.top
        for k, row in enumerate(column):
            y += row.gap if k else 0.0
            _draw(pen, row, Box(x, y, sheetful.width, row.height))
            y += row.height


def _draw(pen: Pen, row: Row, box: Box) -> None:
    base, left = box.y + 1.05 * row.pt, box.x + row.indent
    room = box.right - left - (letters.width(row.number, row.pt, 500) + 14 if row.number else 0)
    text = shortened(row.text, row.pt, row.weight, room)
    pen.write(text, (left, base), pt=row.pt, weight=row.weight, colour=row.colour)
    if row.number:
        pen.write(row.number, (box.right, base), pt=row.pt, weight=500, side="right")
        ends = (
            left + letters.width(text, row.pt, row.weight) + 5,
            box.right - letters.width(row.number, row.pt, 500) - 5,
        )
        if ends[1] > ends[0]:
            pen.lines([np.array([[ends[0], base - 1], [ends[1], base - 1]])], pen.inks.soft, 0.5, dashes=(0, (1, 4)))
    if row.to is not None:
        pen.links.append(Link(box, row.to))
