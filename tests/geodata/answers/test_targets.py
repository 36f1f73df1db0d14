"""Every group against its target: the same part of two years, three statements, and how the year may end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import binomtest

from geodata import tables
from geodata.answers.answers import Answers
from geodata.answers.targets import Target, Targets
from geodata.answers.years import compare
from geodata.join import place
from geodata.profile import CategoryRow, GroupRow, Profile, TargetRow
from geodata.question import Question
from geodata.statistics.outlook import Season, on_track
from geodata.vocabulary import Category, Level, Period
from tests.geodata.worlds import CATEGORIES, Still, chief, coded, tiny_boundaries, tiny_incidents, tiny_snapshot

QUESTION = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2024", Level.COMMUNE)
Y2022, Y2023, Y2024 = (Period(date(year, 1, 1), date(year, 12, 31)) for year in (2022, 2023, 2024))
IN_101, IN_203 = (106.05, 11.05), (106.15, 11.15)
GROUPED = (
    replace(CATEGORIES[0], group="things"),
    replace(CATEGORIES[1], group="vice"),
    replace(CATEGORIES[2], group="vice"),
)


def monthly(
    counts: dict[tuple[int, str], int], *, upto: date = date(2024, 12, 31), at: tuple[float, float] = IN_101
) -> list[tuple[date, str, tuple[float, float]]]:
    """So many incidents each month of the years, on its first days in turn, none after ``upto``."""
    found = []
    for (year, category), n in counts.items():
        for month in range(1, 13):
            found += [(date(year, month, 1 + i % 27), category, at) for i in range(n)]
    return [row for row in found if row[0] <= upto]


def answers(
    rows: list[tuple[date, str, tuple[float, float]]], *, profile: Profile | None = None, source: str = "reported"
) -> Answers:
    """The tiny world with these incidents and one on each end of the data."""
    rows = sorted(rows)
    frame = tiny_incidents(n=max(len(rows), 3)).head(len(rows)).reset_index(drop=True)
    days = [(day - date(1970, 1, 1)).days for day, _, _ in rows]
    lon, lat = np.array([where for _, _, where in rows]).T
    frame = frame.assign(day=days, day_to=days, category=[kind for _, kind, _ in rows], lon=lon, lat=lat)
    frame = frame.assign(precision="exact", area_edition="", area_level="", area_code="", source=source)
    world = tiny_boundaries()
    incidents = coded(place(tables.check_incidents(frame), world).frame, world)
    own = profile or Profile(groups={"things": GroupRow(vi="t", en="t"), "vice": GroupRow(vi="v", en="v")})
    return Answers(Still(replace(tiny_snapshot(), incidents=incidents, categories=GROUPED, profile=own)))


def row(found: Targets, category: str = "", group: str = "", area: str = "") -> Target:
    (one,) = [each for each in found.of(area) if each.category == category and group in ("", each.group)]
    return one


END = [(date(2024, 12, 31), "assault", IN_101)]  # the data reach the end of the year
YEARS = {(2023, "theft"): 10, (2024, "theft"): 8, (2023, "drugs"): 4, (2024, "drugs"): 6, (2023, "assault"): 5}


def test_three_statements_are_made_of_two_years() -> None:
    found = answers(monthly({**YEARS, (2024, "assault"): 5}) + END).targets(QUESTION, baseline=Y2023, period=Y2024)
    theft = row(found, "theft")
    assert (theft.baseline, theft.before, theft.now) == (120, 120, 96)
    assert theft.reached  # 96 <= 108
    assert theft.ratio == pytest.approx(0.8)
    assert theft.p == pytest.approx(binomtest(96, 216, 0.5).pvalue, rel=1e-6)
    assert (theft.change, theft.verdict) == ("no clear change", "unclear")
    assert theft.outlook is None
    vice = row(found, group="vice")
    assert (vice.before, vice.now, vice.reached) == (108, 133, False)
    assert vice.verdict == "missed"
    # Two groups, two tests: the smaller p counts twice.
    things = row(found, group="things")
    assert vice.q == pytest.approx(min(2 * vice.p, things.p) if vice.p < things.p else vice.p)


def test_a_running_year_is_compared_with_the_same_months_of_the_baseline() -> None:
    half = monthly({(2022, "theft"): 10, (2023, "theft"): 10, (2024, "theft"): 8}, upto=date(2024, 6, 30))
    asked = answers([*half, (date(2024, 6, 30), "theft", IN_101), (date(2022, 1, 1), "theft", IN_101)])
    found = asked.targets(QUESTION, baseline=Y2023, period=Y2024)
    theft = row(found, "theft")
    assert found.comparison.before == Period(date(2023, 1, 1), date(2023, 6, 30))
    assert (theft.baseline, theft.before, theft.now, theft.quota) == (120, 60, 49, 108 - 49)
    assert theft.outlook is not None
    # Half of each past year had come by the end of June: 61 of 121 and 60 of 120.
    expected = on_track(49, 108, Season(121 / 241, np.sqrt(0.25 / 241)))
    assert theft.outlook.probability == pytest.approx(expected.probability, abs=0.01)


def test_periods_of_another_length_are_compared_by_day() -> None:
    asked = answers(monthly({(2023, "theft"): 10, (2024, "theft"): 10}))
    half = Period(date(2024, 1, 1), date(2024, 6, 30))
    found = asked.targets(QUESTION, baseline=Period(date(2023, 7, 1), date(2023, 12, 31)), period=half)
    assert found.comparison.exposure == pytest.approx(182 / 184)
    whole = asked.targets(QUESTION, baseline=Y2023, period=half)
    assert whole.comparison.before == Period(date(2023, 1, 1), date(2023, 6, 30))
    assert row(whole, "theft").ratio == pytest.approx(1.0)


def test_data_that_do_not_reach_the_baseline_are_not_compared() -> None:
    asked = answers(monthly({(2023, "theft"): 10, (2024, "theft"): 10}))
    assert not asked.targets(QUESTION, baseline=Y2022, period=Y2024).comparison.comparable
    assert asked.targets(QUESTION, baseline=Y2023, period=Y2024).comparison.comparable


def test_each_area_has_its_own_rows_that_add_up() -> None:
    rows = monthly({(2023, "theft"): 10, (2024, "theft"): 8}) + monthly(
        {(2023, "theft"): 3, (2024, "theft"): 4}, at=IN_203
    )
    rows += END
    found = answers(rows).targets(QUESTION, baseline=Y2023, period=Y2024, by_area=True)
    assert [code for code, _ in found.areas] == ["101", "103", "201", "203"]
    assert [(row(found, "theft", area=code).before, row(found, "theft", area=code).now) for code, _ in found.areas] == [
        *((120, 96), (0, 0), (0, 0), (36, 48)),
    ]
    everywhere = answers(rows).targets(QUESTION, baseline=Y2023, period=Y2024)
    assert (row(everywhere, "theft").before, row(everywhere, "theft").now) == (156, 144)


def test_a_region_with_a_target_of_its_own_hands_it_to_its_areas() -> None:
    profile = Profile(
        groups={"things": GroupRow(vi="t", en="t")},
        categories={"theft": CategoryRow(vi="t", en="t", group="things")},
        target=TargetRow(regions={"west": {"things": -0.25}}),
    )
    asked = answers(monthly({(2023, "theft"): 10, (2024, "theft"): 8}), profile=profile)
    found = asked.targets(QUESTION, baseline=Y2023, period=Y2024, by_area=True)
    assert [row(found, "theft", area=code).target for code, _ in found.areas] == [0.75, 0.75, 0.9, 0.9]
    west = asked.targets(replace(QUESTION, regions=("west",)), baseline=Y2023, period=Y2024)
    assert (row(west, "theft").target, row(west, "theft").reached) == (0.75, False)


def test_a_scope_sees_its_own_areas_only() -> None:
    rows = monthly({(2023, "theft"): 10, (2024, "theft"): 8}) + monthly(
        {(2023, "theft"): 3, (2024, "theft"): 4}, at=IN_203
    )
    found = answers(rows).targets(QUESTION, chief("2024", "203"), baseline=Y2023, period=Y2024)
    assert (row(found, "theft").before, row(found, "theft").now) == (36, 48)


def test_groups_that_police_find_are_told_from_those_that_people_report() -> None:
    rows = monthly({(2023, "drugs"): 4, (2024, "drugs"): 4})
    for source, discovered in (("discovered", True), ("reported", False)):
        found = answers(rows, source=source).targets(QUESTION, baseline=Y2023, period=Y2024)
        assert row(found, "drugs").discovered is discovered


def test_months_that_spread_widen_the_range() -> None:
    steady = monthly({(2023, "theft"): 12, (2024, "theft"): 12})
    busy = {2023: (1, 3, 9), 2024: (2, 6, 11)}
    bouts = [
        (date(year, month, 1 + i % 27), "theft", IN_101) for year in busy for month in busy[year] for i in range(48)
    ]
    ends = [(date(2023, 1, 1), "drugs", IN_101), (date(2024, 12, 31), "drugs", IN_101)]
    calm = row(answers(steady + ends).targets(QUESTION, baseline=Y2023, period=Y2024), "theft")
    wild = row(answers(bouts + ends).targets(QUESTION, baseline=Y2023, period=Y2024), "theft")
    assert (calm.before, wild.before) == (144, 144)
    assert calm.phi < 0.1
    assert wild.phi > 10
    assert wild.low < calm.low < 1 < calm.high < wild.high


def test_a_year_whose_last_days_are_silent_as_usual_is_over() -> None:
    asked = answers(monthly({(2023, "theft"): 1, (2024, "theft"): 1}))  # one on the first of each month
    told = asked.targets(QUESTION, baseline=Y2023, period=Y2024).comparison
    assert (told.running, told.so_far) == (False, Y2024)


def test_statistical_years_keep_their_months() -> None:
    snapshot = replace(tiny_snapshot())  # 2022-01-01 to 2024-12-31
    now, then = (Period(date(year - 1, 11, 1), date(year, 10, 31)) for year in (2025, 2023))
    told = compare(snapshot, then, now)
    assert told.so_far == Period(date(2024, 11, 1), date(2024, 12, 31))
    assert told.before == Period(date(2022, 11, 1), date(2022, 12, 31))
    assert told.running
    assert told.past == (Period(date(2023, 11, 1), date(2024, 10, 31)), Period(date(2022, 11, 1), date(2023, 10, 31)))
    assert told.exposure == 1.0


def test_a_period_the_data_have_not_reached_is_not_compared() -> None:
    later = Period(date(2025, 3, 1), date(2025, 3, 31))
    told = compare(tiny_snapshot(), later.a_year_earlier(), later)
    assert not told.comparable
    assert not told.reached
    assert not told.running


def test_categories_of_no_group_are_told_by_themselves() -> None:
    own = Category("own", "own", "own", "")
    asked = answers(monthly({(2023, "theft"): 10, (2024, "theft"): 8}))
    still = Still(replace(asked.snapshot, categories=(*GROUPED, own)))
    found = Answers(still).targets(QUESTION, baseline=Y2023, period=Y2024)
    assert [each.group for each in found.rows if not each.category] == ["things", "vice"]
    assert (row(found, "own").now, row(found, "own").verdict) == (0, "unclear")


def test_a_year_the_data_do_not_reach_is_judged_in_no_way() -> None:
    """The data end on 31 December 2024: of 2025, which begins a day later, nothing is known, not even that it fell."""
    found = answers(monthly({**YEARS, (2024, "assault"): 5}) + END).targets(
        QUESTION, baseline=Y2024, period=Period(date(2025, 1, 1), date(2025, 12, 31))
    )
    assert not found.comparison.reached
    assert not found.comparison.comparable
    for each in found.rows:
        assert (each.change, each.verdict, each.outlook) == ("no clear change", "unclear", None)
        assert np.isnan([each.ratio, each.low, each.high, each.p, each.q]).all()


def test_half_a_year_is_not_foretold_from_the_target_of_a_whole_one() -> None:
    """Half a year ends far under nine tenths of the whole year before, which means nothing."""
    rows = monthly({(2023, "theft"): 20, (2024, "theft"): 20}, upto=date(2024, 9, 30))
    half = Period(date(2024, 7, 1), date(2024, 12, 31))
    theft = row(answers(rows).targets(QUESTION, baseline=Y2023, period=half), "theft")
    assert theft.now > 0
    assert theft.outlook is None


def test_rows_are_those_of_the_areas_asked_about() -> None:
    rows = monthly({(2023, "theft"): 9, (2024, "theft"): 9}) + monthly({(2024, "drugs"): 2}, at=IN_203)
    asked = replace(QUESTION, areas=("203",))
    told = answers(rows).targets(asked, baseline=Y2023, period=Y2024, by_area=True)
    assert [code for code, _ in told.areas] == ["203"]
    assert {each.area for each in told.rows} == {"203"}
    told = answers(rows).targets(QUESTION, chief("2024", "101"), baseline=Y2023, period=Y2024, by_area=True)
    assert {each.area for each in told.rows} == {"101"}
