"""A reader that does what crafted files make libraries do: each word in the file is something it should not."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from geodata.ingest.raw import Extract, Reader, Request


def _write(folder: Path) -> str:
    try:
        (folder / "left behind").write_bytes(b"x" * 4096)
    except OSError as error:
        return type(error).__name__
    return ""


def _talk(_: Path) -> str:
    sys.stdout.write("E" * 10_000)
    os.write(1, b"E" * 10_000)
    os.write(2, b"Nguyen Van A")
    return ""


def _spin(_: Path) -> str:
    while True:
        pass


def _stumble(_: Path) -> str:
    raise ValueError("Nguyen Van A")


def _make_array(_: Path) -> bool:
    pa.array(np.arange(3))
    return "pandas" in sys.modules


_DEEDS: dict[str, Callable[[Path], object]] = {
    "fall": lambda _: ctypes.string_at(0),
    "abort": lambda _: os.abort(),
    "fill": lambda _: len(bytearray(8 << 30)),
    "spin": _spin,
    "sleep": lambda _: time.sleep(60),
    "stumble": _stumble,
    "write": _write,
    "talk": _talk,
    "array": _make_array,
}


def read(path: Path, _: Request) -> Iterator[Extract]:
    """Do what the file says, then hand over one table that says what came of it."""
    came = _DEEDS[path.read_text(encoding="utf-8")](path.parent)
    yield Extract("", ("came",), ([str(came)],), np.array([1], dtype=np.int64))


READER = Reader((".unruly",), frozenset({"text"}), read)
