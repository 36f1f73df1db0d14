"""Whoever asks about months kept as counts only is told so, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.claims.retention import line
from tests.geodata.worlds import FIRST, tiny_snapshot


def say(text: str, /, **facts: object) -> str:
    return text.format(**facts)


def test_only_a_period_that_reaches_into_those_months_says_so() -> None:
    whole = tiny_snapshot()
    held = replace(whole, counts_before=date(2023, 7, 1))
    assert line(whole, FIRST, say) == ""
    assert line(held, date(2023, 7, 1), say) == ""
    assert line(held, date(2023, 6, 30), say).startswith("95 incidents before 07/2023 are kept as counts only")


def test_who_sees_some_areas_only_is_not_told_how_many_there_are() -> None:
    held = replace(tiny_snapshot(), counts_before=date(2023, 7, 1))
    assert line(held, FIRST, say, whole=False).startswith("incidents before 07/2023")
