"""What is said of all incidents together against earlier days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard import claims
from dashboard.words import of
from geodata.answers.answer import Change
from geodata.vocabulary import Period

EN = of("en")
LAST_YEAR = Change(
    50, 40, 0.8, 0.5, 1.2, 0.3, comparable=True, period=Period(date(2024, 1, 1), date(2024, 12, 31)), years_back=1
)
THREE_YEARS = replace(LAST_YEAR, period=Period(date(2020, 1, 1), date(2022, 12, 31)), years_back=3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (LAST_YEAR, "10 fewer than last year"),
        (replace(LAST_YEAR, now=60), "10 more than last year"),
        (replace(LAST_YEAR, now=50), "unchanged on last year"),
        (THREE_YEARS, "10 fewer than 3 years earlier"),
        (replace(THREE_YEARS, now=60), "10 more than 3 years earlier"),
        (replace(THREE_YEARS, now=50), "unchanged on 3 years earlier"),
    ],
)
def test_a_period_of_several_years_is_never_said_to_be_held_against_last_year(change: Change, said: str) -> None:
    assert claims.difference(change, EN) == said
    assert ("last year" in claims.against(change.years_back, EN)) is (change.years_back == 1)
    assert claims.before(change, EN) == f"50 in {EN.period(change.period)}"
