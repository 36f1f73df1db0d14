"""Reads Excel workbooks (.xlsx, .xlsm) into raw cells. Knows containers, sheets and header rows, no fields."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from geodata.errors import FileRefusedError
from geodata.ingest.header import SEARCHED_ROWS, FoundHeader, find_header
from geodata.ingest.raw import RawTable, Reader, Request

LARGEST_PACKED = 100 << 20
LARGEST_UNPACKED = 600 << 20
MOST_PARTS = 5_000
HIGHEST_RATIO = 250  # real workbooks stay below 100; a bomb of equal cells is near 1,000
_SMALL_PART = 4 << 20  # parts below this may be packed as tightly as they like
MOST_COLUMNS = 1_000


def read(path: Path, request: Request) -> Iterator[RawTable]:
    """Yield the sheets whose header is recognised, or the asked one. Raises FileRefusedError where that is unsafe."""
    check_container(path)
    workbook = _open(path)
    try:
        yield from _sheets(workbook, request, path.name)
    except FileRefusedError:
        raise
    except Exception as error:  # openpyxl raises nearly anything on a damaged part
        raise _damaged(path.name, error) from None
    finally:
        workbook.close()


def check_container(path: Path) -> None:
    """Look at the zip's directory before anything is unpacked. Raises FileRefusedError where no table is so."""
    file = path.name
    if path.stat().st_size > LARGEST_PACKED:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Split it by year, or save the sheet as CSV UTF-8",
            file=file, limit=LARGEST_PACKED >> 20,
        )  # fmt: skip
    try:
        with zipfile.ZipFile(path) as container:
            parts = container.infolist()
            _check_parts(parts, file)
            if "xl/workbook.xml" not in {part.filename.lower().replace("\\", "/") for part in parts}:
                raise FileRefusedError(
                    "«{file}» is a zip container but not an Excel workbook. If it was sent zipped, unpack it first",
                    file=file,
                )
            _check_no_entities(container, parts, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise FileRefusedError(
            "«{file}» is cut off or damaged: it cannot be unpacked. Copy it again, or open it in Excel and save it",
            file=file,
        ) from None


def _check_parts(parts: Sequence[zipfile.ZipInfo], file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > _SMALL_PART and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or bomb:
        raise FileRefusedError(
            "«{file}» unpacks to {size} MB in {parts} parts, more than a table needs. Copy the rows to a new workbook "
            "and save it, or save the sheet as CSV UTF-8",
            file=file, size=unpacked >> 20, parts=len(parts),
        )  # fmt: skip


def _check_no_entities(container: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo], file: str) -> None:
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with container.open(part) as stream:
            start = stream.read(2048)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise FileRefusedError(
                "«{file}» holds XML entities, which Excel never writes: it is not opened. Save the table anew",
                file=file,
            )


def _open(path: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations openpyxl does not know do not matter here
            return openpyxl.load_workbook(
                io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False
            )
    except Exception as error:  # openpyxl raises nearly anything on a damaged workbook
        raise _damaged(path.name, error) from None


def _damaged(file: str, error: Exception) -> FileRefusedError:
    return FileRefusedError(
        "«{file}» is a damaged workbook ({detail}). Open it in Excel, let it repair, and save it anew as .xlsx",
        file=file, detail=f"{type(error).__name__}: {error}"[:120],
    )  # fmt: skip


def _sheets(workbook: Workbook, request: Request, file: str) -> Iterator[RawTable]:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if request.sheet is not None and request.sheet not in sheets:
        known = ", ".join(f"«{title}»" for title in sheets)
        raise FileRefusedError(
            "«{file}» has no sheet «{sheet}»; it has {known}", file=file, sheet=request.sheet, known=known
        )
    chosen = sheets if request.sheet is None else {request.sheet: sheets[request.sheet]}
    headers = {title: find_header(_first_rows(sheet), request.headers) for title, sheet in chosen.items()}
    whole = [title for title, header in headers.items() if request.headers.match(header.columns).complete]
    if not whole and headers:  # so that the refusal can name the headers of the likeliest sheet
        whole = [max(headers, key=lambda title: (headers[title].score, len(headers[title].columns)))]
    skipped = tuple(title for title in headers if title not in whole)
    for title in whole:
        yield _table(sheets[title], title, headers[title], skipped)


def _first_rows(sheet: ReadOnlyWorksheet) -> list[tuple[object, ...]]:
    sheet.reset_dimensions()  # the stated size is often wrong
    return list(islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), SEARCHED_ROWS))


def _table(sheet: ReadOnlyWorksheet, title: str, header: FoundHeader, skipped: tuple[str, ...]) -> RawTable:
    width = max((place + 1 for place, column in enumerate(header.columns) if column), default=0)
    cells: list[tuple[object, ...]] = []
    rows: list[int] = []
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        if number <= header.data_from:
            continue
        kept = tuple(row[:width])
        if any(cell is not None and cell != "" for cell in kept):
            cells.append(kept + (None,) * (width - len(kept)))
            rows.append(number)
    columns = list(zip(*cells, strict=True)) if cells else [()] * width
    frame = pd.DataFrame({place: pd.Series(column, dtype=object) for place, column in enumerate(columns)})
    return RawTable(title, header.columns[:width], frame, np.array(rows, dtype=np.int64), skipped=skipped)


READER = Reader((".xlsx", ".xlsm"), frozenset({"zip"}), read)
