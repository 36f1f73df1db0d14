"""The program's log as one JSON object a line: requests by kind of route, and faults. Knows no query and no value.

A traceback names files, lines and functions; what an exception says is left out, as it may hold an area or a name.
DIEMNONG_DEBUG=1 adds it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from typing import Final, TextIO

import flask
from flask.logging import default_handler

from dashboard.watching import ID_KEY, Seen, watch

LOG: Final = logging.getLogger("diemnong.requests")
MOST_FRAMES: Final = 60  # frames of a traceback, the innermost
_SEEN: Final = "seen"


def register(server: flask.Flask) -> None:
    """Write a line about every request of the server."""
    watch(server, _hear)


def begin(stream: TextIO | None = None) -> None:
    """Send the logs of this process to the stream (standard error), a JSON object a line. Called again, it stays one.

    Where a person looks on (a terminal), only warnings and faults, unless DIEMNONG_LOG says otherwise.
    """
    stream = sys.stderr if stream is None else stream
    handler = _Lines(stream)
    handler.setFormatter(_Json())
    root = logging.getLogger()
    root.handlers = [*(each for each in root.handlers if not isinstance(each, _Lines)), handler]
    wanted = "info" if not stream.isatty() else "warning"
    level = os.environ.get("DIEMNONG_LOG", wanted).upper()
    logging.getLogger("diemnong").removeHandler(default_handler)  # Flask's own, in words with everything in them
    logging.getLogger("diemnong").setLevel(level if level in ("DEBUG", "INFO", "WARNING", "ERROR") else wanted.upper())


class _Lines(logging.StreamHandler[TextIO]):
    """The handler that ``begin`` puts in place of its own former one."""


def _hear(seen: Seen) -> None:
    level = logging.WARNING if seen.status >= 500 else logging.INFO
    LOG.log(level, "request", extra={_SEEN: seen})


class _Json(logging.Formatter):
    """A record as one line of ASCII: no text in it can begin a second one."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        held: dict[str, object] = {"time": at, "level": record.levelname.lower(), "logger": record.name}
        seen = getattr(record, _SEEN, None)
        if isinstance(seen, Seen):
            held |= {"id": seen.id, "route": seen.route, "method": seen.method, "status": seen.status}
            held["ms"] = round(seen.seconds * 1000, 1)
            if seen.callback:
                held["callback"] = seen.callback
        else:
            held |= {"message": _said(record), **_request()}
        if record.exc_info and record.exc_info[0] is not None:
            held["fault"] = _fault(record.exc_info[0], record.exc_info[1])
        return json.dumps(held)


def _said(record: logging.LogRecord) -> str:
    """The message as it stands in the source: what is filled in may be anybody's."""
    return record.getMessage() if _debugging() else str(record.msg)


def _request() -> dict[str, object]:
    return {"id": flask.request.environ.get(ID_KEY, "")} if flask.has_request_context() else {}


def _fault(kind: type[BaseException], error: BaseException | None) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__ if error else None)[-MOST_FRAMES:]
    told: dict[str, object] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    return {**told, "says": str(error)} if _debugging() else told


def _place(file: str) -> str:
    """The last two parts of a path: enough to find it, nothing of the machine's folders."""
    return "/".join(file.replace("\\", "/").split("/")[-2:])


def _debugging() -> bool:
    return bool(os.environ.get("DIEMNONG_DEBUG"))
