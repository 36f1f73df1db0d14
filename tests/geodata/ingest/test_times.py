"""Days and minutes from cells."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FileRefusedError
from geodata.ingest.hours import read_hours
from geodata.ingest.layouts import read_usual
from geodata.ingest.raw import Fault
from geodata.ingest.spellings import BAD_MINUTE, NO_DAY, parse_clock, parse_day
from geodata.ingest.times import Moments, check_range, read_moments

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
EPOCH = date(1970, 1, 1)


def moments(*cells: object, dtype: str = "object") -> tuple[Moments, list[Fault]]:
    return read_moments(pd.Series(list(cells), dtype=dtype), header="Ngày", zone=HERE, file="a.csv")


def one(cell: object, dtype: str = "object") -> tuple[str, int]:
    found, _ = moments(cell, dtype=dtype)
    day = int(found.day[0])
    return "-" if day == NO_DAY else str(EPOCH + timedelta(days=day)), int(found.minute[0])


@pytest.mark.parametrize("dtype", ["str", "object"])
@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("05/03/2024", "2024-03-05", -1),
        (" 5/3/2024 ", "2024-03-05", -1),
        ("05/03/2024 22:15", "2024-03-05", 1335),
        ("05/03/2024 22:15:59", "2024-03-05", 1335),
        ("05/03/2024  22h15", "2024-03-05", 1335),
        ("05-03-2024", "2024-03-05", -1),
        ("5.3.2024 8 giờ", "2024-03-05", 480),
        ("2024-03-05", "2024-03-05", -1),
        ("2024-03-05T00:00", "2024-03-05", 0),
        ("2024-03-05 10:15:30.250 PM", "2024-03-05", 1335),
        ("2024-03-05T22:15:00Z", "2024-03-06", 315),
        ("2024-03-05 22:15+0700", "2024-03-05", 1335),
        ("2024-03-05T22:15-05:00", "2024-03-06", 615),
        ("2024-03", "2024-03-01", -1),
        ("03/2024", "2024-03-01", -1),
        ("20240305", "2024-03-05", -1),
        ("45292", "2024-01-01", -1),
        ("45292.5", "2024-01-01", 720),
        ("29/02/2024", "2024-02-29", -1),
    ],
)
def test_a_spelling_of_a_moment_is_read(dtype: str, text: str, day: str, minute: int) -> None:
    assert one(text, dtype) == (day, minute)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2024", "not a day of the calendar"),
        ("2024-13-01", "not a day of the calendar"),
        ("05/03/24", "two digits"),
        ("05/03/2024 25:00", "the time"),
        ("hôm qua", "not a date"),
        ("0", "not a date"),
        ("99999999", "not a date"),
        ("05/03/2024 T", "the time"),
    ],
)
def test_what_is_no_date_is_a_fault_in_words(text: str, words: str) -> None:
    found, faults = moments(text, dtype="str")
    assert not found.known.any()
    assert [fault.reason for fault in faults] == ["bad_date"]
    assert words in faults[0].template


def test_date_cells_of_excel_have_an_hour_unless_it_is_midnight() -> None:
    assert one(datetime.fromisoformat("2024-03-05T22:15")) == ("2024-03-05", 1335)
    assert one(datetime.fromisoformat("2024-03-05")) == ("2024-03-05", -1)
    assert one(date(2024, 3, 5)) == ("2024-03-05", -1)
    assert one(45292) == ("2024-01-01", -1)
    assert one(45292.25) == ("2024-01-01", 360)


def test_midnight_is_an_hour_where_another_cell_of_the_column_has_one() -> None:
    midnight, evening = datetime.fromisoformat("2024-03-05"), datetime.fromisoformat("2024-03-05T22:15")
    assert moments(midnight, evening, 45292, date(2024, 3, 5), "05/03/2024")[0].minute.tolist() == [0, 1335, 0, -1, -1]
    assert moments(midnight, "05/03/2024 00:00")[0].minute.tolist() == [0, 0]
    assert moments(midnight, "05/03/2024", 45292.0)[0].minute.tolist() == [-1, -1, -1]
    assert moments("45292", "45292.5", dtype="str")[0].minute.tolist() == [0, 720]


def test_forms_may_mix_in_one_column_and_blanks_are_no_faults() -> None:
    found, faults = moments("05/03/2024", None, datetime.fromisoformat("2024-03-05"), "2024-03-05", "", "x")
    assert found.day.tolist() == [19787, NO_DAY, 19787, 19787, NO_DAY, NO_DAY]
    assert found.blank.tolist() == [False, True, False, False, True, False]
    assert [fault.at for fault in faults] == [5]


def test_an_empty_column_has_no_moments() -> None:
    for dtype in ("str", "object"):
        assert len(moments(dtype=dtype)[0].day) == 0


def test_month_first_is_refused_where_day_first_cannot_be() -> None:
    with pytest.raises(FileRefusedError, match="2 of 3 dates are written month first"):
        moments("12/25/2024", "05/13/2024", "01/02/2024", dtype="str")


def test_one_wrong_month_among_many_dates_is_a_fault_of_its_row() -> None:
    _, faults = moments("12/25/2024", "05/03/2024", "01/02/2024", dtype="str")
    assert [fault.at for fault in faults] == [0]


def test_days_after_today_and_before_the_earliest_are_faults() -> None:
    day = np.array([NO_DAY, 0, 19787, 19788, 19789], dtype=np.int64)
    faults = check_range(day, header="d", today=EPOCH + timedelta(days=19788), earliest=date(2000, 1, 1))
    assert [(fault.at, fault.reason) for fault in faults] == [(4, "future_date"), (1, "too_old")]
    assert faults[1].facts["value"] == "01/01/1970"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.from_regex(
                r"(?a:(\d{4}-[01]\d-[0-3]\d|[0-3]\d/[01]\d/(19|20)\d\d)([ T][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{3})?)?)?)",
                fullmatch=True,
            ),
            st.text(max_size=3).map(str.strip),
            st.just("29/02/2023"),
            st.just("0000-01-01"),
        )
    )
)
def test_the_usual_layouts_read_at_once_are_what_each_spelling_says(cells: list[str]) -> None:
    usual = read_usual(pd.Series([cell.encode("utf-8", "replace").decode() for cell in cells], dtype="str"))
    for cell, day, minute in zip(cells, usual.day.tolist(), usual.minute.tolist(), strict=True):
        if day != NO_DAY:
            assert (parse_day(cell[:10])[0], parse_clock(cell[11:])[0]) == (day, minute)
        elif len(cell) >= 10:
            assert parse_day(cell[:10])[0] == NO_DAY or parse_clock(cell[11:])[0] == BAD_MINUTE
    day_first = [cell for cell, known in zip(cells, usual.known.tolist(), strict=True) if known and cell[2] == "/"]
    assert usual.day_first == len(day_first)
    assert usual.month_first_too == all(int(cell[:2]) <= 12 for cell in day_first)


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")),
    st.sampled_from(["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]),
)
def test_any_moment_written_is_the_moment_read(moment: datetime, form: str) -> None:
    assert one(moment.strftime(form), "str") == (str(moment.date()), moment.hour * 60 + moment.minute)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.one_of(st.text(max_size=12), st.from_regex(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}([ T]\d\d:\d\d(Z|[+-]\d{4})?)?"))
    )
)
def test_any_text_is_a_day_a_blank_or_a_fault(cells: list[str]) -> None:
    try:
        found, faults = read_moments(
            pd.Series([cell.encode("utf-8", "replace").decode() for cell in cells], dtype="str"),
            header="d", zone=HERE, file="a.csv",
        )  # fmt: skip
    except FileRefusedError:
        return
    assert int(found.known.sum() + found.blank.sum()) + len(faults) == len(cells)


def test_an_hour_column_is_read() -> None:
    minutes, faults = read_hours(pd.Series(["22", "22:15", "7h5", "", "24", "x"], dtype="str"), "Giờ")
    assert minutes.tolist() == [1320, 1335, 425, -1, -1, -1]
    assert [(fault.at, fault.reason) for fault in faults] == [(4, "bad_hour"), (5, "bad_hour")]
    assert read_hours(pd.Series([22, 22.0, 0.5, None], dtype=object), "Giờ")[0].tolist() == [1320, 1320, 720, -1]
