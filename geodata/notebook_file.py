"""A notebook as text and back: the form in which it is stored, saved as a file and taken over from one.

Reading is strict, as a file may come from anywhere: what is no entry is refused with what is wrong with it. Whether
its texts may be kept is for :func:`check`, which knows the names of places.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from geodata.errors import DiemNongError
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.people.person_names import names_in
from geodata.notebook import (
    KINDS,
    LONGEST_NAME,
    LONGEST_QUERY,
    LONGEST_SPOKEN,
    LONGEST_TEXT,
    MOST_SLIDES,
    Entry,
    Home,
    Kind,
    Mark,
    Note,
    Notebook,
    SavedView,
    Script,
    kind_of,
)

FORMAT: Final = "diemnong notebook 1"
LARGEST: Final = 700_000  # characters of a file: it travels in a callback, of which 1 MB are taken
MOST_ENTRIES: Final = 2_000
_ADAPTERS: Final = {kind: TypeAdapter(made) for kind, made in KINDS.items()}


class NotebookError(DiemNongError):
    """An entry or a file of a notebook cannot be taken: what is wrong with it, and what to do."""


def body_of(entry: Entry) -> str:
    """The entry as JSON."""
    return json.dumps(asdict(entry), ensure_ascii=False, default=_plain)


def entry_of(kind: str, body: str) -> Entry:
    """The entry from its JSON. Raises NotebookError where it is none."""
    if kind not in set(Kind):
        raise NotebookError("«{kind}» is no kind of entry of a notebook", kind=kind[:40])
    try:
        entry: Entry = _ADAPTERS[Kind(kind)].validate_json(body)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise NotebookError(
            "an entry of the kind «{kind}» is not written as it should be: look at «{place}»", kind=kind, place=place
        ) from None
    return entry


def check(entry: Entry, places: Iterable[str] = ()) -> None:
    """Raise NotebookError where a text is missing, too long, cannot be written, or speaks of persons.

    ``places`` are names of areas, which are often named after people.
    """
    named = sorted(places, key=len, reverse=True)
    if any(len(name) > LONGEST_NAME for name in _references(entry)):
        raise NotebookError("a name in it is longer than {n} characters", n=LONGEST_NAME)
    if not all(map(_legible, (*_references(entry), *_queries(entry), *dict(_texts(entry))))):
        raise NotebookError("a text in it holds characters that nobody can see; type it anew")
    for text, longest in _texts(entry):
        if len(text) > longest:
            raise NotebookError("«{start}…» is longer than {n} characters; shorten it", start=text[:30], n=longest)
        rest = _without(text, named)
        if concealed(rest) != rest or names_in(rest):
            raise NotebookError(
                "a text seems to name a person or to give a number of one. Only places and days are written down here"
            )
    if any(not name.strip() for name in _names(entry)):
        raise NotebookError("give it a name or a text; it is empty")
    if any(len(query) > LONGEST_QUERY for query in _queries(entry)):
        raise NotebookError("the view is longer than {n} characters", n=LONGEST_QUERY)
    if isinstance(entry, Script) and not 1 <= len(entry.slides) <= MOST_SLIDES:
        raise NotebookError("a script has 1 to {n} slides, this one {found}", n=MOST_SLIDES, found=len(entry.slides))


def file_of(notebook: Notebook) -> str:
    """The whole notebook as the text of a file."""
    entries = [{"kind": kind_of(entry).value, "entry": json.loads(body_of(entry))} for entry in notebook.entries]
    return json.dumps({"format": FORMAT, "entries": entries}, ensure_ascii=False, indent=1) + "\n"


def read_file(text: str) -> Notebook:
    """The notebook of a file. Raises NotebookError; then nothing of it may be taken over."""
    if len(text) > LARGEST:
        raise NotebookError("the file is larger than 700 KB and no notebook; choose another one")
    try:
        held: Any = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or held.get("format") != FORMAT or not isinstance(held.get("entries"), list):
        raise NotebookError("this file is no notebook; choose one that was saved with this program")
    if len(held["entries"]) > MOST_ENTRIES:
        raise NotebookError("the file has more than {n} entries", n=MOST_ENTRIES)
    return Notebook.of(tuple(_read(number, each) for number, each in enumerate(held["entries"], start=1)))


def _read(number: int, held: object) -> Entry:
    given = held if isinstance(held, dict) else {}
    try:
        return entry_of(str(given.get("kind")), json.dumps(given.get("entry")))
    except NotebookError as error:
        raise NotebookError("entry {number} of the file: {problem}", number=number, problem=error) from None
    except RecursionError:
        raise NotebookError("entry {number} of the file is nested too deeply", number=number) from None


def _legible(text: str) -> bool:
    """Whether it holds no controls, no marks that turn the writing and no halves of characters."""
    return all(letter.isprintable() or letter.isspace() for letter in text)


def _without(text: str, places: Iterable[str]) -> str:
    for place in places:
        if place in text:
            text = text.replace(place, "…")
    return text


def _texts(entry: Entry) -> list[tuple[str, int]]:
    match entry:
        case SavedView(name=name):
            return [(name, LONGEST_NAME)]
        case Note(text=text):
            return [(text, LONGEST_TEXT)]
        case Mark(label=label):
            return [(label, LONGEST_NAME)]
        case Script(name=name, slides=slides):
            said = [(each.title, 2 * LONGEST_NAME) for each in slides] + [
                (each.spoken, LONGEST_SPOKEN) for each in slides
            ]
            return [(name, LONGEST_NAME), *said]
        case _:
            return []


def _names(entry: Entry) -> list[str]:
    """The texts that may not be empty."""
    match entry:
        case SavedView(name=name) | Script(name=name):
            return [name]
        case Note(text=text):
            return [text]
        case Mark(label=label):
            return [label]
        case Home(query=query):
            return [query]
        case _:
            return []


def _references(entry: Entry) -> tuple[str, ...]:
    """The texts that name something else: keys, areas, categories, pages."""
    match entry:
        case SavedView(page=page):
            return (page,)
        case Note(key=key, edition=edition, code=code):
            return (key, edition, code)
        case Mark(key=key, category=category):
            return (key, category)
        case _:
            return ()


def _queries(entry: Entry) -> list[str]:
    match entry:
        case SavedView(query=query) | Home(query=query):
            return [query]
        case Script(slides=slides):
            return [slide.query for slide in slides]
        case _:
            return []


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(value)
