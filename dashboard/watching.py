"""Every request as it went: kind of route, status, time. Knows no address as it was asked, no query and no body.

The kind comes from the rule that answered, never from what was typed: nothing of the data can get into a measurement.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import flask

CALLBACKS: Final = "/_dash-update-component"
RULE_KEY: Final = "diemnong.rule"
CALLBACK_KEY: Final = "diemnong.callback"
ID_KEY: Final = "diemnong.request_id"
ID_HEADER: Final = "X-Request-ID"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_HEARERS: Final = "diemnong.watching"
_WHOLE: Final = {
    "/": "page",
    "/<path:path>": "page",
    CALLBACKS: "callback",
    "/healthz": "health",
    "/readyz": "health",
    "/metrics": "health",
}
_BEGINNINGS: Final = (  # the first that fits
    ("/export/", "export"),
    ("/upload", "upload"),
    ("/_dash", "part"),
    ("/_reload", "part"),
    ("/_favicon", "part"),
    ("/assets", "part"),
    ("/library", "part"),
    ("/fonts", "part"),
    ("/static", "part"),
    ("/boundaries", "ground"),
    ("/shapes", "ground"),
    ("/login", "door"),
    ("/password", "door"),
    ("/logout", "door"),
    ("/admin", "door"),
    ("/oidc", "door"),
)
DATA: Final = (".json", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Seen:
    """One request, answered. ``seconds`` are those until the answer began; sending it is the network's time.

    ``callback`` is the output of one of our callbacks, "" for any other request or one that was refused.
    """

    id: str
    route: str
    method: str
    status: int
    seconds: float
    callback: str = ""


def watch(server: flask.Flask, hear: Callable[[Seen], None]) -> None:
    """Tell ``hear`` of every request from now on. The answer carries the request's number in X-Request-ID."""
    hearers: list[Callable[[Seen], None]] = server.extensions.setdefault(_HEARERS, [])
    hearers.append(hear)
    if len(hearers) > 1:
        return
    server.after_request(_name)
    answered = server.wsgi_app

    def wsgi_app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, status = time.perf_counter(), [500]
        environ[ID_KEY] = secrets.token_hex(8)

        def start(said: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - as WSGI has it
            status[0] = int(said[:3])
            return start_response(said, [*headers, (ID_HEADER, environ[ID_KEY])], *rest)

        try:
            return answered(environ, start)
        finally:
            seen = _seen(environ, status[0], time.perf_counter() - began)
            for each in hearers:
                each(seen)

    server.wsgi_app = wsgi_app  # type: ignore[method-assign]  # as Flask's own documentation does it


def route_of(rule: str | None) -> str:
    """The kind of a route by its rule; "none" where no rule fits what was asked."""
    if rule is None:
        return "none"
    if rule in _WHOLE:
        return _WHOLE[rule]
    found = next((kind for beginning, kind in _BEGINNINGS if rule.startswith(beginning)), None)
    return found or ("data" if rule.endswith(DATA) else "other")


def _name(response: flask.Response) -> flask.Response:
    """Which rule it was, and which callback, where one of ours answered."""
    request = flask.request
    rule = None if request.url_rule is None else request.url_rule.rule
    request.environ[RULE_KEY] = rule
    if rule == CALLBACKS and response.status_code in (200, 204):
        body = request.get_json(silent=True)
        output = body.get("output") if isinstance(body, dict) else None
        request.environ[CALLBACK_KEY] = output if isinstance(output, str) else ""
    return response


def _seen(environ: dict[str, Any], status: int, seconds: float) -> Seen:
    method = str(environ.get("REQUEST_METHOD", ""))
    method = method if method in METHODS else "OTHER"
    return Seen(
        environ[ID_KEY], route_of(environ.get(RULE_KEY)), method, status, seconds, environ.get(CALLBACK_KEY, "")
    )
