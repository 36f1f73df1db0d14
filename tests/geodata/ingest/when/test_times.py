"""Days and minutes from cells."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.raw import Fault
from geodata.ingest.when.spellings import NO_DAY
from geodata.ingest.when.time_faults import unread
from geodata.ingest.when.times import Moments, read_moments

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
EPOCH = date(1970, 1, 1)


def moments(*cells: object, dtype: str = "object", month_first: bool = False) -> tuple[Moments, list[Fault]]:
    reading = read_moments(pd.Series(list(cells), dtype=dtype), HERE)
    found = reading.chosen(month_first=month_first)
    return found, unread(reading, found, header="Ngày", month_first=month_first)


def one(cell: object, dtype: str = "object", *, month_first: bool = False) -> tuple[str, int]:
    found, _ = moments(cell, dtype=dtype, month_first=month_first)
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
        ("20240305", "2024-03-05", -1),
        ("45292", "2024-01-01", -1),
        ("45292.5", "2024-01-01", 720),
        ("29/02/2024", "2024-02-29", -1),
    ],
)
def test_a_spelling_of_a_moment_is_read(dtype: str, text: str, day: str, minute: int) -> None:
    assert one(text, dtype) == (day, minute)
    found, _ = moments(text, dtype=dtype)
    assert (found.day_to.tolist(), found.minute_to.tolist()) == (found.day.tolist(), found.minute.tolist())


@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("05/03/2024", "2024-05-03", -1),
        ("12/25/2024 22:15", "2024-12-25", 1335),
        ("5/3/2024 10:15:30 PM", "2024-05-03", 1335),
        ("25/12/2024", "-", -1),
        ("2024-03-05", "2024-03-05", -1),
        ("45292", "2024-01-01", -1),
    ],
)
def test_the_same_spellings_are_read_month_first(text: str, day: str, minute: int) -> None:
    assert one(text, "str", month_first=True) == (day, minute)


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
        ("2024", "only a year"),
        ("năm 2024", "only a year"),
        ("05/03/2024 T", "the time"),
    ],
)
def test_what_is_no_date_is_a_fault_in_words(text: str, words: str) -> None:
    found, faults = moments(text, dtype="str")
    assert not found.known.any()
    assert [fault.reason for fault in faults] == ["bad_date"]
    assert words in faults[0].template


def test_a_date_that_is_none_month_first_says_so() -> None:
    _, faults = moments("25/12/2024", "12/25/2024", dtype="str", month_first=True)
    assert [fault.at for fault in faults] == [0]
    assert "month first (mm/dd/yyyy)" in faults[0].template


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


def test_a_night_in_words_makes_no_hour_of_the_midnights_of_other_cells() -> None:
    found, _ = moments(datetime.fromisoformat("2024-03-05"), "đêm 12 rạng 13/3/2024")
    assert found.minute.tolist() == [-1, 1320]
    assert (found.day_to - found.day).tolist() == [0, 1]


def test_forms_may_mix_in_one_column_and_blanks_are_no_faults() -> None:
    cells = ("05/03/2024", None, datetime.fromisoformat("2024-03-05"), "2024-03-05", "", "x", pd.NaT, "chưa rõ")
    found, faults = moments(*cells)
    assert found.day.tolist() == [19787, NO_DAY, 19787, 19787, NO_DAY, NO_DAY, NO_DAY, NO_DAY]
    assert found.blank.tolist() == [False, True, False, False, True, False, True, True]
    assert [fault.at for fault in faults] == [5]


def test_an_empty_column_has_no_moments() -> None:
    for dtype in ("str", "object"):
        assert len(moments(dtype=dtype)[0].day) == 0


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-12-31")),
    st.sampled_from(["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]),
)
def test_any_moment_written_is_the_moment_read(moment: datetime, form: str) -> None:
    assert one(moment.strftime(form), "str") == (str(moment.date()), moment.hour * 60 + moment.minute)


DIRTY = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}([ T]\d\d:\d\d(Z|[+-]\d{4})?)?"),
    st.from_regex(r"(?a:\d\d/\d\d/(19|20)\d\d)", fullmatch=True),
    st.lists(
        st.sampled_from(["đêm", "rạng", "sang", "tối", "từ", "đến", "-", "22h", "5h30", "12", "31/12", "1/1/2025",
                         "2025-02-28", "03/2025", "tháng", "24h", "hôm sau", "pm", "March", "29", "0", "2400"]),
        max_size=6,
    ).map(" ".join),
)  # fmt: skip


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.lists(DIRTY), st.booleans())
def test_any_text_is_a_day_a_blank_or_a_fault(cells: list[str], month_first: bool) -> None:
    reading = read_moments(pd.Series([cell.encode("utf-8", "replace").decode() for cell in cells], dtype="str"), HERE)
    found = reading.chosen(month_first=month_first)
    faults = unread(reading, found, header="d", month_first=month_first)
    assert int(found.known.sum() + found.blank.sum()) + len(faults) == len(cells)
    assert ((found.day_to == NO_DAY) == (found.day == NO_DAY)).all()
    for minute in (found.minute[found.known], found.minute_to[found.known]):
        assert ((minute >= -1) & (minute <= 1439)).all()
    assert ((found.minute < 0) == (found.minute_to < 0))[found.known].all()
