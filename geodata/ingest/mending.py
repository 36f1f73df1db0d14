"""The quarantine as a workbook: the reason beside each row, to be mended in Excel and loaded again. Knows no store.

Its headers are of the dictionary: the key of each row is the field ``origin``, what stands beside it is not kept, and
every other column is a field. All cells are text and stay text when somebody types into them: Excel would read
05/03/2024 as the third of May on a computer with American settings, and a cell that begins with = as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geodata.ingest.headings.columns import Headers
from geodata.ingest.headings.dictionary import COORDINATES, FIELDS, heading
from geodata.ingest.quarantine import each_fault
from geodata.tables import OutstandingRow, QuarantinedRow

Say = Callable[[QuarantinedRow], str]
MOST_ROWS: Final = 1_000_000  # a sheet of Excel ends at 1,048,576
_LONGEST_TEXT: Final = 32_000  # a cell of Excel ends at 32,767
_TITLES: Final = {"vi": "Cần sửa", "en": "To mend"}
_LEADING: Final = {
    "vi": ("Mã dòng gốc – không sửa", "Tệp gốc", "Trang gốc", "Dòng gốc", "Cột có lỗi", "Lý do"),
    "en": ("Origin row key – do not edit", "Origin file", "Origin sheet", "Origin row", "Column at fault", "Reason"),
}
_WIDTHS: Final = (26, 22, 14, 10, 18, 70)
_FIELD_WIDTH: Final = 20
_ALWAYS: Final = ("occurred", "category")  # without them no file loads
# Where a fault's column is no header of the dictionary: the fields its reason speaks of.
_SPOKEN_OF: Final = (
    ("coordinate", COORDINATES),
    ("outside", ("lon", "lat")),
    ("area", ("commune", "commune_code", "district", "district_code")),
    ("category", ("category", "article")),
    ("hour", ("hour",)),
    ("id", ("id",)),
    ("", ("occurred", "occurred_to")),
)
_FAULTY: Final = PatternFill("solid", fgColor="FFF2C4")
_TEXT: Final = "@"
_BOLD: Final = Font(bold=True)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def workbook(rows: Iterable[OutstandingRow], *, say: Say, language: str = "vi") -> bytes:
    """An .xlsx of the rows. ``say`` words why a row stands aside; ``language`` is that of the headers, "vi" or "en"."""
    rows = list(rows)
    names = [name for name in FIELDS if name in _ALWAYS or any(name in one.row.cells for one in rows)]
    headers = [*_LEADING[language], *(heading(name) if language == "vi" else name.replace("_", " ") for name in names)]
    book = Workbook(write_only=True)
    parts = [rows[start : start + MOST_ROWS] for start in range(0, max(len(rows), 1), MOST_ROWS)]
    for number, part in enumerate(parts, start=1):
        sheet = book.create_sheet(_TITLES[language] if len(parts) == 1 else f"{_TITLES[language]} {number}")
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(part) + 1}"
        for place in range(len(headers)):
            width = _WIDTHS[place] if place < len(_WIDTHS) else _FIELD_WIDTH
            column = sheet.column_dimensions[get_column_letter(place + 1)]
            column.width, column.number_format = width, _TEXT
        for cells in chain([_header(sheet, headers)], (_row(sheet, one, names, say) for one in part)):
            sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _header(sheet: object, headers: Sequence[str]) -> list[WriteOnlyCell]:
    cells = [_text(sheet, header) for header in headers]
    for cell in cells:
        cell.font = _BOLD
    return cells


def _row(sheet: object, one: OutstandingRow, names: Sequence[str], say: Say) -> list[WriteOnlyCell | None]:
    """The row's cells; a blank one that says nothing is none, and is text by its column."""
    row = one.row
    faults = list(each_fault(row))
    at_fault = ", ".join(dict.fromkeys(fault.column for fault in faults if fault.column))
    leading = (one.key, row.file, row.sheet, str(row.row), at_fault, "\n".join(say(fault) for fault in faults))
    texts = (*leading, *(row.cells.get(name, "") for name in names))
    coloured = {len(leading) + names.index(name) for name in fields_at_fault(row, names)}
    styled = {place: _text(sheet, texts[place]) for place in (len(leading) - 1, *coloured)}
    styled[len(leading) - 1].alignment = _WRAPPED
    for place in coloured:
        styled[place].fill = _FAULTY
    return [styled.get(place) or (_text(sheet, text) if text else None) for place, text in enumerate(texts)]


def _text(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", text)[:_LONGEST_TEXT] or None)
    if text:
        cell.data_type = "s"
    cell.number_format = _TEXT
    return cell


def fields_at_fault(row: QuarantinedRow, names: Sequence[str]) -> set[str]:
    """Which of the fields the row's faults speak of: by the header they name, else by their reason."""
    found = (_fields_of(fault.column, fault.reason, row, names) for fault in each_fault(row))
    return set(chain.from_iterable(found))


def _fields_of(column: str, reason: str, row: QuarantinedRow, names: Sequence[str]) -> Iterator[str]:
    named = [name for name in Headers().match([column]).fields if name in names]
    if named and (named[0] in row.cells or reason.startswith("missing")):
        yield from named
        return
    spoken = next(fields for word, fields in _SPOKEN_OF if word in reason)
    found = [name for name in spoken if name in names and name in row.cells]
    yield from found or [name for name in spoken if name in names][:1]
