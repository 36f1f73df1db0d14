"""Boundaries are dropped, tried, chosen about and loaded, without the command line. Reads no file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids, uploads
from dashboard.arrivals import LARGEST
from dashboard.asker import Need
from dashboard.clicks import given, pressed
from dashboard.components.drop import Drop, drop
from dashboard.components.ground_trial import show_ground
from dashboard.ground_choice import named, wished
from dashboard.ground_staging import GroundStaging, StagedGround
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.recording import recorder
from dashboard.trial_place import Place
from geodata.answers.answers import Answers

ACCEPTED = ".geojson,.json,.gpkg,.zip"
PLACE = Place(
    uploaded=ids.GROUND_UPLOADED,
    shown=ids.GROUND_SHOWN,
    poll=ids.GROUND_POLL,
    status=ids.GROUND_STATUS,
    trial=ids.GROUND_TRIAL,
)


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
    return html.Div([drop(what, words), *PLACE.parts()])


def register(app: Dash, answers: Answers) -> None:
    """The trial follows the staged file; what is chosen on it goes back to the staging."""
    PLACE.follow(app, answers, held=uploads.ground_staging, draw=_draw)

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
        wish = wished(staged, given(ctx.inputs_list[0]))
        if wish == staged.recipe:
            raise PreventUpdate  # what the trial itself showed
        _staging().try_again(staged.token, named(wish, given(ctx.states_list[0])))
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
            _staging().load(staged.token, named(staged.recipe, given(ctx.states_list[0])), by=recorder())
        return False, no_update if asked == "load" else None


def _draw(staged: StagedGround, reading: Reading) -> list[Component]:
    year = datetime.now(reading.snapshot.profile.zone).year
    return show_ground(staged, reading.words, year=year)


def _staging() -> GroundStaging:
    staging = uploads.ground_staging()
    if staging is None:
        raise PreventUpdate
    return staging


def _staged(token: object) -> StagedGround | None:
    staging = uploads.ground_staging()
    return None if staging is None else staging.of(token)


PANEL = Panel(layout, register, Need.LOADING)
