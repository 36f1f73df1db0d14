"""One incident file into the store: read, join, commit, tally. Knows no format and no screen."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from geodata.boundaries.editions import Boundaries
from geodata.errors import N_, DiemNongError, FileRefusedError, StoreError, visible
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import clean_rows, read_tables
from geodata.ingest.fingerprint import file_digest
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import EMPTY, Recipe, read_recipe
from geodata.join import Join
from geodata.profile import Profile
from geodata.tables import Finding, QuarantinedRow
from geodata.warehouse.aside import write_quarantine, write_remarks
from geodata.warehouse.catalogue import Catalogue, Generation, advance, newest
from geodata.warehouse.closing import check_readable_again, without_closed
from geodata.warehouse.counted import closed_before
from geodata.warehouse.filing import next_id, take_out, write_categories, write_file
from geodata.warehouse.holdings import Holdings
from geodata.warehouse.joining import Joined, write_joined
from geodata.warehouse.keyed import with_all_keys
from geodata.warehouse.readings import Entry, Held, judge, known, way_of
from geodata.warehouse.recipes import Recollection, remember
from geodata.warehouse.reckoning import Newcomer, admit, reckon_again, write_origins

Status = Literal["loaded", "already_loaded", "refused"]
ATTEMPTS = 5  # boundaries changing five times while a file is read is no longer chance
FIRST = 5  # rows put aside that are told with the tally


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
    remarks: Mapping[str, int] = field(default_factory=dict)  # reason -> kept rows that need a look
    findings: tuple[Finding, ...] = ()  # what was decided about the file as a whole
    aside: tuple[QuarantinedRow, ...] = ()  # the first rows that were not taken
    template: str = ""  # English message template
    facts: Mapping[str, object] = field(default_factory=dict)

    def tally(self) -> dict[str, object]:
        """What a log says of it: no content of any row."""
        counts = {"read": self.read, "kept": self.kept, "quarantined": self.quarantined}
        return {"file": self.file, "status": self.status, **counts}

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
    tables: tuple[RawTable, ...] | None = None  # of a file that is open already


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is there, and how it is to be read."""

    path: Path
    sha256: str
    reading: Reading
    recipe: Recipe  # as the person decided it
    way: str

    @property
    def name(self) -> str:
        """The file's name as it is told and kept: on one line, whoever made it up."""
        return visible(self.path.name)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A file read and joined, waiting for its turn to be stored."""

    entry: Entry
    cleaned: Cleaned
    joined: Joined
    headers: tuple[tuple[str, ...], ...]  # of its tables

    @property
    def is_sound(self) -> bool:
        """Whether at least half of the rows were understood: a wrong recipe is not to be used again."""
        return 2 * (len(self.cleaned.frame) - len(self.joined.outside)) >= self.cleaned.read


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

        Which readings of a file stand beside each other and which take another's place: see ``readings``; which of
        its rows count beside those of other files: see ``reckoning``.
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
            return FileResult(visible(path.name), "refused", number, template=error.template, facts=error.facts)
        raise StoreError("the boundaries keep changing while {file} is read; try again when that is done", file=path)

    def _source(self, path: Path, reading: Reading) -> Source:
        sha256 = file_digest(path)
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
            verdict = judge(connection, ready.entry)
            if verdict.already is not None:
                return self._already(source, verdict.already)
            check_readable_again(connection, self._workspace, [held.id for held in verdict.replaces], source.name)
            if not verdict.lacks:
                if dry_run:
                    return self._tell(connection, source, ready, verdict.replaces)
                return self._store(connection, source, ready, verdict.replaces)
        if sheet is None:
            raise _lacking(source.path, verdict.lacks)
        return self._try(source, None, dry_run=dry_run)

    def _read(self, source: Source, sheet: str | None, boundaries: Boundaries, join: Join) -> Ready:
        with self._catalogue.reading() as connection:
            recollection = Recollection(connection, source.recipe)
            closed = closed_before(connection)
        tables = source.reading.tables or read_tables(
            source.path, sheet=sheet, recipe=source.recipe, further=recollection.further
        )
        cleaned = clean_rows(
            tables,
            file=source.name,
            profile=self._profile,
            boundaries=boundaries,
            today=source.reading.today,
            recipe=recollection.own,
            remembered=recollection.recall,
        )
        cleaned = replace(cleaned, findings=(*recollection.findings, *cleaned.findings))
        cleaned = without_closed(cleaned, closed, source.name)
        keyed = with_all_keys(cleaned, join, source.name)
        entry = Entry(source.sha256, sheet or "", source.way, keyed.sheets, keyed.rows)
        return Ready(entry, keyed.cleaned, keyed.joined, recollection.headers)

    def _tell(
        self, connection: sqlite3.Connection, source: Source, ready: Ready, replaced: tuple[Held, ...]
    ) -> FileResult:
        """What loading would come to."""
        holdings = Holdings(connection, self._workspace, without={held.id for held in replaced})
        new = Newcomer(next_id(connection), source.name, source.sha256, ready.joined.frame, ready.cleaned.origins)
        findings = admit(connection, holdings, new)
        result = self._result(connection, source, ready, (holdings, new.file, findings))
        return replace(result, template=N_("a trial only: nothing was stored"))

    def _store(
        self, connection: sqlite3.Connection, source: Source, ready: Ready, replaced: tuple[Held, ...]
    ) -> FileResult:
        """Enter the file; a reading that takes another's place speaks where that one spoke."""
        cleaned, name = ready.cleaned, source.name
        generation = advance(connection, f"ingest {name}", ground=False)
        take_out(connection, [held.id for held in replaced], generation.id, "replaced")
        segment = write_joined(connection, self._workspace, ready.joined)
        file = write_file(
            connection,
            ready.entry,
            place=min((held.id for held in replaced), default=None),
            name=name,
            generation=generation,
            segment=segment,
            read=cleaned.read,
            findings=cleaned.findings,
        )
        write_quarantine(connection, file, cleaned.quarantine)
        write_quarantine(connection, file, ready.joined.outside)
        write_remarks(connection, file, cleaned.remarks)
        write_origins(connection, file, cleaned.origins)
        write_categories(connection, cleaned.new_categories)
        if ready.is_sound:
            remember(connection, ready.headers, source.recipe, name)
        if not replaced:
            holdings = Holdings(connection, self._workspace)
            findings = admit(
                connection, holdings, Newcomer(file, name, source.sha256, ready.joined.frame, cleaned.origins)
            )
            holdings.write()
            return self._result(connection, source, ready, (holdings, file, findings))
        reckon_again(connection, self._workspace)
        result = self._result(connection, source, ready, (Holdings(connection, self._workspace), file, ()))
        return replace(
            result,
            template=N_("this replaces what was read from the same content on {when}; no row counts twice"),
            facts={"when": self._when(max(held.at for held in replaced))},
        )

    def _result(
        self,
        connection: sqlite3.Connection,
        source: Source,
        ready: Ready,
        outcome: tuple[Holdings, int, tuple[Finding, ...]],
    ) -> FileResult:
        """The tally of a file beside the others."""
        holdings, file, findings = outcome
        tally = holdings.tally(file)
        reasons = Counter(row.reason for row in ready.cleaned.quarantine) + holdings.reasons(file)
        return FileResult(
            source.name,
            "loaded",
            newest(connection).id,
            read=ready.cleaned.read,
            quarantined=ready.cleaned.read - tally.kept,
            **asdict(tally),
            reasons=dict(sorted(reasons.items())),
            remarks=dict(sorted(Counter(row.reason for row in ready.cleaned.remarks).items())),
            findings=(*ready.cleaned.findings, *findings),
            aside=(*ready.cleaned.quarantine[:FIRST], *ready.joined.outside)[:FIRST],
        )

    def _already(self, source: Source, held: Held) -> FileResult:
        template = N_("the same content was loaded before, as {name} on {when}; nothing was loaded again")
        if held.entry.sha256 != source.sha256:
            template = N_("exactly these incidents were loaded before, with {name} on {when}; nothing was loaded again")
        number, facts = self._catalogue.generation().id, {"name": held.name, "when": self._when(held.at)}
        return FileResult(source.name, "already_loaded", number, template=template, facts=facts)

    def _when(self, at: datetime) -> str:
        return f"{at.astimezone(self._profile.zone):%d/%m/%Y %H:%M}"


def _lacking(path: Path, sheets: tuple[str, ...]) -> FileRefusedError:
    return FileRefusedError(
        "«{file}» was loaded before with the sheets {sheets}, which cannot be read this way; nothing was changed. "
        "Give a mapping that fits all its sheets, or save the sheet to a workbook of its own",
        file=path.name, sheets=", ".join(f"«{sheet}»" for sheet in sheets),
    )  # fmt: skip
