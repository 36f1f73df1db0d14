"""What people keep for themselves: views, notes, marks, meetings, scripts, their own area. Stores and judges nothing.

A view is kept as its query string, which is not understood here. Times and places only; never a word about persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from geodata.vocabulary import EventKind, Level

LONGEST_NAME: Final = 80  # characters of a name or title
LONGEST_TEXT: Final = 600  # of a note
LONGEST_SPOKEN: Final = 3_000  # of what is said to a slide
LONGEST_QUERY: Final = 8_000
MOST_SLIDES: Final = 99


class Kind(StrEnum):
    """What kind of entry it is; with the key it names one entry."""

    VIEW = "view"
    NOTE = "note"
    MARK = "mark"
    MEETING = "meeting"
    SCRIPT = "script"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view by name: its query and the path of the page that shows it."""

    name: str
    query: str
    page: str = "/"

    @property
    def key(self) -> str:
        """One view a name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Note:
    """A remark pinned to an area and a day."""

    key: str
    edition: str
    level: Level
    code: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated mark on the time axes, beside those of the profile; of one category, or of all where it is ""."""

    key: str
    day: date
    label: str
    kind: EventKind = EventKind.OTHER
    category: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The day of a meeting: what changed since then is a question."""

    day: date

    @property
    def key(self) -> str:
        """One meeting a day."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Slide:
    """A view to be shown, its title ("" has the finding said from the data) and what is said to it."""

    query: str
    title: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """Slides in their order, by name."""

    name: str
    slides: tuple[Slide, ...]

    @property
    def key(self) -> str:
        """One script a name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Home:
    """The own area, as the query that asks for it alone: ``?region=go-dau`` or ``?edition=2025&area=25459``."""

    query: str

    @property
    def key(self) -> str:
        """There is one."""
        return ""


Entry = SavedView | Note | Mark | Meeting | Script | Home
KINDS: Final[dict[Kind, type[Entry]]] = {
    Kind.VIEW: SavedView,
    Kind.NOTE: Note,
    Kind.MARK: Mark,
    Kind.MEETING: Meeting,
    Kind.SCRIPT: Script,
    Kind.HOME: Home,
}


def kind_of(entry: Entry) -> Kind:
    """The kind under which the entry is kept."""
    return next(kind for kind, made in KINDS.items() if isinstance(entry, made))


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything one person keeps: views and scripts by name, the rest by day."""

    views: tuple[SavedView, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[Mark, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    scripts: tuple[Script, ...] = ()
    home: Home | None = None

    @staticmethod
    def of(entries: tuple[Entry, ...]) -> Notebook:
        """Sort entries into a notebook."""
        homes = [each for each in entries if isinstance(each, Home)]
        return Notebook(
            views=tuple(sorted((each for each in entries if isinstance(each, SavedView)), key=lambda e: e.name)),
            notes=tuple(sorted((each for each in entries if isinstance(each, Note)), key=lambda e: (e.day, e.key))),
            marks=tuple(sorted((each for each in entries if isinstance(each, Mark)), key=lambda e: (e.day, e.key))),
            meetings=tuple(sorted((each for each in entries if isinstance(each, Meeting)), key=lambda e: e.day)),
            scripts=tuple(sorted((each for each in entries if isinstance(each, Script)), key=lambda e: e.name)),
            home=homes[-1] if homes else None,
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of it, kind by kind."""
        home = () if self.home is None else (self.home,)
        return (*self.views, *self.notes, *self.marks, *self.meetings, *self.scripts, *home)
