"""A backup into a new folder, proven whole before it takes its name. Overwrites nothing: mending is another matter."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal

from geodata.errors import StoreError
from geodata.safekeeping import contents
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.manifest import ACCOUNTS, CATALOGUE, Held
from geodata.warehouse import durable
from geodata.warehouse.catalogue import Catalogue
from geodata.warehouse.forward import bring_forward

Told = Callable[[int, int], None]
PRIVATE: Final = (ACCOUNTS, "audit/")  # for the owner's eyes only
ROOM: Final = 32 << 20  # bytes that stay free on the disk beside what is written

Way = Literal["new", "mended", "sound"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to. ``mended`` were missing or damaged and are back; ``lacking`` are not in this backup."""

    folder: Path
    way: Way
    held: Held
    mended: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    set_aside: Path | None = None  # where what gave way was moved


def restore_new(archive: Archive, folder: Path, *, told: Told = lambda _done, _of: None) -> Restored:
    """Make a workspace of a backup. Raises StoreError, the folder then being as it was."""
    check_empty(folder)
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        check_room(archive, folder.absolute().parent)
        unfinished = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=".restoring-"))
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        done, total = 0, sum(member.size for member in archive.manifest.members)
        for member in archive.manifest.members:
            put(archive, member.name, unfinished)
            done += member.size
            told(done, total)
        held = check_whole(archive, unfinished)
        for each in (*sorted(path for path in unfinished.rglob("*") if path.is_dir()), unfinished):
            durable.sync(each)
        unfinished.chmod(0o755)
        with suppress(FileNotFoundError):
            folder.rmdir()  # an empty one; one that was filled meanwhile stays, and so the next line fails
        unfinished.rename(folder)
        durable.sync(folder.absolute().parent)
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Restored(folder, "new", held)


def put(archive: Archive, name: str, folder: Path) -> None:
    """Write a file of the backup below ``folder``, on disk and checked, in place of one of its name or not at all."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with durable.whole_file(target) as file:
        for chunk in archive.chunks(name):
            file.write(chunk)
    if not name.startswith(PRIVATE):
        target.chmod(0o644)
    elif target.parent != folder:
        target.parent.chmod(0o700)


def check_whole(archive: Archive, folder: Path) -> Held:
    """That the catalogue in ``folder`` opens, and names what is there and what the manifest says. Raises StoreError."""
    catalogue = Catalogue(folder, forward=partial(bring_forward, workspace=folder))
    try:
        with catalogue.reading() as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            held = contents.held(connection)
            named = [*contents.stored(connection), *contents.drawn(connection)]
    finally:
        catalogue.close()
    if found != "ok" or held != archive.manifest.held or not all((folder / name).is_file() for name in named):
        raise StoreError("{file} does not hold together: nothing of it was used", file=archive.path)
    return held


def check_room(archive: Archive, folder: Path) -> None:
    """Raise StoreError where the disk has no room for all of it."""
    needed = sum(member.size for member in archive.manifest.members) + ROOM
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreError(
            "the disk of {folder} has room for {free} MB, the backup needs {needed} MB; nothing was written",
            folder=folder,
            free=free >> 20,
            needed=(needed >> 20) + 1,
        )


def check_empty(folder: Path) -> None:
    """Raise StoreError where there is anything in the folder, or a file in its place."""
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        return
    if os.path.lexists(folder):
        raise StoreError(
            "{folder} is there already and not empty: nothing of it was touched. Name a folder that is not there; to "
            "mend a workspace: diemnong -w {folder} restore FILE",
            folder=folder,
        )


def is_workspace(folder: Path) -> bool:
    """Whether a workspace stands there, be it a damaged one."""
    return (folder / "profile.toml").is_file() or (folder / CATALOGUE).is_file() or (folder / "segments").is_dir()


def _refused(folder: Path, error: OSError) -> StoreError:
    return StoreError("{folder} cannot be written: {detail}", folder=folder, detail=error.strerror or error)
