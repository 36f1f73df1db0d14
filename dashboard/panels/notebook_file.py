"""The notebook as a file: saved from here, and taken over from one after saying what that would change."""

from __future__ import annotations

from collections.abc import Iterator

from dash import ALL, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.clicks import pressed
from dashboard.components.card import card
from dashboard.components.chooser import chooser
from dashboard.keeping import Keeper, keeper, tell_kept
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.recording import recorder
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.notebook import Notebook, kind_of
from geodata.notebook_file import read_file

FILE = "/notebook.json"
MOST_NAMED = 8


def layout(reading: Reading) -> Component:
    """Two ways: out and in."""
    words = reading.words
    if keeper() is None:
        return html.Div()
    way_out = html.A(words("Save as a file"), href=FILE, className="act", download="")
    way_in = chooser(ids.NOTEBOOK_FILE, words, said=ids.NOTEBOOK_FILE_SHOWN)
    hint = words(
        "All of the above in one file, for another computer or a colleague. It stays in the workspace too and is saved "
        "with it."
    )
    shown = html.Div(id=ids.NOTEBOOK_FILE_SHOWN, role="status")
    buttons = html.Div([way_out, way_in], className="acts")
    return card(
        words("The notebook as a file"), html.P(hint, className="hint"), buttons, dcc.Store(id=ids.NOTEBOOK_FILE), shown
    )


def contents(found: Notebook, words: Words) -> str:
    """How much of what a notebook holds."""
    said = [
        words.plural("{n} saved view", "{n} saved views", len(found.views)) if found.views else "",
        words.plural("{n} note", "{n} notes", len(found.notes)) if found.notes else "",
        words.plural("{n} event", "{n} events", len(found.marks)) if found.marks else "",
        words.plural("{n} meeting", "{n} meetings", len(found.meetings)) if found.meetings else "",
        words.plural("{n} presentation", "{n} presentations", len(found.scripts)) if found.scripts else "",
        words("my area") if found.home else "",
    ]
    return ", ".join(each for each in said if each)


def offer(found: Notebook, held: Notebook, words: Words) -> list[Component]:
    """What the file holds and which entries it would replace, and the button that takes it over."""
    if not found.entries:
        return [html.P(words("The file is a notebook in which nothing is written."))]
    lines = [words("The file holds: {what}.", what=contents(found, words)), *_replaced(found, held, words)]
    take = html.Button(words("Take it over"), id=_act("take"), type="button", className="act first")
    leave = html.Button(words("Cancel"), id=_act("leave"), type="button", className="act")
    return [*(html.P(line) for line in lines), html.Div([take, leave], className="acts")]


def _act(act: str) -> dict[str, str]:
    return {"type": ids.NOTEBOOK_FILE_ACT, "act": act}


def _replaced(found: Notebook, held: Notebook, words: Words) -> Iterator[str]:
    """Which entries are there already, the same or another one under the same name."""
    here = {(kind_of(each), each.key): each for each in held.entries}
    there = [each for each in found.entries if (kind_of(each), each.key) in here]
    same = sum(here[kind_of(each), each.key] == each for each in there)
    other = [each for each in there if here[kind_of(each), each.key] != each]
    if same:
        yield words.plural(
            "{n} of these is here already and stays as it is.",
            "{n} of these are here already and stay as they are.",
            same,
        )
    if other:
        names = [f"«{name}»" for each in other if (name := getattr(each, "name", ""))]
        named = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
        yield words.plural(
            "{n} takes the place of what is kept here under the same name.",
            "{n} take the place of what is kept here under the same name.",
            len(other),
        )
        if named:
            yield words("Replaced by name: {names}.", names=named)


def register(app: Dash, answers: Answers) -> None:
    """A chosen file is told about; a press takes it over."""

    @app.callback(
        Output(ids.NOTEBOOK_FILE_SHOWN, "children"),
        Input(ids.NOTEBOOK_FILE, "data"),
        Input({"type": ids.NOTEBOOK_FILE_ACT, "act": ALL}, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def act(data: object, _clicks: object, search: str | None) -> list[Component]:
        where, keeping, words = pressed(), keeper(), read(search, answers).words
        text = data.get("text") if isinstance(data, dict) else None
        if keeping is None or not isinstance(text, str) or where.get("act") not in {None, "take", "leave"}:
            raise PreventUpdate
        if where.get("act") == "leave":
            return []
        try:
            return _take(_read(text), keeping, words) if where else offer(_read(text), keeping.notebook(), words)
        except DiemNongError as error:
            return [html.P(words.error(error), className="refused")]


def _read(text: str) -> Notebook:
    """The notebook of the file, each entry once. Raises NotebookError."""
    found = read_file(text)
    return Notebook.of(tuple({(kind_of(each), each.key): each for each in found.entries}.values()))


def _take(found: Notebook, keeping: Keeper, words: Words) -> list[Component]:
    """All of it or nothing."""
    with recorder().announced("notebook", entries=len(found.entries)):
        keeping.keep(*found.entries)
    tell_kept()
    return [html.P(words("Taken over: {what}.", what=contents(found, words)))]


PANEL = Panel(layout, register)
