"""The form over any page in which an entry of the notebook is written, changed or taken out. The store may refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import entry_form, ids, kept
from dashboard.clicks import given, pressed
from dashboard.components.attributes import attributes
from dashboard.keeping import Keeper, keeper, tell_kept
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.words import N_, Words
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.notebook import Entry, Kind, Note, SavedView, kind_of

NOTEBOOK = "/notebook"
CHOICES: tuple[tuple[Kind, str], ...] = (  # what can be kept of what one is looking at
    (Kind.VIEW, N_("Save this view")),
    (Kind.NOTE, N_("Note on this area")),
    (Kind.MARK, N_("Mark an event")),
)


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed: to do what, with which entry; ``held`` is None for one that is not written yet."""

    act: str
    kind: Kind
    held: Entry | None
    page: str

    @property
    def key(self) -> str:
        """The key of the entry, "" for a new one."""
        return "" if self.held is None else self.held.key


def button(label: str | list[Component], act: str, of: tuple[Kind, str], **how: Any) -> html.Button:  # noqa: ANN401 - attributes
    """A button that does something with an entry, named by kind and key; the key of a new one is ""."""
    kind, key = of
    where = {"type": ids.NOTEBOOK_ACT, "act": act, "kind": kind.value, "key": key}
    return html.Button(label, id=where, type="button", **{"className": "act", **how})


def layout(_reading: Reading) -> html.Div:
    """The place of the form, and of what is said once something was kept."""
    body = [
        html.Div(id=ids.NOTEBOOK_FIELDS),
        html.Div(id=ids.NOTEBOOK_REFUSED, role="alert", className="refused"),
    ]
    modal = dbc.Modal(
        dbc.ModalBody(body),
        id=ids.NOTEBOOK_FORM,
        is_open=False,
        labelledby=ids.NOTEBOOK_FORM + "-title",
        class_name="notebook-form",
    )
    said = html.Div(id=ids.NOTEBOOK_SAID, role="status", className="said-toast")
    return html.Div([modal, said] if keeper() is not None else [], className="notebook-place")


def _form(press: Press, reading: Reading) -> list[Component]:
    """Heading, what is asked or concerned, fields, buttons."""
    words = reading.words
    on_page = press.page != NOTEBOOK and press.held is None and press.kind in dict(CHOICES)
    of = (press.kind, press.key)
    area = entry_form.area_asked(reading) if on_page else ""
    title = words(entry_form.TITLES[press.kind][press.held is not None])
    about = _about(press, reading, area)
    return [
        html.H2(title, id=ids.NOTEBOOK_FORM + "-title"),
        *([_choices(press.kind, reading)] if on_page else []),
        *([html.P(about, className="hint")] if about else []),
        *entry_form.fields(press.kind, reading, press.held, area=area),
        html.Div(
            [
                button(words("Save"), "save", of, className="act first"),
                button(words("Cancel"), "leave", of),
            ],
            className="acts",
        ),
    ]


def _choices(chosen: Kind, reading: Reading) -> html.Div:
    """The other things that can be kept here."""
    offered = [each for each in CHOICES if each[0] is not Kind.NOTE or entry_form.area_asked(reading)]
    picks = [
        button(
            reading.words(label),
            "turn",
            (kind, ""),
            className="pick chosen" if kind is chosen else "pick",
            **attributes(aria_pressed="true" if kind is chosen else "false"),
        )
        for kind, label in offered
    ]
    return html.Div(picks, className="picks", role="group", **attributes(aria_label=reading.words("What to keep")))


def _about(press: Press, reading: Reading, area: str) -> str:
    """What the entry is of, where that cannot be chosen."""
    held = press.held
    if isinstance(held, Note):
        return kept.area_of(held, reading)
    if press.kind is Kind.NOTE and area:
        edition, _, code = area.partition(":")
        return reading.names.area(edition, code)
    if press.kind is Kind.VIEW:
        view = reading.view if not isinstance(held, SavedView) else kept.view_of(held.query, reading)[0]
        return kept.question(view, reading)
    return ""


def _ask(press: Press, held: Entry, reading: Reading) -> list[Component]:
    """Asks back before an entry is taken out."""
    words, of = reading.words, (press.kind, press.key)
    return [
        html.H2(words("Delete «{name}»?", name=kept.called(held, reading)), id=ids.NOTEBOOK_FORM + "-title"),
        html.Div(
            [
                button(words("Delete"), "strike", of, className="act first"),
                button(words("Keep it"), "leave", of, autoFocus=True),
            ],
            className="acts",
        ),
    ]


def register(app: Dash, answers: Answers) -> None:
    """One press, one act; what shows the notebook is told of a change."""

    @app.callback(
        output={
            "open": Output(ids.NOTEBOOK_FORM, "is_open"),
            "fields": Output(ids.NOTEBOOK_FIELDS, "children"),
            "refused": Output(ids.NOTEBOOK_REFUSED, "children"),
            "said": Output(ids.NOTEBOOK_SAID, "children"),
        },
        inputs=[
            Input({"type": ids.NOTEBOOK_ACT, "act": ALL, "kind": ALL, "key": ALL}, "n_clicks"),
            State({"type": ids.NOTEBOOK_FIELD, "of": ALL}, "value"),
            State(ids.URL, "search"),
            State(ids.URL, "pathname"),
        ],
        prevent_initial_call=True,
    )
    def act(_clicks: object, _values: object, search: str | None, path: object) -> dict[str, Any]:
        where, keeping = pressed(), keeper()
        if not where or keeping is None:
            raise PreventUpdate
        reading = read(search, answers)
        done = _do(where, keeping, reading, path if isinstance(path, str) else "/")
        return {each: done.get(each, no_update) for each in ("open", "fields", "refused", "said")}


def _do(where: Mapping[str, object], keeping: Keeper, reading: Reading, page: str) -> dict[str, object]:
    """What the page shows after a press; only what changes is named."""
    kind = next((each for each in Kind if each.value == where.get("kind")), None)
    key = where.get("key")
    if kind is None or where.get("act") == "leave":
        return {"open": False}
    held = next((each for each in keeping.notebook().entries if kind_of(each) is kind and each.key == key), None)
    if held is None and key != "":
        return {"open": False, "said": _say(reading.words("This was deleted meanwhile."))}
    press = Press(str(where.get("act")), kind, held, page)
    try:
        return _answer(press, keeping, reading)
    except DiemNongError as error:
        return {"refused": [html.P(reading.words.error(error))]}


def _answer(press: Press, keeping: Keeper, reading: Reading) -> dict[str, object]:
    words, held = reading.words, press.held
    match press.act:
        case "open" | "turn" if press.kind in entry_form.TITLES:
            return {"open": True, "fields": _form(press, reading), "refused": [], "said": []}
        case "ask" if held is not None:
            return {"open": True, "fields": _ask(press, held, reading), "refused": [], "said": []}
        case "strike" if held is not None:
            keeping.strike(press.kind, held.key)
            tell_kept()
            return {"open": False, "said": _say(words("Deleted: {name}", name=kept.called(held, reading)))}
        case "save" | "replace":
            return _save(press, keeping, reading)
        case _:
            return {"open": False}


def _save(press: Press, keeping: Keeper, reading: Reading) -> dict[str, object]:
    """Keep what the fields hold; a name that another entry has is not taken from it unasked."""
    words, kind = reading.words, press.kind
    values = given(ctx.states_list[0] if ctx.states_list else None)
    made = entry_form.entry(kind, values, reading, held=press.held, page=press.page)
    taken = isinstance(made, SavedView) and any(each.key == made.key for each in keeping.notebook().views)
    if taken and made.key != press.key and press.act != "replace":
        return {"refused": _ask_to_replace(made.key, (kind, press.key), words)}
    keeping.keep(made)
    if press.held is not None and made.key != press.key:
        keeping.strike(kind, press.key)
    tell_kept()
    return {"open": False, "refused": [], "said": _say(words("Saved: {name}", name=kept.called(made, reading)))}


def _ask_to_replace(name: str, of: tuple[Kind, str], words: Words) -> list[Component]:
    there = words("There is a view «{name}» already. Save this one in its place, or give another name.", name=name)
    return [html.P(there), button(words("Replace it"), "replace", of)]


def _say(text: str) -> html.P:
    return html.P(text, key=uuid4().hex)  # the same words said twice are said anew


PANEL = Panel(layout, register)
