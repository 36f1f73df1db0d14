"""Numbers of persons in short texts, and numbers that only look a little like them."""

from __future__ import annotations

import pytest

from geodata.ingest.people.identifiers import concealed
from geodata.ingest.wording import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("072085001234", "…"),
        ("CCCD 072 085 001 234", "CCCD …"),
        ("290123456", "…"),
        ("Trộm cắp (0912345678)", "Trộm cắp (…)"),
        ("0912 345 678 / +84 912 345 678", "… / …"),
        ("0276 3822123", "…"),
        ("xe 72A-123.45", "xe …"),
        ("70-B1 123.45", "…"),
        ("a.b-c@example.com.vn", "…"),
    ],
)
def test_what_identifies_a_person_is_concealed(text: str, expected: str) -> None:
    assert concealed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1249136.5", "1249136", "607123", "106,112345", "-87.6123456789", "11°18'02.5\"N", "105 30 12",
        "05/03/2024 22:15", "03-05-2024 22:15", "2024-03-05T22:15:00", "20240305", "202403052215", "1709600000",
        "HS-2024-0001", "70HS-0001", "TA-072024000123", "Điều 173", "1.250.000", "Xã Tân Bình",
    ],
)  # fmt: skip
def test_coordinates_dates_and_case_numbers_are_left(text: str) -> None:
    assert concealed(text) == text


def test_a_coordinate_without_its_point_is_left_where_a_number_is_expected() -> None:
    assert concealed("106112345") == "…"
    assert concealed("106112345", number=True) == "106112345"
    assert shown(106112345, number=True) == "106112345"


def test_a_message_echoes_no_number_of_a_person() -> None:
    assert shown("Nguyễn Văn A, 0912345678") == "Nguyễn Văn A, …"
    assert shown("x" * 35 + " 0912345678") == "x" * 35 + " …"
