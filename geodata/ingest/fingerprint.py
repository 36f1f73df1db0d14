"""The SHA-256 by which a file is known again, taken by a thread beforehand where it is sure to be asked for."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from geodata.errors import FileRefusedError

CHUNK: Final = 1 << 22
Version = tuple[Path, int, int]  # with its size and time of change: a file that was changed since is another one
_begun: Final[dict[Version, Future[str]]] = {}


def begin(path: Path) -> None:
    """Take the digest of a file that will be asked for soon. What is wrong with it is told to the one who asks."""
    with suppress(OSError, ValueError):  # ValueError: a name with a NUL in it
        version = _version(path)
        pool = ThreadPoolExecutor(1)
        _begun[version] = pool.submit(_digest, path)
        pool.shutdown(wait=False)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal. Raises FileRefusedError where it is not there or cannot be read."""
    begun = None
    with suppress(OSError, ValueError):
        begun = _begun.pop(_version(path), None)
    return _digest(path) if begun is None else begun.result()


def _version(path: Path) -> Version:
    found = path.stat()
    return path, found.st_size, found.st_mtime_ns


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    if not os.path.isfile(path):  # noqa: PTH113 - a name too long for the system is no file either
        raise FileRefusedError("«{file}» is not there, or is not a file. Check the name and the folder", file=path.name)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except OSError as error:
        raise FileRefusedError(
            "«{file}» cannot be read: {detail}. Close it in other programs, or ask for the right to read it",
            file=path.name, detail=error.strerror or error,
        ) from error  # fmt: skip
    return found.hexdigest()
