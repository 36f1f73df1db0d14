"""Excel workbooks: titles, merged headers, sheets, dates."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.quarantine import describe
from geodata.ingest.recipe import Recipe
from tests.geodata.ingest.workbooks import workbook

Read = Callable[..., Cleaned]
SIMPLE = ["Số hồ sơ", "Xảy ra từ", "Tội danh"]


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


def test_a_case_number_is_doubled_within_a_sheet_and_sheets_may_count_from_one_each(read: Read) -> None:
    one, other = ["1", "05/01/2024", "theft"], ["1", "05/02/2024", "theft"]
    found = read("t.xlsx", workbook({"T1": [SIMPLE, one], "T2": [SIMPLE, other, one]}))
    assert found.frame[["sheet", "row"]].to_numpy().tolist() == [["T1", 2], ["T2", 2]]
    assert [(row.sheet, row.row, row.reason) for row in found.quarantine] == [("T2", 3, "duplicate_id")]


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


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The workbook with the first sheet, or other parts, written otherwise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name) if name in parts else old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


SHEET1 = "xl/worksheets/sheet1.xml"


def test_dates_count_from_1904_where_the_workbook_says_so(read: Read) -> None:
    rows: list[list[object]] = [[*SIMPLE], ["1", datetime.fromisoformat("2024-03-05T22:15"), "theft"]]
    days = [read("t.xlsx", workbook({"T": rows}, from_1904=mac)).frame["day"].tolist() for mac in (False, True)]
    assert days[0] == days[1] == [(datetime.fromisoformat("2024-03-05") - datetime.fromisoformat("1970-01-01")).days]


def test_formulas_count_as_their_saved_results(read: Read) -> None:
    content = workbook({"T": [SIMPLE, ["1", "25/01/2024", "theft"], ["2", "25/01/2024", "theft"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        sheet = container.read(SHEET1).decode()
    saved = re.sub(r'<c r="C2".*?</c>', '<c r="C2" t="str"><f>"th"&amp;"eft"</f><v>theft</v></c>', sheet)
    found = read("t.xlsx", repacked(content, **{SHEET1: saved.encode()}))
    assert (len(found.frame), found.findings) == (2, ())
    unsaved = re.sub(r'<c r="(C[23])".*?</c>', r'<c r="\1"><f>A1</f><v></v></c>', sheet)
    found = read("t.xlsx", repacked(content, **{SHEET1: unsaved.encode()}))
    assert [row.reason for row in found.quarantine] == ["missing_category"] * 2
    assert found.findings[0].message.startswith(
        "on sheet «T» 2 cells hold formulas without a saved result, the first is C2"
    )


def test_hidden_sheets_stay_out_unless_asked_for(read: Read) -> None:
    rows = [SIMPLE, ["1", "05/01/2024", "theft"]]
    content = workbook({"T1": rows, "T2": rows}, hidden=["T2"])
    found = read("t.xlsx", content)
    assert (found.frame["sheet"].tolist(), found.skipped_sheets) == (["T1"], ("T2",))
    assert "the sheets «T2» are hidden" in found.findings[0].message
    assert read("t.xlsx", content, sheet="T2").frame["sheet"].tolist() == ["T2"]
    with pytest.raises(FileRefusedError, match="hidden sheet «T2»"):
        read("t.xlsx", workbook({"T1": [["x"]], "T2": rows}, hidden=["T2"]))


def test_a_cell_at_the_far_corner_costs_nothing(read: Read) -> None:
    content = workbook({"T": [SIMPLE, ["1", "05/01/2024", "theft"]]})
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        sheet = container.read(SHEET1)
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    found = read("t.xlsx", repacked(content, **{SHEET1: sheet.replace(b"</sheetData>", far)}))
    assert (found.read, found.frame["row"].tolist()) == (1, [2])


def test_macros_and_parts_of_strange_names_stay_bytes(read: Read, tmp_path: Path) -> None:
    content = workbook({"T": [SIMPLE, ["1", "05/01/2024", "theft"]]})
    strange = {"xl/vbaProject.bin": b"macro", "../../outside.txt": b"x", "/abs.txt": b"x"}
    assert read("t.xlsm", repacked(content, **strange)).read == 1
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsm"]


@pytest.mark.parametrize("title", [["DANH SÁCH ĐỐI TƯỢNG"], ["", "DANH SÁCH NẠN NHÂN"], ["TÌNH HÌNH"]])
def test_a_title_is_no_half_of_the_header_below_it(read: Read, title: list[str]) -> None:
    rows = [title, [*SIMPLE, "Mã riêng", "Tên riêng nào"], ["1", "25/01/2024", "theft", "x", "y"]]
    found = read("t.xlsx", workbook({"T": rows}))
    assert (found.personal_columns, found.dropped_columns) == ((), ("Mã riêng", "Tên riêng nào"))


def test_a_span_alone_in_the_upper_row_is_half_of_the_header(read: Read) -> None:
    rows = [["", "Xảy ra", "", ""], ["Số hồ sơ", "từ", "đến", "Tội danh"], ["1", "25/01/2024", "", "theft"]]
    assert read("t.xlsx", workbook({"T": rows})).frame["incident_id"].tolist() == ["1"]


@pytest.mark.parametrize("numbers", [["A", "1", "2"], ["(1)", "(2)", "(3)"], [1, 2, 3]])
def test_a_row_that_numbers_the_columns_belongs_to_the_header(read: Read, numbers: list[object]) -> None:
    found = read("t.xlsx", workbook({"T": [SIMPLE, numbers, ["7", "25/01/2024", "theft"]]}))
    assert (found.read, found.frame["row"].tolist()) == (1, [3])


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_behind_a_long_comment_or_in_other_letters_expand_to_nothing(read: Read, codec: str) -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    external = '<!ENTITY x SYSTEM "file:///etc/hostname">'
    document = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}{external}]><worksheet><sheetData><row r="1">'
    cell = '<c r="A1" t="inlineStr"><is><t>&a9;&x;</t></is></c></row></sheetData></worksheet>'
    text = f'<?xml version="1.0" encoding="{codec}"?><!-- {"x" * 4000} -->{document}{cell}'
    with pytest.raises(FileRefusedError, match=r"damaged workbook|no column with the date"):
        read("t.xlsx", repacked(workbook({"T": [SIMPLE]}), **{SHEET1: text.encode(codec)}))
