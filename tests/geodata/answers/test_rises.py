"""What is new this month: planted rises, whether they stand, chains of incidents, areas hot of late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.rises import CategoryRises, Rise, Rises, new_month_high, rises_of
from geodata.errors import QuestionError
from geodata.geometry import crs
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Category, Level, Period
from geodata.warehouse.snapshot import EPOCH, Snapshot
from tests.geodata.planted import COMMUNE, DISTRICT, planted_snapshot
from tests.geodata.worlds import Still, chief

pytestmark = pytest.mark.slow  # seconds in all

THEFT = (Category("theft", "Trộm", "Theft", "g"),)
END = date(2024, 12, 31)
ALL = Question(Period(date(2024, 1, 1), END), "2025", Level.COMMUNE)
HERE = 14
UTM = "EPSG:32648"


def world(*months: int, size: int = 35) -> Snapshot:
    """About ten a month in each of thirty areas; in one of them ``size`` in these months (35 is the last)."""
    counts = np.random.default_rng(5).integers(9, 12, (30, 36))  # quieter than chance: no alarm but the planted one
    counts[HERE, list(months)] = size
    return planted_snapshot(counts, categories=THEFT)


def ask(snapshot: Snapshot, question: Question = ALL, scope: Scope = EVERYTHING) -> Rises:
    return Answers(Still(snapshot)).rises(question, scope)


def only(found: Rises) -> CategoryRises:
    assert [each.category for each in found.categories] == ["theft"]
    return found.categories[0]


def risen(
    snapshot: Snapshot, question: Question = ALL, scope: Scope = EVERYTHING
) -> tuple[tuple[Rise, ...], int, bool]:
    """The rises of theft alone, without all else that is new."""
    scan = partial(Answers(Still(snapshot)).clusters, scope=scope, method="permutation_scan")
    return rises_of(snapshot, replace(question, categories=("theft",)), scan)


@pytest.mark.parametrize(
    ("months", "status"),
    [((35,), "to_check"), ((34, 35), "confirmed"), ((33, 34, 35), "confirmed"), ((34,), "dropped"), ((33,), "dropped")],
)
def test_a_rise_is_checked_again_the_month_after(months: tuple[int, ...], status: str) -> None:
    told, _, enough = risen(world(*months))
    assert [(each.cluster.codes, each.status) for each in told] == [(("015",), status)]
    assert enough


def test_a_dropped_rise_has_the_months_it_was_seen_in() -> None:
    ((gone,), _, _) = risen(world(34))
    assert gone.cluster.period == Period(date(2024, 11, 1), date(2024, 11, 30))


def test_what_lasts_is_no_rise() -> None:
    assert risen(world(*range(36)))[0] == ()


@pytest.mark.parametrize(
    ("last", "high"),
    [(10, False), (14, False), (17, False), (18, True), (30, True)],  # 10 expected of 110: at least 17.2 for 5 %
)
def test_the_new_month_alone_must_be_high(last: int, high: bool) -> None:
    counts = np.full((10, 12), 10)
    counts[0, -2:] = 30, last
    assert new_month_high(counts, [0], 10) is high


def test_without_earlier_months_nothing_is_confirmed() -> None:
    assert not new_month_high(np.full((3, 4), 9), [1], 0)
    assert not new_month_high(np.zeros((3, 4), dtype=np.int64), [1], 2)


def test_the_questions_end_decides_what_is_this_month_and_its_start_does_not() -> None:
    november = replace(ALL, period=Period(date(2024, 11, 1), date(2024, 11, 30)))
    found = ask(world(34), november)
    assert [each.status for each in only(found).rises] == ["to_check"]
    assert found.month == november.period
    assert found.days == Period(date(2024, 10, 2), date(2024, 11, 30))


def test_areas_asked_and_what_may_be_seen_decide_what_is_told() -> None:
    snapshot = world(35)
    assert risen(snapshot, replace(ALL, areas=("001",)))[0] == ()
    assert len(risen(snapshot, replace(ALL, areas=("015",)))[0]) == 1
    assert risen(snapshot, scope=chief("2025", "001"))[:2] == ((), 0)
    assert len(risen(snapshot, scope=chief("2025", "015"))[0]) == 1


def test_two_months_are_too_few_for_a_rise() -> None:
    counts = np.full((30, 2), 9)
    short = planted_snapshot(counts, begin=date(2024, 11, 1), categories=THEFT)
    found = only(ask(short))
    assert (found.rises, found.enough) == ((), False)


def test_nothing_recorded_makes_nothing_new() -> None:
    found = ask(planted_snapshot(np.zeros((30, 36), dtype=np.int64), categories=THEFT))
    assert found.month is None
    assert only(found).quiet


def test_areas_hot_of_late_are_news_and_lasting_ones_are_not() -> None:
    counts = np.random.default_rng(5).poisson(20.0, (30, 36))
    counts[3] *= 3
    counts[7, -4:] *= 4
    found = only(ask(planted_snapshot(counts, categories=THEFT)))
    assert found.recent == (7,)
    assert found.patterns.pattern[7] == "consecutive hot spot"


def test_each_category_is_looked_at_by_itself_and_those_whose_places_say_little_are_not() -> None:
    kinds = (*THEFT, Category("drugs", "Ma túy", "Drugs", "g"), Category("fraud", "L", "F", "g", hot_spots=False))
    found = ask(replace(world(35), categories=kinds))
    assert [each.category for each in found.categories] == ["theft", "drugs"]
    assert found.left_out == ("fraud",)
    assert found.categories[1].quiet


def scattered(*, chained: bool) -> Snapshot:
    """Two hundred incidents of half a year over ten kilometres; where chained, the last four lie close."""
    rng = np.random.default_rng(2)
    n = 200
    made = planted_snapshot(np.array([[n]]), begin=date(2024, 12, 1), categories=THEFT)
    x, y, day = rng.uniform(0, 10_000, n), rng.uniform(0, 10_000, n), np.sort(rng.integers(0, 180, n))
    if chained:
        x[-4:], y[-4:], day[-4:] = [0, 100, 180, 60], [0, 40, 20, 90], [160, 166, 171, 179]
    day[-1] = 179
    order = np.argsort(day, kind="stable")
    west, south = crs.transform_xy([106.0], [11.0], crs.WGS84, UTM)
    lon, lat = crs.transform_xy(west + x[order], south + y[order], UTM, crs.WGS84)
    last = (END - EPOCH).days
    where = {COMMUNE: np.zeros(n, np.int32), DISTRICT: np.zeros(n, np.int32)}
    days = (last - 179 + day[order]).astype(np.int32)
    return replace(made, incidents=replace(made.incidents, day=days, lon=lon, lat=lat, area=where))


def test_incidents_close_in_place_and_time_make_a_chain() -> None:
    found = only(ask(scattered(chained=True)))
    (chain,) = found.chains
    assert (chain.n, chain.first, chain.last, chain.area) == (4, END - timedelta(days=19), END, 0)
    assert chain.radius_m < 200
    assert found.by_chance < 1
    assert found.repeats is not None


def test_scattered_incidents_make_none() -> None:
    assert only(ask(scattered(chained=False))).chains == ()


def test_a_chain_is_told_only_to_who_may_see_its_place() -> None:
    assert only(ask(scattered(chained=True), scope=Scope(areas=()))).chains == ()


def test_a_layer_that_is_not_loaded_is_refused() -> None:
    with pytest.raises(QuestionError):
        ask(world(), replace(ALL, edition="1999"))


def test_where_everything_lies_together_no_chain_is_told() -> None:
    """Fifteen hundred incidents in one square of a hundred metres: a million pairs, all of them near repeats."""
    made, n = scattered(chained=False), 1_500
    west, south = crs.transform_xy([106.0], [11.0], crs.WGS84, UTM)
    x, y = np.random.default_rng(1).uniform(0, 100, (2, n))
    lon, lat = crs.transform_xy(west + x, south + y, UTM, crs.WGS84)
    last = (END - EPOCH).days
    crowd = planted_snapshot(np.array([[n]]), begin=date(2024, 12, 1), categories=THEFT).incidents
    where = {COMMUNE: np.zeros(n, np.int32), DISTRICT: np.zeros(n, np.int32)}
    days = np.sort(last - np.arange(n) % 50).astype(np.int32)
    found = only(ask(replace(made, incidents=replace(crowd, day=days, lon=lon, lat=lat, area=where))))
    assert (found.chains, found.spots) == ((), n)
    assert found.crowded
