"""The notebook as a page shows it: a sheet for each kind of what is kept. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import ids, kept
from dashboard.components.attributes import attributes
from dashboard.keeping import keeper, notebook
from dashboard.names import EVENT_KINDS
from dashboard.panels import Panel, follow, header
from dashboard.panels.notebook_form import button
from dashboard.reading import Reading
from dashboard.words import N_
from geodata.notebook import Entry, Home, Kind, Mark, Note, Notebook, SavedView, Script, kind_of

PRESENT = "/present"
ADD = {  # the kinds that can be written on this page
    Kind.NOTE: N_("Add a note"),
    Kind.MARK: N_("Add an event"),
    Kind.MEETING: N_("Add a meeting"),
}
CHANGE = {Kind.VIEW: N_("Rename"), Kind.NOTE: N_("Edit"), Kind.MARK: N_("Edit")}


def render(reading: Reading) -> list[Component]:
    """A sheet a kind, also where nothing of the kind is kept: then it says how to."""
    words, held = reading.words, notebook()
    if keeper() is None:
        return [html.P(words("Nothing can be kept here: this server shows data only."), className="empty")]
    return [_sheet(kind, title, entries, reading) for kind, title, entries in _sheets(held, reading)]


def _sheets(held: Notebook, reading: Reading) -> Iterator[tuple[Kind, str, tuple[Entry, ...]]]:
    words = reading.words
    yield Kind.VIEW, words("Saved views"), held.views
    yield Kind.NOTE, words("Notes on areas"), held.notes[::-1]
    yield Kind.MARK, words("Events"), held.marks[::-1]
    yield Kind.MEETING, words("Meetings"), held.meetings[::-1]
    yield Kind.SCRIPT, words("Presentations"), held.scripts
    yield Kind.HOME, words("My area"), () if held.home is None else (held.home,)


def _sheet(kind: Kind, title: str, entries: tuple[Entry, ...], reading: Reading) -> html.Section:
    words = reading.words
    add = [button("+ " + words(ADD[kind]), "open", (kind, ""))] if kind in ADD else []
    rows = html.Ul([_row(each, reading) for each in entries], className="entries")
    empty = html.P(_how(kind, reading), className="hint")
    return html.Section(
        [html.Header([html.H2(title), *add]), rows if entries else empty],
        className=f"card-sheet kept-{kind.value}",
    )


def _how(kind: Kind, reading: Reading) -> str:
    """What the sheet is for and how something gets there."""
    words = reading.words
    return {
        Kind.VIEW: words("None yet. On the map or another page press «Save»: the view is one click away from then on."),
        Kind.NOTE: words("None yet. A note belongs to an area and a day, and stands beside the map of its area."),
        Kind.MARK: words(
            "None yet. An event is drawn as ◆ on every trend, so that a jump in the numbers is explained."
        ),
        Kind.MEETING: words("None yet. The last one is the day from which «what changed since then» is told."),
        Kind.SCRIPT: words("None yet. A presentation is put together and saved on the page for presenting."),
        Kind.HOME: words(
            "None chosen. On the map choose an area and make it yours: it is one click away from then on."
        ),
    }[kind]


def _row(entry: Entry, reading: Reading) -> html.Li:
    words, kind = reading.words, kind_of(entry)
    name, of = kept.called(entry, reading), (kind, entry.key)
    acts = [
        *([_act(CHANGE[kind], "open", of, name, reading)] if kind in CHANGE else []),
        _act(N_("Clear") if kind is Kind.HOME else N_("Delete"), "ask", of, name, reading),
    ]
    main: list[Component] = [_link(entry, name, reading)]
    main += [html.Span(line, className=how) for how, line in _lines(entry, reading)]
    return html.Li([html.Div(main, className="entry"), html.Div(acts, className="acts")], lang=words.language)


def _act(label: str, act: str, of: tuple[Kind, str], name: str, reading: Reading) -> html.Button:
    said = reading.words(label)
    return button(said, act, of, className="act small", **attributes(aria_label=f"{said}: {name}"))


def _link(entry: Entry, name: str, reading: Reading) -> Component:
    """The entry's name, leading to what it is about."""
    href = _leads_to(entry, reading)
    return html.A(name, href=href) if href else html.Strong(name)


def _leads_to(entry: Entry, reading: Reading) -> str:
    view = reading.view
    match entry:
        case SavedView():
            return kept.page_of(entry) + kept.opening(entry, view)
        case Note(edition=edition, code=code) if (edition, code) in reading.names.choices.areas:
            levels = reading.names.choices.levels(edition)
            level = entry.level if entry.level in levels else levels[0]
            asked = replace(view, edition=edition, level=level, area=(code,), region=(), zone=(), commune="")
            return "/" + replace(asked, other="", beside=()).to_query()
        case Script(name=name):
            return PRESENT + replace(view, script=name).to_query()
        case Home(query=query):
            return "/" + kept.opening(SavedView("", query), view)
        case _:
            return ""


def _lines(entry: Entry, reading: Reading) -> Iterator[tuple[str, str]]:
    """What stands under the name: class and text of each line."""
    words = reading.words
    match entry:
        case SavedView(query=query):
            view, whole = kept.view_of(query, reading)
            page = dict(header.MENU).get(kept.page_of(entry), "")
            yield "what", " · ".join(each for each in (words(page), kept.question(view, reading)) if each)
            if not whole:
                yield "hint", words("Part of what it asks is no longer there; it opens without that, and says so.")
        case Note(text=text):
            yield "noted", text
        case Mark(kind=kind, category=category):
            whose = reading.names.category(category, words.language) if category else words("All crime categories")
            yield "what", f"◆ {words(EVENT_KINDS[kind])} · {whose}"
        case Script(slides=slides):
            yield "what", words.plural("{n} slide", "{n} slides", len(slides))


def layout(reading: Reading) -> html.Div:
    """The place of the sheets."""
    return html.Div(render(reading), id=ids.NOTEBOOK)


PANEL = Panel(layout, follow(ids.NOTEBOOK, render, kept=True))
