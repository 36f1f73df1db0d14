"""Which areas stand out together, in worlds where that was planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.clusters import Clusters, months_back
from geodata.errors import QuestionError
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Category, Level, Period
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

pytestmark = pytest.mark.slow  # seconds in all

ALL = Question(Period(date(2022, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
HOT = [24, 33, 34, 35, 44]  # a place and the four beside it, in a hundred; codes are one higher
RISE = [57, 66, 67, 68, 77]


def counts(seed: int = 1) -> np.ndarray:
    """Six a month everywhere; twice that in HOT all the time, and in RISE in the last two months."""
    mean = np.full((100, 36), 6.0)
    mean[HOT] = 12
    mean[RISE, -2:] = 18
    return np.random.default_rng(seed).poisson(mean)


SNAPSHOT = planted_snapshot(counts())
ANSWERS = Answers(Still(SNAPSHOT))


def ask(question: Question = ALL, scope: Scope = EVERYTHING, method: str = "poisson_scan") -> Clusters:
    return ANSWERS.clusters(question, scope, method)  # type: ignore[arg-type]


def codes(members: list[int]) -> tuple[str, ...]:
    return tuple(f"{i + 1:03}" for i in members)


def test_the_planted_circle_is_the_likeliest_cluster_of_the_whole_period() -> None:
    found = ask()
    first = found.clusters[0]
    assert (first.codes, first.period, first.significant) == (codes(HOT), ALL.period, True)
    assert first.names == tuple(f"Xã {code}" for code in codes(HOT))
    assert first.n == counts()[HOT].sum()
    assert first.expected == pytest.approx(counts().sum() * 5 / 100)
    assert first.rr == pytest.approx(2, rel=0.1)
    assert first.low < first.rr < first.high < 1.2 * first.low
    assert first.outline.area == pytest.approx(5 * 0.05**2)
    assert first.p == 0.001
    assert (found.n, found.areas, found.bins, found.by) == (counts().sum(), 100, 0, "population")


def test_a_rise_up_to_now_is_found_with_its_months_and_a_lasting_excess_is_not() -> None:
    found = ask(method="permutation_scan")
    first = found.clusters[0]
    assert (first.codes, first.significant) == (codes(RISE), True)
    assert first.period == Period(date(2024, 11, 1), date(2024, 12, 31))
    assert first.n == counts()[RISE, -2:].sum()
    assert found.question.period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert (found.bins, found.by, found.n) == (12, None, counts()[:, -12:].sum())
    assert all(each.period.end == date(2024, 12, 31) for each in found.clusters)
    assert not any(set(codes(HOT)) & set(each.codes) for each in found.significant)


def test_clusters_are_the_same_twice_and_share_no_area() -> None:
    again = Answers(Still(SNAPSHOT)).clusters(ALL)
    assert again.clusters == ask().clusters
    every = [i for each in again.clusters for i in each.members]
    assert len(every) == len(set(every))
    llr = [each.llr for each in again.clusters]
    assert llr == sorted(llr, reverse=True)


def test_areas_asked_for_choose_what_is_listed_and_change_no_number() -> None:
    found = ask(replace(ALL, areas=("034",)))
    assert found.clusters[0] == ask().clusters[0]  # the others of the circle belong to it
    assert all("034" in each.codes for each in found.clusters)
    assert found.hidden == 0
    assert ask(replace(ALL, areas=("100",))).clusters != found.clusters


def test_a_cluster_that_reaches_beyond_what_may_be_seen_is_counted_and_not_told() -> None:
    found = ask(scope=chief("2025", *codes(HOT[:2])))
    assert codes(HOT) not in [each.codes for each in found.clusters]
    assert found.hidden == 1
    whole = ask(scope=chief("2025", *codes(HOT)))
    assert whole.clusters[0] == ask().clusters[0]
    assert whole.hidden == 0
    assert all(set(each.codes) <= set(codes(HOT)) for each in whole.clusters)


def test_the_scan_looks_back_over_whole_months_of_the_period_only() -> None:
    summer = replace(ALL, period=Period(date(2024, 5, 1), date(2024, 9, 15)))
    found = ask(summer, method="permutation_scan")
    assert found.question.period == Period(date(2024, 5, 1), date(2024, 8, 31))
    assert found.bins == 4
    assert codes(RISE) not in [each.codes for each in found.significant]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2022, 1, 1), date(2024, 12, 31), 12),
        (date(2024, 11, 1), date(2024, 12, 31), 2),
        (date(2024, 11, 20), date(2024, 12, 31), 1),
        (date(2024, 12, 1), date(2024, 12, 10), 0),
        (date(2019, 1, 1), date(2019, 12, 31), 0),
    ],
)
def test_months_back_are_those_of_the_period(start: date, end: date, months: int) -> None:
    assert months_back(SNAPSHOT, Period(start, end)) == months


def test_one_month_alone_tells_nothing_of_a_rise() -> None:
    found = ask(replace(ALL, period=Period(date(2024, 12, 1), date(2024, 12, 31))), method="permutation_scan")
    assert (found.bins, found.clusters, found.enough) == (1, (), False)
    before = ask(replace(ALL, period=Period(date(2019, 1, 1), date(2019, 12, 31))), method="permutation_scan")
    assert (before.bins, before.clusters, before.enough) == (0, (), False)


def told(snapshot: Snapshot, method: str = "poisson_scan") -> Clusters:
    return Answers(Still(snapshot)).clusters(ALL, EVERYTHING, method)  # type: ignore[arg-type]


def test_areas_without_inhabitants_take_no_part() -> None:
    people = np.full(100, 1000.0)
    people[HOT[0]] = np.nan
    found = told(planted_snapshot(counts(), people))
    assert all(HOT[0] not in each.members for each in found.clusters)
    assert found.areas == 99
    assert found.n == counts().sum() - counts()[HOT[0]].sum()


def test_no_incidents_and_few_incidents_are_too_few_to_tell() -> None:
    empty = told(planted_snapshot(np.zeros((100, 36), dtype=np.int64)))
    assert (empty.clusters, empty.n, empty.enough) == ((), 0, False)
    few = np.zeros((100, 36), dtype=np.int64)
    few[33, 5] = 4
    found = told(planted_snapshot(few))
    assert not found.enough
    assert found.clusters[0].p <= 0.05  # four at one place are no chance, and still no risk to tell
    assert found.significant == ()
    assert np.isnan(found.clusters[0].low)


def test_a_small_excess_is_certain_on_many_incidents_and_not_called_significant() -> None:
    many = np.full((100, 36), 30)
    many[HOT] = 36  # 1.2 times
    found = told(planted_snapshot(many))
    assert found.clusters[0].codes == codes(HOT)
    assert found.clusters[0].p == 0.001
    assert found.significant == ()


def test_categories_whose_places_say_little_are_left_out() -> None:
    fraud = (Category("theft", "Trộm", "Theft", "g"), Category("fraud", "Lừa đảo", "Fraud", "g", hot_spots=False))
    found = told(planted_snapshot(counts(), categories=fraud))
    assert found.left_out == ("fraud",)
    assert found.question.categories == ("theft",)


def test_a_question_of_a_layer_that_is_not_loaded_is_refused() -> None:
    with pytest.raises(QuestionError):
        ask(replace(ALL, edition="1999"))
    with pytest.raises(QuestionError):
        ask(replace(ALL, level=Level.PROVINCE), method="permutation_scan")
