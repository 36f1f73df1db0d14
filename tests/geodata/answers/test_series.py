"""Incidents by area and bin, against the obvious twin, whatever is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.answers.series import MONTHS_OF, Bin, series_of
from geodata.errors import QuestionError
from geodata.question import Question
from geodata.vocabulary import LayerKey, Level, Period, Source
from tests.geodata.worlds import C24, C25, D24, FIRST, LAST, tiny_snapshot
from tests.oracles.counting import matching, plain

SNAPSHOT = tiny_snapshot(n=600)
PLAIN = plain(SNAPSHOT)
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
WIDTHS: tuple[Bin, ...] = ("month", "quarter")


@st.composite
def questions(draw: st.DrawFn) -> Question:
    key: LayerKey = draw(st.sampled_from([C24, D24, C25]))
    return Question(
        Period(FIRST, draw(st.dates(date(2022, 3, 1), date(2025, 3, 1)))),
        key.edition,
        key.level,
        categories=draw(st.sampled_from([(), ("theft",), ("drugs", "assault")])),
        zones=draw(st.sampled_from([(), ("border_0_1km",)])),
        sources=draw(st.sampled_from([(), (Source.REPORTED,)])),
        hours=draw(st.sampled_from([None, (18, 5)])),
    )


@settings(deadline=None, max_examples=40)
@given(questions(), st.sampled_from(WIDTHS), st.integers(1, 40))
def test_every_bin_holds_what_the_obvious_twin_finds(question: Question, width: Bin, longest: int) -> None:
    series = series_of(SNAPSHOT, question, width, longest)
    assert len(series.bins) * MONTHS_OF[width] <= longest
    codes = SNAPSHOT.boundaries.layers[question.layer].codes
    found = matching(PLAIN, SNAPSHOT, question, series.period) if series.period else PLAIN.head(0)
    for t, start in enumerate(series.bins):
        end = series.bins[t + 1] if t + 1 < len(series.bins) else date.max
        inside = found[(found["day"] >= start) & (found["day"] < end)]
        counted = inside[str(question.layer)].value_counts()
        assert series.counts[:, t].tolist() == [counted.get(code, 0) for code in codes]


def test_areas_asked_and_the_start_of_the_period_make_no_difference() -> None:
    asked = replace(ALL, period=Period(date(2024, 5, 3), LAST), areas=("101",), regions=("west",))
    np.testing.assert_array_equal(series_of(SNAPSHOT, asked).counts, series_of(SNAPSHOT, ALL).counts)


def test_nothing_is_later_than_the_end_of_the_period() -> None:
    early = series_of(SNAPSHOT, replace(ALL, period=Period(FIRST, date(2023, 6, 30))), longest=12)
    assert (early.bins[0], early.bins[-1]) == (date(2022, 7, 1), date(2023, 6, 1))
    assert early.period == Period(date(2022, 7, 1), date(2023, 6, 30))


def test_a_period_before_all_data_has_no_bins() -> None:
    before = series_of(SNAPSHOT, replace(ALL, period=Period(date(2020, 1, 1), date(2020, 12, 31))))
    assert (before.bins, before.period, before.counts.shape) == ((), None, (4, 0))


def test_a_wrong_question_is_refused_even_where_there_is_nothing_to_count() -> None:
    with pytest.raises(QuestionError, match="category «arson»"):
        series_of(SNAPSHOT, replace(ALL, period=Period(date(2020, 1, 1), date(2020, 12, 31)), categories=("arson",)))
