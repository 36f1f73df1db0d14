"""What is said of an area's history: never without how sure it is, never a risk without its range."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from dashboard import words
from dashboard.claims import pattern as claims
from dashboard.words import LANGUAGES, Language
from geodata.answers.answers import Answers
from geodata.answers.patterns import AreaPatterns, Method
from geodata.question import Question
from geodata.statistics.emerging import NO_PATTERN, PATTERNS
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still

ALL = Question(Period(date(2022, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
EN = words.of("en")


def world(method: Method = "risk_path") -> AreaPatterns:
    """Twenty communes; the first is always hot, the second was for the first 33 months, the last two have too few."""
    mean = np.full((20, 36), 20.0)
    mean[0], mean[1, :33] = 60, 60
    people = np.full(20, 10_000.0)
    people[18:] = 100.0
    mean[18:] = 0.1
    counts = np.random.default_rng(2).poisson(mean)
    return Answers(Still(planted_snapshot(counts, people))).patterns(ALL, method=method)


FOUND = world()
EACH = world("exceedance")


def told(found: AreaPatterns = FOUND, **changed: object) -> AreaPatterns:
    """The answer with other values for its first area."""
    rows: dict[str, Any] = {}
    for name, value in changed.items():
        column = getattr(found, name)
        rows[name] = (value, *column[1:]) if isinstance(column, tuple) else np.array([value, *column[1:]])
    return replace(found, **rows)


def test_the_sentence_says_how_sure_and_over_what() -> None:
    found = told(pattern="persistent hot spot", probability=0.9749)
    assert claims.sentence(found, 0, EN) == (
        "97% sure that the risk was over 1.5 times the median commune in at least nine months of ten, and still is."
    )
    historical = told(pattern="historical hot spot", probability=0.61)
    assert claims.sentence(historical, 0, EN) == (
        "61% sure that the risk was over 1.5 times the median commune in at least nine months of ten, and no longer is."
    )


def test_nothing_is_surer_than_sure() -> None:
    assert claims.sure(1.0, EN) == claims.sure(0.991, EN) == "More than 99% sure"
    assert claims.sure(0.99, EN) == "99% sure"
    assert claims.sure(0.29, EN) == "29% sure"  # 0.29 * 100 is a little less than 29
    assert claims.sure(0.979, EN) == "97% sure"  # never rounded up


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", [name for name in PATTERNS if "cold" not in name])
def test_every_pattern_is_said_with_its_probability(pattern: str, language: Language) -> None:
    w = words.of(language)
    found = told(pattern=pattern, probability=0.83)
    if pattern == "oscillating hot spot":
        return  # the risk path knows no cold months
    said = claims.sentence(found, 0, w)
    assert w.percent(0.83, 0) in said
    assert "{" not in said
    assert w.percent(0.83, 0) in claims.headline(found, 0, w)


def test_the_likeliest_of_several_names_is_not_told_as_if_it_were_known() -> None:
    found = told(pattern="consecutive hot spot", probability=0.2)
    assert claims.headline(found, 0, words.of("en")) == "Hot now, history not clear"
    assert "not surely enough to name its history" in claims.sentence(found, 0, words.of("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_incidents_say_only_that(language: Language) -> None:
    w = words.of(language)
    for found in (FOUND, EACH):
        assert not found.enough[19]
        assert claims.sentence(found, 19, w) == w("Too few incidents to tell.")
        assert claims.headline(found, 19, w) == w("Too few to tell")
        assert claims.quarters(found, 19, w) == claims.since(found, 19, w) == claims.risk(found, 19, w) == ""


def test_no_risk_is_said_without_its_range() -> None:
    found = told(rr=2.14, rr_low=1.62, rr_high=2.71)
    assert claims.risk(found, 0, EN) == "2.1 times the median commune in the last month (90% range 1.6–2.7)"
    assert claims.risk(told(rr=2.14, rr_low=np.nan), 0, EN) == ""


def test_no_pattern_that_is_not_sure_is_called_unclear() -> None:
    found = told(pattern=NO_PATTERN, probability=0.3)
    assert claims.headline(found, 0, EN) == "Not clear"
    assert claims.sentence(found, 0, EN) == "Not clear enough to name: 30% sure that there is no pattern."
    assert claims.headline(told(pattern=NO_PATTERN, probability=0.98), 0, EN) == "No pattern (98% sure)"


def test_a_method_without_probability_says_by_what_rule() -> None:
    assert claims.sentence(EACH, 0, EN) == (
        "Hot in 12 of 12 quarters, each judged by itself: 90% sure that the risk was over 1.25 times the median "
        "commune."
    )
    assert claims.headline(EACH, 0, EN) in {"Persistent hot spot", "Persistent hot spot, rising"}
    assert "5%" in claims.sentence(world("gi_star"), 0, EN)


def test_recent_quarters_are_counted_out() -> None:
    assert claims.quarters(FOUND, 0, EN) == "hot in 8 of the last 8 quarters"
    assert claims.quarters(FOUND, 1, EN) == "hot in 7 of the last 8 quarters"
    assert claims.quarters(FOUND, 5, EN, side=-1) == "cold in 0 of the last 8 quarters"
    assert claims.quarters(replace(FOUND, quarters=FOUND.quarters[:, -3:]), 1, EN) == "hot in 2 of the last 3 quarters"


def test_how_long_it_is_hot_is_told_from_its_days() -> None:
    assert claims.since(FOUND, 0, EN) == "hot in all of the time looked at, since 01/2022 or before"
    assert claims.since(FOUND, 1, EN) == "hot between 01/2022 and 09/2024"
    assert claims.since(FOUND, 5, EN) == ""
    once = told(run=1, first_hot=date(2024, 12, 1), last_hot=date(2024, 12, 1))
    assert claims.since(once, 0, EN) == "hot since 12/2024 (1 month), not before"
    again = told(run=3, first_hot=date(2023, 2, 1), last_hot=date(2024, 12, 1))
    assert claims.since(again, 0, EN) == "hot since 10/2024 (3 months), first in 02/2023"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_has_a_name_and_a_meaning(language: Language) -> None:
    w = words.of(language)
    names = [claims.name(pattern, w) for pattern in PATTERNS]
    assert len(set(names)) == len(PATTERNS)
    for pattern in PATTERNS:
        assert claims.meaning(pattern, w)
        assert "{" not in claims.meaning(pattern, w, "quarter")


def test_a_cold_spot_means_the_mirror_of_a_hot_one() -> None:
    assert claims.meaning("intensifying cold spot", EN) == (
        "cold in at least nine months of ten and in the last one; recorded incidents fall"
    )
    assert (
        claims.meaning("oscillating hot spot", EN, "quarter") == "hot in the last quarter, and cold at some time before"
    )


def test_the_method_says_over_which_time() -> None:
    assert claims.method(FOUND, EN) == (
        "risk path over 36 months together (01/01/2022–31/12/2024); hot: over 1.5 times the median commune"
    )
    assert "36" not in claims.method(EACH, EN)
    assert claims.method(replace(FOUND, by="area"), EN).endswith("median commune; by size, as no inhabitants are known")
    nothing = Answers(Still(planted_snapshot(np.zeros((3, 0), dtype=int)))).patterns(ALL)
    assert claims.method(nothing, EN) == "the data hold no whole month yet, so that nothing can be told"
