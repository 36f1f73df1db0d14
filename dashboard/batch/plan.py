"""Which files a meeting gets: the deck, a picture and a table of each slide, an atlas, a report. Makes none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard import asked
from dashboard.exports import SIZES, Order, all_formats
from dashboard.file_name import slug
from dashboard.findings import COMPARE, PERSISTENCE
from dashboard.names import LEVELS
from dashboard.reading import Reading
from dashboard.slides import Shown, shown
from geodata.notebook import Script

EACH = (("png", SIZES["4k"]), ("xlsx", None))  # formats of which there is one a slide, with a picture's size


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """What is wanted: ``base`` says language and data, ``atlas`` what its pages are about, ``year`` the report's."""

    base: Reading
    script: Script
    now: datetime
    atlas: Reading | None = None
    year: int | None = None
    user: str = ""

    @property
    def slides(self) -> tuple[Shown, ...]:
        """The slides, read as the room sees them."""
        return tuple(shown(slide, self.base.view, self.base.answers) for slide in self.script.slides)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One file to be made. ``slide`` is the one it is of, else ``label`` says what it is; ``slides`` are a deck's."""

    file: str
    key: str
    order: Order
    label: str = ""
    slide: Shown | None = None
    slides: tuple[Shown, ...] = ()

    @property
    def shows(self) -> str:
        """What it shows, in words: the finding of its slide."""
        return self.slide.title if self.slide is not None else self.label


def parts_of(meeting: Meeting) -> tuple[Part, ...]:
    """The files in the order in which they are read: what is projected first, then what is looked up."""
    return tuple(_parts(meeting))


def _parts(meeting: Meeting) -> Iterator[Part]:
    words, slides = meeting.base.words, meeting.slides
    whole = Order(meeting.base, meeting.now, user=meeting.user, script=meeting.script, year=meeting.year)
    title = meeting.script.name or words("The script made from the data")
    yield Part(_named(words("Slides"), "pptx"), "pptx", whole, title, slides=slides)
    for number, slide in enumerate(slides, start=1):
        if has_own_files(slide):
            yield from _of_slide(slide, number, whole)
    if meeting.atlas is not None:
        level = words(LEVELS[meeting.atlas.view.level])
        order = replace(whole, reading=meeting.atlas, script=None)
        label = words("Atlas, a page for each area: {level}", level=level)
        yield Part(_named(words("Atlas"), "atlas"), "atlas", order, label)
    if meeting.year is not None:
        label = words("Annual report {year}", year=str(meeting.year))
        yield Part(_named(label, "docx"), "docx", replace(whole, script=None), label)


def _of_slide(slide: Shown, number: int, whole: Order) -> Iterator[Part]:
    reading = replace(slide.seen, view=replace(slide.seen.view, mode="desk"))
    view, names, words = reading.view, reading.names, reading.words
    subject = f"{number:02d} {asked.categories(view, names, words)} {asked.places(view, names, words)}"
    for key, size in EACH:
        order = replace(whole, reading=reading, script=None, size=size or whole.size)
        yield Part(_named(subject, key), key, order, slide=slide)


def has_own_files(slide: Shown) -> bool:
    """Whether one map is all that the slide shows; the register and many small maps stand in the deck only."""
    return slide.path != PERSISTENCE and not (slide.path == COMPARE and slide.reading.view.side != "periods")


def _named(what: str, key: str) -> str:
    return slug(what) + all_formats()[key].suffix
