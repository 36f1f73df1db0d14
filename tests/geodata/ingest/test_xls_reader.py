"""Excel workbooks of before 2007."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from tests.geodata.ingest.old_excel import Serial, old_workbook, ole

Read = Callable[..., Cleaned]
HEADER: list[object] = ["Số hồ sơ", "Xảy ra từ", "Tội danh", "Vĩ độ", "Kinh độ"]
AT = datetime.fromisoformat("2024-03-05T22:15")


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_sheet_of_an_old_workbook_is_read_with_either_calendar(read: Read, from_1904: bool) -> None:
    rows: list[list[object]] = [["THỐNG KÊ THÁNG 3"], HEADER, ["A1", AT, "Trộm cắp tài sản", "11,3", 106.1]]
    found = read("t3.xls", old_workbook({"T3": rows}, from_1904=from_1904))
    assert found.frame[["incident_id", "row", "minute", "category"]].to_numpy().tolist() == [
        ["A1", 3, 22 * 60 + 15, "theft"]
    ]
    assert found.frame["day"].tolist() == [(AT - datetime.fromisoformat("1970-01-01")).days]
    assert found.frame[["lon", "lat"]].to_numpy().tolist() == [[106.1, 11.3]]


def test_short_rows_truths_and_dates_that_are_none_are_cells_like_others(read: Read) -> None:
    rows: list[list[object]] = [
        HEADER,
        ["A1", AT, "theft"],
        ["A2", Serial(-5.0), True],
        [None, None],
        ["A4", 45292.5, "theft"],
    ]
    found = read("t.xls", old_workbook({"T": rows}))
    assert found.frame["incident_id"].tolist() == ["A1", "A4"]
    assert [row.row for row in found.quarantine] == [3]


def test_hidden_sheets_stay_out_and_are_named(read: Read) -> None:
    rows: list[list[object]] = [HEADER, ["A1", AT, "theft"]]
    found = read("t.xls", old_workbook({"T1": rows, "T2": rows}, hidden=["T2"]))
    assert found.frame["sheet"].tolist() == ["T1"]
    assert found.skipped_sheets == ("T2",)


def test_a_locked_workbook_is_refused_as_such(read: Read) -> None:
    for content in (
        old_workbook({"T": [HEADER]}, locked=True),
        ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
    ):
        with pytest.raises(FileRefusedError, match=r"locked with a password\. Open it in Excel with the password"):
            read("t.xls", content)


def test_an_old_document_that_is_no_workbook_is_refused(read: Read) -> None:
    for content in (ole({"WordDocument": b"x"}), old_workbook({"T": [HEADER]})[:1500]):
        with pytest.raises(FileRefusedError, match="damaged workbook"):
            read("t.xls", content)
