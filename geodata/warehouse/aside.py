"""The rows put aside, and the remarks on kept ones, to and from the catalogue. Decides about no row.

A row that another file's row stands for is not written down twice: it is told from ``hidden``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from geodata.errors import N_
from geodata.tables import QuarantinedRow

OUTSIDE: Final = "outside_boundaries"
UNKNOWN: Final = "unknown_category"
REPEATED: Final = "repeated_row"
CORRECTED: Final = "corrected_later"
MENDED: Final = "mended_later"
REASONS: Final = {"repeated": REPEATED, "corrected": CORRECTED}  # kind of a hidden row -> reason
NOTHING_TO_MEND: Final = ("total_row", REPEATED, CORRECTED, MENDED)
TEMPLATES: Final = {  # reason, whether the row that counts is on a sheet with a name
    (REPEATED, False): N_("this row is row {by_row} of «{by_file}» already: it counts once"),
    (REPEATED, True): N_('this row is row {by_row} on sheet "{by_sheet}" of «{by_file}» already: it counts once'),
    (CORRECTED, False): N_(
        "row {by_row} of «{by_file}» has a newer version of this case: that one counts, this one stays on record"
    ),
    (CORRECTED, True): N_(
        'row {by_row} on sheet "{by_sheet}" of «{by_file}» has a newer version of this case: that one counts, this '
        "one stays on record"
    ),
    (MENDED, False): N_("this row was mended: it stands as row {by_row} of «{by_file}» now"),
    (MENDED, True): N_('this row was mended: it stands as row {by_row} on sheet "{by_sheet}" of «{by_file}» now'),
}
# A point outside of all boundaries that another row stands for is told by that alone.
TOLD: Final = f"(reason != '{OUTSIDE}' OR settled_by IS NULL)"


def write_quarantine(connection: sqlite3.Connection, file: int, rows: Iterable[QuarantinedRow]) -> None:
    """Add rows to a file's quarantine."""
    connection.executemany(
        "INSERT INTO quarantine (file, sheet, row, column_name, reason, template, facts, cells) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((file, *_plain(row), _json(row.cells)) for row in rows),
    )


def write_remarks(connection: sqlite3.Connection, file: int, rows: Iterable[QuarantinedRow]) -> None:
    """Add remarks on kept rows of a file."""
    connection.executemany(
        "INSERT INTO remarks (file, sheet, row, column_name, reason, template, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((file, *_plain(row)) for row in rows),
    )


def read_quarantine(connection: sqlite3.Connection) -> Iterator[QuarantinedRow]:
    """All rows that were not taken, or do not count because another file's row does; file by file, row by row."""
    names = dict(connection.execute("SELECT id, name FROM files ORDER BY id").fetchall())
    for file in names:
        rows = [*_aside(connection, file, names), *_hidden(connection, file, names)]
        yield from sorted(rows, key=lambda row: (row.sheet, row.row))


def waiting_of(connection: sqlite3.Connection, file: int) -> Iterator[QuarantinedRow]:
    """The rows that cleaning put aside, mended by now or not."""
    rows = connection.execute(
        "SELECT sheet, row, column_name, reason, template, facts, cells FROM quarantine WHERE file = ? AND reason != ?",
        (file, OUTSIDE),
    )
    for sheet, row, column, reason, template, facts, cells in rows:
        yield QuarantinedRow("", sheet, row, column, reason, template, json.loads(facts), json.loads(cells))


def read_remarks(connection: sqlite3.Connection) -> Iterator[QuarantinedRow]:
    """The remarks on rows that were kept."""
    rows = connection.execute(
        "SELECT files.name, sheet, row, column_name, reason, template, facts FROM remarks "
        "JOIN files ON files.id = remarks.file ORDER BY files.id, sheet, row, remarks.id"
    )
    for file, sheet, row, column, reason, template, facts in rows:
        yield QuarantinedRow(file, sheet, row, column, reason, template, json.loads(facts))


def reasons_of(connection: sqlite3.Connection) -> dict[int, dict[str, int]]:
    """By file: for which reasons how many rows do not count. The numbers add up to the file's ``quarantined``."""
    found: dict[int, dict[str, int]] = {}
    counted = (
        f"SELECT file, CASE WHEN settled_by IS NULL THEN reason ELSE '{MENDED}' END, count(*) FROM quarantine "  # noqa: S608
        f"WHERE {TOLD} GROUP BY 1, 2 UNION ALL "
        f"SELECT file, CASE kind WHEN 'repeated' THEN '{REPEATED}' ELSE '{CORRECTED}' END, count(*) "
        "FROM hidden GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"
    )
    for file, reason, n in connection.execute(counted):
        found.setdefault(file, {})[reason] = n
    return found


def remarks_of(connection: sqlite3.Connection) -> dict[int, dict[str, int]]:
    """By file: for which reasons how many kept rows need a look."""
    found: dict[int, dict[str, int]] = {}
    counted = "SELECT file, reason, count(*) FROM remarks GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"
    for file, reason, n in connection.execute(counted):
        found.setdefault(file, {})[reason] = n
    return found


def rows_of_unknown_category(connection: sqlite3.Connection) -> Iterator[QuarantinedRow]:
    """The rows that wait for the meaning of their wording, be that not their first fault."""
    rows = connection.execute(
        "SELECT sheet, row, column_name, reason, template, facts, cells FROM quarantine "
        "WHERE settled_by IS NULL AND (reason = ? OR facts LIKE ?) ORDER BY file, sheet, row",
        (UNKNOWN, f'%"{UNKNOWN}"%'),
    )
    for sheet, row, column, reason, template, facts, cells in rows:
        yield QuarantinedRow("", sheet, row, column, reason, template, json.loads(facts), json.loads(cells))


def _aside(connection: sqlite3.Connection, file: int, names: dict[int, str]) -> Iterator[QuarantinedRow]:
    rows = connection.execute(
        "SELECT sheet, row, column_name, reason, template, facts, cells, settled_by, settled_sheet, settled_row "  # noqa: S608
        f"FROM quarantine WHERE file = ? AND {TOLD} ORDER BY sheet, row, id",
        (file,),
    )
    for sheet, row, column, reason, template, facts, cells, by_file, by_sheet, by_row in rows:
        if by_file is not None:
            yield _stood_for(names, (file, sheet, row), MENDED, (by_file, by_sheet, by_row))
        else:
            told = json.loads(facts)
            yield QuarantinedRow(names[file], sheet, row, column, reason, template, told, json.loads(cells))


def _hidden(connection: sqlite3.Connection, file: int, names: dict[int, str]) -> Iterator[QuarantinedRow]:
    rows = connection.execute("SELECT sheet, row, kind, by_file, by_sheet, by_row FROM hidden WHERE file = ?", (file,))
    for sheet, row, kind, *by in rows:
        yield _stood_for(names, (file, sheet, row), REASONS[kind], (by[0], by[1], by[2]))


def _stood_for(
    names: dict[int, str], place: tuple[int, str, int], reason: str, by: tuple[int, str, int]
) -> QuarantinedRow:
    """A row in whose place a row of another file counts."""
    facts: dict[str, object] = {"by_file": names[by[0]], "by_row": by[2]}
    if by[1]:
        facts["by_sheet"] = by[1]
    return QuarantinedRow(names[place[0]], place[1], place[2], "", reason, TEMPLATES[reason, bool(by[1])], facts)


def _plain(row: QuarantinedRow) -> tuple[object, ...]:
    return row.sheet, row.row, row.column, row.reason, row.template, _json(row.facts)


def _json(value: object) -> str:
    return json.dumps(value if not hasattr(value, "items") else dict(value.items()), default=str, ensure_ascii=False)
