"""A SHA-256 of every table of the catalogue, kept in it: SQLite itself does not notice a flipped bit in a value.

They are renewed in the transaction that changes a table, so that they hold in every generation. A million rows take
about two seconds, and only tables that a transaction wrote to are read.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Final

TABLE: Final = "seals"
AT_ONCE: Final = 10_000  # rows
WRITES: Final = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)
OTHERS: Final = ("sqlite_", TABLE)  # beginnings of the names of tables that are not sealed


class Seals:
    """Watches which tables a connection writes to. Made before the first statement of a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        connection.set_authorizer(self._note)

    def renew(self) -> None:
        """Seal what was written to, as the last thing before the commit."""
        self._connection.set_authorizer(None)
        seal(self._connection, self._touched & set(tables(self._connection)))

    def _note(self, action: int, table: str | None, *_: str | None) -> int:
        if action in WRITES and table is not None:
            self._touched.add(table)
        return sqlite3.SQLITE_OK


def tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tables that are sealed."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return tuple(name for (name,) in found if not name.startswith(OTHERS))


def seal(connection: sqlite3.Connection, names: set[str]) -> None:
    """Seal tables as they are now."""
    for name in sorted(names):
        connection.execute(f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?)", (name, digest(connection, name)))  # noqa: S608


def broken(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tables that do not say what they said when they were last written."""
    held = dict(connection.execute(f"SELECT name, sha256 FROM {TABLE}").fetchall())  # noqa: S608
    names = {*tables(connection), *held}
    return tuple(name for name in sorted(names) if held.get(name) != _digest_of(connection, name))


def _digest_of(connection: sqlite3.Connection, name: str) -> str | None:
    try:
        return digest(connection, name)
    except sqlite3.Error:
        return None if name in tables(connection) else "no such table"


def digest(connection: sqlite3.Connection, name: str) -> str:
    """The SHA-256 of a table's rows, in the order in which they are stored: that of their keys."""
    found = hashlib.sha256()
    rows = connection.execute(f'SELECT * FROM "{name}" NOT INDEXED')  # noqa: S608 - a name of the catalogue's own
    while some := rows.fetchmany(AT_ONCE):
        found.update(repr(some).encode("utf-8", "surrogateescape"))
    return found.hexdigest()
