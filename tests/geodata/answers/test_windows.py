"""Months that stand together, on calendars small enough for paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from geodata.answers.windows import Window, windows
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot
from tests.geodata.worlds import LAST, tiny_snapshot

SNAPSHOT = tiny_snapshot()
MONTHS = tuple(date(2022 + i // 12, i % 12 + 1, 1) for i in range(36))


def cut(until: date) -> Snapshot:
    """The same world, whose data end sooner."""
    day = np.minimum(SNAPSHOT.incidents.day, (until - EPOCH).days)
    return replace(SNAPSHOT, incidents=replace(SNAPSHOT.incidents, day=day))


def test_single_months_go_on_to_the_one_that_still_runs() -> None:
    found = windows(cut(date(2024, 5, 7)), MONTHS[:29], "month", until=LAST)
    assert len(found) == 29
    assert found[0] == Window(0, 1, 0, Period(date(2022, 1, 1), date(2022, 1, 31)))
    assert found[-1] == Window(28, 29, 1, Period(date(2024, 5, 1), date(2024, 5, 31)))


def test_quarters_are_counted_back_from_the_last_whole_month() -> None:
    found = windows(cut(date(2024, 5, 7)), MONTHS[:29], "quarter", until=LAST)
    assert found[-1].period == Period(date(2024, 2, 1), date(2024, 4, 30))
    assert [each.first for each in found] == list(range(1, 28, 3))  # January 2022 is in no quarter
    assert not any(each.lacking for each in found)


def test_quarters_end_with_the_period_asked() -> None:
    found = windows(SNAPSHOT, MONTHS, "quarter", until=date(2024, 8, 15))
    assert found[-1].period == Period(date(2024, 5, 1), date(2024, 7, 31))


def test_trailing_windows_never_reach_beyond_the_data() -> None:
    years = windows(SNAPSHOT, MONTHS, "month", until=LAST, length=12)
    assert len(years) == 25
    assert years[0].period == Period(date(2022, 1, 1), date(2022, 12, 31))
    steps = windows(SNAPSHOT, MONTHS, "quarter", until=LAST, length=12)
    assert [each.months for each in steps][-2:] == [slice(21, 33), slice(24, 36)]
    assert windows(SNAPSHOT, MONTHS[:11], "month", until=LAST, length=12) == ()
    assert windows(SNAPSHOT, (), "month", until=LAST) == ()
