"""An atlas as other programs read it: its pages' words by poppler, bookmarks and links by pypdf."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import Destination

from dashboard.atlas.units import Unit, units_of
from dashboard.exports import Order, render
from dashboard.reading import Reading
from tests import office

NOW = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """The file, its pages' words with single spaces, and what it was printed of."""

    content: bytes
    pages: tuple[str, ...]
    units: tuple[Unit, ...]
    progress: tuple[tuple[int, int], ...]

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.content))

    @property
    def first(self) -> int:
        """The first area's page, from 0."""
        return next(i for i, page in enumerate(self.pages) if page.startswith(self.units[0].name + " "))

    def leaves(self) -> Iterator[tuple[Unit, str]]:
        return zip(self.units, self.pages[self.first :], strict=False)

    def bookmarks(self) -> list[tuple[str, int, int]]:
        """Title, page from 0, how deep."""
        reader = self.reader

        def walk(items: Sequence[object], depth: int) -> Iterator[tuple[str, int, int]]:
            for item in items:
                if isinstance(item, list):
                    yield from walk(item, depth + 1)
                elif isinstance(item, Destination):
                    yield str(item.title), int(reader.get_destination_page_number(item) or 0), depth

        return list(walk(reader.outline, 0))


def printed(reading: Reading, *, user: str = "") -> Printed:
    """Order an atlas and read it."""
    heard: list[tuple[int, int]] = []
    order = Order(reading, NOW, user=user, told=lambda done, of: heard.append((done, of)))
    content = render(order, "atlas")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "atlas.pdf"
        file.write_bytes(content)
        pages = office.text(file).split("\f")[:-1]
    return Printed(content, tuple(map(plain, pages)), units_of(reading), tuple(heard))


def plain(text: str) -> str:
    """With single spaces, whatever kind they are."""
    return " ".join(text.split())


def told(reading: Reading) -> Reading:
    """The reading whatever its map layer: what a page says of its numbers."""
    return replace(reading, view=replace(reading.view, layer="count"))
