"""What is said of changes, moves next door and two places: ranges always, no percentage on a handful, no reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest

from dashboard.claims import change as claims
from dashboard.claims import displacement as moved_claims
from dashboard.claims import pair as pair_claims
from dashboard.words import LANGUAGES, Language, of
from geodata.answers.change import AreaChanges, Moved
from geodata.answers.displacement import Displacement
from geodata.answers.pair import Place
from geodata.question import Question
from geodata.statistics.displacement import Difference
from geodata.vocabulary import Event, EventKind, Level, Period
from tests.geodata.answers.test_area_changes import ASKED, years
from tests.geodata.answers.test_moved_next_door import ASKED as MOVED
from tests.geodata.answers.test_moved_next_door import TARGET, world
from tests.geodata.answers.test_two_places import pair

EN = of("en")
FELL, ROSE, SAME, FEW, NEW = range(5)
FOUND = years((240, 120), (120, 240), (120, 110), (2, 2), (2, 48)).change(ASKED)


def told(area: int, found: AreaChanges = FOUND) -> str:
    return claims.sentence(found, area, EN)


def test_a_change_is_told_with_counts_range_and_certainty() -> None:
    assert told(FELL) == (
        "Xã 001: 120 recorded, 240 before; \u221250% (95% range \u221260% to \u221237%); "
        "fewer than before, and more than chance alone would explain"
    )
    assert told(SAME).endswith("no clear change: may be chance alone")
    assert told(FEW) == "Xã 004: 2 recorded, 2 before; too few to tell: fewer than 5 in both periods together"


def test_no_percentage_is_named_on_fewer_than_ten_before() -> None:
    assert "%" not in told(NEW)
    assert told(NEW).endswith("more than chance alone would explain; too few before to name a percentage")
    assert claims.ranged(Moved(9, 1, 1 / 9, 0.0, 0.8, 0.02, 1.0), EN) == ""
    assert (
        claims.ranged(Moved(10, 0, 0.0, 0.0, 0.4, 0.002, 1.0), EN) == "\u2212100% (95% range \u2212100% to \u221260%)"
    )
    assert "no limit" in claims.ranged(Moved(10, 40, 4.0, 2.0, inf, 0.002, 1.0), EN)


def test_a_range_that_ends_just_short_of_unchanged_does_not_seem_to_touch_it() -> None:
    assert claims.ranged(Moved(986, 883, 0.9, 0.81, 0.996, 0.04, 1.0), EN).endswith("to \u22120.4%)")


def test_what_only_many_tests_make_doubtful_is_said_so() -> None:
    found = years((60, 36), *[(120, 120)] * 9).change(ASKED)
    assert told(0, found).endswith("no clear change: among 10 areas such a one is to be expected")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_together_is_told_with_its_range(language: Language) -> None:
    said = claims.total(FOUND, of(language))
    assert re.search(r"95\s?%[^(]*\d", said)
    assert "{" not in said
    alone = claims.total(years((6, 2), (1, 2)).change(ASKED), EN)
    assert alone == "Everywhere together 4 after 7: too few to tell"


def test_the_areas_are_tallied_and_shades_without_signs_are_doubted() -> None:
    assert claims.tally(FOUND, EN) == "Of 5 areas 2 rose and 1 fell by more than chance; 1 have too few to tell."
    assert claims.caution(FOUND, EN) == ""
    calm = years((120, 110), (120, 125)).change(ASKED)
    assert claims.caution(calm, EN) == "no area changed by more than chance: the shades may be chance alone"


def against(start: date, end: date) -> AreaChanges:
    return years((240, 120), (120, 240)).change(ASKED, against=Period(start, end))


def test_periods_that_cannot_be_compared_say_why() -> None:
    short = against(date(2021, 1, 1), date(2021, 12, 31))
    assert "do not cover both periods" in claims.doubts(short, EN)[0]
    assert "overlap" in claims.doubts(against(date(2023, 7, 1), date(2024, 6, 30)), EN)[0]
    assert claims.tally(short, EN) == claims.caution(short, EN) == ""
    assert "%" not in claims.total(short, EN)
    assert claims.verdict(short, 0, EN) == "the two periods cannot be compared"


def test_other_lengths_and_other_seasons_are_said() -> None:
    assert claims.doubts(FOUND, EN) == []
    said = claims.doubts(against(date(2023, 3, 1), date(2023, 6, 30)), EN)
    assert ["equally long" in said[0], "different parts of the year" in said[1]] == [True, True]
    question = Question(Period(date(2024, 5, 1), date(2024, 7, 31)), "2025", Level.COMMUNE)
    found = years((240, 120), (120, 240)).change(question)
    assert claims.doubts(found, EN) == []


def test_dated_marks_between_the_two_are_named() -> None:
    events = [
        Event(date(2023, 1, 1), "Cũ", "Old", EventKind.LAW),  # the first day of the earlier: before both alike
        Event(date(2023, 11, 1), "Luật", "Law", EventKind.LAW),
        Event(date(2025, 7, 1), "Sau", "After", EventKind.REFORM),
    ]
    assert (
        claims.marks(FOUND.comparison, events, EN)
        == "Between the two periods, figures may not be of one series: 01/11/2023 Law (law)."
    )
    assert claims.marks(FOUND.comparison, events[:1], EN) == ""


def test_the_method_says_how_many_were_tested() -> None:
    assert "(4 areas tested)" in claims.method(FOUND, EN)
    assert "widened" in claims.method(replace(FOUND, phi=1.5), EN)
    assert claims.chance(FOUND, FELL, EN) == "q < 0.1%"
    assert claims.chance(FOUND, SAME, EN) == ""


HALF = world({TARGET: 5, 0: 12}).displacement(MOVED)


def with_quotient(quotient: float, found: Displacement = HALF) -> str:
    return moved_claims.nearby(replace(found, quotient=quotient), EN)


@pytest.mark.parametrize(
    ("quotient", "said"),
    [
        (-0.05, "Hardly any of the fall"),
        (-0.5, "About half of the fall"),
        (-0.33, "About a third of the fall"),
        (-1.0, "About as much as fell"),
        (-7.0, "More than fell"),
        (0.5, "Nearby it fell as well"),
    ],
)
def test_what_reappeared_is_a_rough_share_in_words(quotient: float, said: str) -> None:
    text = with_quotient(quotient)
    assert text.startswith(said)
    assert text.endswith("(rough estimate).")
    assert not re.search(r"\d", text)


def test_without_a_sure_fall_nothing_is_said_of_where_it_went() -> None:
    assert "no fall that could have moved" in with_quotient(nan)
    unsure = replace(HALF, own=Difference(-10.0, -30.0, 10.0))
    assert with_quotient(-0.5, unsure) == "Its fall against the rest is too small to tell where it went."
    assert "quotient" not in moved_claims.method(unsure, EN)
    assert "quotient \u22120.40, which has no range" in moved_claims.method(HALF, EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_difference_is_always_told_with_its_range(language: Language) -> None:
    said = moved_claims.together(HALF, of(language))
    assert re.search(r"95\s?%[^(]*\d", said)
    assert "{" not in said + moved_claims.own(HALF, of(language)) + moved_claims.method(HALF, of(language))
    for doubt in moved_claims.DOUBTS:
        assert moved_claims.doubt(replace(HALF, doubt=doubt), of(language))
    assert moved_claims.doubt(HALF, of(language)) == ""


def test_two_places_are_compared_with_a_range_or_not_at_all() -> None:
    found = pair(("001",), ("002",))
    said = pair_claims.compared(found, "A", "B", EN)
    assert re.fullmatch(
        r"Per inhabitant A has 4\.00 times the incidents of B \(95% range 2\.\d\d–5\.\d\d\); "
        r"more than chance alone would explain\.",
        said,
    )
    assert "not compared" in pair_claims.compared(pair(("001",), ("003",)), "A", "B", EN)
    assert "overlap" in pair_claims.compared(pair(("001",), ("d1",)), "A", "B", EN)
    few = Place(("003",), 4, 100.0, nan, nan, nan, nan, found.first.change)
    assert pair_claims.rate(few, EN) == "fewer than 5 incidents"
    assert pair_claims.risk(few, EN) == "–"
    assert pair_claims.rate(replace(few, n=9), EN) == "no inhabitants known"
    assert re.search(r"90% range \d", pair_claims.risk(found.first, EN))
