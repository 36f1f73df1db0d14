"""What becomes of files with columns that hold people."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.recipe import Recipe
from geodata.profile import Profile

Read = Callable[..., Cleaned]
PHONES = ("0912345678", "0987654321", "0351112223")


def rows(*cells: str) -> str:
    return "".join(f"{cell},25/03/2024,theft\n" for cell in cells)


def test_a_column_of_phones_under_any_header_is_dropped_and_named(read: Read) -> None:
    found = read("a.csv", "Ghi thêm,occurred,category\n" + rows(*PHONES))
    assert found.personal_columns == ("Ghi thêm",)
    assert found.dropped_columns == ()
    assert [finding.message for finding in found.findings] == [
        "«Ghi thêm» stays out: 100 % of its cells look like telephone numbers"
    ]


def test_case_numbers_that_are_phones_are_not_read(read: Read) -> None:
    found = read("a.csv", "id,occurred,category\n" + rows(*PHONES))
    assert found.frame["incident_id"].tolist() == ["", "", ""]
    assert (found.personal_columns, found.id_column) == (("id",), "")


def test_single_phones_among_case_numbers_are_left_out_and_counted(read: Read) -> None:
    found = read("a.csv", "id,occurred,category\n" + rows("HS-1", "HS-2", PHONES[0], "HS-4"))
    assert found.frame["incident_id"].tolist() == ["HS-1", "HS-2", "", "HS-4"]
    (finding,) = found.findings
    assert finding.facts == {"column": "id", "rows": 1}


def test_a_category_column_full_of_names_refuses_the_file_without_a_value(read: Read) -> None:
    text = "occurred,category\n05/03/2024,Nguyễn Văn An\n05/03/2024,Trần Thị Bé\n"
    with pytest.raises(FileRefusedError) as refused:
        read("a.csv", text)
    assert str(refused.value).startswith(
        "«a.csv»: «category» would be the field category, but 100 % of its cells look like data of people"
    )
    assert "Nguyễn" not in str(refused.value)


def test_a_mapped_column_of_people_is_refused_even_where_it_is_not_needed(read: Read) -> None:
    text = "Cột 1,occurred,category\n" + rows(*PHONES)
    with pytest.raises(FileRefusedError, match="«Cột 1» would be the field id, but 100 % of its cells"):
        read("a.csv", text, recipe=Recipe(columns={"id": "Cột 1"}))


@pytest.mark.parametrize("header", ["Họ và tên đệm", "Cột 1"])
def test_a_profile_may_refuse_files_with_people(read: Read, strict: Profile, header: str) -> None:
    refusing = strict.model_copy(update={"personal_columns": "refuse"})
    with pytest.raises(FileRefusedError) as refused:
        read("a.csv", f"{header},occurred,category\n" + rows(*PHONES), profile=refusing)
    assert str(refused.value) == (
        f"«a.csv» has columns that speak of people: «{header}». The profile refuses such files (personal_columns = "
        '"refuse"). Delete these columns, save and load again'
    )


def test_a_profile_that_refuses_takes_files_without_people(read: Read, strict: Profile) -> None:
    refusing = strict.model_copy(update={"personal_columns": "refuse"})
    assert read("a.csv", "id,occurred,category\n" + rows("1", "2"), profile=refusing).read == 2


def test_a_workbook_in_a_vn_font_is_read_whole(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ngµy x¶y ra", "Téi danh", "X· / ph­êng", "HuyÖn (cò)", "Hä vµ tªn"])
    sheet.append(["05/03/2024", "Trém c¾p tµi s¶n", "X· T©n B×nh", "HuyÖn T©n Biªn", "NguyÔn V¨n An"])
    sheet.append(["06/03/2024", "§¸nh b¹c", "X· Hßa Héi", "HuyÖn T©n Biªn", "TrÇn ThÞ BÐ"])
    stream = io.BytesIO()
    book.save(stream)
    found = read("t3.xlsx", stream.getvalue())
    assert found.frame["category"].tolist() == ["theft", "gambling"]
    assert found.frame["area_code"].tolist() == ["201", "202"]
    assert found.personal_columns == ("Họ và tên",)
    assert any("TCVN3 (ABC)" in finding.message for finding in found.findings)


def test_a_file_in_tcvn3_is_read_whole(read: Read) -> None:
    text = b"Ng\xb5y x\xb6y ra;T\xe9i danh;X\xb7\n05/03/2024;Tr\xe9m c\xbep t\xb5i s\xb6n;X\xb7 H\xdfa H\xe9i\n"
    found = read("t3.csv", text)
    assert found.frame["category"].tolist() == ["theft"]
    assert found.frame["area_code"].tolist() == ["202"]
    assert found.findings[0].message.startswith("«t3.csv» was written in TCVN3 (ABC)")


def test_a_refusal_for_want_of_headers_echoes_no_person(read: Read) -> None:
    text = "Nguyễn Văn An,072085001234,0912345678,abc\nTrần Thị Bé,072186004321,0987654321,abd\n"
    with pytest.raises(FileRefusedError) as refused:
        read("a.csv", text)
    assert "The headers found are «…», «…», «…», «abc»" in str(refused.value)
