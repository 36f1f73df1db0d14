"""A copy of an older store, kept when a newer program brings it forward: the way back. Changes nothing of the store."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from geodata.errors import StoreError
from geodata.warehouse import durable

FOLDER: Final = "before-version-"  # and the version that follows the one kept
SEGMENTS: Final = "segments"


def keep_copy(catalogue: Path, version: int, *, with_segments: bool) -> Path:
    """Keep the catalogue as it is in a folder of the workspace, and the segments where those are to be written anew.

    The writer's lock is held by the caller, so nobody changes what is copied. Raises StoreError where there is no room:
    nothing is brought forward then. A copy that a cut-off attempt left is written again.
    """
    folder = catalogue.parent / f"{FOLDER}{version + 1}"
    try:
        folder.mkdir(exist_ok=True)
        unfinished = folder / f"{catalogue.name}.part"
        unfinished.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{catalogue.absolute().as_uri()}?mode=ro", uri=True)) as now,
            closing(sqlite3.connect(unfinished)) as copy,
        ):
            now.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        if with_segments:
            _link(catalogue.parent / SEGMENTS, folder / SEGMENTS)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(folder / catalogue.name)
        durable.sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            "no copy of {file} could be kept before it is brought forward ({detail}): nothing was changed. Make room "
            "on the disk, or ask for the right to write to the folder",
            file=catalogue,
            detail=error,
        ) from error
    return folder / catalogue.name


def _link(source: Path, target: Path) -> None:
    """The same files under a second name, which takes no room; copies where the disk knows no such thing."""
    target.mkdir(exist_ok=True)
    for path in source.glob("*.parquet"):
        if (target / path.name).exists():
            continue
        try:
            (target / path.name).hardlink_to(path)
        except OSError:
            shutil.copyfile(path, target / path.name)
