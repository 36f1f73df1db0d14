"""The printed map as a PNG of exactly the size asked, for a slide or a Word report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dashboard.exports import Format, Order, sheet_of
from dashboard.words import N_

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet


def pressed(sheet: Sheet) -> bytes:
    """The sheet as PNG."""
    from dashboard.paper.press import press  # noqa: PLC0415 - matplotlib takes half a second to import

    return press(sheet, "png", metadata={"Title": sheet.title, "Description": sheet.about, "Software": "Điểm Nóng"})


def write(order: Order, out: BinaryIO) -> None:
    """The map of the order's view."""
    out.write(pressed(sheet_of(order)))


FORMAT = Format("png", N_("Picture (PNG)"), "image/png", ".png", "picture", write)
