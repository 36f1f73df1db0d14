"""A file that is there whole or not at all: written beside its name, then renamed. Knows nothing of what is in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dashboard.cli.terminal import CommandError

LONGEST_NAME = 255  # bytes, on every file system we meet; Vietnamese letters take two or three


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """An open file that takes the name ``path`` at the end; on any error what stood there stays as it was.

    Raises CommandError, in words, where the folder is missing, the name too long or the disk full.
    """
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise CommandError(
            "{file} cannot be written: its name has {n} bytes, at most {most} are possible; shorten it",
            file=path.name[:40] + "…",
            n=len(os.fsencode(path.name)),
            most=LONGEST_NAME,
        )
    if path.is_dir():
        raise CommandError("{file} cannot be written: it is a folder; name a file in it", file=path)
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        beside.chmod(0o666 & ~_mask())
        beside.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> CommandError:
    return CommandError("{file} cannot be written: {detail}", file=path, detail=error.strerror or str(error))


def _mask() -> int:
    """The process's umask: a temporary file is its owner's alone, the finished one like any other."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
