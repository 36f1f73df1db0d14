"""Which reading of which file the store holds, and what a further one means for it. Reads no file, joins nothing.

A reading is a file's bytes, its sheets, and the way they were read: mapping, coordinate system, and what of the profile
cleaning uses. The rule, by which no row comes in twice and none is lost:

1. Every sheet of the new reading is held already, read the same way: already loaded.
2. Some of its sheets are held, read another way: the new reading takes the place of those readings, whole. Where one of
   them has sheets that the new one lacks, the whole file is read in the new way; if even that lacks one, it is refused.
3. None of its sheets is held: it comes beside what is held, unless its rows are exactly those of another file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from geodata.ingest.recipe import Recipe
from geodata.profile import Profile

COLUMNS = "id, name, loaded_at, sha256, asked, way, sheets, rows_digest"


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading: ``asked`` is the sheet named by the person ("" for all), ``sheets`` are those with rows."""

    sha256: str
    asked: str
    way: str  # digest of how it was read
    sheets: frozenset[str]
    rows: str  # digest of its rows, "" where none was understood


@dataclass(frozen=True, slots=True)
class Held:
    """A reading in the store."""

    id: int
    name: str
    at: datetime
    entry: Entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a new reading means: nothing new, or a place to take, or sheets it lacks; all empty: it is simply new."""

    already: Held | None = None
    replaces: tuple[Held, ...] = ()
    lacks: tuple[str, ...] = ()


def way_of(recipe: Recipe, profile: Profile) -> str:
    """A digest of all that decides, beside the bytes and the sheet, what cleaning makes of a file."""
    categories = [(each.key, each.vi, each.en, each.synonyms, each.articles) for each in profile.category_list()]
    parts = {
        "recipe": replace(recipe, crs=recipe.crs.upper()).to_json(),
        "categories": categories,
        "unknown": profile.unknown_categories,
        "zone": profile.time_zone,
        "earliest": profile.earliest.isoformat(),
        "date_order": profile.date_order,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def known(connection: sqlite3.Connection, sha256: str, asked: str, way: str) -> Held | None:
    """The reading that makes opening the file needless: the same bytes read the same way, that sheet among them."""
    for held in _held(connection):
        entry = held.entry
        if (entry.sha256, entry.way) == (sha256, way) and (entry.asked == asked or asked in entry.sheets - {""}):
            return held
    return None


def judge(connection: sqlite3.Connection, new: Entry) -> Verdict:
    """What the store has to do with a file that was read. See the rule at the top."""
    files = _held(connection)
    same = [held for held in files if held.entry.sha256 == new.sha256]
    alike = [held for held in same if held.entry.way == new.way]
    if alike and new.sheets <= _sheets(alike):
        return Verdict(already=alike[-1])
    touched = [held for held in same if held.entry.sheets & new.sheets]
    if lacks := _sheets(touched) - new.sheets:
        return Verdict(lacks=tuple(sorted(lacks)))
    twins = [held for held in files if new.rows and held.entry.rows == new.rows]
    if twins and (not touched or touched == twins):
        return Verdict(already=twins[0])
    # A twin among other files gives way too: its rows come in with the new reading.
    return Verdict(replaces=(*touched, *(held for held in twins if held not in touched)) if touched else ())


def _held(connection: sqlite3.Connection) -> list[Held]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM files ORDER BY id")  # noqa: S608 - column names from above
    return [
        Held(file, name, datetime.fromisoformat(at), Entry(sha256, asked, way, frozenset(json.loads(sheets)), rows))
        for file, name, at, sha256, asked, way, sheets, rows in rows
    ]


def _sheets(held: Iterable[Held]) -> frozenset[str]:
    return frozenset(sheet for each in held for sheet in each.entry.sheets)
