"""``/metrics``: how the program is doing, as Prometheus reads it. Holds no area, no name and no query.

Answered to this machine itself only, and to nothing that a proxy passed on: a monitor runs beside the program or is let
in by the proxy's own rules.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import metadata
from ipaddress import ip_address
from typing import Final

import flask
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, Summary
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector

from dashboard.watching import Seen, watch
from geodata.errors import DiemNongError

PATH: Final = "/metrics"
KEY: Final = "diemnong.metrics"
LOG: Final = logging.getLogger("diemnong")
SECONDS: Final = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
PASSED_ON: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
Number = Callable[[], float]


class Metrics:
    """The measurements of one app, in a registry of its own: two apps may live in one process."""

    def __init__(self, numbers: dict[str, tuple[str, Number]]) -> None:
        self.registry = CollectorRegistry()
        held = self.registry
        self._requests = Counter("diemnong_requests", "Requests answered", ["route", "method", "status"], registry=held)
        self._seconds = Histogram(
            "diemnong_request_seconds", "Time until the answer began", ["route"], buckets=SECONDS, registry=held
        )
        self._callbacks = Summary("diemnong_callback_seconds", "Time of each callback", ["callback"], registry=held)
        self.faults = Counter("diemnong_faults", "Faults of the program, each in its log", registry=held)
        Info("diemnong", "The program", registry=held).info({"version": metadata.version("diemnong")})
        ProcessCollector(registry=held)
        for name, (about, number) in numbers.items():
            Gauge(name, about, registry=held).set_function(_or_not_a_number(number))

    def hear(self, seen: Seen) -> None:
        """Count one request."""
        self._requests.labels(seen.route, seen.method, str(seen.status)).inc()
        self._seconds.labels(seen.route).observe(seen.seconds)
        if seen.callback:
            self._callbacks.labels(seen.callback).observe(seen.seconds)


def register(
    server: flask.Flask,
    *,
    generation: Number,
    exports: Number | None = None,
    sessions: Number | None = None,
) -> Metrics:
    """Measure every request of the server and add the route. The numbers given are asked for when somebody reads."""
    numbers = {"diemnong_generation": ("Version of the data that is served", generation)}
    if exports is not None:
        numbers["diemnong_exports_under_way"] = ("Exports being written or waiting for their turn", exports)
    if sessions is not None:
        numbers["diemnong_sessions"] = ("People signed in", sessions)
    made = Metrics(numbers)
    server.extensions[KEY] = made
    watch(server, made.hear)
    if not any(isinstance(each, _Faults) for each in LOG.handlers):
        LOG.addHandler(_Faults(logging.ERROR))
    server.add_url_rule(PATH, endpoint=PATH, view_func=lambda: _answer(made))
    return made


class _Faults(logging.Handler):
    """Counts what is logged as an error: a callback's fault is answered in words, so no status tells of it."""

    def emit(self, record: logging.LogRecord) -> None:
        del record
        made = flask.current_app.extensions.get(KEY) if flask.has_app_context() else None
        if isinstance(made, Metrics):
            made.faults.inc()


def _answer(made: Metrics) -> flask.Response:
    if not _is_here():
        flask.abort(404)
    answer = flask.Response(generate_latest(made.registry), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_here() -> bool:
    """Whether the request comes from this machine and nobody passed it on."""
    if any(name in flask.request.headers for name in PASSED_ON):
        return False
    try:
        return ip_address(flask.request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _or_not_a_number(number: Number) -> Number:
    def asked() -> float:
        try:
            return float(number())
        except DiemNongError:  # a store that cannot be read is told by /readyz; the rest is still worth reading
            return float("nan")

    return asked
