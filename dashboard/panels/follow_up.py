"""The form in which a step at a lasting hot spot is written down. The store decides what may be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.claims import follow_up
from dashboard.clicks import given, pressed
from dashboard.components.control import labelled
from dashboard.keeping import Keeper, keeper
from dashboard.panels import Panel
from dashboard.panels import register as table
from dashboard.query_text import read_day
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.answers.register import RegisterRow
from geodata.errors import DiemNongError
from geodata.follow_up import LONGEST
from geodata.vocabulary import Step

NEXT: Mapping[Step | None, tuple[Step, ...]] = {  # what may follow a step; None: nothing was written down yet
    None: (Step.NOTED, Step.HANDLED),
    Step.NOTED: (Step.HANDLED, Step.CALMED, Step.DROPPED),
    Step.HANDLED: (Step.HANDLED, Step.CALMED, Step.DROPPED),
    Step.CALMED: (Step.COME_BACK, Step.HANDLED),
    Step.COME_BACK: (Step.HANDLED, Step.CALMED, Step.DROPPED),
    Step.DROPPED: (Step.NOTED, Step.HANDLED),
}


def form(row: RegisterRow, reading: Reading) -> list[Component]:
    """Step, day and measure of one place; the step that the numbers propose is chosen."""
    words, standing = reading.words, row.standing
    held = standing.follow_up.now.step if standing.follow_up is not None else None
    steps = NEXT[held]
    chosen = standing.proposed if standing.proposed in steps else steps[0]
    today = datetime.now(reading.snapshot.profile.zone).date().isoformat()
    options = [{"value": step.value, "label": words(follow_up.STEPS[step])} for step in steps]
    title = words("{name}, {category}", name=row.name, category=table.category_name(row.spot, reading))
    hint = words("What is done and where; never names or numbers of persons. Needed where something is being done.")
    return [
        html.H2(title, id=ids.FOLLOW_UP_FORM + "-title"),
        *([html.P(said, className="hint")] if (said := _said(row, reading)) else []),
        html.Fieldset(
            [html.Legend(words("Step")), dbc.RadioItems(id=_field("step"), options=options, value=chosen.value)],
            className="control",
        ),
        labelled(words("Since"), dbc.Input(id=_field("since"), type="date", value=today, max=today)),
        labelled(words("Measure"), dbc.Input(id=_field("measure"), type="text", value="", maxlength=LONGEST), hint),
        html.Div(
            [
                html.Button(words("Save"), id=_act("save", row), type="button", className="act first"),
                html.Button(words("Cancel"), id=_act("leave", row), type="button", className="act"),
            ],
            className="acts",
        ),
    ]


def _said(row: RegisterRow, reading: Reading) -> str:
    """What holds now and what the numbers say."""
    words, standing = reading.words, row.standing
    held = [follow_up.now(standing.follow_up.now, words)] if standing.follow_up is not None else []
    return " · ".join(each for each in (*held, follow_up.check(standing, words)) if each)


def _field(of: str) -> dict[str, str]:
    return {"type": ids.FOLLOW_UP_FIELD, "of": of}


def _act(act: str, row: RegisterRow) -> dict[str, str]:
    return {"type": ids.FOLLOW_UP_ACT, "act": act, "spot": table.key_of(row.spot)}


def layout(_reading: Reading) -> html.Div:
    """The place of the form, over the page while it is open, and of what was saved."""
    body = [html.Div(id=ids.FOLLOW_UP_FORM), html.Div(id=ids.FOLLOW_UP_REFUSED, role="alert", className="refused")]
    modal = dbc.Modal(
        dbc.ModalBody(body), id=ids.FOLLOW_UP, is_open=False, centered=True, labelledby=ids.FOLLOW_UP_FORM + "-title"
    )
    return html.Div([html.Div(id=ids.FOLLOW_UP_SAID, role="status", className="said"), modal])


def register(app: Dash, answers: Answers) -> None:
    """A press opens the form, another one saves it; the table is drawn anew at once."""

    @app.callback(
        output={
            "open": Output(ids.FOLLOW_UP, "is_open"),
            "form": Output(ids.FOLLOW_UP_FORM, "children"),
            "refused": Output(ids.FOLLOW_UP_REFUSED, "children"),
            "said": Output(ids.FOLLOW_UP_SAID, "children"),
            "table": Output(ids.REGISTER, "children", allow_duplicate=True),
        },
        inputs=[
            Input({"type": ids.FOLLOW_UP_ACT, "act": ALL, "spot": ALL}, "n_clicks"),
            State({"type": ids.FOLLOW_UP_FIELD, "of": ALL}, "value"),
            State(ids.REGISTER_ORDER, "value"),
            State(ids.URL, "search"),
        ],
        prevent_initial_call=True,
    )
    def act(_clicks: object, _values: object, order: object, search: str | None) -> dict[str, Any]:
        button, keeping = pressed(), keeper()
        if not button or keeping is None:
            raise PreventUpdate
        done = _do(button, keeping, read(search, answers), order)
        return {each: done.get(each, no_update) for each in ("open", "form", "refused", "said", "table")}


def _do(button: Mapping[str, object], keeping: Keeper, reading: Reading, order: object) -> dict[str, object]:
    """What the page shows after a press; only what changes is named."""
    words = reading.words
    if button.get("act") == "leave":
        return {"open": False, "refused": []}
    found = reading.answers.register(reading.view.question, reading.scope)
    row = next((each for each in found.rows if table.key_of(each.spot) == button.get("spot")), None)
    if row is None:
        gone = words("This place is not on the register any more. The table is as it is now.")
        return {"open": False, "said": [html.P(gone)], "table": table.render(reading, order)}
    if button.get("act") == "open":
        return {"open": True, "form": form(row, reading), "refused": [], "said": []}
    refused = _save(row, keeping, reading)
    if refused:
        return {"refused": [html.P(refused)]}
    saved = words("Written down: {name}, {category}", name=row.name, category=table.category_name(row.spot, reading))
    return {"open": False, "refused": [], "said": [html.P(saved)], "table": table.render(reading, order)}


def _save(row: RegisterRow, keeping: Keeper, reading: Reading) -> str:
    """Why nothing was written down, "" where it was."""
    words = reading.words
    values = given(ctx.states_list[0] if ctx.states_list else None)
    held = row.standing.follow_up
    step = next((each for each in NEXT[held.now.step if held else None] if each.value == values.get("step")), None)
    since, measure = read_day(values.get("since")), values.get("measure")
    if step is None:
        return words("Choose a step.")
    if since is None:
        return words("Give the day on which it began.")
    try:
        keeping.follow_up(row.spot, step, since=since, measure=measure if isinstance(measure, str) else "")
    except DiemNongError as error:
        return words.error(error)
    return ""


PANEL = Panel(layout, register)
