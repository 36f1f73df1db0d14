"""Reads Excel workbooks of before 2007 (.xls) into raw cells. Knows cells and dates of that format, no fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import FileRefusedError
from geodata.ingest.opening.content import LOCKED
from geodata.ingest.opening.sheets import MOST_COLUMNS, Grid, Row, extracts
from geodata.ingest.raw import Extract, Reader, Request

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

LARGEST = 100 << 20


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the sheets whose header is recognised, or the asked one. Raises FileRefusedError where it is locked."""
    book = _open(path)
    grids = [Grid(sheet.name, _rows_of(sheet, book.datemode), sheet.visibility != 0) for sheet in book.sheets()]
    yield from extracts(grids, request, file=path.name)


def check(path: Path) -> None:
    """Refuse what is larger than a workbook of that format can be."""
    if path.stat().st_size > LARGEST:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Split it by year, or save the sheet as CSV UTF-8",
            file=path.name, limit=LARGEST >> 20,
        )  # fmt: skip


def _open(path: Path) -> Book:
    import xlrd

    try:
        # Formats of cells tell dates from numbers without ``formatting_info``, which only adds colours and borders.
        return xlrd.open_workbook(
            file_contents=path.read_bytes(), logfile=io.StringIO(), formatting_info=False, ragged_rows=True
        )
    except MemoryError:
        raise
    except Exception as error:  # xlrd raises nearly anything on a damaged workbook
        if "encrypted" in str(error).lower():
            raise FileRefusedError(LOCKED, file=path.name) from None
        raise FileRefusedError(
            "«{file}» is a damaged workbook ({detail}). Open it in Excel, let it repair, and save it anew as .xlsx",
            file=path.name, detail=f"{type(error).__name__}: {error}"[:120],
        ) from None  # fmt: skip


def _rows_of(sheet: Sheet, datemode: int) -> Callable[[], Iterable[Row]]:
    def rows() -> Iterable[Row]:
        for number in range(sheet.nrows):
            kinds, values = sheet.row_types(number), sheet.row_values(number)
            yield [_cell(kind, value, datemode) for kind, value in zip(kinds[:MOST_COLUMNS], values, strict=False)]

    return rows


def _cell(kind: int, value: object, datemode: int) -> object:
    """The cell as Python has it. ``datemode`` 1: days count from 1904, as on the first Macs."""
    import xlrd

    match kind:
        case xlrd.XL_CELL_DATE:
            return _moment(float(str(value)), datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(value, "#")
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            return value
    return None


def _moment(serial: float, datemode: int) -> object:
    from xlrd import xldate

    try:
        moment: datetime = xldate.xldate_as_datetime(serial, datemode)
    except (xldate.XLDateError, OverflowError, ValueError):
        return serial
    return moment.time() if 0 <= serial < 1 else moment


READER = Reader((".xls",), frozenset({"ole"}), read, check)
