"""What is said of a place on the register, in both languages: never without how sure, never a risk on a handful."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from dashboard.claims import follow_up, pattern
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.answers.register import Check, Register, Standing
from geodata.follow_up import FollowUp, Spot, Taken
from geodata.profile import LastingRow
from geodata.question import Question
from geodata.vocabulary import Level, Period, Step
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still

EN, VI = of("en"), of("vi")
MARCH = date(2026, 3, 1)
SPOT = Spot("2025", Level.COMMUNE, "001", "theft")


def standing(step: Step, check: Check | None = None, *, quarters: int = 2, hot: int = 0, calm: int = 2) -> Standing:
    taken = Taken(step, MARCH, "", datetime(2026, 3, 2, tzinfo=UTC))
    return Standing(FollowUp(SPOT, (taken,)), quarters, hot, calm, check)


def asked(snapshot: Snapshot) -> Register:
    question = Question(Period(date(2024, 12, 1), date(2024, 12, 31)), "2025", Level.COMMUNE, ("theft",))
    return Answers(Still(snapshot)).register(question)


def planted() -> Snapshot:
    mean = np.full((30, 36), 20.0)
    mean[0] = 60
    return planted_snapshot(np.random.default_rng(3).poisson(mean))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (standing(Step.CALMED, Check.AGREES), "the data agree: 2 quarters not hot"),
        (standing(Step.CALMED, Check.AGREES, quarters=5, calm=3), "the data agree: 3 quarters not hot"),
        (standing(Step.CALMED, Check.STILL_HOT, hot=2, calm=0), "do not agree yet: the last quarter was still hot"),
        (standing(Step.CALMED, Check.STILL_HOT, hot=1, calm=1), "do not agree yet: the quarter before the last"),
        (standing(Step.CALMED, Check.HOT_AGAIN, hot=1, calm=0), "hot again in the last quarter"),
        (standing(Step.CALMED, Check.TOO_EARLY, quarters=1, calm=1), "too early to tell: 1 of 2 whole quarters since"),
        (standing(Step.CALMED, Check.TOO_FEW), "too few incidents to tell"),
        (standing(Step.HANDLED, quarters=0), "no whole quarter since then"),
        (standing(Step.HANDLED, quarters=4, hot=3), "since then hot in 3 of 4 quarters"),
    ],
)
def test_a_step_is_told_with_what_was_recorded_since(held: Standing, said: str) -> None:
    assert said in follow_up.check(held, EN)
    assert follow_up.check(held, VI)


def test_of_a_place_nobody_follows_nothing_is_checked() -> None:
    assert follow_up.check(Standing(), EN) == ""
    assert follow_up.check(standing(Step.DROPPED), EN) == ""


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_its_day(step: Step) -> None:
    taken = Taken(step, MARCH, "", datetime(2026, 3, 2, tzinfo=UTC))
    assert follow_up.now(taken, EN).endswith(" since 01/03/2026")
    assert "01/03/2026" in follow_up.now(taken, VI)
    assert follow_up.STEPS[step]


@pytest.mark.parametrize("step", [Step.NOTED, Step.HANDLED, Step.CALMED, Step.COME_BACK])
def test_what_the_numbers_propose_is_called_a_proposal(step: Step) -> None:
    assert follow_up.proposal(Standing(proposed=step), EN).startswith("Proposed: ")
    assert follow_up.proposal(Standing(), EN) == ""


def test_the_rule_is_told_with_its_numbers() -> None:
    said = follow_up.rule(LastingRow(quarters_hot=3, of_quarters=5), EN)
    assert "hot in at least 3 of the last 5 quarters" in said[0]
    assert "not hot in 2 whole quarters" in said[1]


def test_a_risk_never_stands_without_its_range() -> None:
    row = asked(planted()).rows[0]
    times, spread = follow_up.risk(row, EN)
    assert times.endswith(" times")
    assert spread.startswith("90% range ")
    assert follow_up.trend(row, EN) == "→ no clear rise or fall"
    assert "sure" in pattern.headline(row.found, row.area, EN)


def test_an_empty_register_says_why() -> None:
    assert "No place was hot for long" in follow_up.nothing(asked(planted_snapshot(np.full((30, 36), 20))), EN)
    few = np.zeros((30, 36), dtype=int)
    few[0, ::6] = 1
    assert "too few incidents" in follow_up.nothing(asked(planted_snapshot(few)), EN)
    assert "no whole month" in follow_up.nothing(asked(planted_snapshot(np.zeros((4, 0), dtype=int))), EN)


def test_the_size_says_how_many_were_looked_at() -> None:
    assert follow_up.size(asked(planted()), EN) == ["1 on the register, of 30 places and categories looked at"]
