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
from geodata.warehouse.counted import CLOSED, TOLD
from geodata.warehouse.holdings import Holdings, Kind, Place
from geodata.warehouse.identity import may_be_one
from geodata.warehouse.joining import OUTSIDE_COLUMN

DIGITS: Final = 12
UNWRITTEN: Final = -1  # a row of the quarantine that a trial does not write
STEPS: Final = 50  # from row to row that stands for it; nobody mends a row more often
WAITING: Final = (
    "SELECT files.id, files.name, files.sha256, files.segment, sheet, row, column_name, reason, template, facts, cells "
    "FROM quarantine JOIN files ON files.id = quarantine.file WHERE settled_by IS NULL "
    "AND reason NOT IN (SELECT value FROM json_each(?)) AND template != ? ORDER BY files.id, sheet, row"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows of a file mend a row that waited, one that was mended or taken before, or one nobody knows.

    ``before`` are rows of its own that other files mended before it came.
    """

    settled: int = 0
    again: Mapping[str, int] = field(default_factory=dict)  # name of the file that holds the row already -> rows
    unknown: int = 0
    before: Mapping[str, int] = field(default_factory=dict)  # name of the file that mends them -> rows


@dataclass(frozen=True, slots=True)
class _Standing:
    """The row that stands for a row in the end: one that waits in the quarantine, or one of a segment."""

    place: Place
    waiting: int | None  # its number in the quarantine
    position: int = -1  # in the segment


def key_of(sha256: str, sheet: str, row: int) -> str:
    """The key of a row."""
    return f"{sha256[:DIGITS]}:{sheet}:{row}"


def settle(
    connection: sqlite3.Connection, holdings: Holdings, file: tuple[int, str], origins: Mapping[tuple[str, int], str]
) -> Mended:
    """Let the rows of a file, of that number and SHA-256, stand for those they mend.

    Rows that wait are settled, rows that count are replaced. Files before it may name rows of this one, where it was
    taken out and is loaded again: so what counts does not hang on which of the two came first.
    """
    number, sha256 = file
    said: Counter[str | None] = Counter()
    stands: dict[str, Place] = {}  # key -> the first row that names it: people copy rows
    for (sheet, row), key in origins.items():
        place = number, sheet, row
        first = stands.setdefault(key, place)
        mended = _named(connection, key, number) if first == place else _copied(holdings, first, place)
        said[_settle(holdings, place, mended)] += 1
    again = {name: n for name, n in said.items() if name not in ("", None)}
    before = Counter(
        holdings.names[by[0]]
        for by, mended in _mended_before(connection, number, sha256)
        if _settle(holdings, by, mended) is not None
    )
    return Mended(said[""], {str(name): n for name, n in again.items()}, said[None], before)


def pass_on(connection: sqlite3.Connection, file: int) -> None:
    """Let what mends rows of a file that is taken out mend the rows that those had mended."""
    (sha256,) = connection.execute("SELECT sha256 FROM files WHERE id = ?", (file,)).fetchone()
    for sheet, row, origin in connection.execute("SELECT sheet, row, origin FROM mends WHERE file = ?", (file,)):
        connection.execute("UPDATE mends SET origin = ? WHERE origin = ?", (origin, key_of(sha256, sheet, row)))


def outstanding(connection: sqlite3.Connection, workspace: Path) -> Iterator[tuple[int, OutstandingRow]]:
    """The rows that wait to be mended, each with the number of its file; file by file, row by row."""
    found = connection.execute(WAITING, (json.dumps((*NOTHING_TO_MEND, CLOSED)), TOLD)).fetchall()
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


def _settle(holdings: Holdings, mending: Place, mended: Place | None) -> str | None:
    """Let one row stand for another: "" where that one waited, else the file that holds it, None where none does."""
    new = _last(holdings, mending) or _Standing(mending, UNWRITTEN)
    old = _last(holdings, mended)
    if old is None:
        return None
    if old.waiting is not None:
        holdings.settle(old.waiting, new.place)
        return ""
    if holdings.is_outside(old.place[0], old.position):
        _hide(holdings, old, "corrected", new)
        return ""
    if new.waiting is not None:  # still faulty, and mended elsewhere by now
        holdings.settle(new.waiting, old.place)
    elif old.place != new.place:
        _choose(holdings, old, new)
    return holdings.names[old.place[0]]


def _copied(holdings: Holdings, first: Place, place: Place) -> Place | None:
    """The first row of a key where a further one is a copy of it, None where only the key was copied."""
    one, other = holdings.position(first), holdings.position(place)
    either = min(one, other) < 0
    return first if either or may_be_one(holdings.rows(first[0]), one, other) else None


def _choose(holdings: Holdings, old: _Standing, new: _Standing) -> None:
    """Of two rows that were kept, let one count."""
    content = [holdings.keys(each.place[0])[1][each.position] for each in (old, new)]
    if holdings.is_outside(new.place[0], new.position):
        _hide(holdings, new, "repeated", old)
    elif content[0] != content[1]:
        _hide(holdings, old, "corrected", new)
    else:
        first, second = sorted((old, new), key=lambda each: each.place[0])
        _hide(holdings, second, "repeated", first)


def _hide(holdings: Holdings, row: _Standing, kind: Kind, by: _Standing) -> None:
    file, sheet, number = by.place
    holdings.hide(row.place[0], np.array([row.position]), kind, (file, pd.Series([sheet]), pd.Series([number])))


def _last(holdings: Holdings, place: Place | None) -> _Standing | None:
    """The row that stands for a row in the end, None where nobody knows it."""
    for _ in range(STEPS):
        if place is None:
            return None
        aside = holdings.aside(place)
        if aside is not None and aside[1] is None:
            return _Standing(place, aside[0])
        if aside is not None:
            place = aside[1]
            continue
        position = holdings.position(place)
        if position < 0:
            return None
        by = holdings.counts_instead(place[0], position)
        if by is None:
            return _Standing(place, None, position)
        place = by
    return None


def _mended_before(connection: sqlite3.Connection, file: int, sha256: str) -> list[tuple[Place, Place]]:
    """The rows of files before this one that name rows of its content, and the rows they name."""
    found = connection.execute(
        "SELECT file, sheet, row, origin FROM mends WHERE file < ? AND substr(origin, 1, ?) = ? ORDER BY 1, 2, 3",
        (file, DIGITS, sha256[:DIGITS]),
    )
    parts = (((by, sheet, row), _parts(key)) for by, sheet, row, key in found.fetchall())
    return [(by, (file, named[1], named[2])) for by, named in parts if named is not None]


def _named(connection: sqlite3.Connection, key: str, newest: int) -> Place | None:
    """The row of a key, in a file that is there already."""
    named = _parts(key)
    if named is None:
        return None
    start, sheet, row = named
    found = connection.execute(
        "SELECT id, sheets FROM files WHERE id <= ? AND substr(sha256, 1, ?) = ?", (newest, DIGITS, start)
    )
    return next(((file, sheet, row) for file, sheets in found if sheet in json.loads(sheets)), None)


def _parts(key: str) -> tuple[str, str, int] | None:
    """Beginning, sheet and row of a key. Sheets may have colons in their names, the other two parts have none."""
    start, _, rest = key.partition(":")
    sheet, _, row = rest.rpartition(":")
    if len(start) != DIGITS or not start.isalnum() or not row.isdecimal() or len(row) > DIGITS:
        return None
    return start.lower(), sheet, int(row)
