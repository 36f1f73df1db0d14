"""A workspace's store: boundaries and files in, snapshots out. Knows the order of things, not how each is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from geodata import profile as profiles
from geodata.boundaries.editions import Boundaries, Region, Succession, Zone
from geodata.errors import StoreError
from geodata.join import Join
from geodata.vocabulary import Level, ZoneKind
from geodata.warehouse import durable, ground, segments
from geodata.warehouse.books import Books
from geodata.warehouse.catalogue import Catalogue, Generation, advance, newest
from geodata.warehouse.ground import Ground
from geodata.warehouse.loading import load_snapshot
from geodata.warehouse.reckoning import reckon_again
from geodata.warehouse.rejoining import join_again
from geodata.warehouse.snapshot import Snapshot
from geodata.warehouse.soundness import Soundness

if TYPE_CHECKING:
    from geodata.boundaries.checks import Finding
    from geodata.boundaries.load import LayerReport
    from geodata.ingest.preview import Preview
    from geodata.ingest.raw import RawTable
    from geodata.ingest.recipe import Recipe
    from geodata.warehouse.incoming import FileResult

# Reading files and drawing maps brings in GDAL and more, half a second that a server has no use for: the modules that
# do it are imported by the methods that need them.
# ruff: noqa: PLC0415

LOADS = 5
NAMED = {  # folder -> the names in it that the catalogue refers to
    segments.FOLDER: "SELECT sha256 FROM segments",
    ground.FOLDER: "SELECT sha256 FROM layers",
    ground.WEB_FOLDER: "SELECT web_file, label_file FROM layers UNION SELECT web_file, '' FROM zones "
    "UNION SELECT web_file, '' FROM border",
}


class Warehouse(Books):
    """Opens a workspace. Any number of threads may read; writers, of this process and others, take turns."""

    def __init__(self, folder: Path, *, before_commit: Callable[[], None] | None = None) -> None:
        """Raises ProfileError where ``folder`` is no workspace, StoreError where its store cannot be used."""
        self.folder = Path(folder)
        self.profile = profiles.load(self.folder)
        self._catalogue = Catalogue(self.folder, before_commit=before_commit, forward=self._bring_forward)
        self._soundness = Soundness(self.folder)
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._ground: tuple[int, Ground] | None = None
        self._join: tuple[int, Join] | None = None

    @classmethod
    def create(cls, folder: Path, preset: str = "blank") -> Warehouse:
        """Make a new workspace from a preset profile."""
        profiles.write(Path(folder), preset)
        return cls(folder)

    def snapshot(self) -> Snapshot:
        """The newest generation. Costs one row of SQLite unless there is a new one."""
        newest_id = self._catalogue.generation().id
        held = self._snapshot
        if held is not None and held.generation == newest_id:
            return held
        with self._lock:  # one thread loads, the others wait for it
            held = self._snapshot
            if held is None or held.generation < newest_id:
                self._snapshot = held = self._load()
            return held

    def boundaries(self) -> Boundaries:
        """The newest boundaries, without reading incidents."""
        with self._lock, self._catalogue.reading() as connection:
            return self._ground_of(connection, newest(connection)).boundaries

    def add_layer(
        self,
        path: Path,
        edition: str,
        level: Level,
        *,
        valid_from: date | None = None,
        valid_until: date | None = None,
        code: str | None = None,
        name: str | None = None,
        parent: str | None = None,
        population: str | None = None,
    ) -> tuple[int, LayerReport]:
        """Read and repair polygons, put them in place of the layer of the same key, and join all incidents again.

        Returns the new generation and what was found and mended. Raises BoundaryError, the store then unchanged.
        """
        from geodata.boundaries.load import read_layer
        from geodata.warehouse import groundwork

        groundwork.check_name(edition)
        layer, report = read_layer(
            path, edition=edition, level=level, code=code, name=name, parent=parent, population=population
        )
        named = groundwork.province_named_in(path)
        province = named or (edition, self.profile.name("vi"))
        with self._changing_ground(f"boundaries {edition} {level.value}") as (connection, generation):
            groundwork.put_edition(connection, edition, valid_from, valid_until)
            groundwork.put_layer(connection, self.folder, layer, province, name_given=named is not None)
            groundwork.put_bands(connection, self.folder, self.profile)
        return generation.id, report

    def add_zone(
        self, path: Path, zone: str, kind: ZoneKind, *, name: str | None = None, buffer_m: float = 0.0
    ) -> tuple[int, Zone]:
        """Load a zone in place of one of the same id, and join all incidents again."""
        from geodata.boundaries.zones import read_zone
        from geodata.warehouse import groundwork

        groundwork.check_zone_name(zone, kind)
        with self._changing_ground(f"zone {zone}") as (connection, generation):
            bit = groundwork.free_bit(connection, zone)
            metric_crs = self.profile.metric_crs
            made = read_zone(path, id=zone, kind=kind, name=name, buffer_m=buffer_m, metric_crs=metric_crs, bit=bit)
            groundwork.put_zone(connection, self.folder, made)
        return generation.id, made

    def add_border_line(self, path: Path) -> tuple[int, tuple[Zone, ...]]:
        """Load the border in place of the one before, and draw the distance bands from it."""
        from geodata.boundaries.zones import read_border_line
        from geodata.warehouse import groundwork

        line = read_border_line(path)
        with self._changing_ground("border line") as (connection, generation):
            groundwork.put_border(connection, self.folder, line)
            bands = groundwork.put_bands(connection, self.folder, self.profile)
        return generation.id, bands

    def add_succession(self, path: Path) -> tuple[int, Succession]:
        """Load the table old code -> new code in place of the one before."""
        from geodata.boundaries.succession import read_succession
        from geodata.warehouse import groundwork

        with self._changing_ground("succession") as (connection, generation):
            succession = read_succession(path, ground.load(connection, self.folder).boundaries)
            groundwork.put_succession(connection, succession)
        return generation.id, succession

    def add_regions(self, path: Path) -> tuple[int, tuple[Region, ...]]:
        """Load named sets of communes in place of those of the same id."""
        from geodata.boundaries.regions import read_regions
        from geodata.warehouse import groundwork

        with self._changing_ground("regions") as (connection, generation):
            regions = read_regions(path, ground.load(connection, self.folder).boundaries)
            groundwork.put_regions(connection, regions)
        return generation.id, regions

    def add_district_regions(self, edition: str) -> tuple[int, tuple[Region, ...]]:
        """Make the districts of an edition regions, in place of those of the same id."""
        from geodata.boundaries.regions import regions_from_districts
        from geodata.warehouse import groundwork

        with self._changing_ground("regions") as (connection, generation):
            regions = regions_from_districts(ground.load(connection, self.folder).boundaries, edition)
            groundwork.put_regions(connection, regions)
        return generation.id, regions

    def check_boundaries(self) -> tuple[Finding, ...]:
        """Gaps, overlaps, invalid geometry, orphans, editions that do not nest."""
        from geodata.boundaries.checks import check

        return check(self.boundaries())

    def ingest(
        self,
        path: Path,
        *,
        sheet: str | None = None,
        mapping: Path | Recipe | None = None,
        crs: str | None = None,
        dry_run: bool = False,
        today: date | None = None,
        tables: tuple[RawTable, ...] | None = None,
    ) -> FileResult:
        """Read, clean, join and commit one incident file; a refused one is a result, not an exception.

        ``tables`` are those of :meth:`open`, so that a file is not read twice.
        Raises StoreError where the store cannot be written, or a file of it is missing or damaged.
        """
        from geodata.warehouse.incoming import Intake, Reading

        if not dry_run:
            self._catalogue.check_writable()
            with self._catalogue.reading() as connection:
                self._soundness.check(connection)  # what nobody could open afterwards must not look loaded
        day = today or datetime.now(self.profile.zone).date()
        intake = Intake(self.folder, self._catalogue, self.profile, self._joinable)
        result = intake.take(Path(path), Reading(sheet, mapping, crs, day, tables), dry_run=dry_run)
        if not dry_run:
            self._sweep()
        return result

    def open(self, path: Path) -> tuple[RawTable, ...]:
        """The raw tables of an incident file. Raises FileRefusedError."""
        from geodata.ingest.file import read_tables
        from geodata.warehouse.recipes import Recollection

        with self._catalogue.reading() as connection:
            further = Recollection(connection).further
        return tuple(read_tables(Path(path), further=further))

    def preview(
        self, path: Path, tables: tuple[RawTable, ...], recipe: Recipe, *, today: date | None = None
    ) -> Preview:
        """How an open file would be read: its columns, its first rows, and what becomes of them before any join."""
        from geodata.ingest.preview import Workspace, trial
        from geodata.warehouse.recipes import Recollection

        with self._catalogue.reading() as connection:
            recollection = Recollection(connection, recipe)
        day = today or datetime.now(self.profile.zone).date()
        place = Workspace(self.profile, self.boundaries(), day)
        _, found = trial(tables, place, file=Path(path).name, recipe=recollection.own, remembered=recollection.recall)
        return replace(found, findings=(*recollection.findings, *found.findings))

    def close(self) -> None:
        """Let go of the store's files."""
        self._catalogue.close()

    def _bring_forward(self, connection: sqlite3.Connection) -> None:
        from geodata.warehouse.forward import bring_forward

        bring_forward(connection, self.folder)

    def _load(self) -> Snapshot:
        for _ in range(LOADS):
            before = self._catalogue.generation()
            try:
                with self._catalogue.reading() as connection:
                    generation = newest(connection)
                    now = self._ground_of(connection, generation)
                    found = load_snapshot(connection, self.folder, generation, ground=now, profile=self.profile)
                if not found.unreadable or self._catalogue.generation() == before:
                    return found
            except StoreError:
                # A writer may have replaced and swept what this generation names while it was read.
                if self._catalogue.generation() == before:
                    raise
        raise StoreError("the store keeps changing while it is read; try again in a minute")

    def _ground_of(self, connection: sqlite3.Connection, generation: Generation) -> Ground:
        """The boundaries of a generation; kept as long as no generation changes them. Called under the lock."""
        if self._ground is None or self._ground[0] != generation.ground:
            self._ground = (generation.ground, ground.load(connection, self.folder))
        return self._ground[1]

    def _joinable(self) -> tuple[Generation, Boundaries, Join]:
        with self._lock, self._catalogue.reading() as connection:
            generation = newest(connection)
            boundaries = self._ground_of(connection, generation).boundaries
            if self._join is None or self._join[0] != generation.ground:
                self._join = (generation.ground, Join(boundaries))
            return generation, boundaries, self._join[1]

    @contextmanager
    def _changing_ground(self, what: str) -> Iterator[tuple[sqlite3.Connection, Generation]]:
        """A writing transaction that changes boundaries, and ends by joining every incident to the new ones."""
        with self._catalogue.writing() as connection:
            generation = advance(connection, what, ground=True)
            yield connection, generation
            if connection.execute("SELECT 1 FROM files").fetchone():
                join_again(connection, self.folder, Join(ground.load(connection, self.folder).boundaries))
                reckon_again(connection, self.folder)
        self._sweep()

    def _sweep(self) -> None:
        """Clear away files that no generation names any more and that nobody can still be reading.

        What was done is committed by now, so a fault here is no reason to say that it was not.
        """
        with suppress(StoreError), self._catalogue.reading() as connection:
            if newest(connection).id == 0:  # nothing was ever loaded: what lies about is not ours to judge
                return
            for folder, query in NAMED.items():
                named = {name for row in connection.execute(query) for name in row}
                suffix = "" if folder == ground.WEB_FOLDER else ".parquet"
                durable.sweep(self.folder / folder, {f"{name}{suffix}" for name in named})
