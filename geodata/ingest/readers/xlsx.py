"""Reads Excel workbooks (.xlsx, .xlsm) into raw cells. Knows containers, sheets and header rows, no fields."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from geodata.errors import N_, FileRefusedError
from geodata.ingest.opening.containers import opened
from geodata.ingest.opening.sheets import MOST_COLUMNS, Grid, Row, extracts
from geodata.ingest.raw import Extract, Reader, Request

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_PIECE = 1 << 22
_MOST_ROWS = 1 << 20  # what a sheet can have; the number of a row is only a claim, and the rows before it are made up
_STRICT = b"http://purl.oclc.org/ooxml/"
# A cell with a formula and no result: what a program writes that does not calculate.
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>', re.ASCII
)


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the sheets whose header is recognised, or the asked one. Raises FileRefusedError where that is unsafe."""
    workbook = _open(path)
    try:
        grids = [Grid(sheet.title, _rows_of(sheet), sheet.sheet_state != "visible") for sheet in workbook.worksheets]
        for extract in extracts(grids, request, file=path.name):
            unsaved = _unsaved_results(path, workbook[extract.sheet])
            yield replace(extract, findings=(*extract.findings, *unsaved))
    except (FileRefusedError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises nearly anything on a damaged part
        raise _damaged(path.name, error) from None
    finally:
        workbook.close()


def check(path: Path) -> None:
    """Look at the container before anything is unpacked. Raises FileRefusedError where it holds no workbook."""
    with opened(path) as container:
        parts = container.infolist()
        if "xl/workbook.xml" not in {part.filename.lower().replace("\\", "/") for part in parts}:
            raise FileRefusedError(
                "«{file}» is a zip container but not an Excel workbook. If it was sent zipped, unpack it first",
                file=path.name,
            )
        _check_starts(container, parts, path.name)


def _check_starts(container: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo], file: str) -> None:
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
        if _STRICT in start and part.filename.lower().endswith("workbook.xml"):
            raise FileRefusedError(
                "«{file}» is saved as Strict Open XML, which few programs read. Open it in Excel and save it as an "
                "ordinary Excel workbook (.xlsx)",
                file=file,
            )


def _open(path: Path) -> Workbook:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations openpyxl does not know do not matter here
            return openpyxl.load_workbook(
                io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False
            )
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises nearly anything on a damaged workbook
        raise _damaged(path.name, error) from None


def _damaged(file: str, error: Exception) -> FileRefusedError:
    return FileRefusedError(
        "«{file}» is a damaged workbook ({detail}). Open it in Excel, let it repair, and save it anew as .xlsx",
        file=file, detail=f"{type(error).__name__}: {error}"[:120],
    )  # fmt: skip


def _rows_of(sheet: ReadOnlyWorksheet) -> Callable[[], Iterable[Row]]:
    def rows() -> Iterable[Row]:
        sheet.reset_dimensions()  # the stated size is often wrong
        return cast("Iterable[Row]", sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=MOST_COLUMNS))

    return rows


def _unsaved_results(path: Path, sheet: ReadOnlyWorksheet) -> Iterator[tuple[str, dict[str, object]]]:
    """What to say where formulas have no saved result: their cells are blank to whoever does not calculate."""
    count, first = 0, ""
    with zipfile.ZipFile(path) as container, container.open(sheet._worksheet_path.lstrip("/")) as stream:  # noqa: SLF001
        rest = b""
        while piece := stream.read(_PIECE):
            text = rest + piece
            cut = text.rfind(b"</c>") + len(b"</c>") if b"</c>" in text else 0
            rest = text[cut:][-_PIECE:]
            if b"<f" in text:
                for found in _NO_RESULT.finditer(text, 0, cut):
                    count, first = count + 1, first or found[1].decode()
    if count:
        template = N_(
            "on sheet «{sheet}» {count} cells hold formulas without a saved result, the first is {cell}: they count as "
            "blank. Open the file in Excel, save it, and load it again"
        )
        yield template, {"sheet": sheet.title, "count": count, "cell": first}


READER = Reader((".xlsx", ".xlsm"), frozenset({"zip"}), read, check)
