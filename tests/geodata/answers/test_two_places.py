"""Two places side by side: rates of what is known, their exact ratio, and nothing on a handful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.pair import Pair
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.change import ratio_test
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

ASKED = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
MONTHS = np.repeat([[10], [5], [0], [8], *[[6]] * 16], 36, axis=1)
MONTHS[2, 30] = 3
PEOPLE = [10_000.0, 20_000.0, 10_000.0, np.nan, *[10_000.0] * 16]
ANSWERS = Answers(Still(planted_snapshot(MONTHS, PEOPLE)))


def pair(first: tuple[str, ...], second: tuple[str, ...], scope: Scope = EVERYTHING) -> Pair:
    return ANSWERS.pair(ASKED, scope, places=(first, second))


def test_rates_are_compared_per_inhabitant_with_their_exact_range() -> None:
    found = pair(("001",), ("002",))
    assert (found.first.n, found.second.n) == (120, 60)
    assert (found.first.per_10k, found.second.per_10k) == pytest.approx((120.0, 30.0))
    test = ratio_test(60, 120, exposure=0.5)
    assert found.rates is not None
    assert (found.rates.ratio, found.rates.low, found.rates.high) == pytest.approx((4.0, test.low, test.high))
    assert found.first.change.before == 120
    assert found.first.change.ratio == pytest.approx(1.0)
    risk = ANSWERS.risk(ASKED)
    assert (found.first.rr, found.first.low, found.first.high) == (risk.rr[0], risk.low[0], risk.high[0])


def test_nothing_is_compared_on_a_handful_or_without_inhabitants() -> None:
    few = pair(("001",), ("003",))
    assert (few.second.n, few.rates) == (3, None)
    assert np.isnan([few.second.per_10k, few.second.rr]).all()
    unknown = pair(("004",), ("001",))
    assert unknown.rates is None
    assert np.isnan(unknown.first.per_10k)


def test_several_areas_together_have_a_rate_and_no_risk() -> None:
    found = pair(("001", "002"), ("d2",))
    assert (found.first.n, found.first.population) == (180, 30_000.0)
    assert found.first.per_10k == pytest.approx(60.0)
    assert np.isnan(found.first.rr)
    assert (found.second.n, found.second.population) == (10 * 72, 100_000.0)


def test_places_that_overlap_are_not_compared() -> None:
    found = pair(("001",), ("d1",))
    assert found.overlapping
    assert found.rates is None


def test_a_part_of_the_ground_has_no_rate() -> None:
    seen = pair(("d1",), ("001",), chief("2025", "001"))
    assert seen.first.n == 120
    assert np.isnan([seen.first.per_10k, seen.first.rr]).all()
    assert seen.second.per_10k == pytest.approx(120.0)


def test_regions_and_areas_of_the_question_do_not_matter() -> None:
    narrowed = replace(ASKED, areas=("003",), regions=("corner",))
    found = ANSWERS.pair(narrowed, places=(("001",), ("015",)))
    assert (found.first.n, found.second.n) == (120, 72)
