"""Day first or month first, from the dates themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.when.date_order import Evidence, Rules, decide, gather
from geodata.ingest.when.spellings import NO_DAY, day_number

RULES = Rules.of("", "dmy", earliest=date(2000, 1, 1), today=date(2026, 6, 30))
PLACE = "«a.csv»"


def evidence(*cells: str) -> Evidence:
    """Of dates written d/m/2026 or m/d/2026."""
    pairs = [tuple(int(part) for part in cell.split("/")) for cell in cells]
    first = np.array([day_number(2026, b, a) for a, b in pairs], dtype=np.int64)
    second = np.array([day_number(2026, a, b) for a, b in pairs], dtype=np.int64)
    return replace(gather("Ngày", first, second, RULES), total=len(cells), example=cells[0])


def test_dates_are_weighed_by_the_calendar_and_by_the_days_that_can_be() -> None:
    found = evidence("25/3", "3/25", "3/4", "2/9", "9/2", "31/13")
    # 2/9 is 2 September day first, which is to come, and 9 February month first; 9/2 the other way round.
    assert (found.day_first, found.month_first) == (1, 1)
    assert (found.day_first_in_range, found.month_first_in_range, found.open) == (1, 1, 3)


def test_days_before_the_earliest_decide_too() -> None:
    rules = replace(RULES, first=day_number(2026, 3, 1))
    day = np.array([day_number(2026, 4, 2)])
    assert gather("d", day, np.array([day_number(2026, 2, 4)]), rules).day_first_in_range == 1
    assert gather("d", np.array([NO_DAY]), np.array([NO_DAY]), rules) == Evidence("d")


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ({"day_first": 3, "open": 5}, "dmy"),
        ({"month_first": 3, "open": 5}, "mdy"),
        ({"open": 5}, ""),
        ({}, ""),
        ({"day_first": 60, "month_first": 1}, "dmy"),
        ({"day_first": 1, "month_first": 60}, "mdy"),
        ({"day_first": 1, "month_first": 10}, "mdy"),  # one against ten is a slip
        ({"day_first": 1, "month_first": 9}, "both"),
        ({"day_first": 2, "month_first": 60}, "both"),  # 3 %
        ({"day_first": 5000, "month_first": 50}, "dmy"),
        ({"day_first": 50_000, "month_first": 51}, "both"),  # too many for slips
        ({"month_first_in_range": 2, "open": 20}, "mdy"),
        ({"month_first_in_range": 1, "open": 20}, ""),  # more likely a year mistyped
        ({"day_first_in_range": 1, "open": 20}, "dmy"),
        ({"day_first_in_range": 1, "month_first_in_range": 1, "open": 2}, ""),
        ({"day_first": 17, "month_first_in_range": 3, "open": 9}, "dmy"),
        ({"month_first": 1, "day_first_in_range": 5, "open": 9}, "both"),
        ({"month_first": 1, "day_first_in_range": 100, "open": 100}, "dmy"),
    ],
)
def test_what_the_dates_say_together(counts: dict[str, int], verdict: str) -> None:
    assert replace(Evidence("d"), **counts).verdict == verdict  # type: ignore[arg-type]


def test_a_month_first_file_is_read_so_and_said() -> None:
    turned, findings = decide([evidence("3/25", "3/4", "4/30")], RULES, place=PLACE)
    assert turned == [True]
    assert [finding.message for finding in findings] == [
        'column "Ngày": 2 of 3 dates make sense only month first (mm/dd/yyyy): read so'
    ]


def test_where_nothing_decides_the_profile_does_and_it_is_said() -> None:
    turned, findings = decide([evidence("3/4", "5/6")], RULES, place=PLACE)
    assert turned == [False]
    assert "2 dates such as 3/4" in findings[0].message
    assert 'order = "mdy"' in findings[0].message
    turned, findings = decide([evidence("3/4", "5/6")], replace(RULES, default="mdy"), place=PLACE)
    assert turned == [True]
    assert 'order = "dmy"' in findings[0].message
    with pytest.raises(FileRefusedError, match="nothing in the file says whether 2 dates such as 3/4"):
        decide([evidence("3/4", "5/6")], replace(RULES, default="ask"), place=PLACE)


def test_dates_that_are_one_day_in_both_orders_ask_nothing() -> None:
    same = np.empty(0, dtype=np.int64)
    assert decide([gather("d", same, same, RULES)], replace(RULES, default="ask"), place=PLACE) == ([False], [])


def test_a_person_s_word_goes_before_the_evidence() -> None:
    assert decide([evidence("25/3")], replace(RULES, said="mdy"), place=PLACE) == ([True], [])


def test_contradicting_dates_are_refused_with_both_counts() -> None:
    with pytest.raises(FileRefusedError, match=r"2 dates make sense only day first .* 1 only month first"):
        decide([evidence("25/3", "26/3", "3/25")], RULES, place=PLACE)


def test_a_column_that_does_not_decide_follows_one_that_does() -> None:
    turned, findings = decide([evidence("3/4"), evidence("3/25")], RULES, place=PLACE)
    assert turned == [True, True]
    assert len(findings) == 1
