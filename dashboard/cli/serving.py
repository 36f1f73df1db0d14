"""Serves the dashboard on this machine with waitress until Ctrl-C. Knows addresses, nothing of what is shown."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser

from dashboard.cli.terminal import say, speech
from dashboard.settings import ServingError, Settings

PATIENCE_S = 20.0  # how long the browser waits for the port to answer
THREADS = 16  # some of them wait for a password, a disk or a whole export; the others answer meanwhile
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
    import PIL.Image  # noqa: F401 - half imported by one thread's export, it makes plotly fail in another's callback

    from dashboard import logs
    from dashboard.app import create_app
    from dashboard.cli import encrypted, plain
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
        by = encrypted if settings.encrypts else plain
        by.serve(app.server, settings, threads=THREADS, largest=LARGEST_BODY, ready=ready)
    except OSError as error:
        raise _busy(settings) from error
    if given_up := app.exports.under_way():
        w = speech()
        say(w("Exports given up: {count}. Ask for them again", count=given_up))


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
