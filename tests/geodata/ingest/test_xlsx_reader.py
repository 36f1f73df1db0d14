"""Excel workbooks: titles, merged headers, sheets, dates."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime, time

import openpyxl
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.quarantine import describe
from geodata.ingest.recipe import Recipe

Read = Callable[..., Cleaned]
SIMPLE = ["Số hồ sơ", "Xảy ra từ", "Tội danh"]


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_as_the_office_has_it_is_read(read: Read) -> None:
    rows: list[list[object]] = [
        ["THỐNG KÊ TỘI PHẠM THÁNG 3"],
        [],
        ["STT", "Số hồ sơ", "Xảy ra", None, "Nguồn tin", "Tội danh", "Tọa độ", None, "Họ tên bị hại", "Kết quả"],
        [None, None, "từ", "đến", None, None, "Vĩ độ", "Kinh độ", None, None],
        [
            1,
            "A1",
            datetime.fromisoformat("2024-03-05T22:15"),
            None,
            "Tin báo",
            "Trộm cắp tài sản",
            "11,3",
            "106,1",
            "Bà B",
            "x",
        ],
        [2, "A2", 45292.5, None, "phát hiện", "Đánh bạc", 11.3, 106.1, None, None],
        [],
        [3, "A3", "05/03/2024", None, "", "Ma tuý", "11,3", "abc", None, None],
        ["Tổng cộng", 3],
    ]
    found = read("t3.xlsx", workbook({"T3": rows, "Danh mục": [["Mã", "Tên"], ["1", "x"]]}))
    assert found.frame["incident_id"].tolist() == ["A1", "A2"]
    assert found.frame["row"].tolist() == [5, 6]
    assert found.frame["minute"].tolist() == [22 * 60 + 15, 12 * 60]
    assert found.frame["category"].tolist() == ["theft", "gambling"]
    assert found.frame["source"].tolist() == ["reported", "discovered"]
    assert found.frame["lon"].tolist() == [106.1, 106.1]
    assert found.personal_columns == ("Họ tên bị hại",)
    assert found.dropped_columns == ("STT", "Kết quả")
    assert found.skipped_sheets == ("Danh mục",)
    assert [row.reason for row in found.quarantine] == ["bad_coordinate", "total_row"]
    assert describe(found.quarantine[0]).startswith(
        '«t3.xlsx», sheet "T3", row 8, column "Tọa độ Kinh độ": "abc" is not a number'
    )


def test_all_sheets_with_the_header_are_read_and_one_can_be_asked_for(read: Read) -> None:
    content = workbook({"T1": [SIMPLE, ["1", "05/01/2024", "theft"]], "T2": [SIMPLE, ["2", "05/02/2024", "theft"]]})
    assert read("t.xlsx", content).frame["sheet"].tolist() == ["T1", "T2"]
    assert read("t.xlsx", content, sheet="T2").frame["incident_id"].tolist() == ["2"]
    with pytest.raises(FileRefusedError, match="no sheet «T9»; it has «T1», «T2»"):
        read("t.xlsx", content, sheet="T9")


def test_a_case_number_on_two_sheets_counts_once(read: Read) -> None:
    content = workbook({"T1": [SIMPLE, ["1", "05/01/2024", "theft"]], "T2": [SIMPLE, ["1", "05/02/2024", "theft"]]})
    found = read("t.xlsx", content)
    assert len(found.frame) == 1
    assert [(row.sheet, row.row, row.reason) for row in found.quarantine] == [("T2", 2, "duplicate_id")]
    assert 'row 2 on sheet "T1"' in found.quarantine[0].message


def test_a_mapping_finds_the_header_row_too(read: Read) -> None:
    content = workbook({"T1": [["Title", "x"], ["Wann", "Was"], ["05/01/2024", "theft"]]})
    found = read("t.xlsx", content, recipe=Recipe({"occurred": "Wann", "category": "Was"}))
    assert found.frame["row"].tolist() == [3]


def test_an_hour_cell_of_excel_is_read(read: Read) -> None:
    rows: list[list[object]] = [[*SIMPLE, "Giờ"], ["1", datetime.fromisoformat("2024-03-05"), "theft", time(22, 15)]]
    assert read("t.xlsx", workbook({"T": rows})).frame["minute"].tolist() == [22 * 60 + 15]


def test_the_same_hours_come_from_excel_text_and_geojson(read: Read) -> None:
    times = ["2024-03-05 00:00", "2024-03-06 22:15"]
    cells: list[list[object]] = [
        [*SIMPLE],
        *([str(i), datetime.fromisoformat(when), "theft"] for i, when in enumerate(times)),
    ]
    features = [{"properties": {"date": when, "category": "theft"}, "geometry": None} for when in times]
    for found in (
        read("t.xlsx", workbook({"T": cells})),
        read("t.csv", "date,category\n" + "".join(f"{when},theft\n" for when in times)),
        read("t.geojson", json.dumps({"features": features})),
    ):
        assert found.frame["minute"].tolist() == [0, 22 * 60 + 15]


def test_a_workbook_without_cells_is_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError):
        read("t.xlsx", workbook({"T": []}))
