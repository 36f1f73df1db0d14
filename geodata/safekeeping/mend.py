"""A backup for a workspace that is damaged: what is missing is put back. Newer data stays, nothing is overwritten.

Where the catalogue is whole it alone says what belongs there, and a file comes back only with the very content it
names. Where the catalogue itself is lost, the backup's takes its place; the lost one, and every file of the store that
the backup does not know, are moved aside where nothing clears them away.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from geodata.errors import StoreError
from geodata.safekeeping import contents
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.manifest import CATALOGUE
from geodata.safekeeping.restore import Restored, Told, check_room, check_whole, put
from geodata.warehouse import durable
from geodata.warehouse.catalogue import Catalogue, advance
from geodata.warehouse.durable import LostError

ASIDE: Final = "set-aside"  # folder of the workspace that nothing clears away
_STORE: Final = ("segments", "layers", "boundaries")


def mend(archive: Archive, workspace: Path, *, told: Told = lambda _done, _of: None) -> Restored:
    """Put back what is missing or damaged. Raises StoreError where the backup is of another workspace."""
    begun = _begun(workspace)
    if begun is None:
        return _mend_catalogue(archive, workspace, told)
    if archive.manifest.begun not in ("", begun):
        raise StoreError(
            "{file} is a backup of another workspace than {folder}: nothing was changed. To open it beside this one: "
            "diemnong restore FILE --into DIR",
            file=archive.path,
            folder=workspace,
        )
    if not (workspace / "profile.toml").exists():
        put(archive, "profile.toml", workspace)
    mended, lacking = _mend_files(archive, workspace, told)
    catalogue = Catalogue(workspace)
    try:
        if any(name.startswith(_STORE) for name in mended):
            with catalogue.writing() as connection:  # a new generation: who serves this workspace reads it anew
                advance(connection, "restore", ground=any(name.startswith("layers/") for name in mended))
        with catalogue.reading() as connection:
            held = contents.held(connection)
    finally:
        catalogue.close()
    return Restored(workspace, "mended" if mended else "sound", held, mended, lacking)


def _mend_files(archive: Archive, workspace: Path, told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bring back what the catalogue names, and what stood beside it and is gone."""
    catalogue = Catalogue(workspace)
    try:
        with catalogue.reading() as connection:
            named: dict[str, str] = contents.stored(connection)
            named |= {name: name.rsplit(".", 2)[1] for name in contents.drawn(connection)}
    finally:
        catalogue.close()
    mended, lacking = [], []
    for done, (name, sha256) in enumerate(named.items()):
        told(done, len(named))
        if _is_whole(workspace, name, sha256):
            continue
        if name in archive and archive.member(name).sha256.startswith(sha256):
            put(archive, name, workspace)
            mended.append(name)
        else:
            lacking.append(name)
    for member in archive.manifest.members:
        if not member.name.startswith(_STORE) and member.name != CATALOGUE and not (workspace / member.name).exists():
            put(archive, member.name, workspace)
            mended.append(member.name)
    return tuple(mended), tuple(lacking)


def _mend_catalogue(archive: Archive, workspace: Path, told: Told) -> Restored:
    """The catalogue is lost: take the backup's, and keep all it does not know."""
    check_room(archive, workspace)
    archive.check()  # before anything moves
    aside = workspace / ASIDE / f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    known = {member.name for member in archive.manifest.members}
    strangers = [
        path.relative_to(workspace).as_posix()
        for folder in _STORE
        if (workspace / folder).is_dir()
        for path in (workspace / folder).iterdir()
        if path.is_file() and path.suffix != ".tmp"
    ]
    beside = [f"{CATALOGUE}{end}" for end in ("", "-wal", "-shm", "-journal")]
    moved = [name for name in (*strangers, *beside) if name not in known or name == CATALOGUE]
    for name in moved:
        if (workspace / name).exists():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (workspace / name).rename(aside / name)
    for member in archive.manifest.members:
        if member.name.startswith(_STORE) and not _is_whole(workspace, member.name, member.sha256):
            put(archive, member.name, workspace)
    put(archive, CATALOGUE, workspace)
    held = check_whole(archive, workspace)
    mended, lacking = _mend_files(archive, workspace, told)
    return Restored(workspace, "mended", held, (CATALOGUE, *mended), lacking, aside if aside.exists() else None)


def _begun(workspace: Path) -> str | None:
    """When the workspace's first generation was made; None where its catalogue is lost."""
    path = workspace / CATALOGUE
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=60)) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return None
            return contents.begun(connection)[0]
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreError("another program has been writing to {file} for a minute; try again", file=path) from error
        return None
    except sqlite3.Error:
        return None


def _is_whole(workspace: Path, name: str, sha256: str) -> bool:
    try:
        with durable.opened(workspace / name) as file:
            return durable.file_digest(file).startswith(sha256)
    except LostError:
        return False
