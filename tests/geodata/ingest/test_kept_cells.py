"""What is kept of a row that was put aside, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from geodata.boundaries.editions import Boundaries
from geodata.ingest.cells import moment_text, table_of
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import clean_tables
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.profile import Profile
from geodata.tables import OutstandingRow

Read = Callable[..., Cleaned]


@pytest.fixture
def again(strict: Profile, ground: Boundaries) -> Callable[[Cleaned], Cleaned]:
    """Clean the quarantined rows once more, from their cells alone."""

    def clean_again(found: Cleaned) -> Cleaned:
        rows = [OutstandingRow(f"k{number}", row) for number, row in enumerate(found.quarantine, start=1)]
        return clean_tables(
            [table_of(rows)],
            file="again",
            profile=strict,
            boundaries=ground,
            today=date(2026, 6, 30),
            recipe=EMPTY,
        )

    return clean_again


def test_what_was_read_is_canonical_and_what_was_not_stands_as_written(read: Read) -> None:
    header = "Số hồ sơ;Xảy ra từ;Giờ;Tội danh;Nguồn tin;Họ tên;Ghi chú;Kinh độ;Vĩ độ\n"
    found = read("a.csv", header + "12/A;2024-03-05;22h15;Trộm  cắp;Tin báo của dân;Nguyễn Văn A;dài;106,1;abc\n")
    (row,) = found.quarantine
    assert row.cells == {
        "id": "12/A", "occurred": "05/03/2024 22:15", "category": "Trộm cắp", "source": "tố giác", "lon": "106,1",
        "lat": "abc",
    }  # fmt: skip


def test_a_faulty_date_keeps_all_that_was_said_of_the_time(read: Read) -> None:
    found = read("a.csv", "Ngày tiếp nhận,Giờ,category,lon,lat\n31/02/2024,22:15,theft,106.1,11.30\n")
    assert found.quarantine[0].cells == {
        "occurred": "31/02/2024", "hour": "22:15", "category": "theft", "lon": "106.1", "lat": "11.3",
    }  # fmt: skip


def test_the_day_of_a_row_out_of_range_is_canonical(read: Read) -> None:
    found = read("a.csv", "occurred,category\n2031-03-05 07:05,theft\n")
    assert found.quarantine[0].cells["occurred"] == "05/03/2031 07:05"


def test_marks_for_a_blank_long_texts_and_control_characters_are_not_kept(read: Read) -> None:
    long = "x" * 70
    found = read("a.csv", f"id,occurred,category,commune,district\n{long},-,{long},a\x07b,N/A\n")
    (row,) = found.quarantine
    assert row.cells == {"category": "x" * 59 + "…", "commune": "a b"}


def test_date_cells_of_a_workbook_are_written_as_people_do(tmp_path: Path, read: Read) -> None:
    book = openpyxl.Workbook()
    for line in (["occurred", "đến", "category"], [datetime.fromisoformat("2024-03-05T22:15"), "không rõ", "nonsense"]):
        book.worksheets[0].append(line)
    book.save(tmp_path / "b.xlsx")
    (row,) = read("a.xlsx", (tmp_path / "b.xlsx").read_bytes()).quarantine
    assert row.cells["occurred"] == "05/03/2024 22:15"


def test_a_row_whose_case_number_is_taken_keeps_its_cells(read: Read) -> None:
    found = read("a.csv", "id,occurred,category,lon,lat\n1,05/03/2024,theft,,\n1,06/03/2024 07:00,drugs,106.1,11.3\n")
    assert found.quarantine[0].cells == {
        "id": "1", "occurred": "06/03/2024 07:00", "category": "drugs", "lon": "106.1", "lat": "11.3",
    }  # fmt: skip


ROWS = (
    "1;31/02/2024;;theft;;;;\n"
    "2;05/03/2024 23:00;05/03/2024 22:00;theft;;;;\n"
    "3;05/03/2024;;không có;;;;\n"
    "4;05/03/2024;;;;;;\n"
    "5;05/03/2024;;theft;Xã Tân Bình;;;\n"
    "6;05/03/2024;;theft;Xã Không Có;;;\n"
    "7;05/03/2024;;theft;;abc;11.3;\n"
    "8;05/03/2024;;theft;;106.1;;\n"
    "9;05/03/2024;;theft;;0;0;\n"
    "10;05/03/2024;;theft;;11.3;106.1;\n"
    "11;05/03/2031;;theft;;106.1;11.3;\n"
    "12;05/03/2024;;theft;Xã Hòa Hội;106.1;11.3;25\n"
)


def test_cells_cleaned_again_have_the_same_faults(read: Read, again: Callable[[Cleaned], Cleaned]) -> None:
    found = read("a.csv", "id;occurred;đến;category;commune;lon;lat;hour\n" + ROWS)
    assert len(found.quarantine) == 12
    once = again(found)
    assert [row.reason for row in once.quarantine] == [row.reason for row in found.quarantine]
    assert [row.cells for row in once.quarantine] == [row.cells for row in found.quarantine]
    assert once.origins == {("", number): f"k{number}" for number in range(1, 13)}


def test_metres_keep_their_system_beside_rows_in_degrees(read: Read, again: Callable[[Cleaned], Cleaned]) -> None:
    text = "occurred;category;X;Y\n05/03/2024;theft;1249136,5;abc\n31/02/2024;theft;1249136,5;565483,2\n"
    found = read("a.csv", text, recipe=Recipe(crs="EPSG:9209"))
    metres, degrees = (row.cells for row in found.quarantine)
    assert (metres["x"], metres["y"], metres["crs"]) == ("1249136,5", "abc", "EPSG:9209")
    assert float(degrees["lon"]) == pytest.approx(106.1, abs=2e-3)
    assert [row.reason for row in again(found).quarantine] == ["bad_coordinate", "bad_date"]


def test_coordinates_of_a_source_that_swaps_them_change_back(read: Read) -> None:
    text = "occurred;category;lon;lat\n05/03/2024;theft;11.3;abc\n"
    assert read("a.csv", text, recipe=Recipe(swapped=True)).quarantine[0].cells["lat"] == "11.3"


def test_moments_are_written_day_first() -> None:
    assert (moment_text(19787, 0), moment_text(19787, -1), moment_text(-1, 1439)) == (
        "05/03/2024 00:00",
        "05/03/2024",
        "31/12/1969 23:59",
    )
