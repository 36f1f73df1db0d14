"""Did a fall move next door: the chosen area, its ring and the rest of thirty square communes in rows of ten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.displacement import Displacement
from geodata.question import Question, Scope
from geodata.vocabulary import Level, Period
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

ASKED = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE, areas=("012",))
TARGET, RING = 11, (0, 1, 2, 10, 12, 20, 21, 22)


def world(now: Mapping[int, int], *, usual: int = 10, areas: int = 30) -> Answers:
    """``usual`` incidents a month everywhere in 2022 and 2023, other numbers in 2024 where they are named."""
    months = np.full((areas, 36), usual)
    for area, n in now.items():
        months[area, 24:] = n
    return Answers(Still(planted_snapshot(months)))


def judged(answers: Answers, question: Question = ASKED, scope: Scope = Scope()) -> Displacement:  # noqa: B008
    return answers.displacement(question, scope)


def test_the_ring_are_the_neighbours_and_the_rest_borders_on_nothing() -> None:
    found = judged(world({}))
    assert found.target == ("Xã 012",)
    assert found.ring == tuple(f"Xã {area + 1:03}" for area in RING)
    assert found.others == 30 - 1 - 8
    assert [part.before for part in (found.of_target, found.of_ring, found.of_rest)] == [120, 960, 2520]


def test_what_reappears_of_a_fall_is_found() -> None:
    # The target falls from 120 to 60, one of its neighbours rises from 120 to 144: 24 of the 60.
    months = {TARGET: 5, RING[0]: 12}
    found = judged(world(months))
    assert found.quotient == pytest.approx(-24 / 60)
    assert found.own.estimate == pytest.approx(-60)
    assert found.own.high < 0
    assert found.difference.estimate == pytest.approx(-60 + 24)
    # Nothing changed in the rest, so r = 1 and w = 1080 / 2520: variance 1044 + 1080 + w^2 2 x 2520.
    sd = np.sqrt(1044 + 1080 + (1080 / 2520) ** 2 * 5040)
    assert found.difference.low == pytest.approx(-36 - 1.959964 * sd)


def test_no_quotient_where_the_area_did_not_fall_against_the_rest() -> None:
    everywhere = judged(world(dict.fromkeys(range(30), 5)))
    assert np.isnan(everywhere.quotient)
    assert everywhere.own.estimate == pytest.approx(0)
    risen = judged(world({TARGET: 20}))
    assert np.isnan(risen.quotient)
    assert risen.own.low > 0


def test_several_areas_are_one_target_and_are_in_no_ring() -> None:
    found = judged(world({}), replace(ASKED, areas=("001", "002")))
    assert found.target == ("Xã 001", "Xã 002")
    assert found.ring == ("Xã 003", "Xã 011", "Xã 012", "Xã 013")
    district = judged(world({}), replace(ASKED, areas=("d1",), level=Level.DISTRICT))
    assert (len(district.target), len(district.ring), district.others) == (10, 10, 10)


@pytest.mark.parametrize(
    ("question", "answers", "doubt"),
    [
        (replace(ASKED, areas=()), world({}), "no areas"),
        (replace(ASKED, areas=("001",)), world({}, areas=1), "no neighbours"),
        (replace(ASKED, areas=("001",)), world({}, areas=2), "no rest"),
        (replace(ASKED, period=Period(date(2022, 1, 1), date(2022, 12, 31))), world({}), "not comparable"),
        (ASKED, world({}, usual=0), "not comparable"),
    ],
)
def test_why_nothing_can_be_told(question: Question, answers: Answers, doubt: str) -> None:
    found = judged(answers, question)
    assert found.doubt == doubt
    assert np.isnan([found.quotient, found.difference.estimate, found.own.low]).all()


def test_a_handful_tells_nothing() -> None:
    months = np.full((30, 36), 10)
    months[TARGET] = 0
    months[TARGET, ::6] = 4  # eight a year
    found = judged(Answers(Still(planted_snapshot(months))))
    assert (found.of_target.before, found.doubt) == (8, "too few")


def test_who_may_not_see_the_neighbours_is_told_nothing_of_them() -> None:
    found = judged(world({TARGET: 5}), scope=chief("2025", "012"))
    assert found.doubt == "not seen"
    assert found.of_ring.before == found.of_rest.now == found.of_target.now == 0
    ground = tuple(f"{area + 1:03}" for area in (TARGET, *RING))
    assert judged(world({TARGET: 5}), scope=chief("2025", *ground)).doubt == ""


def test_a_longer_period_is_brought_to_the_length_of_the_other() -> None:
    half = replace(ASKED, period=Period(date(2024, 1, 1), date(2024, 6, 30)))
    found = world({}).displacement(half, against=Period(date(2023, 2, 1), date(2023, 12, 31)))
    assert found.difference.estimate == pytest.approx(0, abs=30)
    assert found.difference.low < 0 < found.difference.high
