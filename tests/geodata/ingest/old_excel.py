"""Workbooks of before 2007 made from their records, for tests: nothing that is installed writes them any more."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

GENERAL, DAY_AND_TIME = 0, 1  # the two cell formats there are
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass(frozen=True)
class Serial:
    """A number shown as a date and time."""

    days: float


def old_workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    from_1904: bool = False,
    hidden: Sequence[str] = (),
    locked: bool = False,
) -> bytes:
    """A .xls file. Cells are text, numbers, truths, datetimes or None."""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0))
    if locked:
        head += _record(0x002F, struct.pack("<HHHH", 1, 1, 1, 1) + bytes(46))
    head += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", from_1904))
    head += b"".join(_record(0x00E0, struct.pack("<HHHBBBBIiH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 22))
    bodies = [_sheet(rows, from_1904) for rows in sheets.values()]
    names = [struct.pack("<BB", len(title), 1) + title.encode("utf-16-le") for title in sheets]
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for title, name, body in zip(sheets, names, bodies, strict=True):
        head += _record(0x0085, struct.pack("<IBB", start, title in hidden, 0) + name)
        start += len(body)
    return ole({"Workbook": head + _record(0x000A, b"") + b"".join(bodies)})


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound document with these streams, each of at least 4,096 bytes (smaller ones would live elsewhere)."""
    chains, sectors, first = [_FAT, _END], b"", {}
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        first[name] = (len(chains), len(padded))
        count = len(padded) // 512
        chains += [len(chains) + i + 1 for i in range(count - 1)] + [_END]
        sectors += padded
    assert len(chains) <= 128, "one sector of the allocation table is enough for a test"
    directory = _entry("Root Entry", kind=5, child=1, first=_END, size=0)
    for position, (name, (sector, size)) in enumerate(first.items(), start=1):
        after = position + 1 if position < len(first) else _FREE
        directory += _entry(name, kind=2, child=_FREE, first=sector, size=size, after=after)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    return header.ljust(512, b"\xff") + table + directory.ljust(512, b"\0") + sectors


def _entry(name: str, *, kind: int, child: int, first: int, size: int, after: int = _FREE) -> bytes:
    written = name.encode("utf-16-le").ljust(64, b"\0")
    links = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, _FREE, after, child)
    return written + links + bytes(36) + struct.pack("<III", first, size, 0)


def _sheet(rows: Sequence[Sequence[object]], from_1904: bool) -> bytes:
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            body += _cell(y, x, cell, from_1904)
    return body + _record(0x000A, b"")


def _cell(y: int, x: int, cell: object, from_1904: bool) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, str):
        return _record(0x0204, struct.pack("<HHHHB", y, x, GENERAL, len(cell), 1) + cell.encode("utf-16-le"))
    if isinstance(cell, bool):
        return _record(0x0205, struct.pack("<HHHBB", y, x, GENERAL, cell, 0))
    if isinstance(cell, datetime):
        epoch = datetime.fromisoformat("1904-01-01" if from_1904 else "1899-12-30")
        cell = Serial((cell - epoch).total_seconds() / 86_400)
    if isinstance(cell, Serial):
        return _record(0x0203, struct.pack("<HHHd", y, x, DAY_AND_TIME, cell.days))
    assert isinstance(cell, int | float)
    return _record(0x0203, struct.pack("<HHHd", y, x, GENERAL, cell))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
