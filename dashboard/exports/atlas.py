"""The atlas: a page an area of the view's level, as one PDF with contents, bookmarks and glossary."""

from __future__ import annotations

from typing import BinaryIO

from dashboard.exports import Format, Order
from dashboard.words import N_


def write(order: Order, out: BinaryIO) -> None:
    """The atlas of the order's view: its level says what a page is about, its map layer what the maps show."""
    from dashboard.atlas.book import write_book  # noqa: PLC0415 - matplotlib takes half a second to import

    write_book(order.reading, out, now=order.now, user=order.user, told=order.told)


FORMAT = Format("atlas", N_("Atlas (PDF)"), "application/pdf", ".pdf", "document", write)
