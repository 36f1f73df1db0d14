"""All pages in order, drawn one by one into one PDF, so that each font stands in it once. Asks nothing itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from matplotlib.backends.backend_pdf import PdfPages

from dashboard.atlas import back, contents, front
from dashboard.atlas.binding import Bookmark, bind
from dashboard.atlas.flow import Row, Sheetful, draw_columns, flow
from dashboard.atlas.leaves import Desk, lay_desk, write_leaf
from dashboard.atlas.page import Folio, draw_folio, draw_page
from dashboard.atlas.pen import Link, Pen
from dashboard.atlas.plate import Plan, lay_plan
from dashboard.atlas.units import Unit, title, units_of
from dashboard.paper.compose import INKS
from dashboard.paper.press import pressing
from dashboard.reading import Reading
from dashboard.words import N_

WORDS, DATA = N_("Words and methods"), N_("Methods and data")
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A page and how it is drawn; ``bookmark`` is "" where none leads to it, ``under`` the one it stands below."""

    draw: Callable[[Pen, Folio], None]
    bookmark: str = ""
    under: str = ""


def write_book(reading: Reading, out: BinaryIO, *, now: datetime, user: str, told: Told) -> None:
    """The atlas of the reading's view. ``told`` hears of each page once it is drawn.

    Raises QuestionError where no area is asked about. Nothing is written before the last page is done.
    """
    reading = replace(reading, answers=reading.answers.pinned())
    units = units_of(reading)
    desk = lay_desk(reading, units, now=now, user=user)
    finest = reading.snapshot.boundaries.finest(reading.view.edition) or reading.view.level
    reading = replace(reading, view=replace(reading.view, level=finest))
    pages = list(_pages(reading, units, desk, lay_plan(reading, now=now)))
    drawn = io.BytesIO()
    links: list[Sequence[Link]] = []
    head = title(units, reading.words)
    name = f"{head} · {reading.names.profile.name(reading.words.language)}"
    marking = reading.names.profile.marking
    with pressing():
        pdf = PdfPages(drawn, metadata={"CreationDate": None, "Producer": None})
    for i, page in enumerate(pages):
        with pressing():  # page by page: a snapshot need not wait for the whole atlas
            pen = Pen(INKS)
            page.draw(pen, Folio(name, i + 1, len(pages), marking))
            pdf.savefig(pen.figure)  # type: ignore[no-untyped-call]
        links.append(tuple(pen.links))
        told(i + 1, len(pages))
    with pressing():
        pdf.close()  # type: ignore[no-untyped-call]
    marks = [Bookmark(page.bookmark, i, page.under) for i, page in enumerate(pages) if page.bookmark]
    bind(drawn, out, title=name, language=reading.words.language, bookmarks=marks, links=links)


def _pages(reading: Reading, units: tuple[Unit, ...], desk: Desk, plan: Plan) -> Iterator[_Page]:
    words, marking = reading.words, reading.names.profile.marking
    glossary = flow(back.glossary_rows(reading, INKS), back.GLOSSARY)
    methods = flow(back.methods_rows(reading, desk), back.METHODS)
    listed = _contents(reading, units, len(glossary))
    first = len(listed) + 2
    yield _Page(lambda pen, _: front.draw_title(pen, reading, units, desk), title(units, words))
    yield from _texts(words("Contents"), marking, listed, contents.sheetful_of(units))
    yield _Page(lambda pen, folio: front.draw_overview(pen, folio, plan, units, first), words("Overview"))
    for unit in units:
        yield _Page(_leaf(unit, desk, plan), unit.name, unit.holder)
    yield from _texts(words(WORDS), marking, glossary, back.GLOSSARY)
    yield from _texts(words(DATA), marking, methods, back.METHODS)


def _contents(reading: Reading, units: tuple[Unit, ...], glossary: int) -> list[list[list[Row]]]:
    """The contents by page and column."""
    words, pages = reading.words, 0
    while True:
        first = pages + 2
        last = first + len(units)
        after = [(words(WORDS), last), (words(DATA), last + glossary)]
        made = contents.pages_of(units, INKS, first=first, before=[(words("Overview"), first - 1)], after=after)
        if len(made) == pages:
            return made
        pages = len(made)


def _leaf(unit: Unit, desk: Desk, plan: Plan) -> Callable[[Pen, Folio], None]:
    return lambda pen, folio: draw_page(pen, write_leaf(unit, desk), plan, folio)


def _texts(head: str, marking: str, pages: Sequence[Sequence[Sequence[Row]]], sheetful: Sheetful) -> Iterator[_Page]:
    """Pages of running text; a bookmark leads to the first."""
    for i, columns in enumerate(pages):
        yield _Page(_text(head, marking, columns, sheetful), "" if i else head)


def _text(
    head: str, marking: str, columns: Sequence[Sequence[Row]], sheetful: Sheetful
) -> Callable[[Pen, Folio], None]:
    def draw(pen: Pen, folio: Folio) -> None:
        draw_folio(pen, folio)
        front.draw_chapter(pen, head, marking)
        draw_columns(pen, columns, sheetful)

    return draw
