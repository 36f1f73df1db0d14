"""What is said of risks: always with the range, never on a handful, no order without its ranges, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dashboard.claims import risk as claims
from dashboard.words import LANGUAGES, Language, of
from geodata.answers import risk as found
from geodata.answers.answers import Answers
from geodata.answers.hexagons import UnitEffect
from geodata.question import Question
from geodata.vocabulary import Category, Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still

EN = of("en")
ALL = Question(Period(date(2022, 1, 1), date(2022, 1, 31)), "2025", Level.COMMUNE)
COUNTS = [100] * 7 + [250, 220, 4, 50, 9]
PEOPLE = [10_000.0] * 9 + [400.0, 10_000.0, np.nan]
ANSWERS = Answers(Still(planted_snapshot(np.array(COUNTS)[:, None], PEOPLE)))
RISK = ANSWERS.risk(ALL)
ORDINARY, HIGHEST, HIGH, FEW, LOW, NOBODY = 0, 7, 8, 9, 10, 11
RANGE = re.compile(r"\d[.,]\d–\d[.,]\d")


def test_a_risk_is_said_with_its_range() -> None:
    assert claims.times(RISK, HIGHEST, RISK.by, EN) == (
        f"{RISK.rr[HIGHEST]:.1f} times the number expected for its population "
        f"(90% range {RISK.low[HIGHEST]:.1f}–{RISK.high[HIGHEST]:.1f})"
    )
    assert claims.sentence(RISK, HIGHEST, EN).startswith(
        "Xã 008 has 2.0 times the incidents expected for its population"
    )
    assert "for its size" in claims.times(RISK, HIGHEST, "area", EN)
    assert "for its size" in claims.sentence(replace(RISK, by="area"), HIGHEST, EN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [ORDINARY, HIGHEST, HIGH, LOW])
def test_no_risk_is_said_without_its_range(language: Language, place: int) -> None:
    for text in (claims.times(RISK, place, RISK.by, of(language)), claims.sentence(RISK, place, of(language))):
        assert RANGE.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_risk_is_said_on_fewer_than_five_or_where_nobody_is_known(language: Language) -> None:
    words = of(language)
    for place in (FEW, NOBODY):
        assert claims.times(RISK, place, RISK.by, words) == ""
        assert not re.search(r"\d[.,]\d", claims.sentence(RISK, place, words))
    assert claims.sentence(RISK, FEW, EN) == "Xã 010: too few to tell."
    assert claims.sentence(RISK, NOBODY, EN) == "Xã 012: no inhabitants known: not judged."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_in_an_order_has_its_range(language: Language) -> None:
    text = claims.highest(RISK, of(language))
    assert len(RANGE.findall(text)) == 2
    assert text.index("Xã 008") < text.index("Xã 009")


def test_an_order_that_cannot_be_told_says_so() -> None:
    assert claims.highest(RISK, EN).endswith("the ranges overlap, so the order is not certain")
    apart = replace(
        RISK,
        low=np.where(np.arange(12) == HIGHEST, 2.25, RISK.low),
        high=np.where(np.arange(12) == HIGH, 2.2, RISK.high),
    )
    assert "order" not in claims.highest(apart, EN)


def test_where_nothing_stands_out_no_place_is_named() -> None:
    even = Answers(Still(planted_snapshot(np.full((5, 1), 20)))).risk(ALL)
    assert claims.highest(even, EN) == ""


def test_every_class_an_answer_can_have_is_worded() -> None:
    named = {found.HIGH, found.LOW, found.ORDINARY, found.TOO_FEW, found.HOT, found.COLD, found.CHANCE, found.NOBODY}
    assert set(claims.VERDICTS) == named | set(found.QUADRANTS.values()) | {""}
    assert claims.verdict(RISK, LOW, EN) == "fewer than expected, beyond chance"
    assert claims.verdict(RISK, FEW, EN) == "too few to tell"


def test_counts_stand_beside_what_is_expected() -> None:
    assert claims.counted(RISK, HIGHEST, EN).startswith("250 recorded, ")
    assert re.fullmatch(r"4 recorded, \d\.\d expected", claims.counted(RISK, FEW, EN))


def test_a_small_share_of_false_findings_is_not_written_as_none() -> None:
    assert claims.chance(0.012, EN) == "q = 1.2%"
    assert claims.chance(1e-9, EN) == "q < 0.1%"
    assert claims.chance(np.nan, EN) == ""
    assert claims.tested(RISK, EN).startswith("11 places tested")


def test_categories_that_were_not_counted_are_named() -> None:
    fraud = Category("fraud", "Lừa đảo", "Fraud", "")
    assert claims.left_out([fraud], EN) == "not counted: Fraud, whose places say little"
    assert claims.left_out([], EN) == ""


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (UnitEffect((), (), 0, 0), ["neither an area nor a hexagon stands out beyond chance"]),
        (
            UnitEffect((7, 8), (), 5, 3),
            [
                "hexagons that stand out: 5; outside the areas that do: 3",
                "every area that stands out holds one (2)",
            ],
        ),
        (
            UnitEffect((7, 8), (8,), 1, 0),
            [
                "hexagons that stand out: 1; outside the areas that do: 0",
                "areas that stand out without such a hexagon: 1 of 2 (Xã 009)",
            ],
        ),
        (UnitEffect((), (), 4, 4), ["hexagons that stand out: 4; outside the areas that do: 4"]),
    ],
)
def test_what_the_unit_does_is_said_in_numbers(effect: UnitEffect, said: list[str]) -> None:
    cells = replace(ANSWERS.hexagons(ALL, width_m=5000), unit=effect)
    assert claims.unit(cells, EN) == said


def test_long_lists_of_faded_areas_are_cut_short() -> None:
    cells = replace(ANSWERS.hexagons(ALL, width_m=5000), unit=UnitEffect(tuple(range(6)), tuple(range(6)), 0, 0))
    assert claims.unit(cells, EN)[1].endswith("(Xã 001, Xã 002, Xã 003, …)")
