"""What a period is held against."""

from __future__ import annotations

from datetime import date

from geodata.answers.answers import Answers
from geodata.answers.earlier import earlier_period, years_before
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.worlds import LAST, Still, tiny_snapshot

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
TWO = Period(date(2023, 1, 1), date(2024, 12, 31))


def test_a_longer_period_is_compared_with_one_it_does_not_overlap() -> None:
    assert years_before(YEAR) == YEAR.a_year_earlier()
    assert years_before(TWO) == Period(date(2021, 1, 1), date(2022, 12, 31))
    a_day_more = Period(date(2023, 12, 31), date(2024, 12, 31))
    assert years_before(a_day_more) == Period(date(2021, 12, 31), date(2022, 12, 31))


def test_what_still_runs_is_compared_as_far_as_it_has_come() -> None:
    snapshot = tiny_snapshot()  # the data end with 2024
    assert YEAR.end == LAST
    running = Period(date(2024, 3, 1), date(2026, 2, 28))
    assert earlier_period(snapshot, running) == Period(date(2022, 3, 1), date(2022, 12, 31))


def test_two_years_are_held_against_the_two_before_them_and_counted_there() -> None:
    answers = Answers(Still(tiny_snapshot()))
    late = Period(date(2023, 7, 1), date(2024, 12, 31))
    question = Question(late, "2024", Level.COMMUNE)
    change, counts = answers.totals(question)[1], answers.counts(question)
    assert (change.years_back, change.period) == (2, Period(date(2021, 7, 1), date(2022, 12, 31)))
    assert (counts.years_back, counts.comparable) == (2, change.comparable)
    earlier = Question(change.period, "2024", Level.COMMUNE)
    assert change.before == answers.totals(earlier)[0].recorded
    assert counts.before.tolist() == answers.counts(earlier).n.tolist()
