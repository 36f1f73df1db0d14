"""Files that are whole or not there, named by their content. Knows bytes and the disk, nothing of what they say."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom, BufferedReader
from pathlib import Path

from geodata.errors import StoreError

Content = bytes | memoryview
FORGOTTEN_S = 86_400.0  # a file nobody refers to may still be wanted by a reader or an open page for a day


class LostError(StoreError):
    """A file of the store is missing, or its content is not what was stored."""

    def __init__(self, template: str, path: Path, *, missing: bool) -> None:
        super().__init__(template, file=path)
        self.path = path
        self.missing = missing


def digest(content: Content) -> str:
    """The SHA-256 of the content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(folder: Path, name: str, content: Content) -> None:
    """Write the file so that it survives a power cut before this returns: temp, fsync, rename, fsync of the folder.

    Raises StoreError where it cannot be written.
    """
    try:
        _put(folder, name, content)
    except OSError as error:
        raise StoreError(
            "{file} cannot be written: {detail}; nothing was changed. Make room on the disk, or ask for the right to "
            "write to the folder",
            file=folder / name,
            detail=error.strerror or error,
        ) from error


def _put(folder: Path, name: str, content: Content) -> None:
    path = folder / name
    if path.exists() and path.read_bytes() == content:
        path.touch()  # wanted again: young enough not to be swept before the catalogue names it
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync(folder)


@contextmanager
def whole_file(path: Path) -> Iterator[BufferedRandom]:
    """An open file, its owner's alone, that takes the name ``path`` when all of it is on disk.

    What stood there stays until then, and for good where anything goes wrong. Raises StoreError.
    """
    folder, temporary = path.absolute().parent, ""
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        temporary = ""
        sync(folder)
    except OSError as error:
        raise StoreError(
            "{file} cannot be written: {detail}; what stood there is as it was. Make room on the disk, or name a place "
            "you may write to",
            file=path,
            detail=error.strerror or error,
        ) from error
    finally:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)


def get(folder: Path, name: str, sha256: str) -> bytes:
    """The file's content, checked: Parquet readers decode flipped bits without a word. Raises StoreError."""
    path = folder / name
    with _reading(path):
        content = path.read_bytes()
    if digest(content) != sha256:
        raise damaged(path)
    return content


def stamp(folder: Path, name: str) -> tuple[int, int]:
    """Size and time of change: while they stay the same, so does the content. Raises StoreError."""
    path = folder / name
    with _reading(path):
        found = path.stat()
    return found.st_size, found.st_mtime_ns


def ends(folder: Path, name: str, length: int) -> tuple[bytes, bytes]:
    """The first and the last bytes. Raises StoreError."""
    path = folder / name
    with _reading(path), path.open("rb") as file:
        first = file.read(length)
        file.seek(max(path.stat().st_size - length, 0))
        return first, file.read(length)


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """The file open for reading. Raises LostError where it is missing or the disk cannot give it back."""
    with _reading(path), path.open("rb") as file:
        yield file


def file_digest(file: BufferedReader | BufferedRandom) -> str:
    """The SHA-256 of an open file's content, read piece by piece."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def damaged(path: Path) -> LostError:
    """The refusal of a file that is not what was stored."""
    return LostError(
        "{file} is damaged: its content is not what was stored; put it back from a backup: diemnong restore FILE",
        path,
        missing=False,
    )


def lost(path: Path) -> LostError:
    """The refusal of a file that is not there."""
    return LostError(
        "{file} is missing from the store; put it back from a backup: diemnong restore FILE", path, missing=True
    )


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise lost(path) from None
    except OSError as error:
        if error.errno == errno.EIO:  # the disk cannot give it back: as bad as another content
            raise damaged(path) from error
        raise StoreError(
            "{file} cannot be read: {detail}; ask for the right to read it, or restore a backup of the workspace",
            file=path,
            detail=error.strerror or error,
        ) from error


def sweep(folder: Path, wanted: Collection[str]) -> None:
    """Delete files that nothing refers to and that have lain about for a day: leftovers and older versions.

    What cannot be deleted now (a reader on Windows holds it, the disk fails) is left to the next time.
    """
    limit = time.time() - FORGOTTEN_S
    with suppress(OSError):
        for path in folder.iterdir() if folder.is_dir() else ():
            with suppress(OSError):
                if path.name not in wanted and path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Have the names in a folder on disk: a new file's content alone does not survive a power cut."""
    if os.name == "nt":  # Windows can neither open nor flush a folder; NTFS journals the rename
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
