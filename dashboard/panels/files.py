"""The files that were loaded, each with its own equation and its notes, and the way back out. Counts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import claims, ids
from dashboard.asker import Need
from dashboard.clicks import pressed
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.table import Cell, Column, table
from dashboard.emptiness import rows_not_open
from dashboard.keeping import keeper
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.reasons import say_reason
from dashboard.words import N_, Words
from geodata.answers.answer import FileTally, Reconciliation, Tally
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError

MOST_DEPARTED = 20
HEADS = (N_("Read"), N_("Kept"), N_("Put aside"), N_("With a point"), N_("Area only"), N_("No place"))
LEFT: Mapping[bool, str] = {  # by whether it was taken out
    True: N_("«{file}», loaded {loaded}, taken out {left}"),
    False: N_("«{file}», loaded {loaded}, replaced {left} by another reading of it"),
}


def render(reading: Reading) -> list[Component]:
    """One row a file, the newest first, and their sum; below them the files that left."""
    if not reading.scope.whole:
        return [rows_not_open(reading)]
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    departed = _departed(reading)
    if not whole.files:
        return [html.P(claims.nothing_loaded(words), className="empty"), *departed]
    acts = keeper() is not None
    columns = [Column(words("File"), number=False), Column(words("Loaded"), number=False)]
    columns += [Column(words(head)) for head in HEADS]
    columns += [Column(html.Span(words("Undo"), className="unseen"))] if acts else []
    rows: list[list[Cell]] = [[*_row(reading, file), *([_undo(file, words)] if acts else [])] for file in whole.files]
    total: list[Cell] = [words("All files"), "", *_numbers(reading, whole), *([""] if acts else [])]
    return [table(words("Files loaded"), columns, [*reversed(rows), total], total=True), *departed]


def _row(reading: Reading, file: FileTally) -> list[Cell]:
    return [_name(file, reading.words), _at(reading, file.loaded_at), *_numbers(reading, file)]


def _at(reading: Reading, moment: datetime) -> str:
    at = moment.astimezone(reading.snapshot.profile.zone)
    return f"{reading.words.date(at.date())} {at:%H:%M}"


def _name(file: FileTally, words: Words) -> Cell:
    """The name; where something was noted about the file, it unfolds."""
    notes = [words(finding.template, **finding.facts) for finding in file.findings]
    look = [f"{words.number(n)} × {say_reason(reason, words)}" for reason, n in file.remarks.items()]
    if look:
        notes.append(words("kept, but worth a look: {what}", what="; ".join(look)))
    if not notes:
        return file.name
    lines = html.Ul([html.Li(note) for note in notes], className="findings")
    return html.Details([html.Summary(file.name), lines], className="notes")


def _numbers(reading: Reading, of: FileTally | Reconciliation) -> list[str]:
    placed: Tally = of.placed
    numbers = (of.read, placed.kept, of.quarantined, placed.with_point, placed.area_only, placed.unplaced)
    return [reading.words.number(n) for n in numbers]


def _undo(file: FileTally, words: Words) -> html.Button:
    said = attributes(aria_label=words("Undo loading «{file}»", file=file.name))
    return _button("ask", (file.id, file.generation), words("Undo"), className="act small", **said)


def _button(act: str, of: tuple[object, object], label: str, **how: Any) -> html.Button:  # noqa: ANN401 - attributes
    where = {"type": ids.FILE_ACT, "act": act, "file": of[0], "loaded": of[1]}
    return html.Button(label, id=where, type="button", **how)


def _departed(reading: Reading) -> list[Component]:
    """Files that were taken out or replaced: small, for who looks for one."""
    keeping, words = keeper(), reading.words
    left = keeping.departed() if keeping is not None else ()
    if not left:
        return []
    lines = [
        words(LEFT[each.undone], file=each.name, loaded=_at(reading, each.loaded_at), left=_at(reading, each.left_at))
        for each in left[:MOST_DEPARTED]
    ]
    summary = html.Summary(words("Taken out or replaced: {n}", n=words.number(len(left))))
    return [html.Details([summary, html.Ul([html.Li(line) for line in lines])], className="hint notes")]


def ask(file: FileTally, words: Words) -> list[Component]:
    """Asks back before a file is taken out."""
    of = file.id, file.generation
    question = words(
        "«{file}»: {n} incidents no longer count. Take it out?", file=file.name, n=words.number(file.placed.kept)
    )
    hint = words("Rows that it had corrected or mended are as they were before. It can be loaded again at any time.")
    buttons = [
        _button("undo", of, words("Take it out"), className="act first"),
        _button("leave", of, words("Leave it"), className="act", autoFocus=True),
    ]
    parts = [html.Strong(question), html.P(hint, className="hint"), html.Div(buttons, className="acts")]
    return [html.Div(parts, className="ask", role="group", **attributes(aria_label=question))]


def layout(reading: Reading) -> html.Section:
    """The place of the table, of the question, and of what came of it."""
    return card(
        reading.words("Files loaded"),
        html.Div(id=ids.FILES_SAID, role="status", className="said"),
        html.Div(render(reading), id=ids.FILES),
        html.Div(id=ids.FILES_ASK),
    )


def register(app: Dash, answers: Answers) -> None:
    """The table follows the data; a press asks, a second one takes the file out."""

    @app.callback(
        Output(ids.FILES, "children"), Input(ids.ASKED, "data"), Input(ids.HELD, "data"), prevent_initial_call=True
    )
    def show(search: str | None, _held: object) -> list[Component]:
        return render(read(search, answers))

    @app.callback(
        Output(ids.FILES_ASK, "children"),
        Output(ids.FILES_SAID, "children"),
        Output(ids.HELD, "data", allow_duplicate=True),
        Input({"type": ids.FILE_ACT, "act": ALL, "file": ALL, "loaded": ALL}, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def act(_clicks: object, search: str | None) -> tuple[Any, Any, Any]:
        button = pressed()
        if not button:
            raise PreventUpdate
        return _act(button, read(search, answers))


def _act(button: Mapping[str, object], reading: Reading) -> tuple[Any, Any, Any]:
    """What is asked, what is said, and the generation that came of it."""
    words, keeping = reading.words, keeper()
    held = reading.answers.reconciliation(reading.scope)
    at = button.get("file"), button.get("loaded")
    # Another reading of a file takes its number: what was asked about is not what would be taken out then.
    file = next((each for each in held.files if (each.id, each.generation) == at), None)
    if button.get("act") == "leave":
        return [], no_update, no_update
    if file is None or keeping is None:
        return [], _lines(words("This file is not held any more. The list is as it is now.")), held.facts.generation
    if button.get("act") != "undo":
        return ask(file, words), [], no_update
    try:
        done = keeping.undo(file.id)
    except DiemNongError as error:
        return [], _lines(words.error(error)), held.facts.generation
    said = [
        words.plural(
            "«{file}» is taken out: {n} incident no longer counts",
            "«{file}» is taken out: {n} incidents no longer count",
            done.kept,
            file=done.file,
        )
    ]
    if done.returned:
        said.append(
            words.plural(
                "{n} incident of another file counts again", "{n} incidents of other files count again", done.returned
            )
        )
    if done.waiting:
        said.append(
            words.plural(
                "{n} row that it had mended waits again", "{n} rows that it had mended wait again", done.waiting
            )
        )
    return [], _lines(*said), done.generation


def _lines(*lines: str) -> list[Component]:
    return [html.P(line) for line in lines]


PANEL = Panel(layout, register, Need.LOADING)
