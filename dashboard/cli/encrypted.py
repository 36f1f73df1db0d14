"""Serves over https with a certificate of one's own, by hypercorn: waitress speaks no TLS. Knows no page."""

from __future__ import annotations

import asyncio
import signal
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from dashboard.settings import ServingError, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import flask

SLOWEST_REQUEST_S = 60.0  # that a browser may take to say what it wants


def serve(server: flask.Flask, settings: Settings, *, threads: int, largest: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted; ``ready`` is called once it listens. Raises ServingError on a bad certificate.

    ``largest`` is in bytes of a request's body.
    """
    from hypercorn.asyncio import serve as serve_by_hypercorn
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"]
    config.certfile, config.keyfile = str(settings.certificate), str(settings.key)
    config.wsgi_max_body_size, config.include_server_header = largest, False
    config.read_timeout, config.graceful_timeout = int(SLOWEST_REQUEST_S), 10.0
    config.accesslog, config.errorlog = None, None
    try:
        config.create_ssl_context()
    except (OSError, ssl.SSLError) as error:
        raise ServingError(
            "{certificate} and {key} cannot be used to encrypt: {detail}. Both are to be in PEM, and belong together",
            certificate=settings.certificate,
            key=settings.key,
            detail=str(error),
        ) from error

    async def run() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="request"))
        for end in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows: Ctrl-C is an exception there
                loop.add_signal_handler(end, ended.set)
        loop.call_soon(ready)
        await serve_by_hypercorn(server, config, mode="wsgi", shutdown_trigger=ended.wait)

    asyncio.run(run())
