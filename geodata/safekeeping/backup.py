"""A workspace into one file, while others read and load: whole or not at all. Restores nothing.

The catalogue is copied first, by SQLite's own backup, at one generation; what it names never changes, so that it can be
copied afterwards however long that takes. Every file is checked on its way: what is damaged must not become the backup
that takes the place of a good one. Members are not compressed (Parquet is already): a backup cannot be a bomb.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from geodata import profile as profiles
from geodata.errors import StoreError
from geodata.safekeeping import contents
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.manifest import ACCOUNTS, CATALOGUE, NAME, Manifest, Member
from geodata.warehouse import durable
from geodata.warehouse.catalogue import Catalogue
from geodata.warehouse.durable import LostError

Told = Callable[[int, int], None]
ATTEMPTS: Final = 5
CHUNK: Final = 1 << 20
DRAWN_DIGITS: Final = 12  # of a boundary file's SHA-256 stand in its name


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: the file, its size in bytes and SHA-256, and what is in it."""

    file: Path
    size: int
    sha256: str
    manifest: Manifest


def backup(workspace: Path, target: Path, *, told: Told = lambda _done, _of: None) -> Backup:
    """Write a backup. An earlier one of the same workspace gives way once the new one is whole; nothing else does.

    Raises StoreError where the store is damaged or the file cannot be written, ProfileError where there is no store.
    """
    profiles.load(workspace)
    catalogue = Catalogue(workspace)
    try:
        for _ in range(ATTEMPTS):
            before = catalogue.generation()
            try:
                return _write(workspace, catalogue, target, told)
            except LostError:
                if catalogue.generation() == before:  # else it was replaced and swept while we copied
                    raise
            except (OSError, sqlite3.Error) as error:
                raise StoreError(
                    "{file} was not made: {detail}; what stood there is as it was", file=target, detail=error
                ) from error
    finally:
        catalogue.close()
    raise StoreError("the store keeps changing while it is copied; try again in a minute")


def _write(workspace: Path, catalogue: Catalogue, target: Path, told: Told) -> Backup:
    folder = _folder(target)
    with tempfile.TemporaryDirectory(prefix=".diemnong-", dir=folder, ignore_cleanup_errors=True) as beside:
        copy = Path(beside) / CATALOGUE
        with catalogue.reading() as connection:
            _copy_database(connection, copy)
        with closing(sqlite3.connect(copy)) as connection:
            _check_copy(connection, workspace / CATALOGUE)
            begun, committed = contents.begun(connection)
            _check_target(target, begun)
            held = contents.held(connection)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            named = contents.stored(connection)
            drawn = contents.drawn(connection)
        paths = {CATALOGUE: copy, **_accounts(workspace, Path(beside))}
        for name in (*named, *drawn):
            _keep_young(workspace / name)
        paths |= {name: workspace / name for name in (*contents.carried(workspace), *named, *drawn)}
        with durable.whole_file(target) as file:
            now = datetime.now(UTC)
            members = _put_all(file, paths, named, now, told)
            manifest = Manifest(now.isoformat(), version, begun, committed, held, members)
            with zipfile.ZipFile(file, "a") as archive:
                archive.writestr(_entry(NAME, now), manifest.to_json())
            file.flush()
            file.seek(0)
            sha256 = durable.file_digest(file)
            size = file.seek(0, os.SEEK_END)
    return Backup(target, size, sha256, manifest)


def _put_all(
    file: BinaryIO, paths: dict[str, Path], named: dict[str, str], now: datetime, told: Told
) -> tuple[Member, ...]:
    total, done, members = sum(_size(path) for path in paths.values()), 0, []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, path in paths.items():
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(name, now), "w", force_zip64=True) as entry:
                for chunk in _chunks(path):
                    entry.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    told(done + size, total)
            done += size
            member = Member(name, size, digest.hexdigest())
            _check_member(member, named, path)
            members.append(member)
    return tuple(members)


def _check_member(member: Member, named: dict[str, str], path: Path) -> None:
    wanted = named.get(member.name)
    if wanted is None and member.name.startswith("boundaries/"):
        wanted = member.name.rsplit(".", 2)[1]
        if member.sha256.startswith(wanted) and len(wanted) == DRAWN_DIGITS:
            return
    if wanted is not None and member.sha256 != wanted:
        raise durable.damaged(path)


def _chunks(path: Path) -> Iterator[bytes]:
    """A file's content as long as it is now: the record of who did what may grow while it is read."""
    try:
        with path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk
    except FileNotFoundError:
        raise durable.lost(path) from None
    except OSError as error:
        raise StoreError("{file} cannot be read: {detail}", file=path, detail=error.strerror or error) from error


def _copy_database(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself


def _check_copy(connection: sqlite3.Connection, path: Path) -> None:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise StoreError(
            "{file} is damaged ({detail}): no backup was made of it. See what can be done: diemnong doctor",
            file=path,
            detail="; ".join(str(each) for each in found)[:200],
        )


def _accounts(workspace: Path, beside: Path) -> dict[str, Path]:
    """A copy of the accounts, as they are at one moment; nothing where there are none."""
    path = workspace / ACCOUNTS
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=60)) as connection:
            _copy_database(connection, beside / ACCOUNTS)
    except sqlite3.Error as error:
        raise StoreError("{file} cannot be copied: {detail}", file=path, detail=error) from error
    return {ACCOUNTS: beside / ACCOUNTS}


def _keep_young(path: Path) -> None:
    """A file that a writer replaces now stays for a day, instead of being swept under our hands."""
    with suppress(OSError):  # where it may not be touched nobody sweeps it either; a missing one is said when read
        path.touch(exist_ok=True) if path.exists() else None


def _check_target(target: Path, begun: str) -> None:
    """Raise StoreError where something stands there that is not an earlier backup of this workspace."""
    if not target.exists():
        return
    try:
        with Archive(target) as earlier:
            same = earlier.manifest.begun in ("", begun)
    except StoreError:
        same = False
    if not same:
        raise StoreError(
            "{file} is there already and is no earlier backup of this workspace: it was left as it is. Give another "
            "name",
            file=target,
        )


def _folder(target: Path) -> Path:
    folder = target.absolute().parent
    if not folder.is_dir():
        raise StoreError("{folder} is no folder: make it first, or name another one", folder=folder)
    if target.is_dir():
        raise StoreError("{file} is a folder; name a file in it", file=target)
    return folder


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
