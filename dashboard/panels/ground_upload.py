"""Boundaries are dropped, tried, chosen about and loaded, without the command line. Reads no file."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard import ids, uploads
from dashboard.arrivals import LARGEST
from dashboard.clicks import pressed
from dashboard.components.drop import Drop, drop
from dashboard.components.ground_trial import show_ground
from dashboard.components.trial import wait
from dashboard.ground_choice import named, wished
from dashboard.ground_staging import GroundStaging, StagedGround
from dashboard.held_files import BUSY
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers

POLL_MS = 400
ACCEPTED = ".geojson,.json,.gpkg,.zip"


def layout(reading: Reading) -> html.Div:
    """Where a file is dropped, and the place of what is said about it. Without a store to load into: nothing."""
    words = reading.words
    if uploads.ground_staging() is None:
        return html.Div()
    limit = LARGEST >> 20
    what = Drop(
        words("Drop a boundary file here, or"),
        words(
            "GeoJSON, GeoPackage or a zipped Shapefile, at most {limit} MB. It is tried first: nothing is stored "
            "before you say so.",
            limit=limit,
        ),
        words("The file is larger than {limit} MB. Simplify the boundaries.", limit=limit),
        accepted=ACCEPTED,
        to=uploads.GROUND_PATH,
        store=ids.GROUND_UPLOADED,
    )
    return html.Div(
        [
            drop(what, words),
            dcc.Store(id=ids.GROUND_UPLOADED, storage_type="session"),
            dcc.Store(id=ids.GROUND_SHOWN),
            dcc.Interval(id=ids.GROUND_POLL, interval=POLL_MS, disabled=True),
            html.P(id=ids.GROUND_STATUS, role="status", className="hint"),
            html.Div(id=ids.GROUND_TRIAL, className="trial"),
        ]
    )


def register(app: Dash, answers: Answers) -> None:
    """The trial follows the staged file; what is chosen on it goes back to the staging."""

    @app.callback(
        Output(ids.GROUND_STATUS, "children"),
        Output(ids.GROUND_TRIAL, "children"),
        Output(ids.GROUND_TRIAL, "className"),
        Output(ids.GROUND_SHOWN, "data"),
        Output(ids.GROUND_POLL, "disabled"),
        Output(ids.HELD, "data", allow_duplicate=True),
        Input(ids.GROUND_UPLOADED, "data"),
        Input(ids.GROUND_POLL, "n_intervals"),
        State(ids.GROUND_SHOWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call="initial_duplicate",
    )
    def follow(token: object, _ticks: object, shown: object, search: str | None) -> tuple[Any, ...]:
        return _look(token, shown, read(search, answers))

    @app.callback(
        Output(ids.GROUND_POLL, "disabled", allow_duplicate=True),
        Input({"type": ids.GROUND_CHOICE, "of": ALL}, "value"),
        State({"type": ids.GROUND_TEXT, "of": ALL}, "value"),
        State(ids.GROUND_UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def choose(_chosen: object, _typed: object, token: object) -> bool:
        staged = _staged(token)
        if staged is None or staged.trial is None:
            raise PreventUpdate
        wish = wished(staged, _given(ctx.inputs_list[0]))
        if wish == staged.recipe:
            raise PreventUpdate  # what the trial itself showed
        _staging().try_again(staged.token, named(wish, _given(ctx.states_list[0])))
        return False

    @app.callback(
        Output(ids.GROUND_POLL, "disabled", allow_duplicate=True),
        Output(ids.GROUND_UPLOADED, "data"),
        Input({"type": ids.GROUND_ACT, "act": ALL}, "n_clicks"),
        State({"type": ids.GROUND_TEXT, "of": ALL}, "value"),
        State(ids.GROUND_UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def act(_clicks: object, _typed: object, token: object) -> tuple[Any, Any]:
        asked, staged = pressed().get("act"), _staged(token)
        if asked not in ("load", "discard"):
            raise PreventUpdate  # the buttons only came onto the page
        if asked == "discard" and isinstance(token, str):
            _staging().discard(token)
        elif staged is not None:
            _staging().load(staged.token, named(staged.recipe, _given(ctx.states_list[0])))
        return False, no_update if asked == "load" else None


def _look(token: object, shown: object, reading: Reading) -> tuple[Any, ...]:
    """Status, trial, its class, what is shown now, whether all is quiet, and the generation that came of it."""
    staged, words = _staged(token), reading.words
    before = shown[0] if isinstance(shown, list) and shown else None
    if staged is None:
        gone = words("This file is not here any more: it was loaded, thrown away, or left for half an hour.")
        return gone if isinstance(token, str) and before == token else "", [], "trial", None, True, no_update
    if staged.phase in BUSY:
        waiting = wait(staged, time.monotonic() - staged.since, words)
        tried: Any = no_update if staged.trial is not None and before == token else []
        return waiting, tried, "trial busy", [staged.token, 0], False, no_update
    now = [staged.token, staged.version]
    if now == shown:
        return "", no_update, "trial", now, True, no_update
    generation = staged.result.generation if staged.phase == "stored" and staged.result else no_update
    year = datetime.now(reading.snapshot.profile.zone).year
    return "", show_ground(staged, words, year=year), "trial", now, True, generation


def _staging() -> GroundStaging:
    staging = uploads.ground_staging()
    if staging is None:
        raise PreventUpdate
    return staging


def _staged(token: object) -> StagedGround | None:
    staging = uploads.ground_staging()
    return None if staging is None else staging.of(token)


def _given(group: object) -> dict[str, object]:
    """The controls of one kind by what they are of. What a browser sends may be anything."""
    found: dict[str, object] = {}
    for each in group if isinstance(group, list) else ():
        where, value = (each.get("id"), each.get("value")) if isinstance(each, dict) else (None, None)
        if isinstance(where, dict):
            found[str(where.get("of"))] = value
    return found


PANEL = Panel(layout, register)
