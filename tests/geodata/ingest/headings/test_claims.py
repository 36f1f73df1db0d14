"""What the cells tell where the headers leave it open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned

Read = Callable[..., Cleaned]


def findings(found: Cleaned) -> list[str]:
    return [finding.message for finding in found.findings]


def test_of_two_columns_for_one_field_the_one_that_is_filled_is_read(read: Read) -> None:
    found = read("a.csv", "date,occurred,category\n,05/03/2024,theft\n,06/03/2024,theft\n")
    assert found.frame["day"].tolist() == [19787, 19788]
    assert findings(found)[0] == (
        "the columns «date», «occurred» both mean the field occurred; «occurred» is read, as the others are blank"
    )
    assert found.dropped_columns == ("date",)


def test_two_columns_that_say_the_same_are_one(read: Read) -> None:
    found = read("a.csv", "date,category,Tội danh\n05/03/2024,theft,theft\n06/03/2024,drugs,drugs\n")
    assert found.frame["category"].tolist() == ["theft", "drugs"]
    assert "say the same; «category» is read" in findings(found)[0]


def test_of_two_case_numbers_the_one_that_repeats_least_is_read(read: Read) -> None:
    found = read("a.csv", "case number,id,date,category\nA,1,05/03/2024,theft\nA,2,05/03/2024,theft\n")
    assert found.frame["incident_id"].tolist() == ["1", "2"]
    assert "«id» is read, which repeats the least" in findings(found)[0]


def test_of_two_dates_that_name_the_same_days_the_one_with_the_hour_is_read(read: Read) -> None:
    text = "Incident Date,Incident Datetime,category\n2024/03/05,2024-03-05 22:15,theft\n2024/03/06,,theft\n"
    found = read("a.csv", text)
    assert found.frame["minute"].tolist() == [1335]
    assert "«Incident Datetime» is read, which says most of the hour" in findings(found)[0]


@pytest.mark.parametrize(
    "text",
    [
        "date,occurred,category\n05/03/2024,06/03/2024,theft\n",
        "date,category,Tội danh\n05/03/2024,theft,drugs\n",
        "date,category,lon,lon,lat\n05/03/2024,theft,106,107,11\n",
    ],
)
def test_two_columns_that_say_different_things_are_refused_by_name(read: Read, text: str) -> None:
    with pytest.raises(FileRefusedError, match="both mean the field"):
        read("a.csv", text)


def test_a_date_in_pieces_is_put_together(read: Read) -> None:
    text = "TYPE,YEAR,MONTH,DAY,HOUR,MINUTE\ntheft,2024,3,5,22,5\ntheft,2024,2,31,0,0\ntheft,2024,,5,,\n"
    found = read("a.csv", text)
    assert found.frame[["day", "minute"]].to_numpy().tolist() == [[19787, 1325]]
    assert [(row.row, row.column, row.reason) for row in found.quarantine] == [
        (3, "YEAR-MONTH-DAY", "bad_date"),
        (4, "YEAR-MONTH-DAY", "missing_date"),
    ]
    assert findings(found)[0] == (
        "no column holds the date; it is put together from the columns «YEAR», «MONTH», «DAY»"
    )


def test_a_year_and_a_month_beside_a_whole_date_are_left(read: Read) -> None:
    found = read("a.csv", "OCCURRED_ON_DATE,YEAR,MONTH,HOUR,category\n2024-03-05 22:15,2023,1,7,theft\n")
    assert found.frame[["day", "minute"]].to_numpy().tolist() == [[19787, 1335]]


def test_a_file_without_a_header_row_is_read_from_its_first_row(read: Read) -> None:
    found = read("a.csv", "05/03/2024,Trộm cắp tài sản,106.05,11.5\n06/03/2024,Ma túy,106.15,11.5\n")
    assert found.frame[["row", "day", "category", "lon", "lat"]].to_numpy().tolist() == [
        [1, 19787, "theft", 106.05, 11.5],
        [2, 19788, "drugs", 106.15, 11.5],
    ]
    assert findings(found)[0] == "there is no header row: the columns are named «cột 1», «cột 2» and so on"


def test_the_cells_of_a_first_row_are_never_echoed_as_headers(read: Read) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read("a.csv", "05/03/2024,Nguyễn Văn A,12\n06/03/2024,Trần Thị B,13\n")
    assert "Nguyễn" not in str(refused.value)
    assert "«cột 1», «cột 2», «cột 3»" in str(refused.value)
