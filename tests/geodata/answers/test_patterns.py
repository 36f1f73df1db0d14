"""Which places are lastingly, newly or no longer hot, in worlds where that was planted."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.patterns import AreaPatterns, Method
from geodata.errors import QuestionError
from geodata.profile import LastingRow, Profile
from geodata.question import EVERYTHING, Question, Scope
from geodata.statistics.emerging import NO_PATTERN
from geodata.vocabulary import Category, Level, Period
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

MONTHS, QUIET, HOT = 36, 20, 60
ALL = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
PERSISTENT, FORMER, RECENT, RISING, NEW = range(5)


def history() -> np.ndarray:
    """Thirty areas of twenty incidents a month, the first five three times as hot for some time."""
    mean = np.full((30, MONTHS), float(QUIET))
    mean[PERSISTENT] = HOT
    mean[FORMER, :33] = HOT
    mean[RECENT, -5:] = HOT
    mean[RISING] = np.linspace(45, 90, MONTHS)
    mean[NEW, -1] = 2 * HOT
    return np.random.default_rng(3).poisson(mean)


SNAPSHOT = planted_snapshot(history())
ANSWERS = Answers(Still(SNAPSHOT))


def ask(snapshot: Snapshot, question: Question = ALL, scope: Scope = EVERYTHING, **how: str) -> AreaPatterns:
    return Answers(Still(snapshot)).patterns(question, scope, **how)  # type: ignore[arg-type]


def test_each_planted_history_gets_its_name() -> None:
    found = ANSWERS.patterns(ALL)
    assert found.pattern[:5] == (
        "persistent hot spot",
        "historical hot spot",
        "consecutive hot spot",
        "intensifying hot spot",
        "new hot spot",
    )
    assert set(found.pattern[5:]) == {NO_PATTERN}
    assert found.enough.all()
    assert (found.probability[:5] > 0.6).all()
    assert (found.method, found.width, found.above, found.by) == ("risk_path", "month", 1.5, "population")


def test_nothing_of_the_incidents_is_lost_on_the_way() -> None:
    found = ANSWERS.patterns(ALL)
    np.testing.assert_array_equal(found.counts, history())
    assert found.bins[0] == date(2022, 1, 1)
    assert found.bins[-1] == date(2024, 12, 1)
    assert found.question.period == Period(date(2022, 1, 1), date(2024, 12, 31))
    np.testing.assert_array_equal(found.n, history().sum(axis=1))
    assert found.totals.placed == history().sum()


def test_hot_bins_run_and_days_are_read_off_the_states() -> None:
    found = ANSWERS.patterns(ALL)
    assert found.hot_bins[[PERSISTENT, FORMER, RECENT, NEW]].tolist() == [36, 33, 5, 1]
    assert found.run[[PERSISTENT, FORMER, RECENT, NEW]].tolist() == [36, 0, 5, 1]
    assert found.first_hot[RECENT] == date(2024, 8, 1)
    assert found.last_hot[FORMER] == date(2024, 9, 1)
    assert found.first_hot[10] is None
    assert found.last_hot[10] is None


def test_a_quarter_is_hot_where_most_of_its_months_were() -> None:
    found = ANSWERS.patterns(ALL)
    assert found.quarter_starts[0] == date(2022, 1, 1)
    assert len(found.quarter_starts) == found.quarters.shape[1] == 12
    assert found.quarters[RECENT, -3:].tolist() == [0, 1, 1]  # July to September: August and September
    assert found.quarters[NEW, -1] == 0  # December alone


@pytest.mark.parametrize(
    ("rule", "lasting"),
    [
        (LastingRow(), {PERSISTENT, RISING}),  # four of six quarters and the last
        (LastingRow(quarters_hot=2, of_quarters=4), {PERSISTENT, RISING, RECENT}),
        (LastingRow(quarters_hot=1, of_quarters=1), {PERSISTENT, RISING, RECENT}),
    ],
)
def test_the_workspace_says_how_long_is_lasting(rule: LastingRow, lasting: set[int]) -> None:
    found = ask(replace(SNAPSHOT, profile=Profile(lasting=rule)))
    assert set(np.flatnonzero(found.lasting).tolist()) == lasting


def test_quarters_are_judged_one_by_one_by_exceedance() -> None:
    found = ANSWERS.patterns(ALL, method="exceedance")
    assert (found.width, len(found.bins), found.above) == ("quarter", 12, 1.25)
    assert found.pattern[PERSISTENT] == "persistent hot spot"
    assert found.pattern[FORMER] == "historical hot spot"
    assert found.pattern[RISING] == "intensifying hot spot"
    assert np.isnan(found.probability).all()
    assert (found.rr_low[PERSISTENT] > 2) & (found.rr_high[PERSISTENT] < 4)
    assert set(np.unique(found.hot)) == {0.0, 1.0}


def test_neighbours_count_by_gi_star() -> None:
    counts = np.full((100, MONTHS), QUIET) + np.random.default_rng(5).integers(-3, 4, (100, MONTHS))
    block = [33, 34, 35, 43, 44, 45, 53, 54, 55]
    counts[block] *= 3
    counts[90] = HOT  # hot alone, at the edge
    found = ask(planted_snapshot(counts), method="gi_star")
    assert found.width == "quarter"
    assert found.pattern[44].startswith("persistent")
    assert found.hot_bins[44] == 12
    assert found.pattern[99] == NO_PATTERN
    assert np.isnan(found.above)


@pytest.mark.parametrize("method", ["risk_path", "exceedance", "gi_star"])
@pytest.mark.parametrize("width", ["month", "quarter"])
def test_every_method_takes_months_and_quarters(method: Method, width: str) -> None:
    found = ask(SNAPSHOT, method=method, width=width)
    assert len(found.bins) == (36 if width == "month" else 12)
    assert found.quarters.shape == (30, 12)
    assert found.counts.sum() == history().sum()


def test_what_is_asked_or_may_be_seen_changes_no_judgement() -> None:
    whole = ANSWERS.patterns(ALL)
    for question, scope in (
        (replace(ALL, areas=("001", "003")), EVERYTHING),
        (replace(ALL, areas=("d1",)), EVERYTHING),
        (replace(ALL, regions=("corner",)), EVERYTHING),
        (ALL, chief("2025", "001", "007")),
        (replace(ALL, areas=("001", "003")), chief("2025", "003", "007")),
    ):
        part = ask(SNAPSHOT, question, scope)
        assert 0 < part.asked.sum() < len(part.codes)
        assert part.totals.placed == part.n.sum() == whole.n[part.asked].sum()
        for field in fields(AreaPatterns):
            mine, all_of_it = getattr(part, field.name), getattr(whole, field.name)
            if isinstance(mine, np.ndarray) and field.name != "asked":
                np.testing.assert_array_equal(mine[part.asked], all_of_it[part.asked], err_msg=field.name)
                blank = mine[~part.asked]
                assert (np.isnan(blank) if blank.dtype.kind == "f" else blank == 0).all(), field.name
        for i, shown in enumerate(part.asked):
            assert part.pattern[i] == (whole.pattern[i] if shown else NO_PATTERN)
            assert part.first_hot[i] == (whole.first_hot[i] if shown else None)


def test_only_the_end_of_the_period_matters_and_what_comes_later_is_not_known() -> None:
    until = replace(ALL, period=Period(date(2023, 10, 5), date(2023, 12, 31)))
    found = ask(SNAPSHOT, until)
    assert found.bins[-1] == date(2023, 12, 1)
    earlier = ask(planted_snapshot(history()[:, :24]), ALL)
    assert found.pattern == earlier.pattern
    np.testing.assert_array_equal(found.rr, earlier.rr)
    assert ask(SNAPSHOT, replace(until, period=Period(date(2022, 1, 1), date(2023, 12, 31)))).pattern == found.pattern


def test_at_most_three_years_are_looked_at() -> None:
    longer = np.hstack([np.zeros((30, 6), dtype=int), history()])
    found = ask(planted_snapshot(longer, begin=date(2021, 7, 1)))
    assert found.bins == ANSWERS.patterns(ALL).bins
    assert found.pattern == ANSWERS.patterns(ALL).pattern


def test_a_place_without_known_inhabitants_is_not_judged_and_troubles_no_other() -> None:
    people = np.full(30, 10_000.0)
    people[29] = np.nan
    found = ask(planted_snapshot(history(), people))
    assert not found.enough[29]
    assert found.pattern[29] == NO_PATTERN
    assert np.isnan(found.rr[29])
    assert found.pattern[:5] == ANSWERS.patterns(ALL).pattern[:5]


def test_without_inhabitants_the_ground_decides() -> None:
    found = ask(planted_snapshot(history(), np.full(30, np.nan)))
    assert found.by == "area"
    assert found.pattern[PERSISTENT] == "persistent hot spot"


@pytest.mark.parametrize("method", ["risk_path", "exceedance", "gi_star"])
def test_few_incidents_tell_nothing(method: Method) -> None:
    counts = np.zeros((30, MONTHS), dtype=int)
    counts[0] = 1
    counts[1, -1] = 4
    found = ask(planted_snapshot(counts), method=method)
    assert not found.enough.any()
    assert set(found.pattern) == {NO_PATTERN}
    assert np.isnan(found.rr[1:]).all()  # no relative risk on fewer than five
    assert not found.lasting.any()


@pytest.mark.parametrize("method", ["risk_path", "exceedance", "gi_star"])
def test_no_incident_at_all_is_no_pattern(method: Method) -> None:
    found = ask(planted_snapshot(np.zeros((4, 0), dtype=int)), method=method)
    assert found.bins == found.quarter_starts == ()
    assert found.pattern == (NO_PATTERN,) * 4
    assert found.counts.shape == (4, 0)
    assert found.quarters.shape == (4, 0)


def test_categories_whose_places_say_little_are_left_out_unless_named() -> None:
    fraud = Category("fraud", "Lừa đảo", "Fraud", "fraud", hot_spots=False)
    theft = Category("theft", "Trộm", "Theft", "theft")
    snapshot = planted_snapshot(history(), categories=(fraud, theft))  # all incidents are of the first
    assert ask(snapshot).left_out == ("fraud",)
    assert ask(snapshot).n.sum() == 0
    named = ask(snapshot, replace(ALL, categories=("fraud",)))
    assert named.left_out == ()
    assert named.n.sum() == history().sum()


def test_an_answer_is_the_same_twice_and_kept() -> None:
    assert ANSWERS.patterns(ALL) is ANSWERS.patterns(ALL)
    assert ask(SNAPSHOT).probability.tolist() == ANSWERS.patterns(ALL).probability.tolist()


def test_districts_are_judged_among_districts() -> None:
    found = ask(SNAPSHOT, replace(ALL, level=Level.DISTRICT))
    assert found.codes == ("d1", "d2", "d3")
    assert found.n.sum() == history().sum()


def test_what_the_workspace_does_not_have_is_refused() -> None:
    with pytest.raises(QuestionError):
        ask(SNAPSHOT, replace(ALL, categories=("arson",)))
    with pytest.raises(QuestionError):
        ask(SNAPSHOT, replace(ALL, edition="1999"))
    with pytest.raises(QuestionError):
        ask(SNAPSHOT, replace(ALL, areas=("999",)))


def test_nothing_is_said_of_a_district_of_which_only_a_part_may_be_seen() -> None:
    """Its history would tell of the communes next door."""
    districts = replace(ALL, level=Level.DISTRICT)
    part = ask(SNAPSHOT, districts, chief("2025", "001"))
    assert not part.asked.any()
    assert part.n.sum() == 0
    assert ask(SNAPSHOT, districts, chief("2025", "d1")).n.sum() == ask(SNAPSHOT, districts).n[0]
