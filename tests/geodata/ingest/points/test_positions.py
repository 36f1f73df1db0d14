"""One column with both coordinates."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.ingest.points.positions import Halves, may_be_position, split_positions


def split(*cells: object) -> Halves:
    return split_positions(pd.Series(list(cells), dtype=object))


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("11.31, 106.11", "11.31", "106.11"),
        ("(11.31, 106.11)", "11.31", "106.11"),
        ("11.31 106.11", "11.31", "106.11"),
        ("11,31; 106,11", "11,31", "106,11"),
        ("11,31, 106,11", "11,31", "106,11"),
        ("11,31,106,11", "11,31", "106,11"),
        ("11.31/106.11", "11.31", "106.11"),
        ("POINT(106.11 11.31)", "11.31", "106.11"),
        ("SRID=4326;POINT Z (106.11 11.31 5)", "11.31", "106.11"),
        ("lon=106.11 lat=11.31", "11.31", "106.11"),
        ("Vĩ độ: 11.31, kinh độ: 106.11", "11.31", "106.11"),
        ("11°18'36\"N 106°05'10\"E", "11°18'36\"N", "106°05'10\"E"),
        ("106°05'10,2\"Đ - 11°18'36\"B", "11°18'36\"B", "106°05'10,2\"Đ"),
        ("N11.31 E106.11", "N11.31", "E106.11"),
        ("1.249.136,5 580.123,4", "1.249.136,5", "580.123,4"),
    ],
)
def test_both_halves_are_found_latitude_first(cell: str, first: str, second: str) -> None:
    halves = split(cell)
    assert (halves.first.tolist(), halves.second.tolist()) == ([first], [second])
    assert halves.pair.all()
    assert not halves.blank.any()


def test_text_is_no_pair_and_blanks_are_blank() -> None:
    halves = split("Ấp 3, xã Tân Bình", "", None, "-", "POINT EMPTY")
    assert not halves.pair.any()
    assert halves.blank.tolist() == [False, True, True, True, True]


def test_only_formats_and_letters_make_the_order_certain() -> None:
    assert split("POINT(106.11 11.31)", "", "").certain
    assert split("N11.31 E106.11").certain
    assert split("lat: 11.31, lon: 106.11").certain
    assert not split("11.31, 106.11").certain
    assert not split("").certain


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("11.31 106.11 106.12", True),
        ("11°18'36, 106°o5'", True),
        ("", True),
        ("gần nhà bà Năm", False),
        ("Ấp 3", False),
    ],
)
def test_free_text_is_told_from_a_slip(cell: str, expected: bool) -> None:
    assert may_be_position(cell) is expected
