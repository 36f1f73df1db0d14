"""Titles of slides: short enough to read across a room, and never surer than the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pytest

from dashboard.claims import finding as claims
from dashboard.findings import default_script, finding
from dashboard.periods import years_of
from dashboard.reading import Reading, read
from dashboard.words import LANGUAGES, Language, of
from geodata.answers import risk as judged
from geodata.answers.answer import Change, Totals
from geodata.answers.answers import Answers
from geodata.answers.patterns import AreaPatterns
from geodata.notebook import Meeting, Notebook
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still

EN = of("en")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
ALL = Question(Period(date(2022, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE)
LONG = "Cờ bạc, tín dụng đen, lừa đảo"
TOTALS = Totals(1020, 1000, 900, 20)


def moved(before: int, now: int, p: float, *, comparable: bool = True) -> Change:
    """A change as the answers give it."""
    return Change(before, now, now / before if before else nan, nan, nan, p, comparable, YEAR, years_back=1)


def lasting_world() -> Answers:
    """Twenty communes of which the first is always hot."""
    mean = np.full((20, 36), 20.0)
    mean[0] = 60
    counts = np.random.default_rng(2).poisson(mean)
    return Answers(Still(planted_snapshot(counts, np.full(20, 10_000.0))))


WORLD = lasting_world()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", ["Ma túy", LONG])
@pytest.mark.parametrize("change", [moved(970, 1020, 0.3), moved(1300, 1020, 0.001), moved(5, 1020, nan)])
def test_a_title_has_fourteen_words_at_most(language: Language, subject: str, change: Change) -> None:
    assert len(claims.of_total(TOTALS, change, subject, of(language)).split()) <= claims.MOST_WORDS


def test_what_chance_could_make_is_said_to_be_maybe_chance() -> None:
    assert claims.of_total(TOTALS, moved(970, 1020, 0.3), "Theft", EN).endswith("may be chance")
    assert claims.of_total(TOTALS, moved(1300, 1020, 0.001), "Theft", EN).endswith(
        "down 21.5% on last year, beyond chance"
    )


def test_a_handful_or_a_year_not_covered_gives_no_percentage() -> None:
    for change in (moved(9, 1020, 0.001), moved(970, 1020, 0.3, comparable=False)):
        said = claims.of_total(TOTALS, change, "Theft", EN)
        assert "%" not in said
        assert said == "Theft: 1,020 incidents; too little to compare with last year"


def test_lasting_places_are_counted_with_how_many_of_them_are_sure() -> None:
    found = WORLD.patterns(ALL)
    assert found.lasting.tolist() == [True] + [False] * 19
    assert claims.of_patterns(found, "Theft", EN) == "Theft: lastingly hot in 1 of 20 places, 1 over 80% sure"
    unsure = replace(found, probability=np.full(20, 0.6))
    assert ", 0 over 80% sure" in claims.of_patterns(unsure, "Theft", EN)
    none = replace(found, lasting=np.zeros(20, dtype=bool))
    assert claims.of_patterns(none, "Theft", EN).startswith("Theft: no lasting hot spot can be told from chance")


def test_what_too_few_incidents_make_does_not_count_as_lasting() -> None:
    found: AreaPatterns = WORLD.patterns(ALL)
    thin = replace(found, enough=np.zeros(20, dtype=bool))
    assert "no lasting hot spot" in claims.of_patterns(thin, "Theft", EN)


def test_one_place_beyond_chance_is_named_and_more_are_counted() -> None:
    risk = WORLD.risk(ALL)
    assert claims.of_risk(risk, "Theft", EN) == f"Theft: more than expected in {risk.names[0]}, beyond chance"
    many = replace(risk, classes=np.array([judged.HIGH] * 4 + [""] * 16, dtype=object))
    assert claims.of_risk(many, "Theft", EN).startswith("Theft: 4 of 20 places")


def reading(query: str = "?lang=en") -> Reading:
    """The planted world read through a link."""
    return read(query, WORLD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_of_the_default_script_has_a_title_of_fourteen_words_at_most(language: Language) -> None:
    made = default_script(reading(f"?lang={language}"))
    paths = [slide.query.partition("?")[0] for slide in made.slides]
    assert paths[0] == "/"
    assert {"/persistence", "/targets"} < set(paths)
    for slide in made.slides:
        path, _, query = slide.query.partition("?")
        said = finding(read("?" + query, WORLD), path)
        assert said
        assert len(said.split()) <= claims.MOST_WORDS


def test_what_is_new_is_since_the_last_meeting_or_of_three_months() -> None:
    last = WORLD.snapshot.last_day
    assert last is not None
    met = date(2024, 11, 15)
    now = default_script(reading(), Notebook(meetings=(Meeting(date(2024, 3, 1)), Meeting(met)))).slides
    usual = default_script(reading()).slides
    assert any("layer=change" in slide.query and "from=2024-11-16" in slide.query for slide in now)
    assert any("layer=change" in slide.query and "from=2024-10-01" in slide.query for slide in usual)


def test_a_group_with_nothing_before_and_nothing_now_has_reached_no_target() -> None:
    found = read("", WORLD)
    years = years_of(found)
    judged = WORLD.targets(found.view.question, found.scope, baseline=years.baseline, period=years.period)
    nothing = [replace(row, before=0, now=0, reached=True) for row in judged.of()]
    assert claims.of_targets(replace(judged, rows=tuple(nothing)), EN) == "Targets: too little data to tell"
