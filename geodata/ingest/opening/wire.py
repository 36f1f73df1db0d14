"""How a reader's process hands over what it read: JSON and Arrow streams, which carry values and run nothing.

A message is a letter, a length and JSON; an extract's JSON is followed by one Arrow stream. Who reads the messages
trusts no process that opened a stranger's file: lengths, types and text are checked before they are used.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geodata.ingest.raw import Cells, Extract, Fault

EXTRACT: Final = b"E"
REFUSED: Final = b"R"
FAILED: Final = b"F"
DONE: Final = b"D"
LONGEST_MESSAGE: Final = 1 << 28
LARGEST_TABLE: Final = 3 << 29  # bytes; the largest text that is read has two thirds of it
_HEAD: Final = struct.Struct("<cQ")
# The values a typed cell may have; all else travels as its text. The order is that of the union's children.
_KINDS: Final[tuple[tuple[type, pa.DataType], ...]] = (
    (type(None), pa.null()),
    (str, pa.string()),
    (bool, pa.bool_()),
    (int, pa.int64()),
    (float, pa.float64()),
    (datetime, pa.timestamp("us")),
    (date, pa.date32()),
    (time, pa.time64("us")),
    (timedelta, pa.duration("us")),
)
_CODES: Final = {kind: code for code, (kind, _) in enumerate(_KINDS)}
_TEXT: Final = _CODES[str]
_UNION: Final = pa.dense_union([pa.field(str(code), kind) for code, (_, kind) in enumerate(_KINDS)])
_LARGEST_INT: Final = 1 << 63


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A message that was received, and the table that follows it if it announces an extract."""

    letter: bytes
    content: dict[str, Any]
    table: pa.Table | None = None


class BrokenMessage(Exception):  # noqa: N818 - a state of the line, not a fault of a file
    """The other side ended, or sent what is no message."""


def send(line: BinaryIO, letter: bytes, content: object) -> None:
    """Write one message."""
    payload = json.dumps(content).encode()
    line.write(_HEAD.pack(letter, len(payload)) + payload)
    line.flush()


def receive(line: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    """The next message. Raises BrokenMessage."""
    letter, size = _HEAD.unpack(_exactly(line, _HEAD.size))
    if size > LONGEST_MESSAGE:
        raise BrokenMessage
    try:
        content = json.loads(_exactly(line, size))
    except (ValueError, RecursionError):
        raise BrokenMessage from None
    if not isinstance(content, dict):
        raise BrokenMessage
    return letter, content


def send_extract(line: BinaryIO, extract: Extract) -> None:
    """Write one table: what is said about it, then its cells."""
    about = {
        "sheet": extract.sheet,
        "columns": list(extract.columns),
        "broken": [[each.template, int(each.at), each.column, each.reason, each.facts] for each in extract.broken],
        "odd_points": [[int(at), *written] for at, written in extract.odd_points.items()],
        "skipped": list(extract.skipped),
        "crs": extract.crs,
        "findings": [[template, facts] for template, facts in extract.findings],
        "points": extract.points is not None,
    }
    columns: dict[str, pa.Array | pa.ChunkedArray] = {"rows": pa.array(extract.rows, pa.int64())}
    if extract.points is not None:
        columns |= {axis: pa.array(extract.points[:, at].copy()) for at, axis in enumerate("xy")}
    columns |= {
        str(place): cells if isinstance(cells, pa.ChunkedArray) else _packed(cells)
        for place, cells in enumerate(extract.cells)
    }
    table = pa.table(columns)
    if table.nbytes > LARGEST_TABLE:
        raise MemoryError
    send(line, EXTRACT, about)  # last: what cannot be packed is told instead
    with pa.ipc.new_stream(line, table.schema) as stream:
        stream.write_table(table)
    line.flush()


def receive_answer(line: BinaryIO) -> Answer:
    """The next message and its table, sound as Arrow has it. Raises BrokenMessage."""
    letter, content = receive(line)
    if letter != EXTRACT:
        return Answer(letter, content)
    try:
        table = pa.ipc.open_stream(line).read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError):
        raise BrokenMessage from None
    return Answer(letter, content, table)


def extract_of(answer: Answer) -> Extract:
    """The extract that an EXTRACT message and its table make up. Raises BrokenMessage."""
    try:
        return _extract(answer.table, answer.content)
    except (pa.ArrowException, KeyError, TypeError, ValueError, AttributeError):
        raise BrokenMessage from None


def _extract(table: pa.Table, about: dict[str, Any]) -> Extract:
    columns = tuple(_strings(about["columns"]))
    points = None
    if about["points"]:
        points = np.column_stack([_numbers(table["x"], pa.float64()), _numbers(table["y"], pa.float64())])
    return Extract(
        str(about["sheet"]),
        columns,
        tuple(_cells(table[str(place)]) for place in range(len(columns))),
        _numbers(table["rows"], pa.int64()),
        tuple(Fault(str(t), int(at), str(c), str(r), _facts(f)) for t, at, c, r, f in _list(about["broken"])),
        points,
        {int(at): (str(x), str(y)) for at, x, y in _list(about["odd_points"])},
        tuple(_strings(about["skipped"])),
        str(about["crs"]),
        tuple((str(template), _facts(facts)) for template, facts in _list(about["findings"])),
    )


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _strings(value: object) -> list[str]:
    return [str(each) for each in _list(value)]


def _facts(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return {str(name): fact if isinstance(fact, int | float) else str(fact) for name, fact in value.items()}


def _numbers(column: pa.ChunkedArray, kind: pa.DataType) -> NDArray[Any]:
    if column.type != kind or column.null_count:
        raise TypeError
    return np.asarray(column.to_numpy())


def _packed(cells: NDArray[np.object_] | Sequence[object]) -> pa.ChunkedArray:
    """Typed cells as one array: plain text where they are nothing else, otherwise one that keeps each one's type."""
    known = [cell if _fits(cell) else str(cell) for cell in cells]
    codes = np.fromiter((_CODES[type(cell)] for cell in known), dtype=np.int8, count=len(known))
    if len(codes) and codes.max() <= _TEXT:
        return pa.chunked_array([pa.array([cell or "" for cell in known], pa.string())])
    offsets = np.zeros(len(known), dtype=np.int32)
    children = []
    for code, (kind, arrow) in enumerate(_KINDS):
        at = np.flatnonzero(codes == code)
        offsets[at] = np.arange(len(at), dtype=np.int32)
        children.append(pa.nulls(len(at)) if kind is type(None) else pa.array([known[i] for i in at], arrow))
    return pa.chunked_array([pa.UnionArray.from_dense(pa.array(codes), pa.array(offsets), children, _names())])


def _names() -> list[str]:
    return [str(code) for code in range(len(_KINDS))]


def _fits(cell: object) -> bool:
    kind = type(cell)
    if kind is int:
        return -_LARGEST_INT <= cell < _LARGEST_INT  # type: ignore[operator]
    if kind is datetime or kind is time:
        return cell.tzinfo is None  # type: ignore[attr-defined]
    return kind in _CODES


def _cells(column: pa.ChunkedArray) -> Cells:
    if column.type == pa.string():
        return column
    if column.type != _UNION:
        raise TypeError
    cells = np.empty(len(column), dtype=object)
    start = 0
    for chunk in column.chunks:
        codes = chunk.type_codes.to_numpy()
        for code in range(1, len(_KINDS)):
            at = np.flatnonzero(codes == code)
            if len(at):
                values = chunk.field(code).take(chunk.offsets.take(pa.array(at)))
                cells[start + at] = np.fromiter(values.to_pylist(), dtype=object, count=len(at))
        start += len(chunk)
    return cells


def _exactly(line: BinaryIO, size: int) -> bytes:
    payload = line.read(size)
    if len(payload) != size:
        raise BrokenMessage
    return payload
