"""Taking one file out of the store again, as if it had never been loaded. Reads no file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from geodata.warehouse.catalogue import advance
from geodata.warehouse.filing import name_of, take_out
from geodata.warehouse.mending import pass_on
from geodata.warehouse.reckoning import reckon_again


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a file out came to. What it had replaced as another reading of the same content stays gone."""

    id: int
    file: str
    generation: int
    kept: int  # incidents that counted, and no longer do
    returned: int  # incidents of other files that count again
    waiting: int  # rows that it had mended, and that wait again


def undo(connection: sqlite3.Connection, workspace: Path, file: int) -> Undone:
    """Take a file out within a writing transaction. Raises StoreError where there is none of that number."""
    name = name_of(connection, file)
    others = "SELECT coalesce(sum(kept), 0) FROM files WHERE id != ?"
    (kept,) = connection.execute("SELECT kept FROM files WHERE id = ?", (file,)).fetchone()
    (before,) = connection.execute(others, (file,)).fetchone()
    (waiting,) = connection.execute("SELECT count(*) FROM quarantine WHERE settled_by = ?", (file,)).fetchone()
    generation = advance(connection, f"undo {name}", ground=False)
    pass_on(connection, file)
    take_out(connection, [file], generation.id, "undone")
    reckon_again(connection, workspace)
    (after,) = connection.execute(others, (file,)).fetchone()
    return Undone(file, name, generation.id, kept, after - before, waiting)
