"""Headers to fields."""

from __future__ import annotations

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers, require
from geodata.ingest.headings.dictionary import FIELDS
from geodata.ingest.opening.header import find_header
from geodata.ingest.people.personal_data import is_personal

OFFICE = (
    "STT", "Số hồ sơ", "Xảy ra từ", "đến", "Ngày tiếp nhận", "Nguồn tin", "Tội danh", "Điều - khoản",
    "Ấp / khu phố", "Xã / phường", "Huyện (cũ)", "X", "Y", "Vĩ độ", "Kinh độ", "Đơn vị thụ lý", "Kết quả",
)  # fmt: skip
FIELDS_OF_OFFICE = {
    "id": 1, "occurred": 2, "occurred_to": 3, "received": 4, "source": 5, "category": 6, "article": 7,
    "commune": 9, "district": 10, "x": 11, "y": 12, "lat": 13, "lon": 14,
}  # fmt: skip


def test_the_headers_of_an_office_are_known_with_and_without_diacritics() -> None:
    bare = ("STT", "So ho so", "Xay ra tu", "den", "Ngay tiep nhan", "Nguon tin", "Toi danh", "Dieu - khoan",
            "Ap / khu pho", "Xa / phuong", "Huyen (cu)", "X", "Y", "Vi do", "Kinh do", "Don vi thu ly",
            "Ket qua")  # fmt: skip
    for headers in (OFFICE, bare):
        found = Headers().match(headers)
        assert found.fields == FIELDS_OF_OFFICE
        assert found.dropped == (headers[0], headers[8], headers[15], headers[16])
        assert found.complete


def test_only_whole_headers_are_matched() -> None:
    found = Headers().match(["date", "category", "location_category", "lon", "lat", "district_ref"])
    assert found.fields == {"occurred": 0, "category": 1, "lon": 3, "lat": 4}
    assert found.dropped == ("location_category", "district_ref")


def test_no_header_means_two_fields() -> None:
    headers = [header for spelled in FIELDS.values() for header in spelled]
    assert len(headers) == len(set(headers))
    for name, spelled in FIELDS.items():
        for header in spelled:
            assert Headers().match([header]).fields == {name: 0}, header


@pytest.mark.parametrize(
    "header",
    ["Họ tên", "Họ và tên bị hại", "HO TEN", "CCCD", "Số CMND", "SĐT", "Điện thoại liên hệ", "Ngày sinh", "Nam sinh",
     "Biển số xe", "Bien so", "Victim name", "suspect", "phone_number", "DOB", "Date of birth", "plate", "Name", "Tên"],
)  # fmt: skip
def test_headers_that_speak_of_people_are_seen(header: str) -> None:
    assert is_personal(header)
    assert Headers().match([header]).personal == (header,)


def test_no_field_of_ours_speaks_of_people() -> None:
    assert [header for spelled in FIELDS.values() for header in spelled if is_personal(header)] == []


def test_a_mapping_decides_before_the_dictionary_and_never_lets_people_in() -> None:
    known = Headers({"occurred": "Wann", "category": "offence"})
    found = known.match(["date", "Wann", "category", "Offence"])
    assert found.fields == {"occurred": 1, "category": 3}
    assert found.dropped == ("date", "category")
    person = Headers({"id": "CCCD"})
    with pytest.raises(FileRefusedError, match="never enter"):
        require(person.match(["CCCD"]), ["CCCD"], person, file="a.csv", sheet="")
    absent = Headers({"id": "Nr"})
    with pytest.raises(FileRefusedError, match=r"«a\.xlsx» › T3: .*no such column"):
        require(absent.match(["date"]), ["date"], absent, file="a.xlsx", sheet="T3")


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (["category", "lon"], "no column with the date. The headers found are «category», «lon»"),
        (["date", "lon"], "no column with the category"),
        (["date", "occurred", "category"], "«date», «occurred» both mean the field occurred"),
        ([], "no column with the date"),
    ],
)
def test_missing_and_doubled_fields_are_refused_by_name(headers: list[str], words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        require(Headers().match(headers), headers, Headers(), file="a.csv", sheet="")


def test_a_title_is_not_taken_for_the_header() -> None:
    found = find_header([["Tội danh năm 2024"], [None], ["date", "category"], ["x", "y"]], Headers())
    assert (found.columns, found.data_from) == (("date", "category"), 3)


def test_where_nothing_is_known_the_first_row_is_the_header() -> None:
    assert find_header([[None], ["a", "b"], ["c", "d"]], Headers()).columns == ("a", "b")
    assert find_header([], Headers()).columns == ()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("CrimeDate", "occurred"), ("OCCURRED_ON_DATE", "occurred"), ("Ngày xảy ra vụ việc", "occurred"),
        ("Thời điểm", "occurred"), ("reported_date", "received"), ("DateReported", "received"),
        ("primary_type", "category"), ("ccl", "category"), ("TenToiDanh", "category"), ("Địa bàn", "commune"),
        ("Mã ĐVHC", "commune_code"), ("MaDVHC", "commune_code"), ("geo_lon", "lon"), ("Latitude", "lat"),
        ("long", "lon"), ("x_coord", "x"), ("KinhDo", "lon"), ("Kinh độ (WGS 84)", "lon"), ("X (m)", "x"),
        ("Ngày xảy ra (dd/mm/yyyy)", "occurred"), ("Huyện (cũ)", "district"), ("soHoSo", "id"),
        ("incidentID", "id"),
    ],
)  # fmt: skip
def test_headers_of_offices_and_open_data_are_known(header: str, name: str) -> None:
    assert Headers().match([header]).fields == {name: 0}


@pytest.mark.parametrize("header", ["Kinh độ (cũ)", "Ngày (nhập máy)", "XDate Y", "Category (text)" + "x" * 100])
def test_a_bracket_that_says_more_than_form_and_unit_makes_another_header(header: str) -> None:
    assert Headers().match([header]).fields == {}


@pytest.mark.parametrize("header", ["HoTen", "hoVaTen", "PhoneNumber", "soCCCD"])
def test_people_are_seen_where_only_capitals_part_the_words(header: str) -> None:
    assert Headers().match([header]).personal == (header,)


def test_a_general_header_gives_way_to_a_special_one() -> None:
    found = Headers().match(["type", "Tội danh", "date"])
    assert (found.fields, found.dropped, found.doubled) == ({"category": 1, "occurred": 2}, ("type",), {})


def test_columns_of_equal_headers_are_told_apart_by_their_letters() -> None:
    headers = ["date", "Tội danh", "x", "Tội danh"]
    with pytest.raises(FileRefusedError, match=r"«Tội danh» \(B\), «Tội danh» \(D\) both mean"):
        require(Headers().match(headers), headers, Headers(), file="a.csv", sheet="")


def test_a_month_is_a_date_unless_a_year_stands_beside_it() -> None:
    assert Headers().match(["Month", "crime type"]).fields == {"occurred": 0, "category": 1}
    found = Headers().match(["Year", "Month", "crime type"])
    assert (found.fields, found.parts, found.complete) == ({"category": 2}, {"year": 0, "month": 1}, True)


def test_a_mapping_may_name_a_column_by_its_number() -> None:
    assert Headers({"occurred": "cột 2"}).match(["a", ""]).fields == {"occurred": 1}
    assert Headers({"occurred": "column 1"}).match(["a", ""]).fields == {"occurred": 0}
    assert Headers({"occurred": "cột 3"}).match(["a", ""]).fields == {}


def test_a_row_of_cells_is_no_half_of_a_header_of_people() -> None:
    rows = [["Họ và tên bị hại", "", "Lời khai"], ["Nguyễn Thị Bí Mật", "-", "chuyện riêng"]]
    assert find_header(rows, Headers()).columns == ("Họ và tên bị hại", "", "Lời khai")


def test_what_stands_over_a_blank_cell_does_not_reach_over_its_neighbours() -> None:
    rows = [["Họ tên bị hại", "", "Tội danh", "Xảy ra", ""], ["", "Số hồ sơ", "", "từ", "đến"], ["x", "1", "y", "", ""]]
    merged = ("Họ tên bị hại", "Số hồ sơ", "Tội danh", "Xảy ra từ", "Xảy ra đến")
    assert find_header(rows, Headers()).columns == merged
