"""A legend as native shapes, one group: each sign of the map and what it means. Classes and colours are the sheet's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from dashboard import theme
from dashboard.deck import ink, room
from dashboard.deck.ink import Run
from dashboard.deck.room import TEXT_PT, Box
from dashboard.paper.sheet import Key
from dashboard.words import Words

SWATCH, SPACE, BETWEEN, APART = (0.34, 0.2), 0.08, 0.06, 0.18  # inches
DOT = 0.12
LINE_PT = 2.25


def height(title: str, keys: Sequence[Key], width: float, *, columns: int = 1, pt: int = TEXT_PT) -> float:
    """How high the legend is at that width."""
    return _title(title, width, pt) + sum(_rows(keys, width, columns, pt))


def draw(
    slide: Any,  # noqa: ANN401 - a slide of the library
    title: str,
    keys: Sequence[Key],
    box: Box,
    words: Words,
    *,
    columns: int = 1,
    pt: int = TEXT_PT,
) -> None:
    """The legend from the top left corner of the box, row by row."""
    group = slide.shapes.add_group_shape()
    top = _title(title, box.width, pt)
    ink.text_box(group.shapes, box.top(top), [[Run(title, bold=True)]], words, name="Legend title", pt=pt)
    wide, y = _wide(box.width, columns), box.y + top
    for start, tall in zip(range(0, len(keys), columns), _rows(keys, box.width, columns, pt), strict=True):
        for at, key in enumerate(keys[start : start + columns]):
            _entry(group.shapes, key, Box(box.x + at * (wide + APART), y, wide, tall), words, pt)
        y += tall
    ink.describe(group, "Legend", "; ".join([title, *(key.label for key in keys)]))


def _title(title: str, width: float, pt: int) -> float:
    return room.height(title, pt, width, 700) + 0.05 if title else 0.0


def _wide(width: float, columns: int) -> float:
    return (width - APART * (columns - 1)) / columns


def _rows(keys: Sequence[Key], width: float, columns: int, pt: int) -> list[float]:
    limit = _wide(width, columns) - SWATCH[0] - SPACE
    tall = [room.height(key.label, pt, limit) + BETWEEN for key in keys]
    return [max(tall[start : start + columns]) for start in range(0, len(keys), columns)]


def _entry(shapes: Any, key: Key, box: Box, words: Words, pt: int) -> None:  # noqa: ANN401
    sign, text = box.split(SWATCH[0], SPACE)
    _sign(shapes, key, Box(sign.x, sign.y + 0.02, *SWATCH), words)
    ink.text_box(shapes, text, [[Run(key.label)]], words, name="Legend text", pt=pt)


def _sign(shapes: Any, key: Key, box: Box, words: Words) -> None:  # noqa: ANN401
    if key.sign in ("line", "dash_dot"):
        y = Inches(box.y + box.height / 2)
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(box.x), y, Inches(box.x + box.width), y)
        line.line.color.rgb, line.line.width = ink.colour(key.colour), Pt(LINE_PT)
        if key.sign == "dash_dot":
            line.line.dash_style = MSO_LINE.DASH_DOT
        return
    if key.sign == "dot":
        middle = Box(box.x + (box.width - DOT) / 2, box.y + (box.height - DOT) / 2, DOT, DOT)
        made = shapes.add_shape(MSO_SHAPE.OVAL, *ink.place(middle))
    else:
        made = shapes.add_shape(MSO_SHAPE.RECTANGLE, *ink.place(box))
    made.shadow.inherit = False
    _fill(made, key)
    made.line.color.rgb, made.line.width = ink.colour(theme.INK_SOFT), Pt(0.5)
    if key.mark:
        frame = made.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        ink.write(frame, [[Run(key.mark, bold=True)]], words, align=PP_ALIGN.CENTER)


def _fill(shape: Any, key: Key) -> None:  # noqa: ANN401
    if key.sign != "hatched":
        shape.fill.solid()
        shape.fill.fore_color.rgb = ink.colour(key.colour)
        return
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = ink.colour(theme.INK_SOFT), ink.colour(key.colour)
