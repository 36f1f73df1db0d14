"""A file is dropped, tried, decided about and loaded: the only way into the store from a browser. Reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids, uploads
from dashboard.arrivals import LARGEST
from dashboard.asker import Need
from dashboard.clicks import pressed
from dashboard.components.card import card
from dashboard.components.drop import Drop, drop
from dashboard.components.trial import show
from dashboard.decisions import Shown, wished
from dashboard.panels import Panel
from dashboard.reading import Reading
from dashboard.recording import recorder
from dashboard.staging import Staged, Staging
from dashboard.trial_place import Place
from geodata.answers.answers import Answers

ACCEPTED = ".csv,.tsv,.txt,.gz,.xlsx,.xlsm,.xls,.geojson,.json,.gpkg,.zip,.parquet,.geoparquet"
PLACE = Place(
    uploaded=ids.UPLOADED,
    shown=ids.UPLOAD_SHOWN,
    poll=ids.UPLOAD_POLL,
    status=ids.UPLOAD_STATUS,
    trial=ids.UPLOAD_TRIAL,
)


def layout(reading: Reading) -> Component:
    """Where a file is dropped, and the place of what is said about it. Without a store to load into: nothing."""
    words = reading.words
    if uploads.staging() is None:
        return html.Div()
    limit = LARGEST >> 20
    what = Drop(
        words("Drop an incident file here, or"),
        words(
            "CSV, Excel, GeoJSON, GeoPackage, zipped Shapefile or Parquet, at most {limit} MB. A trial comes "
            "first: nothing is stored before you say so.",
            limit=limit,
        ),
        words("The file is larger than {limit} MB. Split it by year.", limit=limit),
        accepted=ACCEPTED,
        to=uploads.PATH,
        store=ids.UPLOADED,
    )
    return card(words("Load a file"), drop(what, words), *PLACE.parts())


def register(app: Dash, answers: Answers) -> None:
    """The trial follows the staged file; what is chosen on it goes back to the staging."""
    PLACE.follow(app, answers, held=uploads.staging, draw=_draw)

    @app.callback(
        Output(ids.UPLOAD_POLL, "disabled", allow_duplicate=True),
        Input({"type": ids.TRIAL_FIELD, "sheet": ALL, "column": ALL}, "value"),
        Input({"type": ids.TRIAL_ANSWER, "wording": ALL}, "value"),
        Input({"type": ids.TRIAL_CHOICE, "of": ALL}, "value"),
        State(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def choose(_fields: object, _answered: object, _chosen: object, token: object) -> bool:
        if not _wish(_staged(token), [_shown(group) for group in ctx.inputs_list]):
            raise PreventUpdate
        return False

    @app.callback(
        Output(ids.UPLOAD_POLL, "disabled", allow_duplicate=True),
        Output(ids.UPLOADED, "data"),
        Input({"type": ids.TRIAL_ACT, "act": ALL}, "n_clicks"),
        State(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def act(_clicks: object, token: object) -> tuple[Any, Any]:
        asked = pressed().get("act")
        if asked not in ("load", "discard"):
            raise PreventUpdate  # the buttons only came onto the page
        if isinstance(token, str):
            if asked == "load":
                _staging().load(token, by=recorder())
            else:
                _staging().discard(token)
        return False, no_update if asked == "load" else None  # of a file that is gone, the next look says so


def _draw(staged: Staged, reading: Reading) -> list[Component]:
    return show(staged, reading.words, reading.snapshot.profile.category_list())


def _wish(staged: Staged | None, groups: Sequence[Shown]) -> bool:
    """Have the file read as the controls show now, where that is another way than it is read already."""
    if staged is None or staged.trial is None or len(groups) != 3:
        return False
    recipe = wished(staged.trial.preview, staged.recipe, groups)
    if recipe == staged.recipe:
        return False  # what the trial itself showed
    _staging().try_again(staged.token, recipe)
    return True


def _staging() -> Staging:
    staging = uploads.staging()
    if staging is None:
        raise PreventUpdate
    return staging


def _staged(token: object) -> Staged | None:
    staging = uploads.staging()
    return None if staging is None else staging.of(token)


def _shown(group: object) -> Shown:
    """The inputs of one kind as (id, value). What a browser sends may be anything."""
    found: Shown = []
    for each in group if isinstance(group, list) else ():
        where, value = (each.get("id"), each.get("value")) if isinstance(each, dict) else (None, None)
        if isinstance(where, dict):
            found.append((where, value))
    return found


PANEL = Panel(layout, register, Need.LOADING)
