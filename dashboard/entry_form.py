"""The fields in which an entry of the notebook is written, and the entry from what they hold. Keeps nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids, kept
from dashboard.components.control import labelled
from dashboard.names import EVENT_KINDS
from dashboard.query_text import read_day
from dashboard.reading import Reading
from dashboard.words import N_
from geodata.notebook import LONGEST_NAME, LONGEST_TEXT, Entry, Kind, Mark, Meeting, Note, SavedView
from geodata.notebook_file import NotebookError
from geodata.vocabulary import EventKind, LayerKey

ANY = "-"  # the choice of all categories: the browser's list shows no words for an empty value
TITLES: Mapping[Kind, tuple[str, str]] = {  # of a new entry, and of one that is changed
    Kind.VIEW: (N_("Save this view"), N_("Rename the view")),
    Kind.NOTE: (N_("Note on an area"), N_("Change the note")),
    Kind.MARK: (N_("Mark an event"), N_("Change the mark")),
    Kind.MEETING: (N_("Note a meeting"), N_("Note a meeting")),
}


def fields(kind: Kind, reading: Reading, held: Entry | None = None, *, area: str = "") -> list[Component]:
    """The controls of one kind of entry, filled with ``held`` or with what is likely meant.

    ``area``, as edition:code, is the one that a new note is for; "" has it chosen from a list.
    """
    match kind:
        case Kind.VIEW:
            return _view_fields(reading, held if isinstance(held, SavedView) else None)
        case Kind.NOTE:
            return _note_fields(reading, held if isinstance(held, Note) else None, area)
        case Kind.MARK:
            return _mark_fields(reading, held if isinstance(held, Mark) else None)
        case _:
            today = datetime.now(reading.snapshot.profile.zone).date()
            return [_day(reading.words("Day"), today, first=True)]


def _view_fields(reading: Reading, held: SavedView | None) -> list[Component]:
    name = held.name if held else kept.suggestion(reading)
    return [_line(reading.words("Name"), "name", name, first=True)]


def _note_fields(reading: Reading, held: Note | None, area: str) -> list[Component]:
    words = reading.words
    text = dbc.Textarea(
        id=_field("text"), value=held.text if held else "", maxlength=LONGEST_TEXT, rows=4, autofocus=True
    )
    hint = words("About the place, never names or numbers of persons.")
    day = held.day if held else reading.snapshot.last_day or reading.view.end
    where = [] if held or area else [_area_choice(reading)]
    return [*where, labelled(words("Note"), text, hint), _day(words("Day"), day)]


def _area_choice(reading: Reading) -> Component:
    """The areas of the edition on the page, from fine to coarse, by name."""
    view, words = reading.view, reading.words
    options = []
    for level in reading.names.choices.levels(view.edition):
        layer = reading.snapshot.boundaries.layers.get(LayerKey(view.edition, level))
        pairs = sorted(zip(layer.names, layer.codes, strict=True)) if layer is not None else []
        options += [{"value": f"{view.edition}:{code}", "label": name} for name, code in pairs]
    chosen = area_asked(reading) or (options[0]["value"] if options else None)
    return labelled(words("Area"), dbc.Select(id=_field("area"), options=options, value=chosen))


def area_asked(reading: Reading) -> str:
    """The one area the view asks for, as edition:code; "" where it asks for none or for several."""
    view = reading.view
    return f"{view.edition}:{view.area[0]}" if len(view.area) == 1 else ""


def _mark_fields(reading: Reading, held: Mark | None) -> list[Component]:
    words = reading.words
    kinds = [{"value": kind.value, "label": words(text)} for kind, text in EVENT_KINDS.items()]
    categories = [{"value": ANY, "label": words("All crime categories")}]
    categories += [{"value": each.key, "label": each.label(words.language)} for each in reading.names.categories]
    kind = held.kind if held else EventKind.OTHER
    category = (held.category or ANY) if held else ANY
    return [
        _line(words("What happened"), "label", held.label if held else "", first=True),
        _day(words("Day"), held.day if held else reading.view.end),
        labelled(words("Kind"), dbc.Select(id=_field("kind"), options=kinds, value=kind.value)),
        labelled(words("Concerns"), dbc.Select(id=_field("category"), options=categories, value=category)),
    ]


def _line(label: str, of: str, value: str, *, first: bool = False) -> html.Label:
    text = dbc.Input(id=_field(of), type="text", value=value, maxlength=LONGEST_NAME, autofocus=first)
    return labelled(label, text)


def _day(label: str, day: date, *, first: bool = False) -> html.Label:
    return labelled(label, dbc.Input(id=_field("day"), type="date", value=day.isoformat(), autofocus=first))


def _field(of: str) -> dict[str, str]:
    return {"type": ids.NOTEBOOK_FIELD, "of": of}


def entry(kind: Kind, given: Mapping[str, object], reading: Reading, *, held: Entry | None, page: str) -> Entry:
    """The entry that the fields hold. Raises NotebookError where there is none in them."""
    make: dict[Kind, Callable[[], Entry]] = {
        Kind.VIEW: lambda: _view(given, reading, held, page),
        Kind.NOTE: lambda: _note(given, reading, held),
        Kind.MARK: lambda: _mark(given, reading, held),
        Kind.MEETING: lambda: Meeting(_day_of(given)),
    }
    if kind not in make:
        raise NotebookError("this cannot be written down here")
    return make[kind]()


def _view(given: Mapping[str, object], reading: Reading, held: Entry | None, page: str) -> SavedView:
    name = _text(given.get("name"))
    if isinstance(held, SavedView):
        return replace(held, name=name)
    return SavedView(name, kept.query_of(reading.view), page)


def _note(given: Mapping[str, object], reading: Reading, held: Entry | None) -> Note:
    day, text = _day_of(given), _text(given.get("text"), lines=True)
    if isinstance(held, Note):
        return replace(held, day=day, text=text)
    chosen = given.get("area")
    edition, _, code = (chosen if isinstance(chosen, str) else area_asked(reading)).partition(":")
    level = kept.level_of(edition, code, reading.snapshot.boundaries)
    if level is None:
        raise NotebookError("choose the area that the note is about")
    return Note(uuid4().hex, edition, level, code, day, text)


def _mark(given: Mapping[str, object], reading: Reading, held: Entry | None) -> Mark:
    kind = next((each for each in EventKind if each.value == given.get("kind")), EventKind.OTHER)
    category = given.get("category")
    known = category if isinstance(category, str) and category in reading.names.choices.categories else ""
    key = held.key if isinstance(held, Mark) else uuid4().hex
    return Mark(key, _day_of(given), _text(given.get("label")), kind, known)


def _day_of(given: Mapping[str, object]) -> date:
    day = read_day(given.get("day"))
    if day is None:
        raise NotebookError("give the day")
    return day


def _text(value: object, *, lines: bool = False) -> str:
    """What was typed, its spaces in order."""
    text = unicodedata.normalize("NFC", value) if isinstance(value, str) else ""
    if lines:
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return " ".join(text.split())
