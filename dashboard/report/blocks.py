"""The parts a report is put together from, already worded. Knows no question and no file format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Say = Literal["body", "item", "fact", "note"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that Word's navigation shows; level 1 is a section, 2 a part of it."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A paragraph: running text, an item of a list, a fact offered to the author, or a note in small letters."""

    text: str
    style: Say = "body"


@dataclass(frozen=True, slots=True)
class Author:
    """The place of an author's own words by its key in the side file."""

    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table. ``shares`` are the columns' widths as parts of the whole; all but ``texts`` hold numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    texts: frozenset[int] = frozenset({0})
    strong: frozenset[int] = frozenset()  # rows that sum others up
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A numbered picture; ``draw`` gives its PNG when its turn comes."""

    title: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Annex:
    """A new page that begins an annex."""

    number: str
    title: str


Block = Heading | Saying | Author | Table | Figure | Annex
