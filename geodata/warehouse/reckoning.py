"""Which rows of which file count: each incident once, its newest version. Says what it found; reads no file.

Files speak in the order of their ids. What a further file means is found beside the state that is stored; after any
other change all is found anew, from the first file on, so that both ways lead to the same state.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.errors import N_
from geodata.tables import ROW, SHEET, Finding
from geodata.warehouse import mending
from geodata.warehouse.counted import TOLD, is_counted
from geodata.warehouse.holdings import Holdings
from geodata.warehouse.identity import Flags, Match, compare, meet

Origins = Mapping[tuple[str, int], str]  # sheet and row of a file -> key of the row it mends


@dataclass(frozen=True, slots=True, eq=False)
class Newcomer:
    """A file that is to stand beside the others."""

    file: int
    name: str
    sha256: str
    frame: pd.DataFrame  # its segment
    origins: Origins


def admit(connection: sqlite3.Connection, holdings: Holdings, new: Newcomer) -> tuple[Finding, ...]:
    """Find which of its rows, and of the rows before it, do not count. Nothing is written yet: see Holdings.write."""
    older = [file for file in holdings.names if file < new.file]
    holdings.add(new.file, new.name, new.frame)
    findings = [*_say_mended(mending.settle(connection, holdings, (new.file, new.sha256), new.origins))]
    findings += _between_sheets(holdings, new.file)
    near = [file for file in reversed(older) if meet(*holdings.keys(new.file), *holdings.keys(file))]
    contested = _contested(holdings, new.file, near)
    speak = np.ones(len(new.frame), dtype=bool)
    for file in near:  # the newest version of a case is the one that is corrected
        rows = holdings.rows(new.file)
        found = compare(replace(rows, free=rows.free & speak), holdings.rows(file), contested)
        _hide(holdings, found, new.file, file)
        findings += _say(found, holdings.names[file])
        speak[found.corrections[:, 0]] = False  # a row corrects one other
    return tuple(findings)


def reckon_again(connection: sqlite3.Connection, workspace: Path) -> None:
    """Find anew, for all files in their order, which rows count.

    What was found of rows that are kept as counts only stays: nothing is left of them by which to find it again.
    """
    holdings = Holdings(connection, workspace)
    for file in list(holdings.names):
        counted = is_counted(holdings.frame(file))
        stored = connection.execute("SELECT position FROM hidden WHERE file = ?", (file,)).fetchall()
        found = [(file, position) for (position,) in stored if not counted[position]]
        connection.executemany("DELETE FROM hidden WHERE file = ? AND position = ?", found)
    connection.execute(
        "UPDATE quarantine SET settled_by = NULL, settled_sheet = NULL, settled_row = NULL WHERE template != ?", (TOLD,)
    )
    for file, name, sha256 in connection.execute("SELECT id, name, sha256 FROM files ORDER BY id").fetchall():
        origins = origins_of(connection, file)
        admit(connection, holdings, Newcomer(file, name, sha256, holdings.frame(file), origins))
        holdings.write()


def origins_of(connection: sqlite3.Connection, file: int) -> Origins:
    """Which rows a stored file mends."""
    found = connection.execute("SELECT sheet, row, origin FROM mends WHERE file = ? ORDER BY sheet, row", (file,))
    return {(sheet, row): origin for sheet, row, origin in found}


def write_origins(connection: sqlite3.Connection, file: int, origins: Origins) -> None:
    """Remember which rows a file mends."""
    rows = ((file, sheet, row, origin) for (sheet, row), origin in origins.items())
    connection.executemany("INSERT INTO mends VALUES (?, ?, ?, ?)", rows)


def _contested(holdings: Holdings, new: int, near: Sequence[int]) -> Flags | None:
    """The rows whose numbers name cases that count in several older files: each file means another case by them."""
    if len(near) < 2:
        return None
    rows = holdings.rows(new)
    held = np.zeros(len(rows), dtype=np.int64)
    others = [holdings.rows(file) for file in near]
    for other in others:
        held += np.isin(rows.case, other.case[other.free & (other.case != 0)])
    if (held < 2).all():
        return None
    for other in others:
        if compare(rows, other).denied:
            held -= np.isin(rows.case, other.case[other.free & (other.case != 0)])
    contested: Flags = held > 1
    return contested


def _between_sheets(holdings: Holdings, file: int) -> Iterator[Finding]:
    """Compare the sheets of one file as if they were files: a year often stands beside its months."""
    column = holdings.frame(file)[SHEET]
    if (column == column.iat[0] if len(column) else column.isna()).all():
        return
    codes, sheets = pd.factorize(column)
    for later in range(1, len(sheets)):
        for earlier in reversed(range(later)):
            here, there = np.flatnonzero(codes == later), np.flatnonzero(codes == earlier)
            rows = holdings.rows(file)
            mine, theirs = rows.some(here), rows.some(there)
            if not meet(mine.case, mine.content, theirs.case, theirs.content):
                continue
            found = compare(mine, theirs)
            repeats, corrections = (
                np.column_stack([here[pairs[:, 0]], there[pairs[:, 1]]]) for pairs in (found.repeats, found.corrections)
            )
            found = replace(found, repeats=repeats, corrections=corrections)
            _hide(holdings, found, file, file)
            yield from _say(found, str(sheets[earlier]))


def _hide(holdings: Holdings, found: Match, new: int, old: int) -> None:
    of_new, of_old = holdings.frame(new), holdings.frame(old)
    if len(found.repeats):
        mine, theirs = found.repeats.T
        holdings.hide(new, mine, "repeated", (old, of_old[SHEET].iloc[theirs], of_old[ROW].iloc[theirs]))
    if len(found.corrections):
        mine, theirs = found.corrections.T
        holdings.hide(old, theirs, "corrected", (new, of_new[SHEET].iloc[mine], of_new[ROW].iloc[mine]))


def _say(found: Match, name: str) -> Iterator[Finding]:
    if repeated := len(found.repeats):
        yield Finding(N_("{n} rows stand in «{file}» already: each counts once"), {"n": repeated, "file": name})
    if corrected := len(found.corrections):
        yield Finding(
            N_("{n} rows are newer versions of cases in «{file}»: the newer ones count, the older stay on record"),
            {"n": corrected, "file": name},
        )
    if found.denied:
        yield Finding(
            N_(
                "{n} case numbers stand in «{file}» too, but only {agreeing} of them with the same day, category or "
                "place: the numbers were not taken for the same cases, rows were compared by what they say"
            ),
            {"n": found.met, "agreeing": found.agreeing, "file": name},
        )
    if found.alike:
        yield Finding(
            N_(
                "{n} rows say the same as rows of «{file}», but without hour or point they may be other incidents: "
                "all count. Case numbers would tell"
            ),
            {"n": found.alike, "file": name},
        )


def _say_mended(found: mending.Mended) -> Iterator[Finding]:
    if found.settled:
        yield Finding(N_("{n} rows that were put aside are mended by this file"), {"n": found.settled})
    for name, n in found.again.items():
        yield Finding(
            N_("{n} rows mend rows that stand in «{file}» by now: each counts once, in its newest version"),
            {"n": n, "file": name},
        )
    for name, n in found.before.items():
        yield Finding(N_("{n} rows were mended before, in «{file}»: they do not wait again"), {"n": n, "file": name})
    if found.unknown:
        yield Finding(
            N_("{n} rows name a row to mend that is not known here: they were read like any other row"),
            {"n": found.unknown},
        )
