"""Binds drawn pages: bookmarks, links, page numbers, what the file says of itself. Draws nothing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pypdf import PdfWriter
from pypdf.annotations import Link as LinkNote
from pypdf.constants import PageLabelStyle
from pypdf.generic import BooleanObject, DictionaryObject, Fit, IndirectObject, NameObject, TextStringObject

from dashboard.atlas.pen import HEIGHT, Link
from dashboard.words import Language

CREATOR = "Điểm Nóng"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Leads to a page, counted from 0; those ``under`` the same name stand below it."""

    name: str
    page: int
    under: str = ""


def bind(
    drawn: io.BytesIO,
    out: BinaryIO,
    *,
    title: str,
    language: Language,
    bookmarks: Sequence[Bookmark],
    links: Sequence[Sequence[Link]],
) -> None:
    """Write the bound pages into ``out``. They carry no date but the one printed on them."""
    writer = PdfWriter(clone_from=drawn)
    _mark(writer, bookmarks)
    for page, each in enumerate(links):
        for link in each:
            box = link.box
            corners = (box.x, HEIGHT - box.bottom, box.right, HEIGHT - box.y)
            writer.add_annotation(page, LinkNote(rect=corners, target_page_index=link.page, fit=Fit.fit()))
    writer.set_page_label(0, len(links) - 1, style=PageLabelStyle.DECIMAL)
    writer.page_mode = "/UseOutlines"
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.metadata = {"/Title": title, "/Creator": CREATOR}
    writer.write(out)


def _mark(writer: PdfWriter, bookmarks: Sequence[Bookmark]) -> None:
    """In order of the pages; what holds several leads to the first of them."""
    holders: dict[str, IndirectObject] = {}
    for each in bookmarks:
        if each.under and each.under not in holders:
            holders[each.under] = writer.add_outline_item(title=each.under, page_number=each.page, is_open=False)
        writer.add_outline_item(title=each.name, page_number=each.page, parent=holders.get(each.under), fit=Fit.fit())
