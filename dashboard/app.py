"""The factory: settings and a warehouse in, a Dash app out. No globals, so two apps may live in one process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, TypeVar, get_args

import flask
from dash import Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from flask_compress import Compress

from dashboard import gate, guard, ids, keeping, library, logs, metrics, recording, routes, sync, uploads
from dashboard.asker import Need, answers_to_asker
from dashboard.components.attributes import attributes
from dashboard.components.still import still
from dashboard.components.tour import tour
from dashboard.desk import desk_of
from dashboard.doors import rooms
from dashboard.doors.house import House
from dashboard.gate import Doors
from dashboard.ground_staging import GroundLoader, GroundStaging
from dashboard.held_exports import HeldExports
from dashboard.keeping import Keeper
from dashboard.library import Library
from dashboard.pages import all_pages
from dashboard.panels import all_panels
from dashboard.reading import read
from dashboard.screen import Screen
from dashboard.settings import Settings, assets_folder
from dashboard.staging import Loader, Staging
from dashboard.view import Theme
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.answers import Answers
from geodata.answers.cache import HoldsSnapshot

FIRST_STEPS = "/start"  # the page in place of those that need boundaries, where none are loaded
Answering = TypeVar("Answering", bound=Callable[..., Any])
LOG = logging.getLogger("diemnong")
COMPRESSED = [
    "text/html",
    "text/css",
    "application/javascript",
    "text/javascript",
    "application/json",
    "application/geo+json",
    "font/ttf",
]


def create_app(settings: Settings, warehouse: HoldsSnapshot) -> _Dashboard:
    """Build the dashboard over one workspace. ``app.server`` is the WSGI application."""
    whole = Answers(warehouse)
    answers = answers_to_asker(whole)
    doors = Doors(settings) if settings.with_accounts else None
    server = flask.Flask("diemnong")
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(server)
    app = _Dashboard(
        "diemnong",
        server=server,  # type: ignore[arg-type]  # Dash's own annotation forgets Flask
        assets_folder=str(assets_folder()),
        assets_ignore=".*",  # they come as one file, see library
        suppress_callback_exceptions=True,  # panels come with their page
        update_title="",
        title="Điểm Nóng",
        on_error=_say_error,
    )
    app.library, app.needs = Library(assets_folder()), {}
    library.register(server, app.library)
    recording.register(server, settings.workspace, lambda: whole.snapshot.profile.audit.keep_months)
    app.layout = _frame(tour() if settings.demo else None)
    app.add(Need.INCIDENTS, lambda: _register_pages(app, answers))
    for panel in all_panels():
        app.add(panel.need, partial(panel.register, app, answers))
    app.add(Need.INCIDENTS, lambda: sync.register(app, answers))
    app.exports = exports = HeldExports()
    routes.register(server, answers, workspace=settings.workspace, exports=exports)
    logs.register(server)
    metrics.register(
        server,
        generation=lambda: whole.snapshot.generation,
        exports=exports.under_way,
        sessions=None if doors is None else lambda: doors.sessions.count(datetime.now(UTC)),
    )
    if isinstance(warehouse, Loader):
        uploads.register(server, Staging(settings.workspace, warehouse))
    if isinstance(warehouse, GroundLoader):
        uploads.register_ground(server, GroundStaging(settings.workspace, warehouse))
    if isinstance(warehouse, Keeper):
        keeping.register(server, lambda: desk_of(warehouse, whole))
    if doors is not None:
        rooms.register(server, House(doors, app.library, lambda: whole.snapshot.boundaries))
    guard.protect(app, alone=doors is None)  # what it lets a browser run are the scripts of all callbacks
    gate.register(server, whole, doors, app.needs.get)
    return app


class _Dashboard(Dash):
    """Dash with our page around it: its own files first, plotly loading beside the rest, something to see at once."""

    library: Library
    exports: HeldExports
    needs: dict[str, Need]  # by the output of each callback

    def add(self, need: Need, register: Callable[[], None]) -> None:
        """Register callbacks that all have this need."""
        before = set(self.callback_map)
        register()
        self.needs.update(dict.fromkeys(set(self.callback_map) - before, need))

    def callback(self, *args: Any, **options: Any) -> Callable[[Answering], Answering]:  # noqa: ANN401 - as Dash's own
        """As Dash's own; what has many parts that nobody speaks with is answered as text."""
        register = super().callback(*args, **options)

        def take(answer: Answering) -> Answering:
            @wraps(answer)
            def answer_still(*asked: Any, **named: Any) -> Any:  # noqa: ANN401
                return still(answer(*asked, **named))

            return register(answer_still)  # type: ignore[no-any-return]

        return take

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]  # Dash names each part
        """The page before any script has run."""
        lang, theme = _asked("lang", LANGUAGES), _asked("theme", get_args(Theme))
        return INDEX.format(lang=lang, theme=theme, head=library.head(self.library), **parts)


def _asked(name: str, allowed: Sequence[str]) -> str:
    """What the address asks of the page before any script has run: nothing flashes white in a dark room."""
    said = flask.request.args.getlist(name) if flask.has_request_context() else []
    return said[-1] if said and said[-1] in allowed else allowed[0]


INDEX = """<!DOCTYPE html>
<html lang="{lang}" data-theme="{theme}">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{head}
{css}
</head>
<body>
<div id="react-entry-point">
<div class="opening"><span class="brand"><span class="mark"></span>Điểm Nóng</span></div>
</div>
<div>
{config}
{scripts}
{renderer}
</div>
</body>
</html>
"""


def _opening() -> Component:
    """What stands there before the first page: the same as in the document before any script, so nothing blinks."""
    brand = html.Span([html.Span(className="mark"), "Điểm Nóng"], className="brand")
    return html.Div(brand, className="opening")


def _frame(guide: Component | None) -> Component:
    """What never changes: the address, the page's place, the line that says something is under way, a guide if any."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.ASKED),
            dcc.Store(id=ids.PAGE_KEY),
            dcc.Store(id=ids.HELD),
            dcc.Store(id=ids.KEPT),
            html.Div(className="progress-line", **attributes(aria_hidden="true")),
            html.Div(id=ids.OFFLINE, role="alert", hidden=True),
            html.Div(_opening(), id=ids.PAGE),
            guide,
        ]
    )


def _register_pages(app: Dash, answers: Answers) -> None:
    """The browser says when a page must be drawn anew (path, language, mode); everything else follows by patches."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.pageKey",
        Output(ids.PAGE_KEY, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        State(ids.PAGE_KEY, "data"),
    )

    app.clientside_callback(  # type: ignore[no-untyped-call]
        "window.dash_clientside.diemnong.askedOnceDrawn", Output(ids.ASKED, "data"), Input(ids.URL, "search")
    )

    @app.callback(
        Output(ids.PAGE, "children"), Input(ids.PAGE_KEY, "data"), State(ids.URL, "search"), prevent_initial_call=True
    )
    def show(key: dict[str, Any] | None, search: str | None) -> Component:
        key = key if isinstance(key, dict) else {}
        reading = read(search, answers)
        page = all_pages().get(str(key.get("path")))
        if page is None:
            words = reading.words
            home = html.A(words("To the map"), href="/")
            return html.Main([html.H1(words("There is no such page")), html.P(home)], id="main", className="lost")
        if not (page.bare or reading.snapshot.boundaries.layers):
            page = all_pages()[FIRST_STEPS]
        return page.layout(reading, Screen.told(key))


def _say_error(error: Exception) -> None:
    """A fault of ours: written to the log whole, told to the person in words."""
    LOG.error("a callback failed", exc_info=error)
    words = of(_language())
    said = words("Something went wrong on our side; what you see may be out of date.")
    set_props(ids.NOTICE, {"children": html.P(said)})


def _language() -> Language:
    """The language of the page that called, from its address among what the callback was told."""
    told = flask.request.get_data()
    return next((language for language in LANGUAGES if f"lang={language}".encode() in told), "vi")
