"""Puts a drawn sheet into a file format. One sheet at a time: matplotlib's settings belong to the whole process."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import matplotlib as mpl

from dashboard.paper.drawing import DPI, draw
from dashboard.paper.layout import Layout
from dashboard.paper.sheet import Sheet

SETTINGS: Final[Any] = {
    "pdf.fonttype": 42,  # TrueType with a ToUnicode table: Vietnamese can be searched
    "svg.fonttype": "none",  # text, not outlines
    "svg.hashsalt": "diemnong",  # else every SVG has other ids
    "hatch.linewidth": 0.8,
    "text.hinting": "none",
    "font.family": "Roboto",
}
# Drawing holds the interpreter's lock nearly all the time, so waiting for one another costs nothing.
_ONE_AT_A_TIME = Lock()


def press(
    sheet: Sheet, form: str, *, metadata: Mapping[str, str | None], layout: Layout | None = None, finer: float = 1.0
) -> bytes:
    """The sheet in a format matplotlib writes: ``"png"``, ``"pdf"`` or ``"svg"``; a PNG ``finer`` times its size."""
    made = io.BytesIO()
    with pressing():
        draw(sheet, layout).savefig(made, format=form, dpi=finer * DPI, metadata=dict(metadata))
    return made.getvalue()


@contextmanager
def pressing() -> Iterator[None]:
    """Matplotlib for oneself with the settings of our files. Whoever writes many pages takes it page by page."""
    with _ONE_AT_A_TIME, mpl.rc_context(SETTINGS):
        yield
