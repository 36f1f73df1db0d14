"""Which row put aside a mended row stands for. Knows keys of rows and the catalogue, no cells and no files.

The key of a row is the beginning of its file's SHA-256, its sheet and its row: ``1f0c52d9a1b3:T3:17``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geodata.ingest.cells import cells_of_incidents
from geodata.tables import ROW, SHEET, OutstandingRow, QuarantinedRow
from geodata.warehouse import segments
from geodata.warehouse.aside import NOTHING_TO_MEND, OUTSIDE
from geodata.warehouse.holdings import Holdings, Place
from geodata.warehouse.joining import OUTSIDE_COLUMN

DIGITS: Final = 12
STEPS: Final = 50  # from row to row that stands for it; nobody mends a row more often
WAITING: Final = (
    "SELECT files.id, files.name, files.sha256, files.segment, sheet, row, column_name, reason, template, facts, cells "
    "FROM quarantine JOIN files ON files.id = quarantine.file WHERE settled_by IS NULL "
    "AND reason NOT IN (SELECT value FROM json_each(?)) ORDER BY files.id, sheet, row"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows of a file mend a row that waited, one that was mended or taken before, or one nobody knows."""

    settled: int = 0
    again: Mapping[str, int] = field(default_factory=dict)  # name of the file that holds the row already -> rows
    unknown: int = 0


def key_of(sha256: str, sheet: str, row: int) -> str:
    """The key of a row."""
    return f"{sha256[:DIGITS]}:{sheet}:{row}"


def settle(
    connection: sqlite3.Connection, holdings: Holdings, file: int, origins: Mapping[tuple[str, int], str]
) -> Mended:
    """Let the rows of a file stand for those they mend: rows that wait are settled, rows that count are replaced."""
    said = Counter(_settle(connection, holdings, (file, *place), key) for place, key in origins.items())
    again = {name: n for name, n in said.items() if name not in ("", None)}
    return Mended(said[""], {str(name): n for name, n in again.items()}, said[None])


def outstanding(connection: sqlite3.Connection, workspace: Path) -> Iterator[tuple[int, OutstandingRow]]:
    """The rows that wait to be mended, each with the number of its file; file by file, row by row."""
    found = connection.execute(WAITING, (json.dumps(NOTHING_TO_MEND),)).fetchall()
    outside: dict[str, dict[tuple[str, int], dict[str, str]]] = {}
    for file, name, sha256, segment, sheet, row, column, reason, template, facts, written in found:
        cells: Mapping[str, str] = json.loads(written)
        if reason == OUTSIDE:
            if segment not in outside:
                outside[segment] = _cells_outside(workspace, segment)
            cells = outside[segment].get((sheet, row), {})
        told = QuarantinedRow(name, sheet, row, column, reason, template, json.loads(facts), cells)
        yield file, OutstandingRow(key_of(sha256, sheet, row), told)


def _cells_outside(workspace: Path, segment: str) -> dict[tuple[str, int], dict[str, str]]:
    frame = segments.read_incidents(workspace, segment)
    frame = frame[frame[OUTSIDE_COLUMN]]
    return dict(zip(zip(frame[SHEET], frame[ROW], strict=True), cells_of_incidents(frame), strict=True))


def _settle(connection: sqlite3.Connection, holdings: Holdings, new: Place, key: str) -> str | None:
    """The file that held the row already, "" where it waited, None where nobody knows it."""
    found = _last(connection, holdings, _named(connection, key))
    if found is None:
        return None
    place, waiting, position = found
    if waiting is not None:
        holdings.settle(waiting, new)
        return ""
    by = new[0], pd.Series([new[1]]), pd.Series([new[2]])
    old = holdings.frame(place[0])
    if old[OUTSIDE_COLUMN].iat[position]:
        holdings.hide(place[0], np.array([position]), "corrected", by)
        return ""
    here = holdings.position(new)
    if here >= 0 and place[0] != new[0]:
        if holdings.keys(new[0])[1][here] == holdings.keys(place[0])[1][position]:
            by = place[0], pd.Series([place[1]]), pd.Series([place[2]])
            holdings.hide(new[0], np.array([here]), "repeated", by)
        else:
            holdings.hide(place[0], np.array([position]), "corrected", by)
    return holdings.names[place[0]]


def _last(
    connection: sqlite3.Connection, holdings: Holdings, place: Place | None
) -> tuple[Place, int | None, int] | None:
    """The row that stands for a row in the end: the number of one that waits, else its position in the segment."""
    for _ in range(STEPS):
        if place is None:
            return None
        aside = connection.execute(
            "SELECT id, settled_by, settled_sheet, settled_row FROM quarantine "
            "WHERE file = ? AND sheet = ? AND row = ? AND reason != ?",
            (*place, OUTSIDE),
        ).fetchone()
        if aside is not None and aside[1] is None:
            return place, aside[0], -1
        if aside is None:
            position = holdings.position(place)
            if position < 0:
                return None
            aside = connection.execute(
                "SELECT position, by_file, by_sheet, by_row FROM hidden WHERE file = ? AND position = ?",
                (place[0], position),
            ).fetchone()
            if aside is None:
                return place, None, position
        place = aside[1], aside[2], aside[3]
    return None


def _named(connection: sqlite3.Connection, key: str) -> Place | None:
    """The row of a key. Sheets may have colons in their names, the other two parts have none."""
    start, _, rest = key.partition(":")
    sheet, _, row = rest.rpartition(":")
    if len(start) != DIGITS or not start.isalnum() or not row.isdecimal() or len(row) > DIGITS:
        return None
    found = connection.execute("SELECT id, sheets FROM files WHERE substr(sha256, 1, ?) = ?", (DIGITS, start))
    return next(((file, sheet, int(row)) for file, sheets in found if sheet in json.loads(sheets)), None)
