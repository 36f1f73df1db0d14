"""What the log of acts says of an export: in whose scope, how many rows, which file. Writes no entry itself."""

from __future__ import annotations

import hashlib
import os
from typing import BinaryIO, Final

from geodata.question import Scope

CHUNK: Final = 1 << 20


def scope_facts(scope: Scope) -> dict[str, object]:
    """A scope as plain values; ``areas`` is "all" or a list of edition:code."""
    areas = "all" if scope.areas is None else sorted(f"{area.edition}:{area.code}" for area in scope.areas)
    return {"areas": areas, "detail": scope.detail.value}


def digest_of(file: BinaryIO) -> str:
    """The SHA-256 of all that an open file holds, written out and read back; the file stands where it stood."""
    file.flush()
    handle, taken = file.fileno(), hashlib.sha256()
    stood = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, 0, os.SEEK_SET)
    while chunk := os.read(handle, CHUNK):
        taken.update(chunk)
    os.lseek(handle, stood, os.SEEK_SET)
    return taken.hexdigest()
