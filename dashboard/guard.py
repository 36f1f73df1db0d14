"""What stands between the network and the app: who may ask, what a browser may load. Knows nothing of what is shown."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import flask
from dash import Dash
from werkzeug.exceptions import HTTPException

from dashboard.pages import all_pages
from dashboard.settings import LOCAL_NAMES
from dashboard.words import LANGUAGES, of
from geodata.errors import DiemNongError

CALLBACKS = "/_dash-update-component"
SUITES = "/_dash-component-suites/"
SAME = "same-origin"
DASH_PAGES = ("/", "/<path:path>")  # it answers any address with its page
HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
LARGEST_CALL = 1 << 20  # bytes of a callback's body; what weighs most is a notebook


def protect(app: Dash, *, alone: bool) -> None:
    """Guard every route of the app. ``alone``: it is this machine's own user's, and called by its own names only."""
    server: flask.Flask = app.server
    policy = _policy(app)

    @server.before_request
    def check() -> None:
        # A page of another site that resolves its own name to this machine would otherwise read everything here.
        if alone and urlsplit(f"//{flask.request.host}").hostname not in LOCAL_NAMES:
            flask.abort(403)
        # No other site may press a button here: browsers say themselves where a request comes from.
        if flask.request.method == "POST" and flask.request.headers.get("Sec-Fetch-Site", SAME) != SAME:
            flask.abort(403)
        if flask.request.path == CALLBACKS:
            flask.request.max_content_length = LARGEST_CALL
        if not _is_text(flask.request):
            flask.abort(400)

    @server.errorhandler(Exception)
    def refuse(error: Exception) -> flask.typing.ResponseReturnValue:
        return error if isinstance(error, HTTPException) else _fault(server, error)

    @server.after_request
    def stamp(response: flask.Response) -> flask.Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        of_dash = flask.request.url_rule is not None and flask.request.url_rule.rule in DASH_PAGES
        if of_dash and response.status_code == 200 and flask.request.path not in all_pages():
            response.status_code = 404  # the page says so too, in words
        return response


def _fault(server: flask.Flask, error: Exception) -> flask.Response:
    """The answer to what no route expected."""
    if flask.request.path.startswith(SUITES):
        return flask.Response(status=404)  # Dash has no other word for a file that no component has
    server.logger.exception("a request failed", exc_info=error)
    if isinstance(error, DiemNongError):  # what could be mended by who asks was told by the route itself
        words = of(next((each for each in LANGUAGES if flask.request.args.get("lang") == each), LANGUAGES[0]))
        said = words("What is stored cannot be read just now. The administrator finds the reason in the log.")
        return flask.Response(said, status=503, mimetype="text/plain")
    # Faults of our own callbacks are told by on_error; what arrives here from their route was malformed.
    return flask.Response(status=400 if flask.request.path == CALLBACKS else 500)


def _is_text(request: flask.Request) -> bool:
    """Whether it holds text alone: browsers write other letters of an address by number, and send no half letters."""
    if not request.query_string.isascii():
        return False
    if request.path != CALLBACKS or not HALVES.search(request.get_data()):
        return True
    try:
        json.dumps(request.get_json(silent=True), ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _policy(app: Dash) -> str:
    """The browser may load from here and nowhere else, whatever a page says."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(app.csp_hashes())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )
