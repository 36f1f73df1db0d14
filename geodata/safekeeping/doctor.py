"""Looks a workspace through from end to end and says what to do for each finding. Reads only, mends nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from geodata import profile as profiles
from geodata.errors import N_, DiemNongError
from geodata.safekeeping import contents
from geodata.safekeeping.contents import held
from geodata.safekeeping.findings import Diagnosis, Found, Severity
from geodata.safekeeping.folder_checks import check_disk, check_orphans, check_rights, check_set_aside
from geodata.safekeeping.manifest import CATALOGUE
from geodata.safekeeping.retention_check import check_retention
from geodata.safekeeping.store_checks import (
    check_boundaries,
    check_drawings,
    check_follow_ups,
    check_layers,
    check_notebook,
    check_segments,
)
from geodata.warehouse import seals
from geodata.warehouse.catalogue import VERSION, uri

Told = Callable[[int, int], None]
RESTORE: Final = N_("put it back from a backup: diemnong -w {folder} restore FILE")
ORDER: Final = tuple(Severity)


def examine(workspace: Path, *, today: date, told: Told = lambda _done, _of: None) -> Diagnosis:
    """Look everything through. Raises ProfileError where ``workspace`` is no workspace at all."""
    found: list[Found] = []
    if not (workspace / CATALOGUE).exists() and not (workspace / profiles.PROFILE_NAME).exists():
        profiles.load(workspace)  # says that it is none
    try:
        profiles.load(workspace)
    except DiemNongError as error:
        remedy = N_("mend the file, or put it back from a backup: diemnong -w {folder} restore FILE")
        facts = {"problem": error, "folder": workspace}
        found.append(Found(Severity.ERROR, "profile", profiles.PROFILE_NAME, N_("{problem}"), remedy, facts))
    generation, checked = 0, dict.fromkeys(("segments", "layers", "drawings"), 0)
    harm = None
    for _ in range(2):  # once more where somebody began to write meanwhile
        begun = _is_live(workspace / CATALOGUE)
        try:
            with closing(_open(workspace / CATALOGUE, live=begun)) as connection:
                older = _older(connection, workspace)
                found += older
                harm = None if older else _catalogue_harm(connection)
                if harm is None and not older:
                    generation = held(connection).generation
                    checked = _counted(connection)
                    found += _within(connection, workspace, told, today)
        except (sqlite3.Error, OSError) as error:
            harm = str(error)
        if harm is None or _is_live(workspace / CATALOGUE) == begun:
            break
    if harm is not None:
        found.append(
            Found(
                Severity.ERROR,
                "catalogue",
                CATALOGUE,
                N_("{file} is missing or damaged: {detail}"),
                RESTORE,
                {"file": workspace / CATALOGUE, "detail": harm, "folder": workspace},
            )
        )
    found += [*check_rights(workspace), *check_disk(workspace), *check_set_aside(workspace)]
    found.sort(key=lambda each: ORDER.index(each.severity))
    return Diagnosis(generation, checked, tuple(found))


def _counted(connection: sqlite3.Connection) -> dict[str, int]:
    """How many files of each kind there are to look at."""
    names = list(contents.stored(connection))
    n = sum(name.startswith("segments/") for name in names)
    return {"segments": n, "layers": len(names) - n, "drawings": len(contents.drawn(connection))}


def _within(connection: sqlite3.Connection, workspace: Path, told: Told, today: date) -> Iterator[Found]:
    """What the store holds, by its catalogue."""
    yield from check_segments(connection, workspace, told)
    layers = list(check_layers(connection, workspace))
    yield from layers
    yield from check_drawings(connection, workspace)
    yield from check_orphans(connection, workspace)
    yield from check_retention(connection, workspace, today)
    yield from check_notebook(connection)
    if not layers:
        yield from check_boundaries(connection, workspace)
        yield from check_follow_ups(connection, workspace)


def _open(path: Path, *, live: bool) -> sqlite3.Connection:
    """To read only. Where no -wal file lies beside it nobody has it open, and then nothing is made beside it either."""
    if not path.is_file() or not path.stat().st_size:
        raise FileNotFoundError("no such file, or an empty one")
    return sqlite3.connect(f"{uri(path)}?mode=ro{'' if live else '&immutable=1'}", uri=True, timeout=60)


def _is_live(path: Path) -> bool:
    return path.with_name(f"{path.name}-wal").exists()


def _older(connection: sqlite3.Connection, workspace: Path) -> list[Found]:
    """That a store is of an older version; it is looked through when it has been brought forward."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not 0 < version < VERSION:
        return []
    text = N_("the store is of version {found}, made by an older program; this one uses version {now}")
    remedy = N_("any other command brings it forward and keeps a copy, for example: diemnong -w {folder} files")
    facts = {"found": version, "now": VERSION, "folder": workspace}
    return [Found(Severity.WARNING, "catalogue", CATALOGUE, text, remedy, facts)]


def _catalogue_harm(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the catalogue, None where it is whole."""
    connection.execute("BEGIN")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        return f"store version {version}, this program reads {VERSION}"
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        return "; ".join(found)[:300]
    if broken := seals.broken(connection):
        return f"not what was stored: {', '.join(broken)}"
    foreign = connection.execute("PRAGMA foreign_key_check").fetchmany(3)
    if foreign:
        return "; ".join(f"{table} {row} -> {parent}" for table, row, parent, _ in foreign)
    return None
