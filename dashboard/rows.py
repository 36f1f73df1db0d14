"""Values and rows as the text of a JSON or CSV file, for terminal and browser. Knows no command and no page."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import TextIO

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet would run a cell that begins so, some of the wide ones too
_AFTER_SEMICOLON = re.compile(f";(?=[{re.escape(''.join(FORMULA_STARTS))}])")
BOM = b"\xef\xbb\xbf"  # without it, Excel reads UTF-8 as the code page of the office


def json_text(value: object) -> str:
    """A value as JSON; dates, enumerations and numpy scalars included."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> str:
    """Rows as CSV, or as a JSON array of objects."""
    if form == "json":
        return json_text([dict(zip(columns, row, strict=True)) for row in rows])
    return csv_text(columns, rows)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with a header. No cell can become a formula when a spreadsheet opens it."""
    text = io.StringIO()
    write_csv(text, columns, rows)
    return text.getvalue()


def write_csv(text: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The same, row by row into an open file."""
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _harmless(text: str) -> str:
    """The text behind a sign of text wherever a spreadsheet would begin a formula.

    Where a list is written with semicolons, as in Viet Nam, Excel parts the line of a CSV at each, and what follows one
    is a cell of its own.
    """
    if text.startswith(FORMULA_STARTS):
        text = "'" + text
    return _AFTER_SEMICOLON.sub(";'", text) if ";" in text else text


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)  # what a numpy scalar has
    return item() if callable(item) else str(value)
