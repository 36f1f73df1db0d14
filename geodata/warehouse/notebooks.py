"""Notebooks in the catalogue: one row an entry, by whose it is, its kind and its key. Judges no contents."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Final

from geodata.notebook import Entry, Kind, Notebook, kind_of
from geodata.notebook_file import MOST_ENTRIES, NotebookError, body_of, entry_of

_KEEP: Final = "INSERT OR REPLACE INTO notebook (owner, kind, key, body, at) VALUES (?, ?, ?, ?, ?)"


def read_notebook(connection: sqlite3.Connection, owner: str) -> Notebook:
    """Everything that ``owner`` keeps."""
    rows = connection.execute("SELECT kind, body FROM notebook WHERE owner = ? ORDER BY kind, key", (owner,))
    return Notebook.of(tuple(entry_of(kind, body) for kind, body in rows))


def keep(connection: sqlite3.Connection, entry: Entry, owner: str) -> None:
    """Write an entry down, in place of the one with its key."""
    connection.execute(_KEEP, (owner, kind_of(entry).value, entry.key, body_of(entry), datetime.now(UTC).isoformat()))


def check_room(connection: sqlite3.Connection, owner: str) -> None:
    """Raise NotebookError where there is more than a file of a notebook may hold: it could not be read again."""
    (found,) = connection.execute("SELECT count(*) FROM notebook WHERE owner = ?", (owner,)).fetchone()
    if found > MOST_ENTRIES:
        raise NotebookError("a notebook holds at most {n} entries; delete some of them first", n=MOST_ENTRIES)


def strike(connection: sqlite3.Connection, kind: Kind, key: str, owner: str) -> bool:
    """Take an entry out; whether there was one."""
    found = connection.execute(
        "DELETE FROM notebook WHERE owner = ? AND kind = ? AND key = ?", (owner, kind.value, key)
    )
    return found.rowcount > 0
