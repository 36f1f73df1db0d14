"""The workbook of rows to be mended, and the loop back into ingest."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from geodata.ingest import mending
from geodata.ingest.clean import Cleaned
from geodata.ingest.mending import fields_at_fault, workbook
from geodata.ingest.quarantine import describe
from geodata.tables import OutstandingRow, QuarantinedRow

Read = Callable[..., Cleaned]
HEADER = "id,occurred,category,commune,lon,lat\n"
ROWS = (
    "1,31/02/2024,theft,,106.05,11.5\n"
    "2,05/03/2024 22:15,cướp biển,,106.05,11.5\n"
    "3,06/03/2024,drugs,Xã Không Có,,\n"
    "4,07/03/2024,theft,,abc,11.5\n"
    "5,08/03/2024,theft,,106.05,11.5\n"
)


def outstanding(rows: Iterable[QuarantinedRow]) -> list[OutstandingRow]:
    return [OutstandingRow(f"9-{number}", row) for number, row in enumerate(rows, start=1)]


def opened(payload: bytes) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(payload))
    return book, book.worksheets[0]


def test_rows_mended_in_the_workbook_are_kept_and_name_their_origin(read: Read) -> None:
    first = read("a.csv", HEADER + ROWS)
    assert (first.read, len(first.frame), len(first.quarantine)) == (5, 1, 4)
    book, sheet = opened(workbook(outstanding(first.quarantine), say=describe))
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["Xảy ra từ"]).value = "28/02/2024"
    sheet.cell(3, at["Tội danh"]).value = "Trộm cắp tài sản"
    sheet.cell(4, at["Xã phường"]).value = "Xã Hòa Hội"
    sheet.cell(5, at["Kinh độ"]).value = "106,15"
    stream = io.BytesIO()
    book.save(stream)
    again = read("mended.xlsx", stream.getvalue())
    assert (again.read, again.quarantine) == (4, ())
    assert again.origins == {("Cần sửa", row): f"9-{row - 1}" for row in range(2, 6)}
    kept = again.frame[["incident_id", "day", "minute", "category", "area_code"]].to_numpy().tolist()
    assert kept == [
        ["1", 19781, -1, "theft", ""],
        ["2", 19787, 1335, "theft", ""],
        ["3", 19788, -1, "drugs", "202"],
        ["4", 19789, -1, "theft", ""],
    ]
    assert again.frame["lon"].tolist()[:2] == [106.05, 106.05]
    assert again.frame["lon"].tolist()[3] == 106.15
    assert again.personal_columns == ()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_rows_that_nobody_mended_are_put_aside_again_for_the_same_reasons(read: Read, language: str) -> None:
    first = read("a.csv", HEADER + ROWS)
    again = read("b.xlsx", workbook(outstanding(first.quarantine), say=describe, language=language))
    assert [row.reason for row in again.quarantine] == [row.reason for row in first.quarantine]
    assert [row.cells for row in again.quarantine] == [row.cells for row in first.quarantine]
    assert len(again.origins) == 4


def test_the_reason_stands_beside_the_row_and_the_faulty_cell_is_coloured(read: Read) -> None:
    first = read("a.csv", HEADER + ROWS)
    _, sheet = opened(workbook(outstanding(first.quarantine), say=lambda row: f"vì {row.reason}"))
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == ("Mã dòng gốc – không sửa", "Tệp gốc", "Trang gốc", "Dòng gốc", "Cột có lỗi", "Lý do",
                        "Số hồ sơ", "Xảy ra từ", "Tội danh", "Xã phường", "Kinh độ", "Vĩ độ")  # fmt: skip
    assert lines[1][:7] == ("9-1", "a.csv", None, "2", "occurred", "vì bad_date", "1")
    assert sheet.freeze_panes == "B2"
    coloured = [
        (cell.row, lines[0][cell.column - 1]) for row in sheet.iter_rows() for cell in row if cell.fill.fill_type
    ]
    assert coloured == [(2, "Xảy ra từ"), (3, "Tội danh"), (4, "Xã phường"), (5, "Kinh độ")]


def test_nothing_in_the_workbook_is_a_formula_and_all_cells_stay_text() -> None:
    cells = {"id": "=1+1", "occurred": "@SUM(A1)", "category": "#N/A", "commune": "+cmd|' /C calc'!A0"}
    row = QuarantinedRow('=HYPERLINK("x").xlsx', "-1+2", 7, "=A1", "bad_date", "=2\x07", {}, cells)
    _, sheet = opened(workbook([OutstandingRow("=9", row)], say=lambda one: one.message))
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert sheet[2][0].value == "=9"
    assert sheet[2][5].value == "=2 "


def test_a_cell_left_blank_is_text_by_its_column(read: Read) -> None:
    _, sheet = opened(workbook(outstanding(read("a.csv", HEADER + ROWS).quarantine), say=describe))
    assert {column.number_format for column in sheet.column_dimensions.values()} == {"@"}
    assert None in [cell.value for cell in sheet[2]]


def test_a_row_without_cells_can_be_filled_in(read: Read) -> None:
    first = read("a.csv", "id,occurred,category\n1,05/03/2024,theft\n2,05/03/2024,theft,too many\n")
    book, sheet = opened(workbook(outstanding(first.quarantine), say=describe))
    sheet["G2"], sheet["H2"] = "06/03/2024", "Ma túy"
    stream = io.BytesIO()
    book.save(stream)
    again = read("b.xlsx", stream.getvalue())
    assert (again.frame["category"].tolist(), again.origins) == (["drugs"], {("Cần sửa", 2): "9-1"})


def test_an_empty_quarantine_is_a_workbook_with_headers_only() -> None:
    _, sheet = opened(workbook([], say=describe))
    assert (sheet.max_row, sheet["G1"].value) == (1, "Xảy ra từ")


def test_more_rows_than_a_sheet_holds_go_to_further_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "MOST_ROWS", 2)
    row = QuarantinedRow("a", "", 1, "", "bad_date", "x", {}, {"occurred": "x"})
    book, _ = opened(workbook([OutstandingRow(str(key), row) for key in range(3)], say=describe))
    assert [(sheet.title, sheet.max_row) for sheet in book.worksheets] == [("Cần sửa 1", 3), ("Cần sửa 2", 2)]


@pytest.mark.parametrize(
    ("column", "reason", "fields"),
    [
        ("Ngày VV", "bad_date", {"occurred"}),
        ("F7", "unknown_category", {"category"}),
        ("X", "bad_coordinate", {"lon", "lat"}),
        ("lon", "outside_boundaries", {"lon"}),
        ("Số hồ sơ", "duplicate_id", {"id"}),
    ],
)
def test_the_field_at_fault_is_found_by_its_header_or_by_the_reason(column: str, reason: str, fields: set[str]) -> None:
    cells = {"id": "1", "occurred": "x", "category": "y", "lon": "106.1", "lat": "11.3"}
    row = QuarantinedRow("a", "", 1, column, reason, "x", {}, cells)
    assert fields_at_fault(row, list(cells)) == fields


def test_every_fault_of_a_row_is_told_and_coloured(read: Read) -> None:
    first = read("a.csv", HEADER + "1,31/02/2024,cướp biển,,abc,11.5\n")
    _, sheet = opened(workbook(outstanding(first.quarantine), say=lambda row: row.reason))
    assert (sheet["E2"].value, sheet["F2"].value) == (
        "occurred, category, lon",
        "bad_date\nunknown_category\nbad_coordinate",
    )
    assert [cell.value for cell in sheet[2] if cell.fill.fill_type] == ["31/02/2024", "cướp biển", "abc"]
