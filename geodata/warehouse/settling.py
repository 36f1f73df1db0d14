"""One answer for all rows that wait for it: what a wording means is noted, and those rows are cleaned again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pandas as pd

from geodata.ingest.cells import table_of
from geodata.ingest.clean import Cleaned
from geodata.ingest.raw import RawTable
from geodata.ingest.wording import words
from geodata.join import Join
from geodata.tables import INCIDENT_COLUMNS, ROW, SHEET, OutstandingRow, QuarantinedRow
from geodata.warehouse import segments
from geodata.warehouse.aside import UNKNOWN, waiting_of, write_quarantine, write_remarks
from geodata.warehouse.counted import carry_over
from geodata.warehouse.filing import write_categories
from geodata.warehouse.joining import join_incidents, put_segment
from geodata.warehouse.keys import rows_digest, with_keys
from geodata.warehouse.mending import outstanding
from geodata.warehouse.reckoning import origins_of, reckon_again


class Clean(Protocol):
    """Cleans a table of the file of that name."""

    def __call__(self, table: RawTable, /, *, file: str) -> Cleaned: ...  # noqa: D102


def settle(connection: sqlite3.Connection, workspace: Path, wording: str, *, clean: Clean, join: Join) -> int:
    """Clean all rows again that wait for this wording; returns how many of them count now."""
    alike: dict[int, list[OutstandingRow]] = {}
    for file, one in outstanding(connection, workspace):
        if _waits_for(one.row, words(wording)):
            alike.setdefault(file, []).append(one)
    taken = sum(_take_in(connection, workspace, (file, rows), clean, join) for file, rows in alike.items())
    if taken:
        reckon_again(connection, workspace)
    return taken


def _waits_for(row: QuarantinedRow, wording: str) -> bool:
    """Whether the wording is a fault of the row, be it not its first."""
    further = row.facts.get("further")
    others = [each.get("reason") for each in further if isinstance(each, dict)] if isinstance(further, list) else []
    return UNKNOWN in (row.reason, *others) and words(row.cells.get("category", "")) == wording


def _take_in(
    connection: sqlite3.Connection, workspace: Path, of: tuple[int, Sequence[OutstandingRow]], clean: Clean, join: Join
) -> int:
    """Move the rows of one file that are understood now from its quarantine into its segment."""
    file, waiting = of
    name, segment = connection.execute("SELECT name, segment FROM files WHERE id = ?", (file,)).fetchone()
    cleaned = clean(table_of(waiting), file=name)
    places = [(one.row.sheet, one.row.row) for one in waiting]
    connection.executemany(
        "DELETE FROM quarantine WHERE file = ? AND sheet = ? AND row = ?", [(file, *place) for place in places]
    )
    write_quarantine(connection, file, (_at(row, places) for row in cleaned.quarantine))
    write_remarks(connection, file, (_at(row, places) for row in cleaned.remarks))
    write_categories(connection, cleaned.new_categories)
    rows = [places[row - 1] for row in cleaned.frame[ROW].tolist()]
    new = cleaned.frame.assign(**{SHEET: [sheet for sheet, _ in rows], ROW: [row for _, row in rows]})
    held = segments.read_incidents(workspace, segment)
    both = pd.concat([held[list(INCIDENT_COLUMNS)], new.astype(INCIDENT_COLUMNS)], ignore_index=True)
    frame = with_keys(both.astype(INCIDENT_COLUMNS))
    joined = join_incidents(frame, join, name)
    joined = replace(joined, frame=carry_over(joined.frame, held, join.boundaries))
    put_segment(connection, workspace, file, joined)
    digest = rows_digest(frame, waiting_of(connection, file), origins_of(connection, file).values())
    connection.execute("UPDATE files SET rows_digest = ? WHERE id = ?", (digest, file))
    return len(rows)


def _at(row: QuarantinedRow, places: Sequence[tuple[str, int]]) -> QuarantinedRow:
    """A row of the table of waiting rows at its place in the file it came from."""
    sheet, number = places[row.row - 1]
    return replace(row, sheet=sheet, row=number)
