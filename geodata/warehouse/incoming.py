"""One incident file into the store: read, join, commit, tally. Knows no format and no screen."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from geodata.boundaries.editions import Boundaries
from geodata.errors import N_, DiemNongError, FileRefusedError, StoreError
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import read_file
from geodata.join import Join
from geodata.profile import Profile
from geodata.vocabulary import Category
from geodata.warehouse.catalogue import Catalogue, Generation, advance, newest
from geodata.warehouse.joining import Joined, join_incidents, write_joined, write_quarantine

Status = Literal["loaded", "already_loaded", "refused"]
ATTEMPTS = 5  # boundaries changing five times while a file is read is no longer chance
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: read = kept + quarantined, kept = with_point + area_only + unplaced."""

    file: str
    status: Status
    generation: int
    read: int = 0
    kept: int = 0
    quarantined: int = 0
    with_point: int = 0
    area_only: int = 0
    unplaced: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    template: str = ""  # English message template
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The message in English, "" where there is nothing to say."""
        return self.template.format(**self.facts) if self.facts else self.template


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read."""

    sheet: str | None
    mapping: Path | Mapping[str, str] | None
    crs: str | None
    today: date


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A file read and joined, waiting for its turn to be stored."""

    sha256: str
    cleaned: Cleaned
    joined: Joined

    def result(self, path: Path, generation: int) -> FileResult:
        """The tally."""
        tally = self.joined.tally
        rows = [*self.cleaned.quarantine, *self.joined.outside]
        return FileResult(
            path.name,
            "loaded",
            generation,
            read=self.cleaned.read,
            kept=tally.kept,
            quarantined=len(rows),
            with_point=tally.with_point,
            area_only=tally.area_only,
            unplaced=tally.unplaced,
            reasons=dict(sorted(Counter(row.reason for row in rows).items())),
        )


class Intake:
    """Takes files into one workspace. ``ground`` gives the boundaries of a generation and their point grids."""

    def __init__(
        self,
        workspace: Path,
        catalogue: Catalogue,
        profile: Profile,
        ground: Callable[[], tuple[Generation, Boundaries, Join]],
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._profile = profile
        self._ground = ground

    def take(self, path: Path, reading: Reading, *, dry_run: bool) -> FileResult:
        """Load the file, or say why not. A refused file and a dry run change nothing."""
        try:
            sha256 = _file_digest(path)
            known = self._known(sha256)
            if known is not None:
                return self._already(path, known)
            for _ in range(ATTEMPTS):
                result = self._try(path, sha256, reading, dry_run=dry_run)
                if result is not None:
                    return result
        except StoreError:
            raise
        except DiemNongError as error:
            number = self._catalogue.generation().id
            return FileResult(path.name, "refused", number, template=error.template, facts=error.facts)
        raise StoreError("the boundaries keep changing while {file} is read; try again when that is done", file=path)

    def _try(self, path: Path, sha256: str, reading: Reading, *, dry_run: bool) -> FileResult | None:
        """Read and join outside the transaction, so that nobody waits for a slow file; None: the ground has moved."""
        generation, boundaries, join = self._ground()
        cleaned = read_file(
            path,
            profile=self._profile,
            boundaries=boundaries,
            today=reading.today,
            sheet=reading.sheet,
            mapping=reading.mapping,
            crs=reading.crs,
        )
        ready = Ready(sha256, cleaned, join_incidents(cleaned.frame, join, path.name))
        if dry_run:
            return replace(ready.result(path, generation.id), template=N_("a trial only: nothing was stored"))
        with self._catalogue.writing() as connection:
            if newest(connection).ground != generation.ground:
                return None
            known = _known_in(connection, sha256)
            if known is not None:  # another process was quicker
                return self._already(path, known)
            return self._store(connection, path, ready)

    def _store(self, connection: sqlite3.Connection, path: Path, ready: Ready) -> FileResult:
        segment = write_joined(connection, self._workspace, ready.joined)
        generation = advance(connection, f"ingest {path.name}", ground=False)
        result = ready.result(path, generation.id)
        tally = (result.read, result.kept, result.quarantined, result.with_point, result.area_only, result.unplaced)
        at = generation.at.isoformat() if generation.at else ""
        cursor = connection.execute(
            "INSERT INTO files (sha256, name, loaded_at, generation, segment, read, kept, quarantined, with_point, "
            "area_only, unplaced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (ready.sha256, path.name, at, generation.id, segment, *tally),
        )
        file = int(cursor.lastrowid or 0)
        write_quarantine(connection, file, ready.cleaned.quarantine)
        write_quarantine(connection, file, ready.joined.outside)
        _write_categories(connection, ready.cleaned.new_categories)
        return result

    def _known(self, sha256: str) -> tuple[str, datetime] | None:
        with self._catalogue.reading() as connection:
            return _known_in(connection, sha256)

    def _already(self, path: Path, known: tuple[str, datetime]) -> FileResult:
        name, at = known
        local = at.astimezone(self._profile.zone)
        return FileResult(
            path.name,
            "already_loaded",
            self._catalogue.generation().id,
            template=N_("the same content was loaded before, as {name} on {when}; nothing was loaded again"),
            facts={"name": name, "when": f"{local:%d/%m/%Y %H:%M}"},
        )


def _known_in(connection: sqlite3.Connection, sha256: str) -> tuple[str, datetime] | None:
    row = connection.execute("SELECT name, loaded_at FROM files WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else (row[0], datetime.fromisoformat(row[1]))


def _file_digest(path: Path) -> str:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except OSError as error:
        raise FileRefusedError("{file} cannot be read: {detail}", file=path, detail=error.strerror or error) from error
    return found.hexdigest()


def _write_categories(connection: sqlite3.Connection, categories: Iterable[Category]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO categories (key, vi, en, category_group) VALUES (?, ?, ?, ?)",
        [(each.key, each.vi, each.en, each.group) for each in categories],
    )
