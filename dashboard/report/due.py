"""When an annual report is due. Knows no data."""

from __future__ import annotations

from datetime import date

from geodata.profile import Profile


def due_day(profile: Profile, year: int) -> date | None:
    """The first such day after the statistical year has ended; None where the profile names none."""
    month, day = profile.report.due_month, profile.report.due_day
    if month is None or day is None:
        return None
    end = profile.statistical_year(year).end
    due = date(end.year, month, day)
    return due if due > end else date(end.year + 1, month, day)
