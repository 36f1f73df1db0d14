"""The map of patterns: colours with signs, a legend of what is there, and hover lines with their uncertainty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard import theme, words
from dashboard.claims.pattern import name
from dashboard.figures.classes import NO_DATA, NOT_ASKED
from dashboard.layers.pattern import LOOKS, Patterns, draw
from dashboard.words import LANGUAGES, Language
from geodata.answers.answers import Answers
from geodata.answers.patterns import AreaPatterns
from geodata.statistics.emerging import NO_PATTERN, PATTERNS
from geodata.vocabulary import Category
from tests.dashboard.claims.test_pattern_claims import ALL, FOUND
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

EN = words.of("en")


def every_pattern() -> AreaPatterns:
    """One area a pattern, one of them not asked about, one with too few."""
    names = (*PATTERNS, NO_PATTERN, NO_PATTERN)
    shown = np.arange(20) < len(PATTERNS) + 1
    return replace(
        FOUND,
        pattern=(*names, *[NO_PATTERN] * (20 - len(names))),
        enough=np.arange(20) < len(PATTERNS),
        asked=shown,
    )


def test_the_legend_lists_only_what_is_there_with_how_many() -> None:
    picture = draw(Patterns(FOUND), EN)
    assert [(row.label, row.kind, row.sign) for row in picture.legend] == [
        ("Persistent hot spot: 1", "class", "▲"),
        ("Former hot spot: 1", "class", "▽"),
        ("No pattern: 16", "zero", ""),
        ("Too few to tell: 2", "hatched", ""),
    ]


def test_areas_have_the_colour_and_sign_the_legend_says() -> None:
    picture = draw(Patterns(every_pattern()), EN)
    rows = {row.label.rpartition(":")[0]: row for row in picture.legend}
    for area, pattern in enumerate(PATTERNS[:-1]):
        row = rows[name(pattern, EN)]
        assert (picture.fill(area), picture.signs[area]) == (row.colour, row.sign) == LOOKS[pattern]
    assert picture.fill(len(PATTERNS) - 1) == theme.ZERO_FILL
    assert picture.classes.index[len(PATTERNS)] == NO_DATA
    assert picture.classes.index[-1] == NOT_ASKED


def test_no_two_patterns_look_alike_in_both_colour_and_sign_among_hot_ones() -> None:
    hot = [look for pattern, look in LOOKS.items() if "hot" in pattern]
    assert len(set(hot)) == len(hot) == 8
    assert set(LOOKS) == set(PATTERNS) - {NO_PATTERN}
    assert {sign for _, sign in hot} == {"▲", "◆", "◇", "▽"}
    assert not {sign for _, sign in hot} & {sign for pattern, (_, sign) in LOOKS.items() if "cold" in pattern}


def test_too_few_are_hatched_and_places_not_asked_are_not() -> None:
    picture = draw(Patterns(FOUND), EN)
    assert picture.hatched is not None
    assert np.flatnonzero(picture.hatched).tolist() == [18, 19]
    snapshot = planted_snapshot(np.full((4, 36), 20))
    part = draw(Patterns(Answers(Still(snapshot)).patterns(ALL, chief("2025", "001"))), EN)
    assert part.hatched is not None
    assert not part.hatched.any()
    assert part.hover[1] == "not asked about"
    assert [row.kind for row in part.legend] == ["zero", "not_asked"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hover_says_pattern_certainty_quarters_and_risk(language: Language) -> None:
    w = words.of(language)
    lines = draw(Patterns(FOUND), w).hover[0].split("<br>")
    assert len(lines) == 5
    assert "%" in lines[0]
    assert "8" in lines[1]
    assert "01/2022" in lines[2]
    assert w.decimal(float(FOUND.rr[0])) in lines[3]
    assert w.decimal(float(FOUND.rr_low[0])) in lines[3]
    few = draw(Patterns(FOUND), w).hover[19].split("<br>")
    assert len(few) == 2


def test_an_empty_store_draws_an_empty_picture() -> None:
    nothing = Answers(Still(planted_snapshot(np.zeros((3, 0), dtype=int)))).patterns(ALL)
    picture = draw(Patterns(nothing), EN)
    assert picture.totals.recorded == 0
    assert set(picture.signs) == {""}


def test_categories_that_were_not_counted_are_named() -> None:
    fraud = Category("fraud", "Lừa đảo", "Fraud", "fraud", hot_spots=False)
    note = draw(Patterns(FOUND, (fraud,)), EN).legend[-1]
    assert (note.kind, note.label) == ("note", "not counted: Fraud, whose places say little")
