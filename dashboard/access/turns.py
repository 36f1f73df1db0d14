"""One writer at a time, among the threads and processes of one machine. Knows a file, nothing of what is written."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE_S = 20.0  # an append takes milliseconds; who waits longer waits for a process that stands still
_PAUSE_S = 0.002


@contextmanager
def turn(path: Path, *, patience_s: float = PATIENCE_S, write: bool = True) -> Iterator[None]:
    """Hold the lock file ``path``; the system lets go of it when a process dies, however it dies.

    Without ``write`` the file is only read (a folder that may not be written still takes its readers in turn). Raises
    OSError where it cannot be opened, TimeoutError where nobody lets go of it.
    """
    handle = os.open(path, (os.O_RDWR | os.O_CREAT) if write else os.O_RDONLY, 0o600)
    try:
        _wait(handle, time.monotonic() + patience_s)
        try:
            yield
        finally:
            _free(handle)
    finally:
        os.close(handle)


def _wait(handle: int, deadline: float) -> None:
    while not _take(handle):
        if time.monotonic() > deadline:
            raise TimeoutError("another process holds it and does not let go")
        time.sleep(_PAUSE_S)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _free(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_UN)
