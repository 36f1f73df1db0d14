"""Whether the files a catalogue names are there and whole, asked before more is written. Mends nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from geodata.warehouse import durable, ground, segments

NAMED = {segments.FOLDER: "SELECT sha256 FROM segments", ground.FOLDER: "SELECT sha256 FROM layers"}
HASHED = 256 << 20  # bytes read through at a time, some 0.3 s; beyond them only beginning and end are looked at


class Soundness:
    """Remembers size and time of what it found whole, so that a process reads each file through once."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._whole: dict[str, tuple[int, int]] = {}

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise StoreError naming the first file that is missing or damaged."""
        room = HASHED
        for folder, query in NAMED.items():
            for (sha256,) in connection.execute(query):
                name = segments.file_name(sha256)
                stamp = durable.stamp(self._workspace / folder, name)
                if self._whole.get(sha256) == stamp:
                    continue
                size = stamp[0]
                if size <= room:
                    durable.get(self._workspace / folder, name, sha256)
                    self._whole[sha256] = stamp
                    room -= size
                else:
                    segments.check_ends(self._workspace / folder, sha256)
