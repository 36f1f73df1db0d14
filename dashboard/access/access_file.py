"""The SQLite file of accounts and sessions: private, durable, shared by processes. Knows no row's meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from dashboard.access.errors import AccessError
from dashboard.access.private import check_private, make_private
from geodata.errors import N_

NAME = "access.sqlite"
PATIENCE_S = 10.0  # how long a writer waits for one of another process
STEPS = (  # what brings a file of version n to n + 1: only ever added to
    """
CREATE TABLE accounts (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, detail TEXT NOT NULL, password TEXT NOT NULL,
  must_change INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,
  totp TEXT, totp_step INTEGER NOT NULL DEFAULT 0, identity TEXT UNIQUE, created REAL NOT NULL
) STRICT;
CREATE TABLE grants (
  name TEXT NOT NULL REFERENCES accounts (name), number INTEGER NOT NULL, region TEXT NOT NULL, edition TEXT NOT NULL,
  code TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (name, number)
) STRICT;
CREATE TABLE sessions (
  digest BLOB PRIMARY KEY, name TEXT NOT NULL REFERENCES accounts (name), address TEXT NOT NULL,
  began REAL NOT NULL, seen REAL NOT NULL
) STRICT;
CREATE TABLE tries (key TEXT PRIMARY KEY, failed INTEGER NOT NULL, since REAL NOT NULL, last REAL NOT NULL) STRICT
""",
    "ALTER TABLE sessions ADD COLUMN by_office INTEGER NOT NULL DEFAULT 0",
)


class AccessFile:
    """Opens the file, making it where there is none and bringing an older one forward with a copy kept beside it.

    Safe in many threads; each process opens its own. Raises AccessError with what to do.
    """

    def __init__(self, path: Path, steps: Sequence[str] = STEPS) -> None:
        self.path = path
        self._steps = steps
        if not path.exists() and not path.is_symlink():
            make_private(path)
        check_private(path)
        with self._complaining():
            self._reader, self._writer = self._connect(), self._connect()
            self._forward()
        self._reading, self._writing = Lock(), Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent state, whatever is committed meanwhile."""
        with self._reading, self._complaining():
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                self._reader.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The one writer's transaction: on disk when the block ends, undone when it raises."""
        with self._writing, self._complaining():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file. Nothing can be asked afterwards."""
        self._reader.close()
        self._writer.close()

    def _connect(self) -> sqlite3.Connection:
        text = quote(self.path.absolute().as_posix())
        address = f"file://{text}" if text.startswith("/") else f"file:///{text}"
        connection = sqlite3.connect(
            f"{address}?mode=rw", uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # a password's hash that was replaced is gone from the file
        return connection

    def _forward(self) -> None:
        newest = len(self._steps)
        if _version(self._writer) < newest:
            self._writer.execute("PRAGMA journal_mode=WAL")
            self._writer.execute("BEGIN IMMEDIATE")
            found = _version(self._writer)  # another process may have been faster
            try:
                if 0 < found < newest:
                    self._keep_copy(found)
                for step in self._steps[found:]:
                    for statement in step.split(";"):
                        self._writer.execute(statement)
                self._writer.execute(f"PRAGMA user_version={max(found, newest)}")
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
        if (found := _version(self._writer)) > newest:
            raise AccessError(
                "{file} is of version {found}, this program knows versions up to {newest}; use the newer program",
                file=self.path,
                found=found,
                newest=newest,
            )

    def _keep_copy(self, version: int) -> None:
        copy = self.path.with_name(f"{self.path.stem}.before-{version + 1}.{datetime.now(UTC):%Y%m%dT%H%M%S}.sqlite")
        make_private(copy)
        with closing(sqlite3.connect(copy)) as target:
            self._reader.backup(target)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._said(error) from error

    def _said(self, error: sqlite3.Error) -> AccessError:
        detail = str(error)
        if "locked" in detail:
            said = N_("another program has been writing to {file} for too long; try again")
        elif "full" in detail:
            said = N_("the disk is full, so nothing was written to {file}; make room and try again")
        elif "readonly" in detail or "unable to open" in detail:
            said = N_(
                "{file} cannot be read and written here; it must belong to the account the program runs under, and its "
                "folder too"
            )
        elif "malformed" in detail or "not a database" in detail:
            said = N_("{file} is damaged; restore it from a backup of the workspace")
        else:
            said = N_("{file} cannot be used ({detail}); check the disk, or restore a backup of the workspace")
        return AccessError(said, file=self.path, **({"detail": detail} if "{detail}" in said else {}))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
