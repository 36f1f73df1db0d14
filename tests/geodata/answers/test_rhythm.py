"""Hours and weekdays of spans: filters, tables and the rhythm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.answers.answers import Answers
from geodata.question import Question
from geodata.vocabulary import Level, Period
from geodata.warehouse.snapshot import EPOCH, Snapshot, Spans
from tests.geodata.worlds import FIRST, LAST, Still, tiny_snapshot
from tests.oracles import aoristic

ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
Span = tuple[str, str, bool]
# Wednesday 6 March 2024, by first and last minute and whether the hours are known.
NIGHT: Span = ("2024-03-06T22:00", "2024-03-07T05:59", True)
EVENING: Span = ("2024-03-06T18:00", "2024-03-06T21:59", True)
THREE_DAYS: Span = ("2024-03-06T00:00", "2024-03-08T23:59", False)


def world(*spans: Span, n: int = 60) -> Snapshot:
    """The tiny world, its first rows of Wednesday 6 March 2024 or after with these spans."""
    snapshot = tiny_snapshot(n=n)
    incidents = snapshot.incidents
    edges = np.array([[start, end] for start, end, _ in spans], dtype="datetime64[m]").astype(np.int64).reshape(-1, 2)
    day, hour, weekday = incidents.day.copy(), incidents.hour.copy(), incidents.weekday.copy()
    first = int(np.searchsorted(day, (date(2024, 3, 6) - EPOCH).days))
    row = np.arange(first, first + len(spans))
    known = np.array([known for *_, known in spans], dtype=bool)
    day[row] = edges[:, 0] // 1440
    hour[row] = np.where(known, edges[:, 0] % 1440 // 60, -1)
    weekday[row] = [datetime.fromisoformat(start).isoweekday() for start, *_ in spans]
    order = np.argsort(day, kind="stable")
    assert (order == np.arange(len(day))).all()
    held = Spans(row, edges[:, 0], edges[:, 1], known)
    return replace(snapshot, incidents=replace(incidents, day=day, hour=hour, weekday=weekday, spans=held))


def only(snapshot: Snapshot) -> Snapshot:
    """The same with nothing but the spans' rows in question: their categories are the only theft."""
    category = np.ones_like(snapshot.incidents.category)
    category[snapshot.incidents.spans.row] = 0
    area = {key: np.where(column < 0, 0, column) for key, column in snapshot.incidents.area.items()}
    return replace(snapshot, incidents=replace(snapshot.incidents, category=category, area=area))


THEFTS = replace(ALL, categories=("theft",))


def found(span: Span, hours: tuple[int, int] | None, weekdays: tuple[int, ...]) -> int:
    question = replace(THEFTS, hours=hours, weekdays=weekdays)
    return Answers(Still(only(world(span)))).totals(question)[0].recorded


@pytest.mark.parametrize(
    ("span", "hours", "weekdays", "n"),
    [
        (NIGHT, (18, 5), (), 1),
        (NIGHT, (0, 3), (), 1),  # four of its eight hours
        (NIGHT, (0, 2), (), 0),  # three of them
        (NIGHT, (22, 22), (), 0),  # it begins there, which is not enough
        (NIGHT, None, (3,), 0),  # two of its hours on Wednesday, six on Thursday
        (NIGHT, None, (4,), 1),
        (NIGHT, (18, 5), (3, 4), 1),
        (NIGHT, (0, 3), (4,), 1),
        (NIGHT, (22, 1), (4,), 0),  # the hours are half of it, and on Thursday only a quarter
        (EVENING, (20, 23), (), 1),
        (EVENING, (20, 23), (3,), 1),
        (EVENING, (20, 23), (4,), 0),
        (THREE_DAYS, (0, 23), (), 0),  # its hours are not known
        (THREE_DAYS, None, (3, 4), 1),
        (THREE_DAYS, None, (3,), 0),
        (THREE_DAYS, (0, 23), (3, 4), 0),
    ],
)
def test_a_span_counts_where_half_of_it_lies(
    span: Span, hours: tuple[int, int] | None, weekdays: tuple[int, ...], n: int
) -> None:
    assert found(span, hours, weekdays) == n


def test_a_span_counts_on_its_first_day() -> None:
    snapshot = only(world(NIGHT))
    counts = [
        Answers(Still(snapshot)).totals(replace(THEFTS, period=Period(day, day)))[0].recorded
        for day in (date(2024, 3, 6), date(2024, 3, 7))
    ]
    assert counts == [1, 0]


def test_the_rhythm_of_a_night_and_of_days_without_hours() -> None:
    rhythm = Answers(Still(only(world(NIGHT, THREE_DAYS)))).rhythm(THEFTS)
    assert (rhythm.n, rhythm.hour_unknown) == (2, 1)
    assert rhythm.shares[2, 22] == rhythm.shares[3, 5] == 0.125
    assert rhythm.by_hour.sum() == pytest.approx(1)
    assert rhythm.by_weekday.tolist() == pytest.approx([0, 0, 0.25 + 1 / 3, 0.75 + 1 / 3, 1 / 3, 0, 0])


def test_tables_by_hour_and_weekday_hold_the_shares_and_the_unknown() -> None:
    answers = Answers(Still(only(world(NIGHT, THREE_DAYS))))
    hours = answers.table(THEFTS, ("hour",))
    assert hours["hour"].tolist() == ["0", "1", "2", "3", "4", "5", "22", "23", ""]
    assert hours["n"].tolist() == [0.125] * 8 + [1.0]
    days = answers.table(THEFTS, ("weekday",))
    assert days.to_dict("list") == {"weekday": ["3", "4", "5"], "n": [0.583, 1.083, 0.333]}
    both = answers.table(THEFTS, ("weekday", "hour"))
    assert both.iloc[0].tolist() == ["3", "22", 0.125]
    assert both[both["hour"] == ""]["n"].tolist() == [0.333] * 3


def test_a_table_by_hour_without_spans_has_whole_numbers_and_the_sum_of_the_map() -> None:
    answers = Answers(Still(tiny_snapshot()))
    table = answers.table(ALL, ("area", "hour"))
    assert table["n"].dtype == np.int64
    assert table["n"].sum() == answers.table(ALL, ("area",))["n"].sum()
    assert "" in set(table["hour"])


def test_by_zone_and_hour_a_span_counts_in_each_zone_it_lies_in() -> None:
    snapshot = only(world(NIGHT))
    zones = snapshot.incidents.zones.copy()
    zones[snapshot.incidents.spans.row] = 3
    held = replace(snapshot, incidents=replace(snapshot.incidents, zones=zones))
    table = Answers(Still(held)).table(THEFTS, ("zone", "hour"))
    assert table.groupby("zone")["n"].sum().tolist() == [1.0, 1.0]


def test_an_empty_question_has_an_empty_rhythm() -> None:
    nothing = replace(ALL, period=Period(date(1990, 1, 1), date(1990, 1, 2)))
    rhythm = Answers(Still(tiny_snapshot())).rhythm(nothing)
    assert (rhythm.n, rhythm.hour_unknown, rhythm.shares.sum()) == (0, 0, 0)


MINUTES = st.tuples(st.integers(0, 1439), st.integers(0, 3 * 1440), st.booleans())


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(
    st.lists(MINUTES, min_size=1, max_size=6),
    st.none() | st.tuples(st.integers(0, 23), st.integers(0, 23)),
    st.sets(st.integers(1, 7)),
    st.booleans(),
)
def test_selection_and_rhythm_are_those_of_the_slow_twin(
    drawn: list[tuple[int, int, bool]], hours: tuple[int, int] | None, weekdays: set[int], some: bool
) -> None:
    base = np.datetime64("2024-03-06T00:00", "m")
    spans = [
        (
            str(base + (start if known else 0)),
            str(base + (start + length if known else length // 1440 * 1440 + 1439)),
            known,
        )
        for start, length, known in drawn
    ]
    snapshot = world(*spans)
    question = replace(
        ALL, hours=hours, weekdays=tuple(sorted(weekdays)), categories=("theft", "drugs") if some else ()
    )
    wanted = _twin(snapshot, question)
    rhythm = Answers(Still(snapshot)).rhythm(question)
    assert rhythm.n == len(wanted)
    table = np.zeros((7, 25))
    for row in wanted:
        for (day, hour), share in row.items():
            table[day - 1, hour] += share
    np.testing.assert_allclose(rhythm.shares, table[:, :24], atol=1e-9)
    np.testing.assert_allclose(rhythm.by_weekday, table.sum(axis=1), atol=1e-9)
    assert rhythm.hour_unknown == pytest.approx(table[:, 24].sum())


def _twin(snapshot: Snapshot, question: Question) -> list[dict[tuple[int, int], float]]:
    """Shares by (weekday, hour) of each row that is counted; hour 24 is unknown."""
    incidents, spans = snapshot.incidents, snapshot.incidents.spans
    where = {int(row): i for i, row in enumerate(spans.row)}
    kept = []
    for row in range(len(incidents)):
        shares = {(int(incidents.weekday[row]), int(incidents.hour[row]) % 25): 1.0}
        if row in where:
            i = where[row]
            shares = aoristic.shares(int(spans.start[i]), int(spans.end[i]))
            if not spans.hour_known[i]:
                days = {day for day, _ in shares}
                shares = {(day, 24): sum(shares.get((day, hour), 0) for hour in range(24)) for day in days}
        asked = sum(
            share for (day, hour), share in shares.items()
            if (not question.weekdays or day in question.weekdays) and _holds(question.hours, hour)
        )  # fmt: skip
        category = snapshot.categories[incidents.category[row]].key
        if asked >= 0.5 - 1e-12 and (not question.categories or category in question.categories):
            kept.append(shares)
    return kept


def _holds(hours: tuple[int, int] | None, hour: int) -> bool:
    if hours is None:
        return True
    first, last = hours
    return hour != 24 and (first <= hour <= last if first <= last else hour >= first or hour <= last)
