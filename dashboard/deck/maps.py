"""The map of a slide as a sharp picture without words but names and scale; the slide says the rest."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from dashboard.deck import ink
from dashboard.deck.room import Box
from dashboard.paper.layout import lay_out_alone
from dashboard.paper.press import press
from dashboard.paper.sheet import Sheet

DPI = 96  # of a sheet
FINER = 2.5  # 240 pixels an inch: sharp on a screen of 3200 pixels
NAMED = 3.0  # inches a map has for names at least
UNIT = 0.76  # so that the smallest place names are 11 pt


def draw(slide: Any, sheet: Sheet, box: Box, *, name: str, about: str) -> None:  # noqa: ANN401
    """The map with scale and, where there is room, place names in its box."""
    labels = sheet.labels if min(box.width, box.height) >= NAMED else ()
    _put(slide, replace(_alone(sheet), size=_size(box), labels=labels), box, name, about)


def draw_small(slide: Any, sheet: Sheet, box: Box, *, name: str, about: str) -> None:  # noqa: ANN401
    """The map as one of several: no names."""
    _put(slide, replace(_alone(sheet), size=_size(box), labels=()), box, name, about)


def _size(box: Box) -> tuple[int, int]:
    return round(box.width * DPI), round(box.height * DPI)


def _alone(sheet: Sheet) -> Sheet:
    return replace(sheet, marking="", title="", subtitle="", headline="", comparison="", caption=(), legend=())


def _put(slide: Any, sheet: Sheet, box: Box, name: str, about: str) -> None:  # noqa: ANN401
    png = press(sheet, "png", metadata={"Software": None}, layout=lay_out_alone(sheet, UNIT), finer=FINER)
    made = slide.shapes.add_picture(io.BytesIO(png), *ink.place(box))
    ink.describe(made, name, about)
