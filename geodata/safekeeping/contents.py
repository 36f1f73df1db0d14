"""Which files make up a workspace, and what its catalogue says they hold. Copies and judges nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geodata.safekeeping.manifest import ACCOUNTS, CATALOGUE, KEPT_FOLDERS, SINGLE, Held, is_allowed
from geodata.warehouse import ground, segments

WEB_FILES: Final = (
    "SELECT web_file FROM layers UNION SELECT label_file FROM layers UNION SELECT web_file FROM zones "
    "UNION SELECT web_file FROM border"
)


def stored(connection: sqlite3.Connection) -> dict[str, str]:
    """Name below the workspace -> SHA-256 of every Parquet file the catalogue names."""
    named = ((segments.FOLDER, "SELECT sha256 FROM segments"), (ground.FOLDER, "SELECT sha256 FROM layers"))
    return {
        f"{folder}/{segments.file_name(sha256)}": sha256
        for folder, query in named
        for (sha256,) in connection.execute(f"{query} ORDER BY 1")
    }


def drawn(connection: sqlite3.Connection) -> list[str]:
    """Names below the workspace of the boundary files that browsers draw from."""
    return sorted(f"{ground.WEB_FOLDER}/{name}" for (name,) in connection.execute(WEB_FILES) if name)


def carried(workspace: Path) -> Iterator[str]:
    """Names of the files that stand beside the store: settings, sources, the record of who did what.

    Links are not followed, files that are still being written and the workspace's secret are left out: a new machine
    makes its own.
    """
    for name in SINGLE:
        if name not in (CATALOGUE, ACCOUNTS) and (workspace / name).is_file():
            yield name
    for folder in KEPT_FOLDERS:
        if (workspace / folder).is_symlink():
            continue
        # The newest entry of the record is named beside it: read first, it never names one that is not copied yet.
        for path in sorted((workspace / folder).rglob("*"), key=lambda path: (path.suffix == ".jsonl", path)):
            name = path.relative_to(workspace).as_posix()
            if path.is_file() and not path.is_symlink() and is_allowed(name):
                yield name


def held(connection: sqlite3.Connection) -> Held:
    """What the catalogue says the store holds."""
    (generation,) = connection.execute("SELECT coalesce(max(id), 0) FROM generations").fetchone()
    sums = "SELECT count(*), coalesce(sum(read), 0), coalesce(sum(kept), 0), coalesce(sum(quarantined), 0) FROM files"
    return Held(generation, *connection.execute(sums).fetchone())


def begun(connection: sqlite3.Connection) -> tuple[str, str]:
    """When the first and the newest generation were made, "" where there is none."""
    found = connection.execute("SELECT at FROM generations ORDER BY id").fetchall()
    return (found[0][0], found[-1][0]) if found else ("", "")
