"""One incident file into the store: read, join, commit, tally. Knows no format and no screen."""

from __future__ import annotations

import hashlib
import json
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
from geodata.ingest.recipe import EMPTY, Recipe, read_recipe
from geodata.join import Join
from geodata.profile import Profile
from geodata.tables import SHEET
from geodata.vocabulary import Category
from geodata.warehouse.catalogue import Catalogue, Generation, advance, newest
from geodata.warehouse.joining import Joined, join_incidents, write_joined, write_quarantine
from geodata.warehouse.readings import Entry, Held, complete, judge, known, rows_digest, supersede, way_of

Status = Literal["loaded", "already_loaded", "refused"]
ATTEMPTS = 5  # boundaries changing five times while a file is read is no longer chance
CHUNK = 1 << 20
TALLY = ("read", "kept", "quarantined", "with_point", "area_only", "unplaced")


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
    mapping: Path | Recipe | None
    crs: str | None
    today: date


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is there, and how it is to be read."""

    path: Path
    sha256: str
    reading: Reading
    recipe: Recipe
    way: str


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A file read and joined, waiting for its turn to be stored."""

    entry: Entry
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
        """Load the file, or say why not. A refused file and a dry run change nothing.

        Which readings of a file stand beside each other and which take another's place: see ``readings``.
        """
        try:
            source = self._source(path, reading)
            with self._catalogue.reading() as connection:
                held = known(connection, source.sha256, reading.sheet or "", source.way)
            if held is not None:
                return self._already(source, held)
            for _ in range(ATTEMPTS):
                result = self._try(source, reading.sheet, dry_run=dry_run)
                if result is not None:
                    return result
        except StoreError:
            raise
        except DiemNongError as error:
            number = self._catalogue.generation().id
            return FileResult(path.name, "refused", number, template=error.template, facts=error.facts)
        raise StoreError("the boundaries keep changing while {file} is read; try again when that is done", file=path)

    def _source(self, path: Path, reading: Reading) -> Source:
        sha256 = _file_digest(path)
        mapping = reading.mapping
        recipe = read_recipe(mapping) if isinstance(mapping, Path) else mapping or EMPTY
        if reading.crs:
            recipe = replace(recipe, crs=reading.crs)
        return Source(path, sha256, reading, recipe, way_of(recipe, self._profile))

    def _try(self, source: Source, sheet: str | None, *, dry_run: bool) -> FileResult | None:
        """Read and join outside the transaction, so that nobody waits for a slow file; None: the ground has moved."""
        generation, boundaries, join = self._ground()
        ready = self._read(source, sheet, boundaries, join)
        with self._catalogue.reading() if dry_run else self._catalogue.writing() as connection:
            if newest(connection).ground != generation.ground:
                return None
            if not dry_run:
                complete(connection, self._workspace)
            verdict = judge(connection, ready.entry)
            if verdict.already is not None:
                return self._already(source, verdict.already)
            if not verdict.lacks:
                if dry_run:
                    template = N_("a trial only: nothing was stored")
                    return replace(ready.result(source.path, generation.id), template=template)
                return self._store(connection, source.path, ready, verdict.replaces)
        if sheet is None:
            raise _lacking(source.path, verdict.lacks)
        return self._try(source, None, dry_run=dry_run)

    def _read(self, source: Source, sheet: str | None, boundaries: Boundaries, join: Join) -> Ready:
        cleaned = read_file(
            source.path,
            profile=self._profile,
            boundaries=boundaries,
            today=source.reading.today,
            sheet=sheet,
            recipe=source.recipe,
        )
        sheets = {*cleaned.frame[SHEET], *(row.sheet for row in cleaned.quarantine)}
        entry = Entry(source.sha256, sheet or "", source.way, frozenset(sheets), rows_digest(cleaned.frame))
        return Ready(entry, cleaned, join_incidents(cleaned.frame, join, source.path.name))

    def _store(
        self, connection: sqlite3.Connection, path: Path, ready: Ready, replaced: tuple[Held, ...]
    ) -> FileResult:
        segment = write_joined(connection, self._workspace, ready.joined)
        generation = advance(connection, f"ingest {path.name}", ground=False)
        result = ready.result(path, generation.id)
        file = _write_file(connection, path.name, ready, segment, (result, generation))
        write_quarantine(connection, file, ready.cleaned.quarantine)
        write_quarantine(connection, file, ready.joined.outside)
        _write_categories(connection, ready.cleaned.new_categories)
        if not replaced:
            return result
        supersede(connection, replaced, generation.id)
        return replace(
            result,
            template=N_("this replaces what was read from the same content on {when}; no row counts twice"),
            facts={"when": self._when(max(held.at for held in replaced))},
        )

    def _already(self, source: Source, held: Held) -> FileResult:
        template = N_("the same content was loaded before, as {name} on {when}; nothing was loaded again")
        if held.entry.sha256 != source.sha256:
            template = N_("exactly these incidents were loaded before, with {name} on {when}; nothing was loaded again")
        number, facts = self._catalogue.generation().id, {"name": held.name, "when": self._when(held.at)}
        return FileResult(source.path.name, "already_loaded", number, template=template, facts=facts)

    def _when(self, at: datetime) -> str:
        return f"{at.astimezone(self._profile.zone):%d/%m/%Y %H:%M}"


def _lacking(path: Path, sheets: tuple[str, ...]) -> FileRefusedError:
    return FileRefusedError(
        "«{file}» was loaded before with the sheets {sheets}, which cannot be read this way; nothing was changed. "
        "Give a mapping that fits all its sheets, or save the sheet to a workbook of its own",
        file=path.name,
        sheets=", ".join(f"«{sheet}»" for sheet in sheets),
    )


def _write_file(
    connection: sqlite3.Connection, name: str, ready: Ready, segment: str, outcome: tuple[FileResult, Generation]
) -> int:
    result, generation = outcome
    entry = ready.entry
    values: dict[str, object] = {
        "sha256": entry.sha256,
        "name": name,
        "loaded_at": generation.at.isoformat() if generation.at else "",
        "generation": generation.id,
        "segment": segment,
        **{field: getattr(result, field) for field in TALLY},
        "asked": entry.asked,
        "way": entry.way,
        "sheets": json.dumps(sorted(entry.sheets)),
        "rows_digest": entry.rows,
    }
    places = ", ".join(f":{column}" for column in values)
    cursor = connection.execute(f"INSERT INTO files ({', '.join(values)}) VALUES ({places})", values)  # noqa: S608
    return int(cursor.lastrowid or 0)


def _file_digest(path: Path) -> str:
    found = hashlib.sha256()
    if not path.is_file():
        raise FileRefusedError("«{file}» is not there, or is not a file. Check the name and the folder", file=path.name)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except OSError as error:
        raise FileRefusedError(
            "«{file}» cannot be read: {detail}. Close it in other programs, or ask for the right to read it",
            file=path.name,
            detail=error.strerror or error,
        ) from error
    return found.hexdigest()


def _write_categories(connection: sqlite3.Connection, categories: Iterable[Category]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO categories (key, vi, en, category_group) VALUES (?, ?, ?, ?)",
        [(each.key, each.vi, each.en, each.group) for each in categories],
    )
