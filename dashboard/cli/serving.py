"""Serves the dashboard on this machine with waitress until Ctrl-C. Knows addresses, nothing of what is shown."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from dashboard.cli.terminal import say, speech
from dashboard.settings import ServingError, Settings

if TYPE_CHECKING:
    import flask

PATIENCE_S = 20.0  # how long the browser waits for the port to answer
THREADS = 8
PROXIED: dict[str, Any] = {  # the web server before us says from where a request comes and whether it was encrypted
    "trusted_proxy": "*",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
}
LARGEST_BODY = 200 << 20  # bytes that are taken in before the app can say in words what it will not have


def check_doors(settings: Settings) -> None:
    """Raise ServingError where people are to sign in and nobody could manage their accounts."""
    from dashboard.gate import Doors

    if settings.with_accounts:
        Doors(settings)


def check_port(settings: Settings) -> None:
    """Raise ServingError where something answers on the port already. Asked first: building a demo takes seconds."""
    if _answers(settings):
        raise _busy(settings)


def serve_forever(settings: Settings, *, open_browser: bool = False) -> None:
    """Serve the workspace until interrupted. Raises ServingError where the port cannot be had."""
    from dashboard import logs
    from dashboard.app import create_app
    from dashboard.cli import encrypted
    from geodata.warehouse.warehouse import Warehouse

    app = create_app(settings, Warehouse(settings.workspace))
    logs.begin()

    def ready() -> None:
        app.library.prepare()
        w = speech()
        say(w("The dashboard is at {address} (Ctrl-C ends it)", address=settings.address))
        if open_browser and has_screen():
            threading.Thread(target=_open, args=(settings,), daemon=True).start()

    try:
        if settings.encrypts:
            encrypted.serve(app.server, settings, threads=THREADS, largest=LARGEST_BODY, ready=ready)
        else:
            _serve_plainly(app.server, settings, ready)
    except OSError as error:
        raise _busy(settings) from error


def _serve_plainly(server: flask.Flask, settings: Settings, ready: Callable[[], None]) -> None:
    from waitress.server import create_server

    made = create_server(
        server,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
        **(PROXIED if settings.behind_proxy else {}),
    )
    ready()
    signal.signal(signal.SIGTERM, _end)
    made.run()  # returns on KeyboardInterrupt and SystemExit, after the requests under way


def has_screen() -> bool:
    """Whether a browser window can appear: without one, webbrowser would start a text browser in the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open(settings: Settings) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if _answers(settings):
            webbrowser.open(settings.address)
            return
        time.sleep(0.1)


def _answers(settings: Settings) -> bool:
    try:
        with socket.create_connection((settings.host, settings.port), timeout=0.5):
            return True
    except OSError:
        return False


def _busy(settings: Settings) -> ServingError:
    return ServingError(
        "port {port} on {host} is in use by another program, perhaps by another dashboard. "
        "Close that one, or choose another port: --port {other}",
        port=settings.port,
        host=settings.host,
        other=settings.port + 1,
    )


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
