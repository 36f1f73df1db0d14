"""Serves without encryption by waitress: to this machine, or to the web server that stands before it. Knows no page."""

from __future__ import annotations

import select
import signal
import sys
import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from dashboard.settings import Settings

if TYPE_CHECKING:
    import flask

PROXIED: dict[str, Any] = {  # the web server before us says from where a request comes and whether it was encrypted
    "trusted_proxy": "*",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
}
LOOK_S = 0.5  # how often it looks whether it is to end
PATIENCE_S = 15.0  # that requests under way are given to end; a service manager kills after 20
CONNECTIONS = 2000  # a browser holds up to six, and keeps them
OTHER_FILES = 256  # that the program has open beside its connections
FEWEST = 100
SELECTED = 400  # what Windows can wait for at once is 512


def serve(server: flask.Flask, settings: Settings, *, threads: int, largest: int, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; requests under way are answered first. ``ready`` is called once it listens.

    ``largest`` is in bytes of a request's body. Raises OSError where the port cannot be had.
    """
    from waitress.server import create_server

    held: dict[int, Any] = {}  # what waitress waits for: sockets that listen, connections, its own wake-up
    create_server(
        server,
        map=held,
        host=settings.host,
        port=settings.port,
        threads=threads,
        ident=None,
        max_request_body_size=largest,
        connection_limit=connections(),
        clear_untrusted_proxy_headers=True,
        **(PROXIED if settings.behind_proxy else {}),
    )
    ended = _ended_by_signal()
    ready()
    while not ended.is_set():
        _turn(LOOK_S, held)
    _see_off(held)


def connections() -> int:
    """How many connections may be open at once: as many as there may be open files, which are made more if need be."""
    if sys.platform == "win32":
        return SELECTED
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(CONNECTIONS, soft - OTHER_FILES), FEWEST)


def _ended_by_signal() -> Event:
    """Set by the first signal; the second one ends at once."""
    ended = Event()

    def end(_signal: int, _frame: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, end)
    return ended


def _turn(patience_s: float, held: dict[int, Any]) -> None:
    """Take and send what can be; select would fail at the 1024th connection."""
    from waitress import wasyncore

    (wasyncore.poll2 if hasattr(select, "poll") else wasyncore.poll)(patience_s, held)


def _see_off(held: dict[int, Any]) -> None:
    """Let nobody in any more, and go when the last one has the answer, or after a while."""
    from waitress import wasyncore
    from waitress.channel import HTTPChannel

    for each in [each for each in held.values() if each.accepting]:
        wasyncore.dispatcher.close(each)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        channels = [each for each in held.values() if isinstance(each, HTTPChannel)]
        for channel in [each for each in channels if not (each.requests or each.total_outbufs_len)]:
            channel.handle_close()
        if not any(isinstance(each, HTTPChannel) for each in held.values()):
            return
        _turn(LOOK_S / 5, held)
