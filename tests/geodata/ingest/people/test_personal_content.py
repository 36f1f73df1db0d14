"""Columns that hold people, told by their cells, and columns that only look a little like them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.ingest.file import read_tables
from geodata.ingest.headings.columns import Headers
from geodata.ingest.people.person_names import looks_like_name
from geodata.ingest.people.personal_content import personal_columns
from geodata.ingest.raw import RawTable

AREAS = frozenset({"tân lập", "lê minh xuân", "trần văn thời", "hòa hội"})
DRAW = random.Random(7)


def kind(header: str, cells: Sequence[object], *, occurred: str = "05/03/2024") -> str:
    count = len(cells)
    columns: dict[int, list[object]] = {0: list(cells), 1: [occurred] * count, 2: ["theft"] * count}
    frame = pd.DataFrame({at: pd.Series(values, dtype=object) for at, values in columns.items()})
    table = RawTable("", (header, "Ngày xảy ra", "Tội danh"), frame, np.arange(count))
    matching = Headers().match(table.columns)
    found = personal_columns(table, matching, areas=lambda: AREAS, earliest=date(2000, 1, 1))
    assert set(found) <= {0}
    return found[0].kind if found else ""


def numbers(first: str, digits: int, count: int = 40) -> list[str]:
    return [first + "".join(DRAW.choices("0123456789", k=digits)) for _ in range(count)]


PEOPLE = [
    ("citizen_id", numbers("0720", 8)),
    ("citizen_id", [int(text) for text in numbers("0801", 8)]),  # as Excel keeps it: the first nought is gone
    ("old_id", numbers("290", 6)),
    ("phone", numbers("09", 8)),
    ("phone", ["+84 912 345 678", "0987.654.321"]),
    ("plate", ["72A-123.45", "70-B1 543.21", "61C-999.01"]),
    ("email", ["a@example.com", "b.c@example.org"]),
    ("name", ["Nguyễn Văn An", "Trần Thị Bé", "LÊ HOÀNG NAM"]),
    ("name", ["Nguyen Van An", "Tran Thi Be", "Le Hoang Nam"]),
]


@pytest.mark.parametrize(("expected", "cells"), PEOPLE)
@pytest.mark.parametrize("header", ["Số hồ sơ", "Loại vụ", "Cột 9"])
def test_people_are_told_whatever_the_header_says(header: str, expected: str, cells: list[object]) -> None:
    assert kind(header, cells) == expected


def test_half_of_the_cells_are_enough() -> None:
    rest = [f"HS-{number}" for number in range(10)]
    assert kind("Số hồ sơ", numbers("09", 8, 10) + rest) == "phone"
    assert kind("Số hồ sơ", numbers("09", 8, 8) + rest) == ""


@pytest.mark.parametrize(
    "cells",
    [
        [f"HS-2024-{number:04d}" for number in range(40)],
        [f"{290_000_000 + 13 * number}" for number in range(40)],  # a running number of nine digits
        [f"072024{number:06d}" for number in range(40)],
        DRAW.sample([f"072024{7 * number:06d}" for number in range(40)], 40),
        [f"24{DRAW.randrange(1, 22):02d}{DRAW.randrange(99999):05d}" for _ in range(40)],  # the year comes first
        [str(DRAW.randrange(10**8, 10**9)) for _ in range(40)],  # any nine digits, as New York numbers its cases
        [str(DRAW.randrange(10**7, 10**8)) for _ in range(40)],
    ],
)
def test_case_numbers_are_not_people(cells: list[object]) -> None:
    assert kind("Số hồ sơ", cells) == ""


def test_damage_in_dong_is_not_people() -> None:
    assert kind("Thiệt hại", [DRAW.randrange(100, 400) * 1_000_000 for _ in range(40)]) == ""


def test_places_named_after_people_are_places() -> None:
    communes = ["Tân Lập", "Lê Minh Xuân", "Trần Văn Thời", "Hòa Hội"]
    assert kind("Xã / phường", communes) == ""
    assert kind("Nơi nào", communes) == ""
    assert kind("Cột 9", communes) == ""
    streets = ["Lê Lợi", "Trần Hưng Đạo", "Nguyễn Huệ", "Phạm Văn Đồng"]
    assert kind("Tên đường", streets) == ""
    assert kind("Huyện", streets) == ""


def test_offences_are_not_names() -> None:
    assert kind("Loại vụ", ["Trộm cắp tài sản", "ĐÁNH BẠC", "Cố ý gây thương tích", "Mua Bán Ma Túy"]) == ""


def test_a_category_column_of_whole_stories_is_free_text() -> None:
    story = "Khoảng 22 giờ, trên đường về nhà thì phát hiện một nhóm thanh niên tụ tập trước quán, sau đó xảy ra " * 2
    assert kind("Loại vụ", [f"{number}. {story}" for number in range(3)]) == "free_text"
    longest = "Tàng trữ, vận chuyển, mua bán trái phép hoặc chiếm đoạt chất ma túy (Điều 249, 250, 251, 252 BLHS 2015)"
    assert kind("Loại vụ", [longest] * 3) == ""


def test_dates_of_birth_are_told_from_dates_of_incidents() -> None:
    births = [f"{DRAW.randrange(1, 28):02d}/03/{year}" for year in range(1951, 2006)]
    incidents = [f"{DRAW.randrange(1, 28):02d}/03/{year}" for year in (2022, 2023, 2024)] * 9
    assert kind("Cột 9", births) == "birth_date"
    assert kind("Cột 9", [pd.Timestamp(year, 3, 5) for year in range(1951, 2006)]) == "birth_date"
    assert kind("Cột 9", incidents) == ""
    assert kind("Ngày tiếp nhận", births) == ""  # the header says what it is: such rows are too old
    assert kind("Ngày", births) == "birth_date"


def test_a_name_has_two_to_five_words_and_a_surname_first() -> None:
    assert looks_like_name("Nguyễn Thị Minh Khai")
    assert not looks_like_name("Nguyễn")
    assert not looks_like_name("Tân Lập")
    assert not looks_like_name("lê văn tám")
    assert not looks_like_name("Lê Văn Tám và 3 người khác")


def test_no_column_of_real_points_holds_people(shared_data: Path) -> None:
    for table in read_tables(shared_data / "chicago" / "points.csv.gz"):
        matching = Headers().match(table.columns)
        assert personal_columns(table, matching, areas=frozenset, earliest=date(2000, 1, 1)) == {}
