"""Old incidents become counts, within one writing transaction. Decides not when; deletes no file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.ingest.recipe import from_json
from geodata.tables import DAY, ROW, SHEET
from geodata.warehouse import segments
from geodata.warehouse.aside import OUTSIDE
from geodata.warehouse.catalogue import Generation, advance
from geodata.warehouse.counted import CLOSED, TOLD, WHAT, coarsen, is_counted
from geodata.warehouse.holdings import Holdings
from geodata.warehouse.keys import CONTENT
from geodata.warehouse.snapshot import EPOCH

_DAY: Final = re.compile(r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))")
_BLANK: Final = "template = ?, facts = '{}'"
Mask = NDArray[np.bool_]
Place = tuple[str, int]  # sheet, row


@dataclass(frozen=True, slots=True)
class Due:
    """What is older than what is kept: incidents by number of their file, rows put aside by theirs, recipes."""

    before: date
    incidents: Mapping[int, int]
    aside: tuple[int, ...]
    recipes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.incidents or self.aside or self.recipes)


def first_kept(months: int, today: date) -> date:
    """The first day of the first month that is kept whole."""
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def look(connection: sqlite3.Connection, workspace: Path, before: date) -> Due:
    """What there is to do."""
    files = dict(connection.execute("SELECT id, segment FROM files ORDER BY id").fetchall())
    found: dict[int, int] = {}
    newest: dict[int, int] = {}
    limit = (before - EPOCH).days
    for file, segment in files.items():
        table = segments.read_table(workspace / segments.FOLDER, segment, (DAY, CONTENT))
        days = table[DAY].to_numpy()
        newest[file] = int(days.max()) if len(days) else -1
        if n := int(np.count_nonzero((days < limit) & (table[CONTENT].to_numpy() != 0))):
            found[file] = n
    past = {file for file, day in newest.items() if 0 <= day < limit} | _loaded_before(connection, before)
    recipes = connection.execute("SELECT headers, recipe FROM recipes WHERE at < ?", (before.isoformat(),)).fetchall()
    with_words = tuple(headers for headers, recipe in recipes if from_json(recipe).categories)
    return Due(before, found, tuple(_old_aside(connection, before, past)), with_words)


def retain(connection: sqlite3.Connection, workspace: Path, due: Due, boundaries: Boundaries) -> Generation:
    """Do it. A new generation of its own ground: what was joined beside it is joined again."""
    generation = advance(connection, f"{WHAT}{due.before:%Y-%m}", ground=True)
    strip_aside(connection, due.aside)
    for headers in due.recipes:
        (recipe,) = connection.execute("SELECT recipe FROM recipes WHERE headers = ?", (headers,)).fetchone()
        bare = replace(from_json(recipe), categories={}).to_json()
        connection.execute("UPDATE recipes SET recipe = ? WHERE headers = ?", (bare, headers))
    holdings = Holdings(connection, workspace)
    old = _old(connection, holdings, (due.before - EPOCH).days)
    for file, mask in old.items():
        if mask.any():
            _put(connection, workspace, file, mask, boundaries)
    connection.execute("DELETE FROM segments WHERE sha256 NOT IN (SELECT segment FROM files)")
    return generation


def strip_aside(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Keep of rows put aside only where they stood and why."""
    connection.executemany(
        f"UPDATE quarantine SET {_BLANK}, cells = '{{}}' WHERE id = ?",  # noqa: S608 - a constant
        [(TOLD, number) for number in numbers],
    )


def _put(connection: sqlite3.Connection, workspace: Path, file: int, mask: Mask, boundaries: Boundaries) -> None:
    (segment,) = connection.execute("SELECT segment FROM files WHERE id = ?", (file,)).fetchone()
    held = segments.read_incidents(workspace, segment)
    frame = coarsen(held, mask, boundaries)
    sha256 = segments.write_incidents(workspace, frame)
    connection.execute("INSERT OR IGNORE INTO segments VALUES (?, ?)", (sha256, len(frame)))
    connection.execute("UPDATE files SET segment = ? WHERE id = ?", (sha256, file))
    places: list[Place] = list(zip(held[SHEET][mask].tolist(), held[ROW][mask].tolist(), strict=True))
    if is_counted(frame).all():  # how the file was read is told with examples out of it
        connection.execute("UPDATE files SET findings = '[]' WHERE id = ?", (file,))
    here = [(file, *place) for place in places]
    connection.executemany("DELETE FROM mends WHERE file = ? AND sheet = ? AND row = ?", here)
    told = [(TOLD, *each) for each in here]
    at = "file = ? AND sheet = ? AND row = ?"
    connection.executemany(f"UPDATE quarantine SET {_BLANK}, cells = '{{}}' WHERE {at}", told)  # noqa: S608
    if connection.execute("SELECT 1 FROM quarantine WHERE settled_by = ?", (file,)).fetchone():
        by = "settled_by = ? AND settled_sheet = ? AND settled_row = ?"
        connection.executemany(f"UPDATE quarantine SET {_BLANK}, cells = '{{}}' WHERE {by}", told)  # noqa: S608
    remarked = set(connection.execute("SELECT sheet, row FROM remarks WHERE file = ?", (file,)).fetchall())
    some = [each for each in told if (each[2], each[3]) in remarked]
    connection.executemany(f"UPDATE remarks SET {_BLANK} WHERE {at}", some)  # noqa: S608


def _old(connection: sqlite3.Connection, holdings: Holdings, limit: int) -> dict[int, Mask]:
    """By file: the rows before the limit, and those for which such a row stands, however late: it loses its keys."""
    old: dict[int, Mask] = {}
    for file in list(holdings.names):
        frame = holdings.frame(file)
        old[file] = (frame[DAY].to_numpy() < limit) & ~is_counted(frame)
    counted = {file: is_counted(holdings.frame(file)) for file in old}
    stands: dict[tuple[int, int], list[tuple[int, int]]] = {}
    hidden = connection.execute("SELECT file, position, by_file, by_sheet, by_row FROM hidden").fetchall()
    for file, position, *by in hidden:
        place = holdings.position((by[0], by[1], by[2]))
        if place >= 0:
            stands.setdefault((by[0], place), []).append((file, position))
    waiting = [place for place in stands if old[place[0]][place[1]] or counted[place[0]][place[1]]]
    while waiting:
        for file, position in stands.get(waiting.pop(), ()):
            if not (old[file][position] or counted[file][position]):
                old[file][position] = True
                waiting.append((file, position))
    return old


def _loaded_before(connection: sqlite3.Connection, before: date) -> set[int]:
    return {file for (file,) in connection.execute("SELECT id FROM files WHERE loaded_at < ?", (before.isoformat(),))}


def _old_aside(connection: sqlite3.Connection, before: date, past: set[int]) -> Iterator[int]:
    """Rows put aside by their own day; where that cannot be read, by their file."""
    rows: Iterable[Any] = connection.execute(
        "SELECT id, file, cells, facts FROM quarantine WHERE template != ? AND reason NOT IN (?, ?)",
        (TOLD, OUTSIDE, CLOSED),
    )
    for number, file, cells, facts in rows:
        day = day_of(json.loads(cells).get("occurred", ""))
        if (day < before if day else file in past) and (cells, facts) != ("{}", "{}"):
            yield number


def day_of(text: str) -> date | None:
    """The day that a cell of a row put aside begins with, None where none can be read."""
    found = _DAY.match(text)
    if found is None:
        return None
    parts = found.groups()
    year, month, day = parts[:3] if parts[0] else parts[5:2:-1]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
