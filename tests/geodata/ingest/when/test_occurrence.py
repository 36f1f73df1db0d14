"""First and last moment of each row from the columns that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FileRefusedError
from geodata.ingest.raw import Fault, RawTable
from geodata.ingest.recipe import DateOrder
from geodata.ingest.sheet import Sheet
from geodata.ingest.when.occurrence import read_occurrence
from geodata.ingest.when.spellings import NO_DAY, day_number, written
from geodata.ingest.when.times import Moments
from geodata.profile import Profile
from geodata.tables import Finding

TODAY = date(2026, 6, 30)


def sheet(**columns: Sequence[object]) -> Sheet:
    """A sheet whose headers are the fields' names."""
    frame = pd.DataFrame({at: pd.Series(list(cells), dtype=object) for at, cells in enumerate(columns.values())})
    rows = np.arange(2, len(frame) + 2)
    table = RawTable("", tuple(columns), frame, rows)
    return Sheet(table, frame, rows, None, {name: at for at, name in enumerate(columns)}, "a.xlsx")


def read(
    order: DateOrder = "", profile: Profile | None = None, **columns: Sequence[object]
) -> tuple[Moments, list[Fault], list[Finding]]:
    return read_occurrence(sheet(**columns), profile or Profile(), TODAY, order)


def lines(moments: Moments) -> list[str]:
    """Each row as ``12/03/2025 22:00 - 13/03/2025 05:59``."""

    def end(day: int, minute: int) -> str:
        clock = f" {minute // 60:02d}:{minute % 60:02d}" if minute >= 0 else ""
        return "-" if day == NO_DAY else written(day) + clock

    firsts = [end(*each) for each in zip(moments.day.tolist(), moments.minute.tolist(), strict=True)]
    lasts = [end(*each) for each in zip(moments.day_to.tolist(), moments.minute_to.tolist(), strict=True)]
    return [first if first == last else f"{first} - {last}" for first, last in zip(firsts, lasts, strict=True)]


def test_start_and_end_are_both_kept() -> None:
    moments, faults, _ = read(
        occurred=["12/03/2025 22:00", "12/03/2025", "12/03/2025 22:00", "13/03/2025", "", "14/03/2025 08:00"],
        occurred_to=["13/03/2025 05:00", "15/03/2025", "13/03/2025", "13/03/2025 05:00", "14/03/2025 07:30", ""],
    )
    assert not faults
    assert lines(moments) == [
        "12/03/2025 22:00 - 13/03/2025 05:00",
        "12/03/2025 - 15/03/2025",
        "12/03/2025 22:00 - 13/03/2025 23:59",
        "13/03/2025 00:00 - 13/03/2025 05:00",
        "14/03/2025 07:30",
        "14/03/2025 08:00",
    ]


def test_a_night_in_one_cell_is_a_span() -> None:
    moments, faults, findings = read(
        occurred=["đêm 12 rạng 13/3/2025", "03/2025", datetime.fromisoformat("2025-03-12T22:15"), 45728]
    )
    assert (faults, findings) == ([], [])
    assert lines(moments) == [
        "12/03/2025 22:00 - 13/03/2025 05:59",
        "01/03/2025 - 31/03/2025",
        "12/03/2025 22:15",
        "12/03/2025 00:00",
    ]


def test_the_hour_column_gives_hours_to_days_without() -> None:
    moments, faults, _ = read(
        occurred=["12/03/2025", "12/03/2025", "12/03/2025", "12/03/2025 07:00", "12/03/2025"],
        hour=["22h15", "20h-22h", "đêm", "22", ""],
    )
    assert not faults
    assert lines(moments) == [
        "12/03/2025 22:15",
        "12/03/2025 20:00 - 12/03/2025 22:00",
        "12/03/2025 22:00 - 13/03/2025 05:59",
        "12/03/2025 07:00",
        "12/03/2025",
    ]


@pytest.mark.parametrize(
    ("start", "end", "reason", "column"),
    [
        ("13/03/2025", "12/03/2025", "end_before_start", "occurred_to"),
        ("13/03/2025 08:00", "13/03/2025 07:59", "end_before_start", "occurred_to"),
        ("15/3/2025 - 12/3/2025", "", "end_before_start", "occurred"),
        ("12/03/2024", "14/03/2025", "span_too_long", "occurred_to"),
        ("12/3/2023 - 12/3/2025", "", "span_too_long", "occurred"),
        ("01/07/2026", "", "future_date", "occurred"),
        ("31/12/1999", "", "too_old", "occurred"),
        ("", "", "missing_date", "occurred"),
        ("-", "không rõ", "missing_date", "occurred"),
        ("không rõ", "", "bad_date", "occurred"),
        ("2025", "", "bad_date", "occurred"),
        ("12/03/2025", "x", "bad_date", "occurred_to"),
    ],
)
def test_what_cannot_be_is_a_fault_of_its_column(start: str, end: str, reason: str, column: str) -> None:
    _, faults, _ = read(occurred=[start, "25/01/2025"], occurred_to=[end, ""])
    assert [(fault.at, fault.reason, fault.column) for fault in faults] == [(0, reason, column)]
    assert faults[0].template.format(**faults[0].facts)


def test_a_span_of_a_leap_year_is_no_fault() -> None:
    assert read(occurred=["13/03/2024"], occurred_to=["14/03/2025"])[1] == []  # 366 days on


def test_only_the_start_must_lie_in_the_past() -> None:
    moments, faults, _ = read(occurred=["06/2026", "đêm 30/6/2026"])
    assert not faults
    assert lines(moments)[1] == "30/06/2026 22:00 - 01/07/2026 05:59"


def test_month_first_is_read_from_the_evidence_and_ambiguous_cells_follow() -> None:
    moments, faults, findings = read(occurred=["12/25/2024", "05/13/2024 10:15 PM", "01/02/2024", "45292"])
    assert not faults
    assert lines(moments) == ["25/12/2024", "13/05/2024 22:15", "02/01/2024", "01/01/2024"]
    assert [finding.message for finding in findings] == [
        'column "occurred": 2 of 4 dates make sense only month first (mm/dd/yyyy): read so'
    ]


def test_the_recipe_decides_before_the_evidence() -> None:
    moments, faults, findings = read(order="dmy", occurred=["12/25/2024", "01/02/2024"])
    assert [fault.reason for fault in faults] == ["bad_date"]
    assert lines(moments) == ["-", "01/02/2024"]
    assert findings == []


def test_a_slip_among_many_is_put_aside() -> None:
    moments, faults, _ = read(occurred=[f"{day}/01/2025" for day in range(1, 32)] + ["01/25/2025"])
    assert [(fault.at, fault.reason) for fault in faults] == [(31, "bad_date")]
    assert lines(moments)[4] == "05/01/2025"


def test_the_end_follows_the_order_of_the_start() -> None:
    moments, faults, _ = read(occurred=["01/25/2025", "01/02/2025"], occurred_to=["01/26/2025", "01/03/2025"])
    assert not faults
    assert lines(moments) == ["25/01/2025 - 26/01/2025", "02/01/2025 - 03/01/2025"]


def test_undecided_dates_are_read_as_the_profile_says() -> None:
    moments, _, findings = read(occurred=["03/04/2025", "05/05/2025"])
    assert lines(moments)[0] == "03/04/2025"
    assert findings[0].facts == {"column": "occurred", "n": 1, "value": "03/04/2025"}
    assert lines(read(profile=Profile(date_order="mdy"), occurred=["03/04/2025"])[0]) == ["04/03/2025"]
    with pytest.raises(FileRefusedError, match=r"«a\.xlsx»"):
        read(profile=Profile(date_order="ask"), occurred=["03/04/2025"])
    assert read(profile=Profile(date_order="ask"), occurred=["2025-03-04", date(2025, 3, 4), "05/05/2025"])[2] == []


def test_days_to_come_decide_where_they_are_many() -> None:
    moments, faults, _ = read(occurred=["01/12/2026", "02/03/2026"])  # 1 December 2026 is to come
    assert not faults
    assert lines(moments) == ["12/01/2026", "03/02/2026"]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.from_regex(r"(?a:[0-3]\d/[01]\d/(199|200|202)\d( [0-2]\d:[0-5]\d)?)", fullmatch=True),
    st.sampled_from(
        ["đêm 12 rạng 13/3/2025", "03/2025", "2025", "20h-22h ngày 12/3/2025", "15/3/2025 - 12/3/2025", "-"]
    ),
    st.integers(-5, 60_000),
    st.floats(allow_nan=True),
    st.datetimes(),
    st.dates(),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=120)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(["", "dmy", "mdy"]))
def test_of_any_cells_a_row_has_a_sound_span_or_a_fault(
    rows: list[tuple[object, object, object]], order: DateOrder
) -> None:
    clean = [
        [cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell for cell in row] for row in rows
    ]
    starts, ends, hours = (list(column) for column in zip(*clean, strict=True))
    try:
        moments, faults, _ = read(order=order, occurred=starts, occurred_to=ends, hour=hours)
    except FileRefusedError:
        return
    faulty = {fault.at for fault in faults}
    for at in set(range(len(rows))) - faulty:
        first, last = (moments.day[at], moments.minute[at]), (moments.day_to[at], moments.minute_to[at])
        assert day_number(2000, 1, 1) <= first[0] <= day_number(2026, 6, 30)
        assert first <= last
        assert -1 <= first[1] <= 1439
        assert -1 <= last[1] <= 1439
        assert (first[1] < 0) == (last[1] < 0)
    assert (moments.day <= moments.day_to)[moments.known].all()
