"""The catalogue: one SQLite file, the store's only commit point. Knows transactions and generations, not contents."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from geodata.errors import StoreError
from geodata.warehouse.earlier import keep_copy
from geodata.warehouse.seals import Seals, seal, tables

NAME = "catalogue.sqlite"
VERSION = 6
_LATER = ("from_2.sql", "from_3.sql", "from_4.sql", "from_5.sql")
SCRIPTS = {0: ("schema.sql",), 2: _LATER, 3: _LATER[1:], 4: _LATER[2:], 5: _LATER[3:]}  # store version -> what it lacks
OLD_SEGMENTS = 2  # the version whose segments are written anew
HELD = ("segments", "layers")  # folders of the workspace with the files that a catalogue names
PATIENCE_S = 300.0  # how long a writer waits for another one, which may be reading a large file's rows in


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of the store. Number 0 is the empty one; ``ground`` is the last that changed the boundaries."""

    id: int = 0
    at: datetime | None = None
    ground: int = 0


class Catalogue:
    """Opens the catalogue of a workspace, making an empty one in a workspace that holds nothing yet.

    Safe in many threads. Where the folder or the file may not be written, ``read_only`` is true and only writing is
    refused.
    """

    def __init__(
        self,
        workspace: Path,
        *,
        before_commit: Callable[[], None] | None = None,
        forward: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        """``before_commit`` is called when all is written and nothing is committed: where a test pulls the plug.

        ``forward`` brings the segments beside a catalogue of version 2 forward with it.
        """
        self._path = workspace / NAME
        self._before_commit = before_commit
        self._forward = forward
        self._lock = Lock()
        self._check_present()
        self.read_only = not all(os.access(path, os.W_OK) for path in (workspace, self._path) if path.exists())
        with self._complaining():
            self._watch = self._connect() if self._path.exists() else self._create()
            self._prepare()
        self._watched = self._mark()

    def generation(self) -> Generation:
        """The newest generation, other processes' included: one read of one row (20 microseconds)."""
        if self.read_only:  # a connection kept open may be an immutable one, which is blind to what others commit
            with self.reading() as connection:
                return newest(connection)
        with self._lock, self._complaining():
            self._follow()
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
        self.check_writable()
        with self._complaining():
            connection = self._connect()
            try:
                connection.execute("BEGIN IMMEDIATE")
                seals = Seals(connection)
                yield connection
                seals.renew()
                if self._before_commit is not None:
                    self._before_commit()
                connection.execute("COMMIT")
            finally:
                connection.close()  # rolls back what was not committed

    def rewrite(self) -> bool:
        """Write the file anew, without what was deleted in it; False where a reader still holds a part of the old."""
        self.check_writable()
        with self._complaining(), closing(self._connect()) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA busy_timeout=5000")
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def check_idle(self) -> None:
        """Raise StoreError where somebody is writing just now."""
        with self._complaining(), closing(self._connect()) as connection:
            connection.execute("PRAGMA busy_timeout=0")
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError as error:
                raise StoreError(
                    "a file is being loaded into {folder} just now; nothing was changed. Try again when that is done",
                    folder=self._path.parent,
                ) from error

    def close(self) -> None:
        """Let go of the file. Nothing can be asked afterwards."""
        with self._lock:
            self._watch.close()

    def check_writable(self) -> None:
        """Raise StoreError where the workspace can only be read."""
        if self.read_only:
            raise StoreError(
                "the workspace {folder} can only be read here, nothing can be loaded into it; ask for the right to "
                "write to the folder and its files, or copy the folder to a place where you have it",
                folder=self._path.parent,
            )

    def _follow(self) -> None:
        """Watch the file that bears the name now: the disk may be gone, or a backup's file in its place."""
        mark = self._mark()
        if mark != self._watched:
            self._watch.close()
            self._watch = self._connect()
            self._watched = mark

    def _mark(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except OSError as error:
            raise StoreError(
                "{file} is not there any more; check the disk and its rights, or restore a backup", file=self._path
            ) from error
        return found.st_dev, found.st_ino

    def _check_present(self) -> None:
        """Raise StoreError where there is no catalogue but what one named: an empty one would disown it all."""
        if not self._path.exists() or not self._path.stat().st_size:
            self._check_nothing_held()

    def _check_nothing_held(self) -> None:
        folder = self._path.parent
        if any(any((folder / part).glob("*.parquet")) for part in HELD):
            raise StoreError(
                "{file} is missing or empty although the workspace holds loaded files; nothing was changed. Restore "
                "{name} from a backup of the workspace",
                file=self._path,
                name=NAME,
            )

    def _connect(self) -> sqlite3.Connection:
        self._check_present()
        if self.read_only:
            return self._connect_to_read()
        connection = self._open(f"{uri(self._path)}?mode=rw")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    def _create(self) -> sqlite3.Connection:
        self.check_writable()
        return self._open(f"{uri(self._path)}?mode=rwc")

    def _connect_to_read(self) -> sqlite3.Connection:
        """Without the right to make the files beside the catalogue, SQLite reads it only if told that nobody writes.

        That is not so for commits that still lie in the -wal file, so then it is not told.
        """
        connection = self._open(f"{uri(self._path)}?mode=ro")
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            wal = self._path.with_name(f"{NAME}-wal")
            if wal.exists() and wal.stat().st_size:
                raise
            return self._open(f"{uri(self._path)}?mode=ro&immutable=1")
        return connection

    def _open(self, address: str) -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)

    def _prepare(self) -> None:
        if not self.read_only:
            self._watch.execute("PRAGMA journal_mode=WAL")
            self._fill()
        if self._version() != VERSION:
            raise StoreError(
                "{file} is of store version {found}, this program reads version {expected}; use the program it was "
                "made with, or load the files into a new workspace",
                file=self._path,
                found=self._version(),
                expected=VERSION,
            )

    def _fill(self) -> None:
        """Make the tables of a new catalogue, or bring those of an older version forward."""
        if self._version() not in SCRIPTS:
            return
        self._watch.execute("PRAGMA foreign_keys=OFF")
        self._watch.execute("BEGIN IMMEDIATE")
        found = self._version()
        if found in SCRIPTS:  # not done by another process meanwhile
            if found == 0:
                self._check_nothing_held()
            else:
                keep_copy(self._path, found, with_segments=found == OLD_SEGMENTS)
            for script in SCRIPTS[found]:
                for statement in _statements(script):
                    self._watch.execute(statement)
            if found == OLD_SEGMENTS and self._forward is not None:
                self._forward(self._watch)
            seal(self._watch, set(tables(self._watch)))
            self._watch.execute(f"PRAGMA user_version={VERSION}")
        self._watch.execute("COMMIT")
        self._watch.execute("PRAGMA foreign_keys=ON")

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


def uri(path: Path) -> str:
    """The file as SQLite's URI; ``Path.as_uri`` would make a host of a Windows share's name."""
    text = quote(path.absolute().as_posix())
    return f"file://{text}" if text.startswith("/") else f"file:///{text}"


def _statements(script: str) -> list[str]:
    text = (resources.files("geodata.warehouse") / script).read_text(encoding="utf-8")
    lines = [line.partition("--")[0] for line in text.splitlines()]
    return [statement for part in "\n".join(lines).split(";") if (statement := part.strip())]
