"""What is kept in the notebook, in words and links: how an entry is called, where a view leads. Stores nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from dashboard import asked
from dashboard.reading import Reading
from dashboard.view import View
from geodata.boundaries.editions import Boundaries
from geodata.notebook import LONGEST_NAME, Entry, Home, Mark, Meeting, Note, SavedView, Script
from geodata.vocabulary import Level

_PAGE = re.compile(r"/[a-z-]{0,40}")
_MANNER = ("lang", "mode", "theme")  # how whoever looks wants to see it: no part of what is kept


def page_of(saved: SavedView) -> str:
    """The path of the view's page; the map's where it names none. A file may hold any text."""
    return saved.page if _PAGE.fullmatch(saved.page) else "/"


def opening(saved: SavedView, view: View) -> str:
    """The query that opens a saved view in the language, mode and theme of ``view``.

    What the view asks is passed on as it was written: where an area is gone, the page says so.
    """
    pairs = parse_qsl(saved.query.removeprefix("?"), keep_blank_values=True)
    manner = [(key, str(getattr(view, key))) for key in _MANNER if getattr(view, key) != getattr(_plain(view), key)]
    return "?" + urlencode([(key, value) for key, value in pairs if key not in _MANNER] + manner)


def query_of(view: View) -> str:
    """The query under which a view is kept: what is asked, not in which language or light."""
    return _plain(view).to_query()


def _plain(view: View) -> View:
    return replace(view, lang="vi", mode="desk", theme="light", script="", slide=0)


def view_of(query: str, reading: Reading) -> tuple[View, bool]:
    """What a kept query asks, and whether all of it is still there."""
    view, dropped = View.from_query(query, reading.names.choices)
    return view, not dropped


def question(view: View, reading: Reading) -> str:
    """What a view asks, in one line."""
    return asked.headline(view, reading.names, reading.words)


def suggestion(reading: Reading) -> str:
    """A name for the view of the page: its question, cut where it is too long for a name."""
    parts = question(reading.view, reading).split(" · ")
    while len(parts) > 1 and len(" · ".join(parts)) > LONGEST_NAME:
        parts.pop()
    return asked.shorten(" · ".join(parts), LONGEST_NAME)


def level_of(edition: str, code: str, boundaries: Boundaries) -> Level | None:
    """The finest level on which an edition has an area of this code."""
    found = (key.level for key, layer in boundaries.layers.items() if key.edition == edition and code in layer.codes)
    return max(found, default=None, key=list(Level).index)


def area_of(note: Note, reading: Reading) -> str:
    """The area's name; with its edition, where that is not the one on the page."""
    name = reading.names.area(note.edition, note.code)
    if note.edition == reading.view.edition:
        return name
    return f"{name} ({reading.names.edition(note.edition, reading.words)})"


def called(entry: Entry, reading: Reading) -> str:
    """How an entry is called where it is spoken of."""
    words = reading.words
    match entry:
        case SavedView(name=name) | Script(name=name):
            return name
        case Note():
            return f"{area_of(entry, reading)}, {words.date(entry.day)}"
        case Mark(day=day, label=label):
            return f"{label}, {words.date(day)}"
        case Meeting(day=day):
            return words.date(day)
        case Home(query=query):
            return home(query, reading)


def home(query: str, reading: Reading) -> str:
    """The own area in words."""
    return asked.places(view_of(query, reading)[0], reading.names, reading.words)
