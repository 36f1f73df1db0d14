"""What a file looks like to the one who is to say how it is read: columns, first rows, what would become of them.

Stores nothing. Cells of columns that speak of people, by header or by content, are never in a preview.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest.cells import DEGREES, written
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import Remembered, clean_tables, nothing_remembered
from geodata.ingest.headings.assignment import Assigned, assign, glance
from geodata.ingest.headings.columns import made_up
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.points.extent import Extent
from geodata.ingest.points.systems import candidates
from geodata.ingest.quarantine import unknown_wordings
from geodata.ingest.raw import RawTable
from geodata.ingest.recipe import Recipe
from geodata.ingest.wording import cut
from geodata.profile import Profile
from geodata.tables import AREA_CODE, LON, Finding, QuarantinedRow, UnknownWording

How = Literal["dictionary", "mapping", "remembered", "content", "part", "personal", "not kept"]
SHOWN_ROWS: Final = 10
SHOWN_ASIDE: Final = 20
HIDDEN: Final = "•••"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name a mapping calls it by, its header as written, the field it is read as, and why."""

    header: str
    title: str
    field: str
    how: How


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One sheet: its columns, and its first rows as row number and texts."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remembered: bool = False  # whether a remembered recipe is followed


@dataclass(frozen=True, slots=True)
class Preview:
    """A file: its sheets and what cleaning made of it, before any join. Where it is refused, why: the tally is 0."""

    file: str
    sheets: tuple[SheetPreview, ...]
    refused: FileRefusedError | None = None
    skipped_sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    read: int = 0
    kept: int = 0
    with_point: int = 0
    area_only: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    aside: tuple[QuarantinedRow, ...] = ()  # the first quarantined rows
    remarks: tuple[QuarantinedRow, ...] = ()  # the first kept rows that need a look
    wordings: tuple[UnknownWording, ...] = ()  # all that no category is known for
    systems: Mapping[str, str] = field(default_factory=dict)  # code -> name of those likely on this ground

    @property
    def quarantined(self) -> int:
        """How many rows are put aside."""
        return self.read - self.kept


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a file is read for: its rules, its ground, and the day it is."""

    profile: Profile
    boundaries: Boundaries
    today: date


def trial(
    tables: Sequence[RawTable],
    workspace: Workspace,
    *,
    file: str,
    recipe: Recipe,
    remembered: Remembered = nothing_remembered,
) -> tuple[Cleaned | None, Preview]:
    """Clean the tables of a file that is open, and preview it. None for what a refused file would have given."""
    sheets = tuple(_look(table, workspace, file, recipe, remembered) for table in tables)
    try:
        cleaned = clean_tables(
            tables,
            file=file,
            profile=workspace.profile,
            boundaries=workspace.boundaries,
            today=workspace.today,
            recipe=recipe,
            remembered=remembered,
        )
    except FileRefusedError as error:
        return None, Preview(file, sheets, refused=error, systems=_systems(workspace.boundaries))
    return cleaned, replace(_preview(file, sheets, cleaned), systems=_systems(workspace.boundaries))


def _systems(boundaries: Boundaries) -> dict[str, str]:
    box = Extent(boundaries).box
    return {DEGREES: "WGS 84", **({} if box is None else {one.code: one.name for one in candidates(box)})}


def _preview(file: str, sheets: tuple[SheetPreview, ...], cleaned: Cleaned) -> Preview:
    pointed = cleaned.frame[LON].notna()
    return Preview(
        file,
        sheets,
        skipped_sheets=cleaned.skipped_sheets,
        findings=cleaned.findings,
        read=cleaned.read,
        kept=len(cleaned.frame),
        with_point=int(pointed.sum()),
        area_only=int((~pointed & (cleaned.frame[AREA_CODE] != "")).sum()),
        reasons=dict(Counter(row.reason for row in cleaned.quarantine).most_common()),
        aside=cleaned.quarantine[:SHOWN_ASIDE],
        remarks=cleaned.remarks[:SHOWN_ASIDE],
        wordings=unknown_wordings(cleaned.quarantine),
    )


def _look(table: RawTable, workspace: Workspace, file: str, recipe: Recipe, remembered: Remembered) -> SheetPreview:
    own = remembered(table.columns)
    mapping = (own or recipe).columns
    profile, boundaries, today = workspace.profile, workspace.boundaries, workspace.today
    try:
        assigned = assign(table, mapping, file=file, profile=profile, boundaries=boundaries, today=today)
    except FileRefusedError:
        assigned = glance(table, mapping, profile=profile, boundaries=boundaries, today=today)
    columns = _columns(assigned, len(table.columns), mapping, remembered=own is not None)
    return SheetPreview(table.sheet, columns, _rows(assigned.table, columns), own is not None)


def _columns(assigned: Assigned, width: int, mapping: Mapping[str, str], *, remembered: bool) -> tuple[Column, ...]:
    matching, headers = assigned.matching, assigned.table.columns
    field_of = {position: name for name, position in matching.fields.items()}
    parts = frozenset(matching.parts.values())
    people = {header.strip() for header in matching.personal}
    found: list[Column] = []
    for position, header in enumerate(headers[:width]):
        title, name = header.strip(), field_of.get(position, "")
        how: How = "not kept"
        if name:
            by_mapping: How = "remembered" if remembered else "mapping"
            how = by_mapping if name in mapping else "content" if name in assigned.by_content else "dictionary"
        elif title in people:
            how = "personal"
        elif position in parts:
            how = "part"
        again = any(title == one.title for one in found)
        found.append(Column(made_up(position) if again or not title else title, title, name, how))
    return tuple(found)


def _rows(table: RawTable, columns: tuple[Column, ...]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The first rows with any cell; no more of the table is looked at than it takes."""
    head = table.frame.iloc[: 20 * SHOWN_ROWS]
    texts = [[_shown(text, column) for text in written(head[position])] for position, column in enumerate(columns)]
    lines = [(int(row), cells) for row, cells in zip(table.rows, zip(*texts, strict=True), strict=False) if any(cells)]
    return tuple(lines[:SHOWN_ROWS])


def _shown(text: str, column: Column) -> str:
    if column.how == "personal":
        return HIDDEN if text else ""
    hidden = concealed(text, number=bool(column.field))
    return cut(hidden)
