"""The one entrance to ingest: a path in, clean incidents and quarantined rows out. Stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from geodata.boundaries.editions import Boundaries
from geodata.errors import N_, FileRefusedError
from geodata.ingest.cells import cells_of_incidents
from geodata.ingest.clean import Cleaned, clean
from geodata.ingest.distinct import are_different
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening import child
from geodata.ingest.points.mixed_systems import apart
from geodata.ingest.raw import RawTable, Request
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.ingest.wording import shown
from geodata.profile import Profile
from geodata.tables import QuarantinedRow
from geodata.vocabulary import Category

Remembered = Callable[[Sequence[str]], Recipe | None]


def nothing_remembered(_headers: Sequence[str]) -> Recipe | None:
    """The memory of somebody who reads every file for the first time."""
    return None


def read_file(
    path: Path,
    *,
    profile: Profile,
    boundaries: Boundaries,
    today: date,
    sheet: str | None = None,
    recipe: Recipe = EMPTY,
    remembered: Remembered = nothing_remembered,
    further: frozenset[str] = frozenset(),
) -> Cleaned:
    """Read and clean every table of a file. Raises FileRefusedError where it cannot be used.

    ``further`` are normalised headers that remembered recipes speak of.
    """
    return clean_tables(
        read_tables(path, sheet=sheet, recipe=recipe, further=further),
        file=path.name,
        profile=profile,
        boundaries=boundaries,
        today=today,
        recipe=recipe,
        remembered=remembered,
    )


def read_tables(
    path: Path, *, sheet: str | None = None, recipe: Recipe = EMPTY, further: frozenset[str] = frozenset()
) -> Iterator[RawTable]:
    """The raw tables of a file, by the reader its content and suffix ask for, in a process of its own."""
    return child.read_tables(path, Request(Headers(recipe.columns, further), sheet))


def clean_tables(
    tables: Iterable[RawTable],
    *,
    file: str,
    profile: Profile,
    boundaries: Boundaries,
    today: date,
    recipe: Recipe,
    remembered: Remembered = nothing_remembered,
) -> Cleaned:
    """Clean the tables of one file that was read, and put aside further rows of one case number; see ``clean_rows``."""
    whole = clean_rows(
        tables,
        file=file,
        profile=profile,
        boundaries=boundaries,
        today=today,
        recipe=recipe,
        remembered=remembered,
    )
    return whole if are_different(whole.frame["incident_id"]) else without_doubles(whole, file)


def clean_rows(
    tables: Iterable[RawTable],
    *,
    file: str,
    profile: Profile,
    boundaries: Boundaries,
    today: date,
    recipe: Recipe,
    remembered: Remembered = nothing_remembered,
) -> Cleaned:
    """Clean the tables of one file, each row by itself; ``remembered`` may give headers a recipe of their own.

    Raises FileRefusedError where there are no rows.
    """
    parts: list[Cleaned] = []
    for table in tables:
        own = remembered(table.columns) or recipe
        parts += [
            clean(part, file=file, profile=profile, boundaries=boundaries, recipe=own, today=today)
            for part in apart(table, Headers(own.columns))
        ]
    whole = _together(parts)
    if whole.read == 0:
        raise FileRefusedError(
            "«{file}» has a header but no rows below it. Is this the right file, the right sheet?", file=file
        )
    return whole


def _together(parts: list[Cleaned]) -> Cleaned:
    if len(parts) == 1:
        return parts[0]
    categories: dict[str, Category] = {}
    for part in parts:
        for category in part.new_categories:
            categories.setdefault(category.key, category)
    return Cleaned(
        pd.concat([part.frame for part in parts], ignore_index=True),
        tuple(row for part in parts for row in part.quarantine),
        sum(part.read for part in parts),
        tuple(categories.values()),
        tuple(dict.fromkeys(name for part in parts for name in part.dropped_columns)),
        tuple(dict.fromkeys(name for part in parts for name in part.personal_columns)),
        parts[0].skipped_sheets,
        parts[0].id_column,
        tuple(row for part in parts for row in part.remarks),
        tuple(finding for part in parts for finding in part.findings),
        {place: origin for part in parts for place, origin in part.origins.items()},
    )


def without_doubles(whole: Cleaned, file: str) -> Cleaned:
    """Quarantine every further row with a case number that a kept row of the sheet has already.

    Sheets may each count from 1, or be the lists of offices that do: what they hold in common is for the store to tell.
    """
    ids = whole.frame["incident_id"]
    double = (ids != "") & whole.frame.duplicated(["sheet", "incident_id"])
    if not double.any():
        return whole
    first = whole.frame[(ids != "") & ~double].set_index(["sheet", "incident_id"])["row"]
    found = whole.frame.loc[double, ["sheet", "row", "incident_id"]]
    cells = cells_of_incidents(whole.frame[double])
    rows = tuple(
        replace(_double(file, sheet, int(row), name, int(first[sheet, name]), whole.id_column), cells=own)
        for (sheet, row, name), own in zip(found.itertuples(index=False), cells, strict=True)
    )
    quarantine = sorted((*whole.quarantine, *rows), key=lambda one: (one.sheet, one.row))
    return replace(whole, frame=whole.frame[~double].reset_index(drop=True), quarantine=tuple(quarantine))


def _double(file: str, sheet: str, row: int, name: str, first: int, column: str) -> QuarantinedRow:
    facts: dict[str, object] = {"value": shown(name), "first_row": first}
    template = N_(
        'the case number "{value}" is that of row {first_row} already. Delete one of the two, or mend its number'
    )
    return QuarantinedRow(file, sheet, row, column, "duplicate_id", template, facts)
