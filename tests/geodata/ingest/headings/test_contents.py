"""Columns found by what their cells look like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.recipe import Recipe

Read = Callable[..., Cleaned]


def rows(*columns: list[str]) -> str:
    return "\n".join(";".join(row) for row in zip(*columns, strict=True)) + "\n"


DAYS = [f"{day:02d}/03/2024" for day in range(1, 21)]
KINDS = ["Trộm cắp tài sản", "Điều 134", "drugs", "Cờ bạc"] * 5
LON = [f"106.{number:02d}5" for number in range(10, 30)]
LAT = [f"11.{number:02d}1" for number in range(30, 50)]
DEGREES = (
    "the columns «F3» and «F4» have no known headers; 100 % of their cells are degrees inside the boundaries: read as "
    "longitude and latitude"
)
PLACES = ["Xã Tân Thành", "Xã Hòa Hội", "xa tan thanh", "P. IV", "Xã Hoà Hội, huyện Tân Biên"] * 4


def test_columns_without_known_headers_are_found_by_their_cells(read: Read) -> None:
    found = read("a.csv", "F1;F2;F3;F4;F5\n" + rows(DAYS, KINDS, LON, LAT, PLACES))
    assert (found.read, len(found.frame)) == (20, 20)
    first = found.frame.iloc[0]
    assert (first["day"], first["category"], first["lon"], first["lat"]) == (19783, "theft", 106.105, 11.301)
    assert [finding.message for finding in found.findings][:4] == [
        "the column «F1» has no known header; 100 % of its cells are dates: read as the date",
        "the column «F2» has no known header; 100 % of its cells are known categories: read as the category",
        "the column «F5» has no known header; 100 % of its cells name known communes: read as the commune",
        DEGREES,
    ]
    assert found.dropped_columns == ()


def test_a_few_other_cells_do_not_hide_a_column(read: Read) -> None:
    days, kinds = [*DAYS[:18], "không rõ", "12"], [*KINDS[:16], "khác", "a", "b", "c"]
    found = read("a.csv", "F1;F2\n" + rows(days, kinds))
    told = [(finding.facts["column"], finding.facts["share"]) for finding in found.findings if "share" in finding.facts]
    assert told == [("F1", 90), ("F2", 80)]
    assert (len(found.frame), len(found.quarantine)) == (16, 4)


@pytest.mark.parametrize(
    ("days", "kinds", "words"),
    [
        ([*DAYS[:17], "a", "b", "c"], KINDS, "no column with the date"),
        (DAYS, [*KINDS[:15], "a", "b", "c", "d", "g"], "no column with the category"),
        (["05/03/1987"] * 20, KINDS, "no column with the date"),
        (["45000"] * 20, KINDS, "no column with the date"),
    ],
)
def test_a_column_with_too_few_such_cells_is_none(read: Read, days: list[str], kinds: list[str], words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        read("a.csv", "F1;F2\n" + rows(days, kinds))


def test_two_columns_that_both_fit_are_refused_with_both_named(read: Read) -> None:
    text = "F1;F2;F3\n" + rows(DAYS, DAYS[::-1], KINDS)
    with pytest.raises(FileRefusedError, match="cells of «F1», «F2» all could be it"):
        read("a.csv", text)
    found = read("a.csv", text, recipe=Recipe({"occurred": "F2"}))
    assert found.frame["day"].iloc[0] == 19802


def test_headers_that_are_known_are_never_read_as_something_else(read: Read) -> None:
    header = "Ngày sinh;Ghi chú;Tội danh\n"
    with pytest.raises(FileRefusedError, match="no column with the date"):
        read("a.csv", header + rows(DAYS, DAYS, KINDS))


def test_metres_are_found_where_a_northing_stands_beside_an_easting(read: Read) -> None:
    north, east = [f"12{number}136.5" for number in range(30, 50)], [f"5{number}483.2" for number in range(65, 85)]
    found = read("a.csv", "Ngày;Tội danh;F3;F4\n" + rows(DAYS, KINDS, north, east), recipe=Recipe(crs="EPSG:9209"))
    assert len(found.frame) == 20
    assert found.frame["lon"].iloc[0] == pytest.approx(106.1, abs=2e-3)
    assert "read as X and Y" in found.findings[0].message


def test_whole_numbers_are_no_degrees(read: Read) -> None:
    found = read("a.csv", "Ngày;Tội danh;F3;F4\n" + rows(DAYS, KINDS, ["106"] * 20, ["11"] * 20))
    assert found.frame["lon"].isna().all()


def test_a_column_without_any_header_is_named_by_its_number(read: Read) -> None:
    found = read("a.csv", "Ngày;;F3\n" + rows(DAYS, KINDS, ["1"] * 20), recipe=Recipe())
    assert found.findings[0].facts["column"] == "cột 2"


def test_nothing_is_sought_where_nothing_is_missing(read: Read, tmp_path: Path) -> None:
    found = read("a.csv", "Ngày;Tội danh;Xã;lon;lat;F6\n" + rows(DAYS, KINDS, PLACES, LON, LAT, DAYS))
    assert found.dropped_columns == ("F6",)
    assert all("no known header" not in finding.message for finding in found.findings)
