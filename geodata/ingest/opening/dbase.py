"""The table of a Shapefile (.dbf) as columns of text. Knows widths, types and marks of deletion, no file system."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.errors import FileRefusedError
from geodata.ingest.letters.encoding import utf8
from geodata.ingest.opening.shapes import Notice

_HEAD = 32
_FIELD = struct.Struct("<11sc4xBB14x")
_END = 0x0D
_DELETED = b"*"
_CODE_PAGES = {"1258": "cp1258", "1252": "cp1252", "65001": "utf-8", "utf8": "utf-8", "utf-8": "utf-8"}


@dataclass(frozen=True, slots=True, eq=False)
class DBase:
    """Headers, cells by column, and which records are deleted (they stay in the file until it is packed)."""

    columns: tuple[str, ...]
    cells: tuple[list[str], ...]
    deleted: NDArray[np.bool_]
    findings: tuple[Notice, ...] = ()


def read_dbase(payload: bytes, *, code_page: str, file: str) -> DBase:
    """The table. ``code_page`` is what the .cpg beside it says, "" where there is none. Raises FileRefusedError."""
    try:
        records, head, width = struct.unpack_from("<IHH", payload, 4)
        fields = list(_fields(payload[_HEAD:head]))
        table = np.frombuffer(payload, dtype=f"S{width}", count=records, offset=head) if records else None
    except (struct.error, ValueError, TypeError):
        raise FileRefusedError(
            "«{file}»: the table of the Shapefile (.dbf) is cut off or damaged. Export the layer anew", file=file
        ) from None
    bytes_of = np.zeros((0, width), "u1") if table is None else np.frombuffer(table, "u1").reshape(records, width)
    columns: list[list[bytes]] = []
    start = 1
    for _, _, size in fields:
        columns.append(_cells(bytes_of[:, start : start + size]))
        start += size
    headers = [name for name, _, _ in fields]
    kinds = [kind for _, kind, _ in fields]
    texts, findings = _decoded([headers, *columns], _codec(code_page), file)
    cells = tuple(_plain(column, kind) for column, kind in zip(texts[1:], kinds, strict=True))
    return DBase(tuple(texts[0]), cells, bytes_of[:, 0] == ord(_DELETED), findings)


def _fields(payload: bytes) -> list[tuple[bytes, bytes, int]]:
    """Name, type and width of each field."""
    fields = []
    for start in range(0, len(payload) - _FIELD.size + 1, _FIELD.size):
        if payload[start] == _END:
            break
        name, kind, size, _ = _FIELD.unpack_from(payload, start)
        fields.append((name.split(b"\0")[0].strip(), kind, size))
    return fields


def _cells(letters: NDArray[np.uint8]) -> list[bytes]:
    width = letters.shape[1]
    if not width or not len(letters):
        return [b""] * len(letters)
    whole = np.ascontiguousarray(letters).view(f"S{width}").ravel().tolist()
    return [cell.split(b"\0")[0].strip() for cell in whole]


def _codec(code_page: str) -> str:
    asked = code_page.strip().lower().removeprefix("ansi ").removeprefix("windows-").removeprefix("cp").strip()
    name = _CODE_PAGES.get(asked, asked)
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _decoded(columns: Sequence[Sequence[bytes]], codec: str, file: str) -> tuple[list[list[str]], tuple[Notice, ...]]:
    """All texts; where the file does not say its code, the words have to prove one. Distinct ones are read once."""
    distinct = sorted({cell for column in columns for cell in column})
    lines = [cell.replace(b"\n", b" ").replace(b"\r", b" ") for cell in distinct]
    findings: tuple[Notice, ...] = ()
    if codec:
        read = [line.decode(codec, "replace") for line in lines]
    else:
        try:
            text = utf8(b"\n".join(lines), file=file)
        except FileRefusedError:
            raise FileRefusedError(
                "«{file}»: the letters of its table are in a code that is not certain. Export the layer anew with "
                "encoding UTF-8, so that a .cpg file stands in the zip",
                file=file,
            ) from None
        read, findings = text.payload.decode("utf-8").split("\n"), text.findings
    known = dict(zip(distinct, read, strict=True))
    return [[known[cell] for cell in column] for column in columns], findings


def _plain(cells: list[str], kind: bytes) -> list[str]:
    """Dates (20240305) with dashes; numbers that overflowed (***) and unknown truths (?) as blank."""
    if kind == b"D":
        return [f"{cell[:4]}-{cell[4:6]}-{cell[6:]}" if len(cell) == 8 and cell.isdigit() else "" for cell in cells]
    if kind in (b"N", b"F"):
        return ["" if cell.startswith("*") else cell for cell in cells]
    return ["" if cell == "?" else cell for cell in cells] if kind == b"L" else cells
