from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.answers.answers import Answers
from geodata.errors import QuestionError, ScopeError
from geodata.question import EVERYTHING, Detail, Question, Scope
from geodata.vocabulary import LayerKey, Level, Period, Source
from tests.geodata.worlds import C24, C25, D24, FIRST, LAST, P24, Still, chief, tiny_snapshot
from tests.oracles.counting import matching, plain

SNAPSHOT = tiny_snapshot()
PLAIN = plain(SNAPSHOT)
ANSWERS = Answers(Still(SNAPSHOT))
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
AREAS = {"2024": ["101", "103", "201", "203", "1", "2", "72"], "2025": ["101", "201", "203", "80"]}


def some(values: list[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    start, end = sorted(draw(st.tuples(*[st.dates(date(2021, 10, 1), date(2025, 3, 1))] * 2)))
    key = draw(st.sampled_from(list(SNAPSHOT.boundaries.layers)))
    hour = st.integers(0, 23)
    return Question(
        Period(start, end),
        key.edition,
        key.level,
        categories=draw(some(["theft", "drugs", "assault"])),
        areas=draw(some(AREAS[key.edition])),
        regions=draw(some(["west"], 1)),
        zones=draw(some(["border_communes", "border_0_1km"])),
        sources=draw(some(list(Source))),
        hours=draw(st.none() | st.tuples(hour, hour)),
        weekdays=draw(some(list(range(1, 8)), 4)),
    )


def tally(question: Question, period: Period | None = None) -> Mapping[str, int]:
    found = matching(PLAIN, SNAPSHOT, question, period)[str(question.layer)]
    return {str(code): int(n) for code, n in found[found != ""].value_counts().items()}


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(questions())
def test_counts_and_totals_equal_the_obvious_twin(question: Question) -> None:
    answer = ANSWERS.counts(question)
    found = matching(PLAIN, SNAPSHOT, question)
    placed = found[found[str(question.layer)] != ""]
    assert {code: n for code, n in zip(answer.codes, answer.n.tolist(), strict=True) if n} == tally(question)
    assert answer.totals.recorded == len(found)
    assert answer.totals.placed == len(placed) == answer.n.sum()
    assert answer.totals.with_point == (placed["placement"] == "point").sum()
    assert answer.totals.not_placed == len(found) - len(placed)
    assert not answer.n[~answer.asked].any()
    assert ANSWERS.totals(question)[0] == answer.totals


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(questions())
def test_a_year_earlier_is_the_same_question_about_the_days_before(question: Question) -> None:
    answer, change = ANSWERS.counts(question), ANSWERS.totals(question)[1]
    before = tally(question, change.period)
    assert {code: n for code, n in zip(answer.codes, answer.before.tolist(), strict=True) if n} == before
    assert change.before == len(matching(PLAIN, SNAPSHOT, question, change.period))
    assert change.comparable == answer.comparable == (change.period.start >= FIRST)
    if question.period.end <= LAST:
        overlaps = question.period.a_year_earlier().end >= question.period.start
        assert (change.period == question.period.a_year_earlier()) is not overlaps
        assert change.period.end < question.period.start


@settings(deadline=None, max_examples=60)
@given(questions(), st.permutations(["area", "category", "month"]), st.integers(1, 3))
def test_every_table_of_a_question_has_the_sum_of_its_map(question: Question, order: list[str], many: int) -> None:
    by = tuple(order[:many])
    table = ANSWERS.table(question, by)
    found = matching(PLAIN, SNAPSHOT, question)
    found = found[found[str(question.layer)] != ""]
    columns = {"area": found[str(question.layer)], "category": found["category"]}
    columns["month"] = found["day"].map(lambda day: f"{day:%Y-%m}")
    expected: dict[Any, int] = dict(found.assign(**columns).groupby(list(by)).size()) if len(found) else {}
    assert list(table.columns) == [*by, "n"]
    got = {row[:-1] if many > 1 else row[0]: row[-1] for row in table.itertuples(index=False, name=None)}
    assert got == expected
    assert table["n"].sum() == ANSWERS.counts(question).n.sum()
    assert (table["n"] > 0).all()


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(questions())
def test_the_trend_counts_whole_months(question: Question) -> None:
    trend = ANSWERS.trend(question)
    for i, month in enumerate(trend.months):
        last = (month.replace(day=28) + np.timedelta64(4, "D").item()).replace(day=1) - np.timedelta64(1, "D").item()
        whole = Period(month, last)
        assert trend.n[i] == len(matching(PLAIN, SNAPSHOT, question, whole))
        if month.year == FIRST.year:
            assert np.isnan(trend.year_before[i])
        else:
            earlier = whole.a_year_earlier()
            assert trend.year_before[i] == len(matching(PLAIN, SNAPSHOT, question, earlier))
        assert trend.in_period[i] == (month <= question.period.end and last >= question.period.start)


def test_the_trend_reaches_two_years_back_and_not_before_the_data() -> None:
    trend = ANSWERS.trend(replace(ALL, period=Period(date(2024, 11, 1), date(2024, 12, 31))))
    assert (trend.months[0], trend.months[-1]) == (date(2023, 1, 1), date(2024, 12, 1))
    assert trend.mean_12[-1] == pytest.approx(trend.n[-12:].mean())
    early = ANSWERS.trend(replace(ALL, period=Period(date(2020, 1, 1), date(2022, 3, 31))))
    assert (early.months[0], early.months[-1]) == (date(2022, 1, 1), date(2024, 12, 1))
    assert np.isnan(early.mean_12[:11]).all()


def test_the_trend_holds_still_while_a_month_is_chosen() -> None:
    whole = ANSWERS.trend(replace(ALL, period=Period(date(2024, 1, 1), date(2024, 12, 31))))
    month = ANSWERS.trend(replace(ALL, period=Period(date(2024, 3, 1), date(2024, 3, 31))))
    assert month.months == whole.months
    assert month.in_period.sum() == 1
    nowhere = ANSWERS.trend(replace(ALL, period=Period(date(2030, 1, 1), date(2030, 3, 31))))
    assert not nowhere.in_period.any()


def test_a_running_period_is_compared_with_the_same_part_of_last_year() -> None:
    change = ANSWERS.totals(replace(ALL, period=Period(date(2024, 7, 1), date(2025, 6, 30))))[1]
    assert change.period == Period(date(2023, 7, 1), date(2023, 12, 31))


def test_a_commune_filters_at_every_level_of_its_edition() -> None:
    at_commune = ANSWERS.counts(replace(ALL, areas=("203",)))
    at_district = ANSWERS.counts(replace(ALL, areas=("203",), level=Level.DISTRICT))
    assert at_commune.asked.tolist() == [False, False, False, True]
    assert at_district.asked.tolist() == [False, True]
    assert at_commune.n.sum() == at_district.n.sum() == tally(ALL)["203"]


def test_a_region_of_one_edition_filters_the_other() -> None:
    west = ANSWERS.counts(replace(ALL, edition="2025", regions=("west",)))
    old = tally(ALL)
    assert west.asked.tolist() == [True, False, False]
    assert west.n.sum() == old["101"] + old["103"]


def test_a_code_means_another_area_in_another_edition() -> None:
    old = ANSWERS.counts(replace(ALL, areas=("101",)))
    new = ANSWERS.counts(replace(ALL, edition="2025", areas=("101",)))
    assert old.n.sum() < new.n.sum()


def test_levels_add_up() -> None:
    sums = [ANSWERS.counts(replace(ALL, level=key.level)).n.sum() for key in (C24, D24, P24)]
    assert sums[0] == sums[1] == sums[2]


def test_a_rate_is_unknown_where_the_population_is() -> None:
    answer = ANSWERS.counts(ALL)
    assert answer.per_10k[0] == pytest.approx(answer.n[0])
    assert np.isnan(answer.per_10k[3])


def test_a_scope_sees_nothing_outside_its_areas() -> None:
    scope = chief("2024", "1", detail=Detail.FIVE)
    answer = ANSWERS.counts(ALL, scope)
    assert answer.asked.tolist() == [True, True, False, False]
    assert answer.n[2:].tolist() == [0, 0]
    assert answer.totals.recorded == ANSWERS.totals(ALL, scope)[0].recorded == answer.n.sum()
    assert ANSWERS.table(ALL, ("area",), scope)["area"].tolist() == ["101", "103"]
    assert ANSWERS.counts(ALL, chief("2024", "1")).n.sum() < ANSWERS.counts(ALL, EVERYTHING).n.sum()
    assert ANSWERS.counts(replace(ALL, areas=("203",)), scope).n.sum() == 0


def test_a_scope_opens_the_same_incidents_in_every_edition_and_never_another_area_of_its_code() -> None:
    mine = chief("2024", "1")
    other = ANSWERS.counts(replace(ALL, edition="2025"), mine)
    assert other.totals.recorded == ANSWERS.counts(ALL, mine).totals.recorded > 0
    assert ANSWERS.counts(ALL, chief("2025", "1")).totals.recorded == 0
    assert ANSWERS.counts(ALL, chief("1999", "1")).totals.recorded == 0


def test_answers_for_one_refuse_what_is_for_another() -> None:
    mine = chief("2024", "1", detail=Detail.FIVE)
    bound = ANSWERS.within(mine)
    assert bound.counts(ALL, mine).n.tolist() == ANSWERS.counts(ALL, mine).n.tolist()
    more = chief("2024", "1", "2", detail=Detail.FIVE)
    for wider in (EVERYTHING, chief("2024", "1"), more, Scope(None, Detail.FIVE)):
        with pytest.raises(ScopeError):
            bound.counts(ALL, wider)
    assert bound.counts(ALL, Scope((), Detail.AGGREGATES)).totals.recorded == 0
    assert ANSWERS.counts(ALL).totals.recorded > 0


def test_aggregates_know_no_place_within_an_area() -> None:
    many = Answers(Still(tiny_snapshot(n=3000)))
    five, none = Scope(detail=Detail.FIVE), Scope(detail=Detail.AGGREGATES)
    assert many.counts(ALL, none).n.tolist() == many.counts(ALL, five).n.tolist()
    assert many.shared_places(ALL, five).n.sum() > 0
    assert many.shared_places(ALL, none).n.sum() == 0


def test_points_are_an_even_choice_and_none_without_the_right() -> None:
    every = ANSWERS.points(ALL)
    assert every.total == len(every.lon) == every.totals.with_point
    few = ANSWERS.points(ALL, limit=50)
    assert len(few.lon) == 50
    in_order = iter(zip(every.lon, every.lat, every.day, strict=True))
    assert all(point in in_order for point in zip(few.lon, few.lat, few.day, strict=True))  # a part, in its order
    months = [np.bincount(points.day // 91 - every.day[0] // 91) / len(points.day) for points in (few, every)]
    assert np.abs(months[0] - months[1][: len(months[0])]).max() < 0.05
    hidden = ANSWERS.points(ALL, Scope(detail=Detail.FIVE))
    assert len(hidden.lon) == 0
    assert hidden.total % 5 == 0


def test_a_commune_only_row_of_a_split_commune_has_no_place_in_the_new_edition() -> None:
    rows = (PLAIN["placement"] == "area") & (PLAIN[str(C24)] == "203")
    assert rows.any()
    assert set(PLAIN[rows][str(C25)]) == {""}
    assert set(PLAIN[rows][str(D24)]) == {"2"}
    whole = (PLAIN["placement"] == "area") & (PLAIN[str(C24)] == "103")
    assert set(PLAIN[whole][str(C25)]) == {"101"}


def test_commune_only_rows_enter_a_zone_of_communes_and_no_distance_band() -> None:
    rows = PLAIN[(PLAIN["placement"] == "area") & (PLAIN[str(C24)] == "101")]
    assert set(rows["zones"]) == {frozenset({"border_communes"})}


@pytest.mark.parametrize(
    ("change", "value", "known"),
    [
        ({"edition": "1999"}, "1999", "2024, 2025"),
        ({"edition": "2025", "level": Level.DISTRICT}, "district", "province, commune"),
        ({"areas": ("999",)}, "999", "commune"),
        ({"regions": ("north",)}, "north", "west"),
        ({"zones": ("moon",)}, "moon", "border_communes, border_0_1km"),
        ({"categories": ("arson",)}, "arson", "theft, drugs, assault"),
    ],
)
def test_a_question_about_what_is_not_there_names_it_and_what_is(
    change: dict[str, Any], value: str, known: str
) -> None:
    question = replace(ALL, **change)
    for ask in (ANSWERS.counts, ANSWERS.totals, ANSWERS.trend, ANSWERS.points, ANSWERS.table):
        with pytest.raises(QuestionError) as caught:
            ask(question)
        assert f"«{value}»" in str(caught.value)
        assert known in str(caught.value)


def test_a_table_by_something_else_is_refused() -> None:
    for by in ((), ("area", "area"), ("street",)):
        with pytest.raises(QuestionError, match="area, category, month"):
            ANSWERS.table(ALL, by)


def test_an_answer_is_kept_until_there_is_a_new_generation() -> None:
    still = Still(SNAPSHOT)
    answers = Answers(still, kept=3)
    first = answers.counts(ALL)
    assert answers.counts(replace(ALL)) is first
    assert answers.counts(ALL, chief("2024", "1")) is not first
    object.__setattr__(still, "held", replace(SNAPSHOT, generation=2))
    assert answers.counts(ALL).facts.generation == 2


def test_an_empty_workspace_answers_with_nothing() -> None:
    empty = tiny_snapshot()
    none = replace(
        empty.incidents,
        **{
            name: getattr(empty.incidents, name)[:0]
            for name in ("day", "hour", "weekday", "category", "source", "placement", "lon", "lat", "zones")
        },
        area={key: column[:0] for key, column in empty.incidents.area.items()},
    )
    answers = Answers(Still(replace(empty, incidents=none)))
    assert answers.counts(ALL).n.tolist() == [0, 0, 0, 0]
    assert not answers.totals(ALL)[1].comparable
    assert answers.trend(ALL).months == ()
    assert answers.table(ALL, ("area", "month")).empty
    assert answers.points(ALL).total == 0
    assert answers.facts().first_day is None
    assert LayerKey("2024", Level.COMMUNE) in answers.snapshot.boundaries.layers
