"""Files to and from the catalogue: what was read, how, when, and what became of it. Knows no rows and no boundaries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from geodata.errors import StoreError
from geodata.tables import Finding
from geodata.vocabulary import Category
from geodata.warehouse.aside import reasons_of, remarks_of
from geodata.warehouse.catalogue import Generation
from geodata.warehouse.readings import Entry, Held
from geodata.warehouse.snapshot import DepartedFile, LoadedFile

COUNTS: Final = ("read", "kept", "quarantined", "with_point", "area_only", "unplaced")


def write_file(
    connection: sqlite3.Connection,
    entry: Entry,
    *,
    place: int | None,
    name: str,
    generation: Generation,
    segment: str,
    read: int,
    findings: Iterable[Finding],
) -> int:
    """Enter a file, all of its rows as put aside: its tally comes with the reckoning.

    ``place`` is the number of the reading whose place it takes.
    """
    values: dict[str, object] = {
        "id": place,
        "sha256": entry.sha256,
        "name": name,
        "loaded_at": generation.at.isoformat() if generation.at else "",
        "generation": generation.id,
        "segment": segment,
        **dict.fromkeys(COUNTS, 0),
        "read": read,
        "quarantined": read,
        "asked": entry.asked,
        "way": entry.way,
        "sheets": json.dumps(sorted(entry.sheets), ensure_ascii=False),
        "rows_digest": entry.rows,
        "findings": findings_text(findings),
    }
    places = ", ".join(f":{column}" for column in values)
    cursor = connection.execute(f"INSERT INTO files ({', '.join(values)}) VALUES ({places})", values)  # noqa: S608
    return int(cursor.lastrowid or 0)


def next_id(connection: sqlite3.Connection) -> int:
    """A number that is higher than that of any file held."""
    return int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM files").fetchone()[0])


def take_out(connection: sqlite3.Connection, files: Iterable[Held | int], generation: int, why: str) -> None:
    """Take files out of the store: their rows, remarks and what they mended; that they were there is kept."""
    for file in (each if isinstance(each, int) else each.id for each in files):
        _pass_on_hidden(connection, file)
        connection.execute("DELETE FROM hidden WHERE file = ? OR by_file = ?", (file, file))
        connection.execute(
            "UPDATE quarantine SET settled_by = NULL, settled_sheet = NULL, settled_row = NULL WHERE settled_by = ?",
            (file,),
        )
        for table in ("quarantine", "remarks", "mends"):
            connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608 - names from above
        connection.execute(
            "INSERT INTO superseded (sha256, name, loaded_at, generation, until, why) "
            "SELECT sha256, name, loaded_at, generation, ?, ? FROM files WHERE id = ?",
            (generation, why, file),
        )
        connection.execute("DELETE FROM files WHERE id = ?", (file,))
    connection.execute("DELETE FROM segments WHERE sha256 NOT IN (SELECT segment FROM files)")


def _pass_on_hidden(connection: sqlite3.Connection, file: int) -> None:
    """Let what stands for a row of the file stand for those too for which that row stood.

    Of rows that are kept as counts only it could not be found again; of all others it is found anew.
    """
    found = connection.execute("SELECT sheet, row, by_file, by_sheet, by_row FROM hidden WHERE file = ?", (file,))
    stands = {(sheet, row): tuple(by) for sheet, row, *by in found}
    if not stands:
        return
    for other, position, sheet, row in connection.execute(
        "SELECT file, position, by_sheet, by_row FROM hidden WHERE by_file = ? AND file != ?", (file, file)
    ).fetchall():
        by = stands.get((sheet, row))
        while by is not None and by[0] == file:  # from sheet to sheet of the file itself
            by = stands.pop((by[1], by[2]), None)
        if by is not None and by[0] != other:
            connection.execute(
                "UPDATE hidden SET by_file = ?, by_sheet = ?, by_row = ? WHERE file = ? AND position = ?",
                (*by, other, position),
            )


def name_of(connection: sqlite3.Connection, file: int) -> str:
    """The name of a file. Raises StoreError where there is none of that number."""
    found = connection.execute("SELECT name FROM files WHERE id = ?", (file,)).fetchone()
    if found is None:
        raise StoreError("no loaded file has the number {id}: see the list of: diemnong files", id=file)
    return str(found[0])


def loaded_files(connection: sqlite3.Connection) -> tuple[LoadedFile, ...]:
    """The files of the store, in the order in which they speak."""
    reasons, remarks = reasons_of(connection), remarks_of(connection)
    rows = connection.execute(
        f"SELECT id, findings, name, sha256, generation, loaded_at, {', '.join(COUNTS)} FROM files ORDER BY id"  # noqa: S608
    )
    return tuple(
        LoadedFile(
            name,
            sha256,
            generation,
            datetime.fromisoformat(at),
            **dict(zip(COUNTS, counts, strict=True)),
            reasons=reasons.get(file, {}),
            id=file,
            findings=findings_of(found),
            remarks=remarks.get(file, {}),
        )
        for file, found, name, sha256, generation, at, *counts in rows
    )


def departed_files(connection: sqlite3.Connection) -> tuple[DepartedFile, ...]:
    """The files that were taken out or replaced, the last one first."""
    rows = connection.execute(
        "SELECT name, loaded_at, generations.at, why FROM superseded JOIN generations ON generations.id = until "
        "ORDER BY superseded.id DESC"
    )
    return tuple(
        DepartedFile(name, datetime.fromisoformat(loaded), datetime.fromisoformat(left), why == "undone")
        for name, loaded, left, why in rows
    )


def write_categories(connection: sqlite3.Connection, categories: Iterable[Category]) -> None:
    """Remember categories made of a file's own wording."""
    connection.executemany(
        "INSERT OR IGNORE INTO categories (key, vi, en, category_group) VALUES (?, ?, ?, ?)",
        [(each.key, each.vi, each.en, each.group) for each in categories],
    )


def findings_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON."""
    rows = [{"template": each.template, "facts": dict(each.facts)} for each in findings]
    return json.dumps(rows, ensure_ascii=False, default=str)


def findings_of(text: str) -> tuple[Finding, ...]:
    """Findings from JSON."""
    return tuple(Finding(**row) for row in json.loads(text))
