"""A file is dropped, tried, decided about and loaded: the only way into the store from a browser. Reads no file."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids, uploads
from dashboard.components.attributes import attributes
from dashboard.components.card import card
from dashboard.components.trial import show
from dashboard.decisions import Choice, recipe_of
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.staging import LARGEST, Staged, Staging
from geodata.answers.answers import Answers
from geodata.ingest.recipe import Recipe

POLL_MS = 400
ACCEPTED = ".csv,.tsv,.txt,.gz,.xlsx,.xlsm,.xls,.geojson,.json,.gpkg,.zip,.parquet,.geoparquet"
BUSY = ("reading", "storing")
Shown = list[tuple[dict[str, object], object]]  # the id of a control and what it shows


def layout(reading: Reading) -> Component:
    """Where a file is dropped, and the place of what is said about it. Without a store to load into: nothing."""
    words = reading.words
    if uploads.staging() is None:
        return html.Div()
    limit = LARGEST >> 20
    said = attributes(
        data_accept=ACCEPTED,
        data_largest=str(LARGEST),
        data_sending=words("Sending"),
        data_failed=words("The file did not arrive. Is the program still running? Try again."),
        data_too_large=words("The file is larger than {limit} MB. Split it by year.", limit=limit),
    )
    drop = html.Div(
        [
            html.Strong(words("Drop an incident file here, or")),
            html.Button(words("Choose a file"), id=ids.UPLOAD_CHOOSE, type="button", className="act first"),
            html.P(
                words(
                    "CSV, Excel, GeoJSON, GeoPackage, zipped Shapefile or Parquet, at most {limit} MB. A trial comes "
                    "first: nothing is stored before you say so.",
                    limit=limit,
                ),
                className="hint",
            ),
            html.Progress(
                id=ids.UPLOAD_BAR, max="1", value="0", hidden=True, **attributes(aria_label=words("Sending"))
            ),
            html.Div(id=ids.UPLOAD_MESSAGE, role="alert"),
        ],
        id=ids.UPLOAD_DROP,
        **said,
    )
    return card(
        words("Load a file"),
        drop,
        dcc.Store(id=ids.UPLOADED, storage_type="session"),
        dcc.Store(id=ids.UPLOAD_SHOWN),
        dcc.Interval(id=ids.UPLOAD_POLL, interval=POLL_MS, disabled=True),
        html.Div(id=ids.UPLOAD_TRIAL),
    )


def register(app: Dash, answers: Answers) -> None:
    """The trial follows the staged file; what is chosen on it goes back to the staging."""

    @app.callback(
        Output(ids.UPLOAD_TRIAL, "children"),
        Output(ids.UPLOAD_SHOWN, "data"),
        Output(ids.UPLOAD_POLL, "disabled"),
        Input(ids.UPLOADED, "data"),
        Input(ids.UPLOAD_POLL, "n_intervals"),
        State(ids.UPLOAD_SHOWN, "data"),
        State(ids.URL, "search"),
    )
    def follow(token: object, _ticks: object, shown: object, search: str | None) -> tuple[Any, Any, bool]:
        staged = _fresh(token, shown)
        now = None if staged is None else [staged.token, staged.version]
        quiet = staged is None or staged.phase not in BUSY
        if now == shown:
            return no_update, no_update, quiet
        reading = read(search, answers)
        categories = reading.snapshot.profile.category_list()
        return ([] if staged is None else show(staged, reading.words, categories), now, quiet)

    @app.callback(
        Output(ids.UPLOAD_POLL, "disabled", allow_duplicate=True),
        Input({"type": ids.TRIAL_FIELD, "sheet": ALL, "column": ALL}, "value"),
        Input({"type": ids.TRIAL_ANSWER, "wording": ALL}, "value"),
        Input({"type": ids.TRIAL_CHOICE, "of": ALL}, "value"),
        State(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def choose(_fields: object, _answered: object, _chosen: object, token: object) -> bool:
        staged = _staged(token)
        if staged is None or staged.trial is None or staged.phase in BUSY:
            raise PreventUpdate
        recipe = _recipe(staged, *(_shown(group) for group in ctx.inputs_list))
        if recipe == staged.recipe:
            raise PreventUpdate  # what the trial itself showed
        _staging().try_again(staged.token, recipe)
        return False

    @app.callback(
        Output(ids.UPLOAD_POLL, "disabled", allow_duplicate=True),
        Output(ids.UPLOADED, "data"),
        Input({"type": ids.TRIAL_ACT, "act": ALL}, "n_clicks"),
        State(ids.UPLOADED, "data"),
        prevent_initial_call=True,
    )
    def act(clicks: object, token: object) -> tuple[Any, Any]:
        if not isinstance(clicks, list) or not any(clicks) or not isinstance(ctx.triggered_id, dict):
            raise PreventUpdate  # the buttons only came onto the page
        staged = _staged(token)
        if staged is not None and ctx.triggered_id.get("act") == "load":
            _staging().load(staged.token)
            return False, no_update
        if staged is not None:
            _staging().discard(staged.token)
        return no_update, None


def _fresh(token: object, shown: object) -> Staged | None:
    """The staged file of a token; one that was loaded before this page was opened is done with."""
    staged = _staged(token)
    if staged is None or staged.phase != "stored" or shown is not None:
        return staged
    _staging().discard(staged.token)
    return None


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
    items = group if isinstance(group, list) else []
    return [
        (each["id"], each.get("value")) for each in items if isinstance(each, dict) and isinstance(each["id"], dict)
    ]


def _recipe(staged: Staged, fields: Shown, answered: Shown, chosen: Shown) -> Recipe:
    columns = {
        (sheet, place): column
        for sheet, each in enumerate(staged.trial.preview.sheets if staged.trial else ())
        for place, column in enumerate(each.columns)
    }
    choices = [
        Choice(columns[at].header, columns[at].field, value if isinstance(value, str) else "")
        for at, value in ((((where.get("sheet"), where.get("column"))), value) for where, value in fields)
        if at in columns
    ]
    other = {where.get("of"): value for where, value in chosen}
    return recipe_of(
        choices,
        staged.recipe,
        order=other.get("order"),
        crs=other.get("crs"),
        swapped=other.get("swapped") == "yes",
        answers={str(where.get("wording")): value for where, value in answered},
    )


PANEL = Panel(layout, register)
