"""A deck for the committee's room, to be edited in PowerPoint or LibreOffice: a slide a finding."""

from __future__ import annotations

from typing import BinaryIO

from dashboard.exports import Format, Order
from dashboard.words import N_
from geodata.notebook import Slide


def write(order: Order, out: BinaryIO) -> None:
    """The slides of the order's script; of none the view alone."""
    from dashboard.deck.making import Occasion, make  # noqa: PLC0415 - python-pptx only where a deck is made

    script = order.script
    slides = script.slides if script is not None else (Slide("/" + order.reading.view.to_query()),)
    occasion = Occasion(script.name if script is not None else "", order.now, order.user)
    out.write(make(order.reading, slides, occasion, order.told))


MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMAT = Format("pptx", N_("Slides (PowerPoint)"), MIME, ".pptx", "document", write)
