"""The printed map as an SVG: its words stay text, and the letters they need travel inside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dashboard.exports import Format, Order, sheet_of
from dashboard.words import N_

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet


def pressed(sheet: Sheet) -> bytes:
    """The sheet as SVG. It carries no date but the one printed on it."""
    from dashboard.paper.press import press  # noqa: PLC0415 - matplotlib takes half a second to import
    from dashboard.paper.webfont import embed  # noqa: PLC0415

    facts = {"Title": sheet.title, "Description": sheet.about, "Creator": "Điểm Nóng", "Date": None}
    return embed(press(sheet, "svg", metadata=facts))


def write(order: Order, out: BinaryIO) -> None:
    """The map of the order's view."""
    out.write(pressed(sheet_of(order)))


FORMAT = Format("svg", N_("Drawing (SVG)"), "image/svg+xml", ".svg", "picture", write)
