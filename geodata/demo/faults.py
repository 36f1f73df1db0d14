"""Rows with mistakes that every office makes, to show what quarantine is for. Knows sheets' columns, no incident."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

Row = dict[str, str]
OCCURRED, OFFENCE, LON, LAT = "Xảy ra từ", "Tội danh", "Kinh độ", "Vĩ độ"
UNKNOWN_OFFENCES = ("Gây rối trật tự công cộng", "Vi phạm hành chính khác", "Chưa phân loại")
BAD_DATES = ("31/02/2024 21:00", "chưa rõ", "45/13/2024", "29/02/2025", "đêm 12 rạng 13")
BAD_NUMBERS = ("chưa xác định", "không rõ", "106.1 Đông")
FUTURE = "15/03/2099 08:30"
OUTSIDE = (("106.702", "10.771"), ("105.731", "11.062"), ("106.912", "11.541"))  # other provinces, the other country


def _swap(row: Row, _: int) -> None:
    row[LON], row[LAT] = row[LAT], row[LON]


def _far(row: Row, pick: int) -> None:
    row[LON], row[LAT] = OUTSIDE[pick % len(OUTSIDE)]


def _bad_date(row: Row, pick: int) -> None:
    row[OCCURRED] = BAD_DATES[pick % len(BAD_DATES)]


def _future(row: Row, _: int) -> None:
    row[OCCURRED] = FUTURE


def _unknown_offence(row: Row, pick: int) -> None:
    row[OFFENCE] = UNKNOWN_OFFENCES[pick % len(UNKNOWN_OFFENCES)]


def _text_as_number(row: Row, pick: int) -> None:
    row[LAT] = BAD_NUMBERS[pick % len(BAD_NUMBERS)]


# Reason as the quarantine names it -> how many, and what is done to a sound row that has a point.
FAULTS: Mapping[str, tuple[int, Callable[[Row, int], None]]] = {
    "bad_date": (12, _bad_date),
    "future_date": (6, _future),
    "swapped_coordinates": (14, _swap),
    "outside_boundaries": (10, _far),
    "unknown_category": (10, _unknown_offence),
    "bad_coordinate": (8, _text_as_number),
}


def faulty_rows(sound: list[Row], rng: np.random.Generator) -> list[tuple[int, Row]]:
    """Copies of sound rows with one mistake each, and the place in ``sound`` they belong before."""
    planned = [change for count, change in FAULTS.values() for _ in range(count)]
    places = rng.choice(len(sound), size=len(planned), replace=False)
    result = []
    for pick, (at, change) in enumerate(zip(places, planned, strict=True)):
        row = dict(sound[at])
        change(row, pick)
        result.append((int(at), row))
    return result
