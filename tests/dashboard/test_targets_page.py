"""The page of targets: three statements with their ranges, how the year may end, and what such counts can show."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from dashboard.claims import target as claims
from dashboard.components.interval import interval
from dashboard.figures import trend
from dashboard.panels import target_areas, targets
from dashboard.periods import years_of
from dashboard.reading import read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.targets import Target
from geodata.boundaries.editions import Boundaries
from geodata.profile import EventRow, GroupRow, Profile
from geodata.statistics.outlook import Outlook
from geodata.vocabulary import EventKind, Period
from tests.geodata.worlds import FIRST, LAST, Still, tiny_snapshot

ROW = Target(
    category="theft",
    group="g",
    area="",
    target=0.9,
    baseline=240,
    before=120,
    now=95,
    ratio=95 / 120,
    low=0.60,
    high=1.04,
    p=0.10,
    q=0.2,
    phi=1.0,
    reached=True,
    change="no clear change",
    verdict="unclear",
    outlook=None,
    quota=0,
    power=0.2,
    needed=1493.0,
    discovered=False,
)
EN, VI = of("en"), of("vi")


def answers() -> Answers:
    groups = {name: GroupRow(vi=name, en=name.title()) for name in ("theft", "drugs", "assault")}
    merged = EventRow.model_validate({"date": "2024-07-01", "vi": "Hợp nhất", "en": "Merged", "kind": "reform"})
    return Answers(Still(replace(tiny_snapshot(), profile=Profile(groups=groups, events=(merged,)))))


def test_the_three_statements_of_one_fall_need_not_agree() -> None:
    assert claims.arithmetic(ROW, EN) == claims.Statement("95 against 120: down by 10% or more", "✓")
    assert claims.change(ROW, EN) == claims.Statement(
        "\u221221% (95% range \u221240% to +4%): may be chance alone", "?"
    )
    assert claims.verdict(ROW, EN) == claims.Statement("unclear: such counts can tell neither", "?")


def test_a_handful_has_no_percentage() -> None:
    few = replace(ROW, before=9, now=3, ratio=1 / 3)
    assert claims.change(few, EN).text == "too few to tell"
    none = replace(ROW, before=12, ratio=inf)
    assert claims.change(none, EN).text == "too few to tell"


@pytest.mark.parametrize(
    ("chance", "track", "said"),
    [
        (0.92, "on_track", "on track: 92% sure to end on target"),
        (0.05, "off_track", "off track: 5% chance to end on target"),
        (0.5, "too_close", "too close to call: 50% chance"),
        (0.9999, "on_track", "over 99%"),
        (0.0001, "off_track", "under 1%"),
    ],
)
def test_the_year_may_end_and_never_surely(chance: float, track: str, said: str) -> None:
    found = replace(ROW, outlook=Outlook(chance, 200.0, 180.0, 220.0, 121, track), quota=121)  # type: ignore[arg-type]
    text = claims.outlook(found, Period(FIRST, LAST), EN)
    assert said in text
    assert "121 more until 31/12/2024" in text


def test_a_passed_limit_is_told_without_a_quota() -> None:
    passed = replace(ROW, outlook=Outlook(nan, nan, nan, nan, -4, "too_close"), quota=-4)
    assert claims.outlook(passed, Period(FIRST, LAST), EN) == "the year's limit is passed by 4"


def test_what_such_counts_can_show_is_told_with_the_number_it_takes() -> None:
    assert "seen 20% of the time; it takes about 1,500 a year" in claims.power(ROW, EN)


def test_a_range_beyond_the_line_ends_at_it() -> None:
    drawn = str(interval(0.8, 0.1, inf, target=0.9, told="-20 %"))
    assert "'left': '0.0%', 'width': '100.0%'" in drawn
    assert "-20 %" in drawn


def test_the_page_tells_every_group_and_every_area() -> None:
    asked = answers()
    reading = read("?edition=2024&from=2024-01-01&to=2024-12-31&lang=en", asked)
    text = str(targets.render(reading))
    for said in ("Theft", "Drugs", "Assault", "Merged (reform)", "01/01\u201331/12/2024 against 01/01\u201331/12/2023"):
        assert said in text
    areas = str(target_areas.render(reading))
    assert "of 4 areas have enough incidents" in areas
    assert "Districts" in areas
    assert "Phía tây" in areas  # the region that a chief answers for


def test_the_years_asked_for_are_compared() -> None:
    reading = read("?edition=2024&from=2024-01-01&to=2024-12-31&against=2022-01-01..2022-12-31&lang=en", answers())
    assert years_of(reading).baseline == Period(FIRST, FIRST.replace(month=12, day=31))
    assert "against 01/01\u201331/12/2022" in str(targets.render(reading))


def test_an_empty_workspace_says_so() -> None:
    snapshot = tiny_snapshot()
    columns = (
        *("day", "hour", "weekday", "category", "source", "placement"),
        *("lon", "lat", "precision", "zones", "zones_near", "file"),
    )
    held = snapshot.incidents
    none = {name: getattr(held, name)[:0] for name in columns}
    nothing = replace(held, **none, area={key: column[:0] for key, column in held.area.items()})
    empty = Answers(Still(replace(snapshot, incidents=nothing)))
    assert "No incidents are loaded" in str(targets.render(read("?lang=en", empty)))
    bare = Answers(Still(replace(snapshot, incidents=nothing, boundaries=Boundaries())))
    assert "No incidents are loaded" in str(targets.render(read("?lang=en", bare)))
    assert target_areas.render(read("?lang=en", bare)) == []


def test_dated_marks_stand_on_the_trend_where_they_happened() -> None:
    asked = answers()
    view = read("?edition=2024&lang=en", asked).view
    events = asked.snapshot.profile.event_list()
    layout = trend.figure(asked.trend(view.question), EN, size=14, beside=trend.Beside(events))["layout"]
    (mark,) = layout["annotations"]
    assert mark["hovertext"] == "<b>01/07/2024</b><br>Merged (reform)"
    assert EventKind.REFORM in {event.kind for event in events}
    before = trend.figure(asked.trend(view.question), VI, size=14)["layout"]
    assert before["annotations"] == []


def test_a_trend_of_nothing_is_an_empty_chart() -> None:
    asked = answers()
    found = asked.trend(read("?edition=2024", asked).view.question)
    nothing = {
        name: getattr(found, name)[:0] for name in ("months", "n", "year_before", "mean_12", "partial", "in_period")
    }
    drawn = trend.figure(
        replace(found, **nothing), EN, size=14, beside=trend.Beside(asked.snapshot.profile.event_list())
    )
    assert drawn["data"][0]["x"] == []
    assert drawn["layout"]["shapes"] == []


def test_targets_of_regions_that_nobody_loaded_are_told() -> None:
    asked = answers()
    snapshot = asked.snapshot
    target = snapshot.profile.target.model_copy(
        update={"regions": {"west": {"theft": -0.2}, "nowhere": {"theft": -0.3}}}
    )
    own = Answers(Still(replace(snapshot, profile=snapshot.profile.model_copy(update={"target": target}))))
    said = str(targets.render(read("?edition=2024&from=2024-01-01&to=2024-12-31&lang=en", own)))
    assert "regions that are not loaded: nowhere." in said
