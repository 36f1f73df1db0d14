"""A native table on a slide: as many whole rows as there is room for, and how many more there are. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard import theme
from dashboard.deck import ink, room
from dashboard.deck.ink import Run
from dashboard.deck.room import TEXT_PT, Box
from dashboard.words import Words

PAD_X, PAD_Y = 0.06, 0.03  # inches beside and above the letters of a cell
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's table style without lines and fills
RULE_PT = 0.75


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its share of the table's width, and whether it holds numbers."""

    head: str
    share: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """What a table says under its heading; ``more`` rows are not even among these. The first cell names the row."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    more: int = 0


def draw(slide: Any, grid: Grid, box: Box, words: Words) -> None:  # noqa: ANN401 - a slide of the library
    """Heading, table, and what did not fit."""
    body = ink.heading(slide, grid.heading, box, words) if grid.heading else box
    widths = [body.width * each.share / sum(column.share for column in grid.columns) for each in grid.columns]
    shown, heights, more = _fitting(grid, widths, body.height)
    frame = slide.shapes.add_table(len(shown) + 1, len(widths), *ink.place(body.top(sum(heights))))
    ink.describe(frame, "Table", f"{grid.heading}: " + "; ".join(" ".join(row[:2]) for row in shown))
    _style(frame)
    table = frame.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row, tall in zip(table.rows, heights, strict=True):
        row.height = Inches(tall)
    cells = [[column.head for column in grid.columns], *shown]
    for i, texts in enumerate(cells):
        for j, (text, column) in enumerate(zip(texts, grid.columns, strict=True)):
            _fill(table.cell(i, j), text, words, head=i == 0, number=column.number, first=j == 0)
    _rule(frame, len(widths))
    if more:
        said = words("and {n} more rows", n=words.number(more))
        rest = body.below(sum(heights) + 0.06).top(_line())
        ink.text_box(slide.shapes, rest, [[Run(said, colour=theme.INK_SOFT)]], words, name="More")


def pages(grid: Grid, box: Box) -> list[Grid]:
    """The same rows on as many slides as they need."""
    widths = [box.width * each.share / sum(column.share for column in grid.columns) for each in grid.columns]
    found, rest = [], list(grid.rows)
    while rest:
        shown, _, _ = _fitting(replace(grid, rows=rest, more=0), widths, box.height)
        found.append(replace(grid, rows=shown))
        rest = rest[len(shown) :]
    return found


def _fitting(grid: Grid, widths: Sequence[float], free: float) -> tuple[list[Sequence[str]], list[float], int]:
    """The rows that have room, the heights of head and rows, and how many are left out."""
    heights = [_height([column.head for column in grid.columns], widths, bold=len(widths))]
    shown: list[Sequence[str]] = []
    for i, row in enumerate(grid.rows):
        tall = _height(row, widths)
        others = len(grid.rows) - i - 1 + grid.more
        note = _line() + 0.06 if others else 0
        if shown and sum(heights) + tall + note > free:
            break
        shown.append(row)
        heights.append(tall)
    return shown, heights, len(grid.rows) - len(shown) + grid.more


def _height(texts: Sequence[str], widths: Sequence[float], bold: int = 1) -> float:
    """How high a row stands; its first cells are bold."""
    high = [
        room.height(text, TEXT_PT, width - 2 * PAD_X, 700 if i < bold else 400)
        for i, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    return max(high, default=_line()) + 2 * PAD_Y


def _line() -> float:
    return TEXT_PT * room.LINE / room.PER_INCH


def _fill(cell: Any, text: str, words: Words, *, head: bool, number: bool, first: bool) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = Inches(PAD_X)
    cell.margin_top = cell.margin_bottom = Inches(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    look = Run(text, bold=head or first, colour=theme.INK_SOFT if head else theme.INK)
    ink.write(cell.text_frame, [[look]], words, align=PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT)


def _rule(frame: Any, columns: int) -> None:  # noqa: ANN401
    """A hairline under each row, a stronger one under the heads; the library has no word for it."""
    for i, cell in enumerate(frame.element.iter(qn("a:tc"))):
        colour = theme.INK_SOFT if i < columns else theme.HAIRLINE
        line = etree.SubElement(cell.find(qn("a:tcPr")), qn("a:lnB"), w=str(Pt(RULE_PT)))
        etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=colour[1:])


def _style(frame: Any) -> None:  # noqa: ANN401
    """Without bands and fills; the first row stays marked as the heads, for those who listen."""
    frame.table.horz_banding = False
    frame.element.xpath(".//a:tableStyleId")[0].text = PLAIN
