"""The printed map as a PNG of exactly the size asked, for a slide or a Word report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports import Format
from dashboard.words import N_

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet


def write(sheet: Sheet) -> bytes:
    """The sheet as PNG."""
    from dashboard.paper.press import press  # noqa: PLC0415 - matplotlib takes half a second to import

    return press(sheet, "png", metadata={"Title": sheet.title, "Software": "Điểm Nóng"})


FORMAT = Format("png", N_("Picture (PNG)"), "image/png", ".png", write)
