"""The shape of a bad or hostile input and of what is expected of it, and how such files are built. Loads nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.geodata.ingest.workbooks import workbook

HEADER = "Số hồ sơ,Xảy ra từ,Tội danh,Kinh độ,Vĩ độ"
HEADERS = HEADER.split(",")
GOOD = "HS-1,25/03/2024,Trộm cắp tài sản,106.051,11.052"  # in commune 101 of the small world
SHEET1 = "xl/worksheets/sheet1.xml"
Bytes = Callable[[], bytes]


@dataclass(frozen=True)
class Said:
    """Essential words of one message in English and in Vietnamese, and what stands in it in both: file, sheet, column
    and value."""

    en: str
    vi: str
    both: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aside:
    """A row that is put aside, or a remark on a row that is kept."""

    row: int
    column: str
    reason: str
    said: Said
    sheet: str = ""


@dataclass(frozen=True)
class BadInput:
    """A file and what is to become of it: refused in these words, or these rows kept and those put aside.

    ``notes`` are words of its findings, ``never`` what may stand nowhere afterwards: numbers and names of people, text
    of columns that are not kept.
    """

    key: str
    file: str
    content: Bytes
    refused: Said | None = None
    kept: tuple[int, ...] = ()
    aside: tuple[Aside, ...] = ()
    remarks: tuple[Aside, ...] = ()
    notes: tuple[Said, ...] = ()
    never: tuple[str, ...] = ()


def refused(key: str, file: str, content: Bytes, en: str, vi: str, *both: str) -> BadInput:
    """An input that is refused whole, by name."""
    return BadInput(key, file, content, Said(en, vi, (f"«{file}»", *both)))


def csv(*rows: str, header: str = HEADER, code: str = "utf-8") -> Bytes:
    """A CSV file: the header, then the rows."""
    return lambda: "".join(f"{line}\n" for line in (header, *rows)).encode(code)


def plain(content: bytes) -> Bytes:
    """These bytes."""
    return lambda: content


def sheet(*rows: Sequence[object], title: str = "T3") -> Bytes:
    """A workbook of one sheet: the usual headers, then the rows."""
    return lambda: workbook({title: [HEADERS, *rows]})


def good_workbook() -> bytes:
    """A sound workbook of one row, to be spoiled."""
    return workbook({"T3": [HEADERS, GOOD.split(",")]})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip container."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of a zip container."""
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def spoiled(**changes: Callable[[bytes], bytes] | bytes) -> Bytes:
    """The sound workbook with parts written otherwise (by what they held) or added."""

    def build() -> bytes:
        parts = unzipped(good_workbook())
        for name, change in changes.items():
            parts[name] = change if isinstance(change, bytes) else change(parts[name])
        return zipped(parts)

    return build
