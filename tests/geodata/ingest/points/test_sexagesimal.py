"""Degrees, minutes and seconds as people write them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.points.sexagesimal import Angles, read_angles


def angles(*cells: str) -> Angles:
    return read_angles(pd.Series(list(cells), dtype="str"))


# 18' 36" = (18 * 60 + 36) / 3600 = 0.31; 5' 10.2" = 310.2 / 3600 = 0.0861666...
@pytest.mark.parametrize(
    "cell",
    [
        "11°18'36\"N", "11°18'36\"B", "11° 18' 36'' B", "11°18′36″B", "11º18’36”", "11 18 36", "11-18-36", "11:18:36",
        "11°18.6'", "11°18,6' Bắc", "N11.31", "11.31 N", "11,31°", "N 11° 18' 36\"", "１１°１８'３６\"",
        "11 độ 18 phút 36 giây", "11°18'36.0\"", "11°18'36\" bắc", "11° 18' 36,000\" North",
    ],
)  # fmt: skip
def test_the_usual_ways_to_write_an_angle_are_read(cell: str) -> None:
    assert angles(cell).value == pytest.approx([11.31], abs=1e-12)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("106°05'10.2\"Đ", 106.0861666666667), ("106°05'10,2\" Đông", 106.0861666666667), ("87°37'12\"W", -87.62),
        ("87°37'12\" T", -87.62), ("33°30'S", -33.5), ("-33 30 00", -33.5), ("-33°30' S", -33.5), ("11°18'", 11.3),
    ],
)  # fmt: skip
def test_letters_and_signs_say_the_side(cell: str, value: float) -> None:
    assert angles(cell).value == pytest.approx([value], abs=1e-12)


@pytest.mark.parametrize(
    "cell",
    ["", "abc", "11°78'36\"", "11°18'60\"", "11-18", "11 18", "106.1.2", "10.614.2", "11.5°18'", "11°18.5'36\"",
     "N11.31E", "11°18'36\"36\"", "1111 18 36", "11''18'", "1,2,3", "11/18/36"],
)  # fmt: skip
def test_what_is_no_angle_is_none(cell: str) -> None:
    assert np.isnan(angles(cell).value).all()


def test_a_bare_n_is_left_open_and_vietnamese_letters_are_noticed() -> None:
    english = angles("11°18'N", "11°18'S", "106°E")
    assert english.either.tolist() == [True, False, False]
    assert not english.vietnamese
    assert angles("11°18'N", "11°18'B").vietnamese
    assert english.kind.tolist() == ["lat", "lat", "lon"]


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 599))
def test_whatever_is_written_is_read_back(degrees: int, minutes: int, tenths: int) -> None:
    cell = f"{degrees}°{minutes:02d}'{tenths // 10:02d},{tenths % 10}\"Đ"
    assert angles(cell).value == pytest.approx([degrees + (minutes * 60 + tenths / 10) / 3600], abs=1e-12)
