"""The printed map as a PDF: drawn as lines, its words stay words that can be searched and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dashboard.exports import Format, Order, sheet_of
from dashboard.words import N_

if TYPE_CHECKING:
    from dashboard.paper.sheet import Sheet


def pressed(sheet: Sheet) -> bytes:
    """The sheet as PDF, fonts embedded. It carries no date but the one printed on it."""
    from dashboard.paper.press import press  # noqa: PLC0415 - matplotlib takes half a second to import

    facts = {
        "Title": sheet.title,
        "Subject": sheet.about,
        "Creator": "Điểm Nóng",
        "Producer": None,
        "CreationDate": None,
    }
    return press(sheet, "pdf", metadata=facts)


def write(order: Order, out: BinaryIO) -> None:
    """The map of the order's view."""
    out.write(pressed(sheet_of(order)))


FORMAT = Format("pdf", N_("Document (PDF)"), "application/pdf", ".pdf", "picture", write)
