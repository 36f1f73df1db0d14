"""What the store makes of each bad input, worked out once for all tests that ask. Knows no expectation."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq
import pytest

from geodata import profile as profiles
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.raw import RawTable, Request
from geodata.tables import QuarantinedRow
from geodata.warehouse.incoming import FileResult
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.ingest.bad_columns import COLUMNS
from tests.geodata.ingest.bad_containers import BOMBS, CONTAINERS
from tests.geodata.ingest.bad_inputs import BadInput
from tests.geodata.ingest.bad_structures import STRUCTURES
from tests.geodata.ingest.bad_values import VALUES
from tests.geodata.worlds import tiny_workspace

TODAY = date(2025, 6, 30)
CHEAP = (*CONTAINERS, *STRUCTURES, *VALUES, *COLUMNS)
BAD_INPUTS = {one.key: one for one in (*CHEAP, *BOMBS)}
# Of those that are taken, which cost three times what a refusal does, the fast tier tries one of each kind.
ONE_OF_A_KIND = {
    *("macros", "trigger", "GeoJSON of odd numbers", "a name written right to left", "titles and merged headers"),
    *("two candidate sheets", "ragged lines", "TCVN3", "semicolons and decimal commas", "places", "times", "words"),
    *("formulas without results", "contradicting commune", "cards as case numbers", "names under another header"),
}
LIGHT = [
    one.key if one.refused or one.key in ONE_OF_A_KIND else pytest.param(one.key, marks=pytest.mark.slow)
    for one in CHEAP
]


@dataclass(frozen=True)
class Outcome:
    """The result, the rows, and what is on the disk afterwards."""

    result: FileResult
    kept: tuple[tuple[str, int], ...]  # sheet and row
    aside: tuple[QuarantinedRow, ...]
    remarks: tuple[QuarantinedRow, ...]
    before: int  # the generation
    unchanged: bool  # the store's files, to the byte
    left: tuple[str, ...]  # files that were not there and are no part of the store
    written: str  # all that the store holds, as text, where something may not stand there


class _ReadHere:
    """The tables of a file, read when they are asked for and in this process: a refusal falls where it falls there."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[RawTable]:
        return iter(read_here(self._path, Request(Headers())))


def read_when_asked(path: Path) -> tuple[RawTable, ...]:
    """What :meth:`Warehouse.ingest` takes as tables, read in this process: one for each of a hundred takes a minute."""
    return cast("tuple[RawTable, ...]", _ReadHere(path))


@cache
def _world() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """A workspace of the small world to copy, whose profile puts unknown wording aside; the folder that holds it."""
    holder = tempfile.TemporaryDirectory()
    folder = Path(holder.name)
    tiny_workspace(folder, incidents=False).close()
    workspace = folder / "workspace"
    (workspace / profiles.PROFILE_NAME).unlink()
    profiles.write(workspace, "tay-ninh")
    return holder, workspace


def place(one: BadInput, folder: Path) -> tuple[Path, Path]:
    """A fresh workspace and the file itself, each in a folder of its own."""
    workspace, incoming = folder / "workspace", folder / "incoming"
    shutil.copytree(_world()[1], workspace)
    incoming.mkdir()
    path = incoming / one.file
    path.write_bytes(one.content())
    return workspace, path


@cache
def outcome(key: str, *, confined: bool = False) -> Outcome:
    """Load the input into a workspace of its own; ``confined`` reads it in a process of its own."""
    one = BAD_INPUTS[key]
    with tempfile.TemporaryDirectory() as name:
        workspace, path = place(one, Path(name))
        before = _files(Path(name))
        warehouse = Warehouse(workspace)
        generation = warehouse.snapshot().generation
        tables = None if confined else read_when_asked(path)
        result = warehouse.ingest(path, today=TODAY, tables=tables)
        aside, remarks = tuple(warehouse.quarantine()), tuple(warehouse.remarks())
        warehouse.close()
        after = _files(Path(name))
        segments = [each for each in set(after) - set(before) if each.parent.name == "segments"]
        return Outcome(
            result,
            tuple(sorted(pair for each in segments for pair in _kept(each, aside))),
            aside,
            remarks,
            generation,
            after == before,
            tuple(sorted(each.name for each in set(after) - set(before) - set(segments))),
            text_of(workspace) if one.never else "",
        )


def _files(folder: Path) -> dict[Path, str]:
    """Every file and a digest of its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _kept(segment: Path, aside: tuple[QuarantinedRow, ...]) -> Iterator[tuple[str, int]]:
    """The rows of a segment that count: it holds those outside of all boundaries too."""
    out = {(row.sheet, row.row) for row in aside}
    table = pq.read_table(segment, columns=["sheet", "row"]).to_pydict()
    return (pair for pair in zip(table["sheet"], table["row"], strict=True) if pair not in out)


def text_of(workspace: Path) -> str:
    """Everything the workspace holds: every file's bytes, and what is packed in them."""
    texts = []
    for path in sorted(workspace.rglob("*")):
        if not path.is_file():
            continue
        texts.append(path.read_bytes().decode("utf-8", "replace"))
        texts.append(path.read_bytes().decode("utf-16-le", "replace"))
        if path.suffix == ".parquet":
            texts.append(repr(pq.read_table(path).to_pydict()))
    with closing(sqlite3.connect(workspace / "catalogue.sqlite")) as connection:
        texts += [line.encode().decode("unicode_escape", "replace") for line in connection.iterdump() if "\\u" in line]
    return "\n".join(texts)
