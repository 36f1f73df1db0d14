"""When a report is due: only where the profile says so, and never before its year is over."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from dashboard.report.due import due_day
from geodata.profile import Profile
from geodata.report_table import ReportRow


def test_without_a_day_in_the_profile_none_is_told() -> None:
    assert due_day(Profile(), 2025) is None


@pytest.mark.parametrize(
    ("start_month", "expected"),
    [(11, date(2025, 12, 20)), (1, date(2026, 12, 20))],  # a year that ends on 31 December is not due on the 20th
)
def test_a_report_is_due_on_the_first_such_day_after_its_year(start_month: int, expected: date) -> None:
    profile = Profile.model_validate(
        {"year": {"start_month": start_month}, "report": {"due_month": 12, "due_day": 20}},
    )
    assert due_day(profile, 2025) == expected


def test_a_month_without_a_day_is_refused() -> None:
    with pytest.raises(ValidationError, match="together"):
        ReportRow(due_month=12)
