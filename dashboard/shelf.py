"""Files that pictures bring along for the browser (cells, bands, outlines), made once and kept while they are new.

A name changes with its content, so a browser asks for it once. Knows nothing of what is drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import cast

import flask

from dashboard.asker import asker
from geodata.question import Scope

KEPT_BYTES = 64_000_000  # a tiling of 4,000 cells is 1 MB, the bands of a density 100 KB
_EXTENSION = "diemnong.shelf"


class Shelf:
    """Names with their content, for who may see as much as who had it made; the longest unasked for go first.

    May be used from many threads.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._room = kept_bytes
        self._files: OrderedDict[tuple[Scope, str], bytes] = OrderedDict()
        self._lock = Lock()

    def put(self, name: str, make: Callable[[], bytes]) -> str:
        """Have a file ready, making it only where it is not; return its URL."""
        if self.get(name) is None:
            content = make()
            with self._lock:
                self._files[asker().rights.scope, name] = content
                while sum(map(len, self._files.values())) > self._room and len(self._files) > 1:
                    self._files.popitem(last=False)
        return f"/shapes/{name}"

    def get(self, name: str) -> bytes | None:
        """The content, None where it is not here (any more)."""
        key = (asker().rights.scope, name)
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)


def register(server: flask.Flask) -> None:
    """Give this server its shelf."""
    server.extensions[_EXTENSION] = Shelf()


def shelf() -> Shelf:
    """The shelf of the server that answers now."""
    return cast("Shelf", flask.current_app.extensions[_EXTENSION])
