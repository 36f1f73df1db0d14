"""Values and rows as the text of a JSON or CSV file, for terminal and browser. Knows no command and no page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet would run a cell that begins so, some of the wide ones too
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
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)  # what a numpy scalar has
    return item() if callable(item) else str(value)
