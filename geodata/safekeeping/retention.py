"""``retain``: months that are past become counts, in the workspace and in its backups. Decides no cut-off.

First the catalogue's one transaction; then what held the points before is deleted: segments that no generation names,
copies of older stores, and the room in the catalogue's own file. A run that was cut off in between has lost nothing and
left some of that; the next run deletes it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from geodata.errors import StoreError
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.backup import backup
from geodata.safekeeping.contents import begun
from geodata.safekeeping.mend import ASIDE
from geodata.safekeeping.restore import restore_new
from geodata.warehouse import durable, earlier, ground, segments
from geodata.warehouse.catalogue import Catalogue
from geodata.warehouse.counted import closed_before
from geodata.warehouse.forward import bring_forward
from geodata.warehouse.retaining import look
from geodata.warehouse.retaining import retain as retain_rows

SOURCE: Final = "source"


@dataclass(frozen=True, slots=True)
class Retained:
    """What became counts, or would: incidents of so many files, rows put aside. ``left`` could not be deleted yet."""

    before: date
    incidents: int
    files: int
    aside: int
    recipes: int
    generation: int | None  # None where nothing was changed
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A backup in the folder: how many of its incidents became counts, or why it was left as it is."""

    file: Path
    incidents: int
    refused: StoreError | None = None


def retain(
    workspace: Path, before: date, *, dry_run: bool = False, before_commit: Callable[[], None] | None = None
) -> Retained:
    """Keep of all incidents before that day counts only. Raises StoreError, nothing being changed then."""
    forward = partial(bring_forward, workspace=workspace)
    catalogue = Catalogue(workspace, before_commit=before_commit, forward=forward)
    try:
        catalogue.check_idle()
        _check_nothing_aside(workspace)
        with catalogue.reading() if dry_run else catalogue.writing() as connection:
            due = look(connection, workspace, before)
            done = not dry_run and bool(due)
            generation = None
            if done:
                boundaries = ground.load(connection, workspace).boundaries
                generation = retain_rows(connection, workspace, due, boundaries).id
        left = () if dry_run else _clear(catalogue, workspace)
    finally:
        catalogue.close()
    numbers = sum(due.incidents.values()), len(due.incidents), len(due.aside), len(due.recipes)
    return Retained(before, *numbers, generation, left)


def retain_backups(workspace: Path, folder: Path, before: date, *, dry_run: bool = False) -> tuple[Rewritten, ...]:
    """Write every backup of this workspace in the folder anew, each whole or left as it is; others are not touched."""
    catalogue = Catalogue(workspace)
    try:
        with catalogue.reading() as connection:
            own, _ = begun(connection)
    finally:
        catalogue.close()
    found: list[Rewritten] = []
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.is_symlink()):
        try:
            with Archive(path) as archive:
                if own and archive.manifest.begun == own:
                    found.append(_rewrite(archive, path, before, dry_run=dry_run))
        except StoreError as error:
            if path.suffix == ".zip":
                found.append(Rewritten(path, 0, error))
    return tuple(found)


def _rewrite(archive: Archive, path: Path, before: date, *, dry_run: bool) -> Rewritten:
    with tempfile.TemporaryDirectory(prefix=".diemnong-", dir=path.parent, ignore_cleanup_errors=True) as beside:
        folder, new = Path(beside) / "workspace", Path(beside) / "new.zip"
        held = restore_new(archive, folder).held
        done = retain(folder, before, dry_run=dry_run)
        if done.generation is None:
            return Rewritten(path, done.incidents)
        made = backup(folder, new)
        with Archive(new) as again:
            again.check()
        now = made.manifest.held
        if (now.files, now.read, now.kept, now.quarantined) != (held.files, held.read, held.kept, held.quarantined):
            raise StoreError("{file} would not hold the same counts when it is written anew: it was left", file=path)
        try:
            new.replace(path)
            durable.sync(path.parent)
        except OSError as error:
            raise StoreError("{file} cannot be written: {detail}", file=path, detail=error.strerror or error) from error
    return Rewritten(path, done.incidents)


def _clear(catalogue: Catalogue, workspace: Path) -> tuple[str, ...]:
    """Delete what held the points before; returns what cannot be deleted yet."""
    with catalogue.writing() as connection:  # nobody is about to name a file that is not named yet
        if closed_before(connection) is None:
            return ()
        left = _delete(connection, workspace)
    for path in sorted(workspace.glob(f"{earlier.FOLDER}*")):
        shutil.rmtree(path, ignore_errors=True)
        left += [path.name] if path.exists() else []
    if not catalogue.rewrite():
        left.append("catalogue.sqlite-wal")
    return tuple(left)


def _delete(connection: sqlite3.Connection, workspace: Path) -> list[str]:
    named = {segments.file_name(sha256) for (sha256,) in connection.execute("SELECT sha256 FROM segments")}
    folder, left = workspace / segments.FOLDER, []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in named:
            with suppress(OSError):
                path.unlink()
            left += [f"{segments.FOLDER}/{path.name}"] if path.exists() else []
    durable.sync(folder) if folder.is_dir() else None
    return left


def _check_nothing_aside(workspace: Path) -> None:
    if (workspace / ASIDE).is_dir():
        raise StoreError(
            "{folder} still holds files that gave way to a restore, with all their points; nothing was changed. Load "
            "again what is missing, delete that folder, then try again",
            folder=workspace / ASIDE,
        )
