"""The catalogue: one SQLite file, the store's only commit point. Knows transactions and generations, not contents."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from threading import Lock

from geodata.errors import StoreError

NAME = "catalogue.sqlite"
VERSION = 1
PATIENCE_S = 300.0  # how long a writer waits for another one, which may be reading a large file's rows in


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the store. Number 0 is the empty one; ``ground`` is the last that changed the boundaries."""

    id: int = 0
    at: datetime | None = None
    ground: int = 0


class Catalogue:
    """Opens the catalogue of a workspace, making an empty one where there is none. Safe in many threads."""

    def __init__(self, workspace: Path, *, before_commit: Callable[[], None] | None = None) -> None:
        """``before_commit`` is called when all is written and nothing is committed: where a test pulls the plug."""
        self._path = workspace / NAME
        self._before_commit = before_commit
        self._lock = Lock()
        with self._complaining():
            self._watch = self._connect()
            self._prepare()

    def generation(self) -> Generation:
        """The newest generation, other processes' included: one read of one row (20 microseconds)."""
        with self._lock, self._complaining():
            return newest(self._watch)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A consistent view of the catalogue, whatever is committed meanwhile."""
        with self._complaining():
            connection = self._connect()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The one writer's transaction: committed and on disk when the block ends, undone when it raises."""
        with self._complaining():
            connection = self._connect()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                if self._before_commit is not None:
                    self._before_commit()
                connection.execute("COMMIT")
            finally:
                connection.close()  # rolls back what was not committed

    def close(self) -> None:
        """Let go of the file. Nothing can be asked afterwards."""
        with self._lock:
            self._watch.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    def _prepare(self) -> None:
        self._watch.execute("PRAGMA journal_mode=WAL")
        if self._version() == 0:
            self._watch.execute("BEGIN IMMEDIATE")
            if self._version() == 0:  # not made by another process meanwhile
                for statement in _statements():
                    self._watch.execute(statement)
                self._watch.execute(f"PRAGMA user_version={VERSION}")
            self._watch.execute("COMMIT")
        if self._version() != VERSION:
            raise StoreError(
                "{file} is of store version {found}, this program reads version {expected}; use the program it was "
                "made with, or load the files into a new workspace",
                file=self._path,
                found=self._version(),
                expected=VERSION,
            )

    def _version(self) -> int:
        return int(self._watch.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise StoreError(
                    "another program has been writing to {file} for minutes; try again when it is done", file=self._path
                ) from error
            raise StoreError(
                "the store cannot be used: {file}: {detail}; check the disk and its rights, or restore a backup",
                file=self._path,
                detail=error,
            ) from error


def newest(connection: sqlite3.Connection) -> Generation:
    """The newest generation this connection sees."""
    row = connection.execute("SELECT id, at, ground FROM generations ORDER BY id DESC LIMIT 1").fetchone()
    return Generation() if row is None else Generation(row[0], datetime.fromisoformat(row[1]), row[2])


def advance(connection: sqlite3.Connection, what: str, *, ground: bool) -> Generation:
    """Begin a new generation inside a writing transaction; ``ground`` says that boundaries changed."""
    before, now = newest(connection), datetime.now(UTC)
    cursor = connection.execute(
        "INSERT INTO generations (at, what, ground) VALUES (?, ?, ?)", (now.isoformat(), what, before.ground)
    )
    number = int(cursor.lastrowid or 0)
    if ground:
        connection.execute("UPDATE generations SET ground = id WHERE id = ?", (number,))
    return Generation(number, now, number if ground else before.ground)


def _statements() -> list[str]:
    text = (resources.files("geodata.warehouse") / "schema.sql").read_text(encoding="utf-8")
    lines = [line.partition("--")[0] for line in text.splitlines()]
    return [statement for part in "\n".join(lines).split(";") if (statement := part.strip())]
