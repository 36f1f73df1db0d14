"""Headers to fields."""

from __future__ import annotations

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.columns import FIELDS, Headers, require
from geodata.ingest.header import find_header
from geodata.ingest.personal_data import is_personal

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
