"""Changes of areas between two periods: change is told from chance, and unchanged from too few to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import binomtest

from geodata.answers.answers import Answers
from geodata.answers.change import FEWER, INCOMPARABLE, MORE, TOO_FEW, UNCLEAR, AreaChanges
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief, tiny_snapshot

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ASKED = Question(YEAR, "2025", Level.COMMUNE)


def years(*pairs: tuple[int, int]) -> Answers:
    """Communes with so many incidents in 2023 and 2024, spread evenly over the months as far as they go."""
    months = np.zeros((len(pairs), 36), dtype=np.int64)
    for row, (before, now) in zip(months, pairs, strict=True):
        for start, n in ((12, before), (24, now)):
            row[start : start + 12] = n // 12
            row[start : start + n % 12] += 1
    months[0, 0] += 1  # the data begin in January 2022
    return Answers(Still(planted_snapshot(months)))


def change(answers: Answers, question: Question = ASKED, scope: Scope = EVERYTHING) -> AreaChanges:
    return answers.change(question, scope)


def test_what_is_more_than_chance_is_told_from_what_is_not() -> None:
    found = change(years((240, 120), (120, 240), (120, 110), (120, 120)))
    assert found.classes.tolist() == [FEWER, MORE, UNCLEAR, UNCLEAR]
    assert found.before.tolist() == [240, 120, 120, 120]
    assert found.now.tolist() == [120, 240, 110, 120]
    assert found.ratio.tolist() == pytest.approx([0.5, 2.0, 110 / 120, 1.0])
    expected = [binomtest(now, now + before, 0.5).pvalue for before, now in ((240, 120), (120, 240), (120, 110))]
    assert found.p[:3].tolist() == pytest.approx(expected, rel=1e-6)
    # Four areas: the two smallest p are alike, so each counts 4 / 2 times.
    assert found.q[0] == pytest.approx(2 * expected[0], rel=1e-6)
    assert (found.total.before, found.total.now, found.tests) == (600, 590, 4)
    assert found.told.tolist() == [0, 1]


def test_a_range_is_the_exact_one() -> None:
    found = change(years((120, 95), (120, 120)))
    # methods.md: 120 -> 95 is -21 %, p = 0.10, 95 % 0.60-1.04.
    assert (found.ratio[0], found.low[0], found.high[0]) == pytest.approx((0.79, 0.60, 1.04), abs=0.005)
    assert found.p[0] == pytest.approx(0.10, abs=0.005)


def test_few_incidents_tell_nothing_and_the_rule_is_known() -> None:
    found = change(years((2, 2), (9, 4), (10, 8), (0, 0), (120, 120)))
    assert found.classes.tolist() == [TOO_FEW, TOO_FEW, UNCLEAR, TOO_FEW, UNCLEAR]
    assert found.few_in_both.tolist() == [True, False, False, True, False]
    assert found.few_before.tolist() == [True, True, False, True, False]
    assert np.isnan(found.p[[0, 3]]).all()
    assert found.tests == 3


def test_a_rise_out_of_almost_nothing_is_told() -> None:
    found = change(years((2, 48), (0, 36), (120, 120)))
    assert found.classes.tolist() == [MORE, MORE, UNCLEAR]
    assert found.few_before.tolist() == [True, True, False]
    assert found.ratio[1] == np.inf


def test_a_false_alarm_is_counted_over_the_whole_layer_whatever_is_asked() -> None:
    answers = years((60, 36), *[(120, 120)] * 9)  # p = 0.018 by itself, 0.18 among ten
    assert change(answers).classes[0] == UNCLEAR
    one = change(answers, replace(ASKED, areas=("001",)))
    assert (one.classes[0], one.tests, one.asked.sum()) == (UNCLEAR, 10, 1)
    assert one.q[0] == change(answers).q[0]
    assert one.classes[1:].tolist() == [""] * 9
    assert not one.now[1:].any()


def test_the_total_is_of_what_is_asked_areas_and_regions_too() -> None:
    answers = years((240, 120), (120, 120), (60, 90))
    some = change(answers, replace(ASKED, areas=("001", "003")))
    assert (some.total.before, some.total.now) == (300, 210)
    west = Answers(Still(tiny_snapshot(n=3000)))
    asked = Question(YEAR, "2024", Level.COMMUNE, regions=("west",))
    totals, before = west.totals(asked)
    moved = change(west, asked).total
    assert (moved.now, moved.before) == (totals.recorded, before.before)
    assert moved.now < west.totals(replace(asked, regions=()))[0].recorded


def test_the_range_of_a_part_is_no_narrower_than_that_of_one_area() -> None:
    found = change(years((240, 120), (120, 120), (60, 90)), replace(ASKED, areas=("001",)))
    assert found.total.phi >= found.phi


def test_who_may_see_one_area_is_told_of_one() -> None:
    answers = years((240, 120), *[(120, 120)] * 5)
    seen = change(answers, scope=chief("2025", "001"))
    assert seen.classes.tolist() == [FEWER, "", "", "", "", ""]
    assert seen.q[0] == change(answers).q[0]
    assert np.isnan(seen.ratio[1:]).all()
    assert (seen.total.before, seen.total.now) == (240, 120)


def test_the_same_part_of_a_running_year_is_compared() -> None:
    months = np.full((3, 30), 10)  # until June 2024
    found = change(Answers(Still(planted_snapshot(months))))
    assert found.comparison.running
    assert found.comparison.before.end == date(2023, found.comparison.so_far.end.month, found.comparison.so_far.end.day)
    assert found.before.tolist() == found.now.tolist() == [60, 60, 60]


def test_periods_of_another_length_are_compared_by_day() -> None:
    answers = years((120, 240), (120, 120))
    found = answers.change(
        replace(ASKED, period=Period(date(2024, 1, 1), date(2024, 6, 30))),
        against=Period(date(2023, 7, 1), date(2023, 9, 30)),
    )
    assert found.before.tolist() == [30, 30]
    assert found.now.tolist() == [120, 60]
    assert found.ratio.tolist() == pytest.approx([4 / (182 / 92), 2 / (182 / 92)])


@pytest.mark.parametrize(
    "against",
    [
        Period(date(2021, 1, 1), date(2021, 12, 31)),  # the data begin later
        Period(date(2023, 7, 1), date(2024, 6, 30)),  # half of it is in the period itself
        YEAR,
    ],
)
def test_nothing_is_told_of_periods_that_cannot_be_compared(against: Period) -> None:
    found = years((240, 120), (120, 120)).change(ASKED, against=against)
    assert not found.comparable
    assert found.classes.tolist() == [INCOMPARABLE, INCOMPARABLE]
    assert np.isnan(found.ratio).all()
    assert np.isnan(found.total.p)
    assert not len(found.told)


def test_where_months_differ_by_more_than_chance_ranges_are_wider() -> None:
    rng = np.random.default_rng(3)
    even, bouts = rng.poisson(20, (10, 36)), 10 * rng.poisson(2, (10, 36))
    calm, rough = (change(Answers(Still(planted_snapshot(months)))) for months in (even, bouts))
    assert calm.phi < 1.3
    assert rough.phi == pytest.approx(10, rel=0.25)
    assert (np.log(rough.high / rough.low) > 2 * np.log(calm.high / calm.low).max()).all()


def test_a_flat_world_hardly_ever_alarms() -> None:
    rng = np.random.default_rng(5)
    worlds = [change(Answers(Still(planted_snapshot(rng.poisson(4, (30, 36)))))) for _ in range(20)]
    assert sum(bool(len(found.told)) for found in worlds) <= 2


def test_a_layer_without_incidents_changes_nothing() -> None:
    found = change(Answers(Still(planted_snapshot(np.zeros((3, 0), dtype=int)))))
    assert found.classes.tolist() == [INCOMPARABLE] * 3
    assert found.total.now == 0
