"""One's own ground beside the province: shares and ratios by hand, and nothing counted that may not be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.question import EVERYTHING, Question
from geodata.statistics.change import ratio_test
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ASKED = Question(YEAR, "2025", Level.COMMUNE, areas=("001",))
# Four communes: 120, 60, 0 and 60 incidents a year; in the last year the first has 60 and the third 3.
MONTHS = np.repeat([[10], [5], [0], [5]], 36, axis=1)
MONTHS[0, 24:] = 5
MONTHS[2, 30] = 3
PEOPLE = [10_000.0, 20_000.0, 10_000.0, 10_000.0]
ANSWERS = Answers(Still(planted_snapshot(MONTHS, PEOPLE)))


def test_share_changes_and_rates_are_those_worked_out_by_hand() -> None:
    found = ANSWERS.beside(ASKED)
    assert found.share == pytest.approx(60 / 183)
    assert (found.own.before, found.own.now) == (119, 60)  # the data end on 25 December, so the year before does too
    assert found.province.ratio == pytest.approx(183 / 239)
    # 60 among 10,000 against 123 among 40,000: 60 against 30.75 per 10,000
    test = ratio_test(123, 60, exposure=0.25, level=0.9)
    assert found.rates.ratio == pytest.approx(60 / 30.75)
    assert (found.rates.low, found.rates.high, found.rates.p) == pytest.approx((test.low, test.high, test.p))
    assert found.enough
    assert found.inhabited


def test_the_own_change_is_the_one_the_figures_above_tell() -> None:
    assert ANSWERS.beside(ASKED).own == ANSWERS.totals(ASKED)[1]


def test_a_district_is_its_communes_and_all_of_them_have_no_rest() -> None:
    everywhere = ANSWERS.beside(replace(ASKED, areas=("d1",)))
    assert everywhere.share == pytest.approx(1.0)
    assert not everywhere.enough
    assert isnan(everywhere.rates.ratio)


def test_a_handful_has_no_share_and_no_rate() -> None:
    few = ANSWERS.beside(replace(ASKED, areas=("003",)))
    assert isnan(few.share)
    assert isnan(few.rates.ratio)
    assert not few.enough


def test_without_inhabitants_or_on_a_part_of_the_ground_no_rates_are_compared() -> None:
    unknown = Answers(Still(planted_snapshot(MONTHS, [*PEOPLE[:3], np.nan])))
    assert not unknown.beside(ASKED).inhabited
    seen = ANSWERS.beside(replace(ASKED, areas=("d1",)), chief("2025", "001"))
    assert not seen.inhabited


def test_who_sees_only_some_areas_is_told_no_count_of_the_others() -> None:
    told = ANSWERS.beside(ASKED, chief("2025", "001"))
    whole = ANSWERS.beside(ASKED, EVERYTHING)
    assert isnan(told.share)  # a share and one's own count would give the province's
    assert (told.province, told.rates) == (whole.province, whole.rates)
    assert told.own.now == 60


def test_the_province_s_change_needs_ten_incidents_before() -> None:
    thin = MONTHS * 0
    thin[0, 24:] = 5
    thin[1, ::6] = 1
    found = Answers(Still(planted_snapshot(thin, PEOPLE))).beside(ASKED)
    assert isnan(found.province.ratio)
    assert isnan(ANSWERS.beside(replace(ASKED, period=Period(date(2022, 1, 1), date(2022, 12, 31)))).province.ratio)
