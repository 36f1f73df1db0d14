"""Where it is worst, in worlds small enough for paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from scipy.stats import binom, gamma

from geodata.answers.answers import Answers
from geodata.answers.risk import AreaRisk, RiskMethod
from geodata.errors import QuestionError
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.gi_star import gi_star
from geodata.statistics.local_moran import local_moran
from geodata.vocabulary import Category, Level, Period, Source
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import FIRST, LAST, Still, chief, tiny_snapshot

MONTH = Period(date(2022, 1, 1), date(2022, 1, 31))
ALL = Question(MONTH, "2025", Level.COMMUNE)
TINY = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
METHODS: tuple[RiskMethod, ...] = ("relative_risk", "gi_star", "local_moran")
NUMBERS = ("n", "expected", "rr", "low", "high", "z", "p", "q")


def judged(
    counts: ArrayLike,
    population: ArrayLike | None = None,
    *,
    question: Question = ALL,
    scope: Scope = EVERYTHING,
    method: RiskMethod = "relative_risk",
) -> AreaRisk:
    """So many incidents an area, in one month."""
    snapshot = planted_snapshot(np.atleast_2d(counts).T, population)
    return Answers(Still(snapshot)).risk(question, scope, method)


def test_what_is_expected_follows_the_inhabitants_and_adds_up_to_what_was_recorded() -> None:
    risk = judged([12, 8, 4, 6], [10_000, 20_000, 10_000, np.nan])
    assert risk.n.tolist() == [12, 8, 4, 6]
    assert risk.expected == pytest.approx([6, 12, 6, np.nan], nan_ok=True)
    assert (risk.by, risk.tests, risk.left_out) == ("population", 3, ())


def test_the_relative_risk_is_the_one_on_paper() -> None:
    risk = judged([12, 8, 4, 6], [10_000, 20_000, 10_000, np.nan])
    # A = (6 x 1 + 12 / 9 + 6 / 9) / 24 - 1 / 8 = 5 / 24, so k = 4.8 and rr = (4.8 + O) / (4.8 + E).
    assert risk.spread == pytest.approx(5 / 24)
    assert risk.rr == pytest.approx([16.8 / 10.8, 12.8 / 16.8, 8.8 / 10.8, np.nan], nan_ok=True)
    posterior = gamma(16.8, scale=1 / 10.8)
    assert (risk.low[0], risk.high[0]) == pytest.approx((posterior.ppf(0.05), posterior.ppf(0.95)))
    assert risk.p[0] == pytest.approx(2 * binom.sf(11, 24, 0.25))
    assert risk.z[0] == pytest.approx(6 / np.sqrt(24 * 0.25 * 0.75))


def test_an_area_whose_inhabitants_are_not_known_is_left_out_and_listed() -> None:
    risk = judged([12, 8, 4, 6], [10_000, 20_000, 10_000, 0])
    assert risk.without == (3,)
    assert risk.classes[3] == "no population"
    assert np.isnan([getattr(risk, name)[3] for name in NUMBERS[1:]]).all()


def test_high_and_low_are_named_where_chance_and_range_agree() -> None:
    risk = judged([100] * 8 + [200, 50, 4, 4], [10_000] * 10 + [400, 8_000])
    assert risk.classes[:8].tolist() == ["as expected"] * 8
    assert risk.classes[8:].tolist() == ["high", "low", "too few to tell", "low"]
    assert risk.low[8] > 1 > risk.high[9]
    assert risk.few.tolist() == [False] * 10 + [True, True]


def test_places_that_differ_no_more_than_chance_are_as_expected() -> None:
    risk = judged([20, 22, 19, 21, 18])
    assert risk.spread == 0
    assert set(risk.classes) == {"as expected"}
    assert risk.rr == pytest.approx(np.ones(5))


@pytest.mark.parametrize("method", METHODS)
def test_a_layer_of_one_area_has_a_defined_result(method: RiskMethod) -> None:
    risk = judged([12, 8], question=replace(ALL, level=Level.DISTRICT), method=method)
    assert (risk.codes, risk.n.tolist(), risk.expected.tolist()) == (("d1",), [20], [20])
    assert (risk.rr[0], risk.low[0], risk.high[0]) == (1, 1, 1)
    assert (risk.z[0], risk.p[0], risk.q[0]) == (0, 1, 1)
    assert risk.classes[0] in {"as expected", "not significant"}


@pytest.mark.parametrize("method", METHODS)
def test_no_incident_at_all_says_nothing_of_any_area(method: RiskMethod) -> None:
    risk = judged([3, 4, 5], question=replace(ALL, categories=("drugs",)), method=method)
    assert risk.n.sum() == 0
    assert set(risk.classes) == {"too few to tell" if method == "relative_risk" else "not significant"}
    assert risk.totals.recorded == 0


def corner(high: int) -> list[int]:
    """Five rows of ten communes with 20 incidents each; the south-western four have more or less."""
    counts = np.full((5, 10), 20)
    counts[:2, :2] = high
    return counts.ravel().tolist()


def test_gi_star_finds_high_risks_side_by_side() -> None:
    risk = judged(corner(60), method="gi_star")
    assert np.flatnonzero(risk.classes == "hot spot").tolist() == [0, 1, 10, 11]  # others see two of the four at most
    terrain = Answers(Still(planted_snapshot(np.full((50, 1), 1)))).terrain(ALL.layer)
    assert risk.z == pytest.approx(gi_star(risk.rr, terrain.weights))
    assert set(judged(corner(4), method="gi_star").classes) == {"cold spot", "not significant"}


def test_gi_star_does_not_map_where_people_live() -> None:
    risk = judged(corner(60), 500 * np.array(corner(60)), method="gi_star")
    assert set(risk.classes) == {"not significant"}
    assert (risk.z == 0).all()


def test_local_moran_tells_high_among_high_from_high_among_low() -> None:
    counts = corner(60)
    counts[37] = 70  # alone among quiet ones
    risk = judged(counts, method="local_moran")
    assert risk.classes[[0, 1, 10, 11]].tolist() == ["high-high"] * 4
    terrain = Answers(Still(planted_snapshot(np.full((50, 1), 1)))).terrain(ALL.layer)
    moran = local_moran(risk.rr, terrain.weights)
    assert risk.z == pytest.approx(moran.z)
    assert moran.quadrant[37] == "HL"


def test_areas_and_scope_only_decide_what_is_shown() -> None:
    counts = [30, 10, 12, 9, 11, 14]
    everything = judged(counts)
    for question, scope in (
        (replace(ALL, areas=("002", "005")), EVERYTHING),
        (ALL, chief("2025", "002", "005")),
        (replace(ALL, areas=("002", "005")), chief("2025", "005", "002", "001")),
    ):
        some = judged(counts, question=question, scope=scope)
        assert np.flatnonzero(some.asked).tolist() == [1, 4]
        for name in NUMBERS:
            assert getattr(some, name)[[1, 4]].tolist() == getattr(everything, name)[[1, 4]].tolist()
            rest = getattr(some, name)[[0, 2, 3, 5]]
            assert (rest == 0).all() if name == "n" else np.isnan(rest).all()
        assert some.classes[0] == ""
        assert some.tests == 6


def test_a_region_shows_its_areas_and_changes_no_risk() -> None:
    region = judged([30, 10, 12], question=replace(ALL, regions=("corner",)))
    assert region.asked.tolist() == [True, True, False]
    assert region.rr[0] == judged([30, 10, 12]).rr[0]


def test_who_may_see_a_part_of_an_area_is_told_nothing_of_the_whole() -> None:
    counts, districts = list(range(1, 15)), replace(ALL, level=Level.DISTRICT)
    part = judged(counts, question=districts, scope=chief("2025", "011", "012"))
    assert (part.n.tolist(), part.asked.tolist()) == ([0, 0], [False, False])
    whole = judged(counts, question=districts, scope=chief("2025", "011", "012", "013", "014"))
    assert (whole.n.tolist(), whole.asked.tolist()) == ([0, 11 + 12 + 13 + 14], [False, True])
    held = judged(counts, scope=chief("2025", "d2"))
    assert np.flatnonzero(held.asked).tolist() == [10, 11, 12, 13]
    assert not judged(counts, scope=chief("2025", "nowhere")).asked.any()


def test_categories_whose_places_say_little_are_left_out_unless_named() -> None:
    fraud, theft = Category("fraud", "", "", "", hot_spots=False), Category("theft", "", "", "")
    frauds = replace(planted_snapshot(np.full((4, 1), 9)), categories=(fraud, theft))  # all nine are of the first
    silent = Answers(Still(frauds)).risk(ALL)
    assert (silent.left_out, silent.n.sum(), silent.totals.recorded) == (("fraud",), 0, 0)
    named = Answers(Still(frauds)).risk(replace(ALL, categories=("fraud",)))
    assert (named.left_out, named.n.sum(), named.totals.recorded) == ((), 36, 36)


def test_categories_whose_places_say_little_are_counted_where_there_are_no_others() -> None:
    fraud = Category("fraud", "", "", "", hot_spots=False)
    only = Answers(Still(replace(planted_snapshot(np.full((4, 1), 9)), categories=(fraud,)))).risk(ALL)
    assert (only.left_out, only.n.sum()) == ((), 36)


def test_with_zones_only_their_share_of_an_area_counts() -> None:
    answers = Answers(Still(tiny_snapshot(n=400)))
    strip = answers.risk(replace(TINY, zones=("border_0_1km",)))
    # The strip takes 0.03 of the 0.1 degrees of 101 and of 103, which have 10,000 and 20,000 inhabitants.
    assert strip.asked.tolist() == [True, True, False, False]
    n = strip.n[:2].sum()
    assert 0 < n < answers.risk(TINY).n[:2].sum()
    assert strip.expected[:2] == pytest.approx([n / 3, 2 * n / 3], rel=1e-3)


def test_an_edition_without_inhabitants_is_judged_by_its_ground() -> None:
    risk = Answers(Still(tiny_snapshot(n=400))).risk(replace(TINY, edition="2025"))
    assert (risk.by, risk.codes, risk.without) == ("area", ("101", "201", "203"), ())
    # Half of the ground is the new 101, three and one eighths are 201 and 203.
    assert risk.expected / risk.n.sum() == pytest.approx([1 / 2, 3 / 8, 1 / 8], rel=1e-3)


def test_filters_of_source_and_hour_choose_incidents_for_all_areas_alike() -> None:
    answers = Answers(Still(tiny_snapshot(n=400)))
    question = replace(TINY, sources=(Source.REPORTED,), hours=(18, 5))
    risk = answers.risk(question)
    assert risk.n.tolist() == answers.counts(question).n.tolist()


def test_a_wrong_question_is_refused() -> None:
    with pytest.raises(QuestionError, match="edition «1999»"):
        judged([1, 2], question=replace(ALL, edition="1999"))


WORLDS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from([0.0, np.nan, 500.0, 9_000.0])), min_size=1, max_size=12
)


@settings(deadline=None, max_examples=30)
@given(WORLDS, st.sampled_from(METHODS))
def test_in_any_world_the_sums_hold_and_every_area_has_a_class(
    world: list[tuple[int, float]], method: RiskMethod
) -> None:
    counts, people = np.array(world).T
    risk = judged(counts.astype(int), people, method=method)
    known = np.isfinite(risk.expected)
    assert risk.expected[known].sum() == pytest.approx(risk.n[known].sum())
    assert all(risk.classes)
    assert (risk.classes == "no population").tolist() == (~known).tolist()
    with_risk = np.isfinite(risk.rr)
    assert (risk.low[with_risk] <= risk.rr[with_risk]).all()
    assert (risk.rr[with_risk] <= risk.high[with_risk] + 1e-12).all()
    tested = np.isfinite(risk.p)
    assert tested.sum() == risk.tests
    assert ((risk.p[tested] >= 0) & (risk.p[tested] <= risk.q[tested] + 1e-12) & (risk.q[tested] <= 1)).all()
