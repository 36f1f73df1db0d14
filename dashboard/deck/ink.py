"""Writes text, colours and what is said to those who cannot see, on a slide's shapes. Knows no data and no places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Inches, Pt

from dashboard import theme
from dashboard.deck import room
from dashboard.deck.room import HEADING_PT, TEXT_PT, Box
from dashboard.words import Words

_LANGUAGES = {"vi": MSO_LANGUAGE_ID.VIETNAMESE, "en": MSO_LANGUAGE_ID.ENGLISH_UK}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one look."""

    text: str
    bold: bool = False
    colour: str = theme.INK


def colour(named: str) -> RGBColor:
    """A colour of the theme."""
    return RGBColor(*bytes.fromhex(named.removeprefix("#")))  # type: ignore[no-untyped-call]


def place(box: Box) -> tuple[Inches, Inches, Inches, Inches]:
    """A box as the library wants it."""
    return Inches(box.x), Inches(box.y), Inches(box.width), Inches(box.height)


def put(shape: Any, box: Box) -> None:  # noqa: ANN401 - any shape of the library, which names no common type
    """Move a shape to a box."""
    shape.left, shape.top, shape.width, shape.height = place(box)


def describe(shape: Any, name: str, about: str = "") -> None:  # noqa: ANN401
    """What a shape is called, and what is said of it to those who cannot see it."""
    shape.name = name
    if about:
        shape.element.xpath(".//p:cNvPr")[0].set("descr", about)


def write(
    frame: Any,  # noqa: ANN401 - of a shape or a cell
    paragraphs: Sequence[Sequence[Run]],
    words: Words,
    *,
    pt: float = TEXT_PT,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Fill a text frame, which keeps its size and breaks its lines."""
    frame.word_wrap = True
    for i, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = align
        for run in runs:
            made = paragraph.add_run()
            made.text = run.text
            made.font.size, made.font.bold = Pt(pt), run.bold
            made.font.color.rgb = colour(run.colour)
            made.font.language_id = _LANGUAGES[words.language]


def heading(slide: Any, text: str, box: Box, words: Words) -> Box:  # noqa: ANN401 - a slide of the library
    """Write what stands over a companion, and return the room that is left for it."""
    high = room.height(text, HEADING_PT, box.width, 700)
    text_box(slide.shapes, box.top(high), [[Run(text, bold=True)]], words, name="Heading", pt=HEADING_PT)
    return box.below(high + 0.08)


def text_box(
    shapes: Any,  # noqa: ANN401 - of a slide or a group
    box: Box,
    paragraphs: Sequence[Sequence[Run]],
    words: Words,
    *,
    name: str,
    pt: float = TEXT_PT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:
    """A box of text without margins."""
    made = shapes.add_textbox(*place(box))
    made.name = name
    frame = made.text_frame
    frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, paragraphs, words, pt=pt)
