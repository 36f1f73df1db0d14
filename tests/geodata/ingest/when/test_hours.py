"""A separate column of hours."""

from __future__ import annotations

from datetime import time

import pandas as pd

from geodata.ingest.when.hours import read_hours


def test_an_hour_column_is_read() -> None:
    hours, faults = read_hours(pd.Series(["22", "22:15", "7h5", "", "24", "x", "không rõ"], dtype="str"), "Giờ")
    assert hours.minute.tolist() == [1320, 1335, 425, -1, -1, -1, -1]
    assert hours.minute_to.tolist() == hours.minute.tolist()
    assert [(fault.at, fault.reason) for fault in faults] == [(4, "bad_hour"), (5, "bad_hour")]


def test_excel_times_and_numbers_are_hours() -> None:
    hours, _ = read_hours(pd.Series([22, 22.0, 0.5, time(7, 5), None, pd.NaT], dtype=object), "Giờ")
    assert hours.minute.tolist() == [1320, 1320, 720, 425, -1, -1]


def test_spans_of_hours_may_pass_midnight() -> None:
    hours, faults = read_hours(pd.Series(["20h-22h", "tối", "đêm", "22:15"], dtype="str"), "Giờ")
    assert not faults
    assert hours.minute.tolist() == [1200, 1080, 1320, 1335]
    assert hours.minute_to.tolist() == [1320, 1319, 359, 1335]
    assert hours.next_day.tolist() == [False, False, True, False]


def test_digits_are_hours_and_minutes_where_some_cell_has_more_than_two() -> None:
    assert read_hours(pd.Series(["2215", "930", "45", "5"], dtype="str"), "t")[0].minute.tolist() == [1335, 570, 45, 5]
    assert read_hours(pd.Series(["22", "5"], dtype="str"), "t")[0].minute.tolist() == [1320, 300]
