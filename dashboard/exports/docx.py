"""The annual report as a Word document in the form of Decree 30/2020/NĐ-CP, with marked places for its author."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dashboard.exports import Format, Order
from dashboard.words import N_

if TYPE_CHECKING:
    from dashboard.report.authored import Authored


def write(order: Order, out: BinaryIO, authored: Authored | None = None) -> None:
    """The report of the order's year, in the edition, areas and regions of its view; no other filter counts.

    Without ``authored`` each of the author's places is marked.
    """
    from dashboard.report.authored import NOTHING  # noqa: PLC0415 - a Word document takes half a second to import
    from dashboard.report.document import build  # noqa: PLC0415
    from dashboard.report.found import find  # noqa: PLC0415
    from dashboard.report.parcel import packed  # noqa: PLC0415

    found = find(order.reading, order.year)
    out.write(packed(build(found, authored or NOTHING, now=order.now, user=order.user, told=order.told)))


MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMAT = Format("docx", N_("Annual report (Word)"), MIME, ".docx", "document", write)
