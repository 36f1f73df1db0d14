"""Whole files: kept and quarantined rows, none lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import tables
from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import clean_tables, read_file
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.quarantine import describe
from geodata.ingest.raw import Request
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.profile import Profile

Read = Callable[..., Cleaned]
HEADER = "id,occurred,category,lon,lat\n"


def cleaned(path: Path, profile: Profile, ground: Boundaries) -> Cleaned:
    """The file read in this process: one of its own for each of hundreds of examples would take minutes."""
    tables = read_here(path, Request(Headers()))
    today = date(2026, 6, 30)
    return clean_tables(tables, file=path.name, profile=profile, boundaries=ground, today=today, recipe=EMPTY)


def reasons(found: Cleaned) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in found.quarantine]


def test_a_row_with_several_faults_is_quarantined_once_by_its_first_column(read: Read) -> None:
    found = read("a.csv", HEADER + "1,31/02/2024,nonsense,abc,\n")
    assert found.read == 1
    (row,) = found.quarantine
    assert (row.column, row.reason) == ("occurred", "bad_date")
    assert [other["reason"] for other in row.facts["further"]] == ["unknown_category", "bad_coordinate"]  # type: ignore[attr-defined]
    assert describe(row) == (
        '«a.csv», row 2, column "occurred": "31/02/2024" is not a day of the calendar. Write it as dd/mm/yyyy'
    )
    json.dumps(row.facts)


def test_a_case_number_counts_once_and_a_blank_one_never_doubles(read: Read) -> None:
    rows = "1,x,theft,,\n1,05/03/2024,theft,,\n1,06/03/2024,theft,,\n,05/03/2024,theft,,\n,05/03/2024,theft,,\n"
    found = read("a.csv", HEADER + rows)
    assert found.frame["row"].tolist() == [3, 5, 6]
    assert reasons(found) == [(2, "bad_date"), (4, "duplicate_id")]
    assert found.quarantine[1].column == "id"


def test_a_row_without_a_point_takes_the_area_it_names(read: Read) -> None:
    header = "occurred,category,Xã / phường,Huyện (cũ),Vĩ độ,Kinh độ\n"
    rows = (
        "05/03/2024,theft,Xã Tân Bình,Huyện Tân Biên,,\n"
        "05/03/2024,theft,Xã Tân Bình,,,\n"
        "05/03/2024,theft,Xã Không Có,,,\n"
        "05/03/2024,theft,Xã Không Có,,11.5,106.05\n"
        "05/03/2024,theft,,,,\n"
        "05/08/2025,theft,Xã Hoà Hội,,,\n"
        "05/03/2024,theft,,Huyện Tân Biên,,\n"
    )
    found = read("a.csv", header + rows)
    places = found.frame[["row", "area_edition", "area_level", "area_code"]].to_numpy().tolist()
    assert places == [
        [2, "2024", "commune", "201"],
        [5, "", "", ""],
        [6, "", "", ""],
        [7, "2025", "commune", "206"],
        [8, "2024", "district", "20"],
    ]
    assert reasons(found) == [(3, "ambiguous_area"), (4, "unknown_area")]


def test_the_end_and_the_hour_fill_what_the_start_leaves_open(read: Read) -> None:
    header = "Xảy ra từ;đến;Giờ;Tội danh\n"
    rows = "05/03/2024;;22:15;theft\n;06/03/2024 07:00;;theft\n05/03/2024 23:00;05/03/2024 22:00;;theft\n;;;theft\n"
    found = read("a.csv", header + rows)
    assert found.frame["day"].tolist() == [19787, 19788]
    assert found.frame["minute"].tolist() == [1335, 420]
    assert reasons(found) == [(4, "end_before_start"), (5, "missing_date")]


def test_the_day_of_receipt_serves_where_the_file_has_no_other(read: Read) -> None:
    assert read("a.csv", "Ngày tiếp nhận,Điều - khoản\n05/03/2024,Điều 173\n").frame["day"].tolist() == [19787]


def test_people_stay_out_and_no_value_of_theirs_is_echoed(read: Read) -> None:
    found = read("a.csv", "occurred,category,Họ tên,CCCD,Ghi chú\nx,theft,Nguyễn Văn A,072,free text\n")
    assert found.personal_columns == ("Họ tên", "CCCD")
    assert found.dropped_columns == ("Ghi chú",)
    assert "Nguyễn" not in repr(found.quarantine)
    assert list(found.frame.columns) == list(tables.INCIDENT_COLUMNS)


def test_one_coordinate_column_alone_is_refused(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="none for its other coordinate"):
        read("a.csv", "occurred,category,lon\n05/03/2024,theft,106\n")


def test_vn_2000_with_decimal_commas_lands_in_the_province(read: Read) -> None:
    text = "occurred;category;X;Y\n05/03/2024;theft;1249136,5;565483,2\n05/03/2024;theft;abc;1\n"
    found = read("a.csv", text, recipe=Recipe(crs="EPSG:9209"))
    assert found.frame[["lon", "lat"]].to_numpy().tolist() == [pytest.approx([106.1, 11.295], abs=2e-3)]
    assert reasons(found) == [(3, "bad_coordinate")]
    assert found.quarantine[0].column == "X"


@pytest.mark.parametrize("headers", ["Kinh độ,Vĩ độ", "lon,lat"])
def test_degrees_under_headers_of_degrees_stay_degrees_whatever_system_is_named(read: Read, headers: str) -> None:
    text = f"occurred,category,{headers}\n05/03/2024,theft,106.1,11.3\n05/03/2024,theft,106.2,11.4\n"
    found = read("a.csv", text, recipe=Recipe(crs="EPSG:9209"))
    assert found.frame[["lon", "lat"]].to_numpy().tolist() == [[106.1, 11.3], [106.2, 11.4]]


def test_metres_under_headers_of_degrees_are_read_in_the_system_named(read: Read) -> None:
    found = read(
        "a.csv", "occurred,category,lon,lat\n05/03/2024,theft,565483.2,1249136.5\n", recipe=Recipe(crs="EPSG:9209")
    )
    assert found.frame[["lon", "lat"]].to_numpy().tolist() == [pytest.approx([106.1, 11.295], abs=2e-3)]


def test_own_categories_are_returned_only_where_a_row_kept_them(read: Read, open_minded: Profile) -> None:
    text = HEADER + "1,05/03/2024,aggravated assault,,\n2,x,burglary,,\n"
    found = read("a.csv", text, profile=open_minded)
    assert [category.key for category in found.new_categories] == ["aggravated_assault"]
    assert found.frame["category"].tolist() == ["aggravated_assault"]


@pytest.mark.parametrize("mark", ["nan", "NULL", "N/A", "-", "none", "?", "#N/A", "–"])
def test_a_mark_for_blank_is_no_category_no_date_no_area_and_no_case_number(
    read: Read, open_minded: Profile, mark: str
) -> None:
    header = "id,occurred,hour,category,commune,district\n"
    rows = f"{mark},05/03/2024,{mark},theft,{mark},{mark}\n" * 2 + f"1,05/03/2024,,{mark},,\n2,{mark},,theft,,\n"
    found = read("a.csv", header + rows, profile=open_minded)
    assert found.new_categories == ()
    assert found.frame[["incident_id", "area_code", "minute"]].to_numpy().tolist() == [["", "", -1]] * 2
    assert reasons(found) == [(4, "missing_category"), (5, "missing_date")]


@pytest.mark.parametrize("word", ["Tổng cộng", "TỔNG CỘNG:", "Tổng", "Cộng", "Total", "Tổng cộng: 12 vụ"])
@pytest.mark.parametrize("row", ["{},,,,", ",{},,,", ",,{},,", "{},,,3,", "{},3", "{},,,,,"])
def test_a_row_that_sums_up_is_told_as_such(read: Read, open_minded: Profile, word: str, row: str) -> None:
    found = read("a.csv", HEADER + "1,05/03/2024,theft,106.1,11.3\n" + row.format(word) + "\n", profile=open_minded)
    assert (found.read, len(found.frame)) == (2, 1)
    assert found.new_categories == ()
    (total,) = found.quarantine
    assert (total.row, total.reason) == (3, "total_row")
    assert "no incident" in total.message
    assert "further" not in total.facts


def test_a_row_with_a_date_or_a_category_is_no_sum(read: Read) -> None:
    found = read("a.csv", HEADER + "Total,05/03/2024,,,\nTotal,,theft,,\nTotal loss,,,,\n")
    assert reasons(found) == [(2, "missing_category"), (3, "missing_date"), (4, "missing_date")]


def test_the_kept_rows_have_the_agreed_types(read: Read) -> None:
    for rows in ("1,05/03/2024,theft,106.1,11.3\n", "1,x,theft,,\n"):
        types = read("a.csv", HEADER + rows).frame.dtypes.astype(str).to_dict()
        assert types == tables.INCIDENT_COLUMNS


def test_every_row_of_a_real_city_is_kept(shared_data: Path, open_minded: Profile) -> None:
    path = shared_data / "chicago" / "points.csv.gz"
    found = read_file(path, profile=open_minded, boundaries=Boundaries(), today=date(2026, 6, 30))
    assert (found.read, len(found.frame), found.quarantine) == (148_636, 148_636, ())
    assert found.dropped_columns == ("location_category", "district_ref")
    assert found.frame["row"].iloc[-1] == 148_637


TEXTS = st.one_of(
    st.sampled_from(
        ["", "theft", "05/03/2024", "2024-03-05T22:00Z", "31/02/2024", "2099-01-01", "45292.5", "106,1", "106.1",
         "11.3", "0", "1e999", "NaN", "Xã Tân Bình", "Huyện Tân Biên", "101", "Phường IV", "Điều 173", "1", "tin báo",
         "Tổng cộng"]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip
HEADERS = (
    "id",
    "occurred",
    "đến",
    "hour",
    "category",
    "article",
    "source",
    "commune",
    "mã xã",
    "district",
    "lon",
    "lat",
)
EVERYTHING = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def check_tally(found: Cleaned) -> None:
    assert found.read == len(found.frame) + len(found.quarantine)
    assert found.frame.equals(tables.check_incidents(found.frame))
    assert not found.frame["lon"].isna().ne(found.frame["lat"].isna()).any()
    places = [(row.sheet, row.row) for row in found.quarantine]
    places += list(found.frame[["sheet", "row"]].itertuples(index=False, name=None))
    assert len(places) == len(set(places))
    for row in found.quarantine:
        assert describe(row)
        json.dumps(row.facts)


@pytest.mark.slow
@EVERYTHING
@given(rows=st.lists(st.lists(TEXTS, min_size=1, max_size=13), max_size=8), own=st.booleans())
def test_no_row_of_a_dirty_text_file_is_lost(
    rows: list[list[str]], own: bool, tmp_path: Path, strict: Profile, open_minded: Profile, ground: Boundaries
) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADERS, *rows])
    path = tmp_path / "dirty.csv"
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    profile = open_minded if own else strict
    with suppress(FileRefusedError):
        check_tally(cleaned(path, profile, ground))


CELLS = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.floats())
DAYS = st.datetimes(datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2100-01-01"))
LISTS = st.lists(st.integers(), max_size=2)


@pytest.mark.slow
@EVERYTHING
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(HEADERS), CELLS | LISTS)),
    place=st.lists(st.one_of(st.floats(), st.none(), st.text(max_size=3)), max_size=3),
)
def test_no_feature_of_a_dirty_geojson_is_lost(
    rows: list[dict[str, object]], place: list[object], tmp_path: Path, open_minded: Profile, ground: Boundaries
) -> None:
    geometries = ({"type": "Point", "coordinates": place}, None)
    features: list[dict[str, object]] = [
        {"properties": {"occurred": "05/03/2024", "category": "theft"} | row, "geometry": geometry}
        for row in rows
        for geometry in geometries
    ]
    path = tmp_path / "dirty.geojson"
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    with suppress(FileRefusedError):
        found = cleaned(path, open_minded, ground)
        assert found.read == len(features)
        check_tally(found)


@pytest.mark.slow
@settings(EVERYTHING, max_examples=20)
@given(rows=st.lists(st.lists(CELLS | DAYS, max_size=12), max_size=6))
def test_no_row_of_a_dirty_workbook_is_lost(
    rows: list[list[object]], tmp_path: Path, strict: Profile, ground: Boundaries
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    try:
        for row in [list(HEADERS), *rows]:
            sheet.append(row)
        book.save(tmp_path / "dirty.xlsx")
    except (ValueError, openpyxl.utils.exceptions.IllegalCharacterError):
        return  # Excel itself could not hold such a cell
    with suppress(FileRefusedError):
        check_tally(cleaned(tmp_path / "dirty.xlsx", strict, ground))
