"""The register of lasting hot spots: who stands on it, in which order, and whether the numbers agree with the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.register import Check, Register, RegisterRow, Standing
from geodata.errors import QuestionError
from geodata.follow_up import FollowUp, Spot, Taken
from geodata.profile import LastingRow, Profile
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Category, Level, Period, Step
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, chief

MONTHS, QUIET, HOT = 36, 20, 60
ALL = Question(Period(date(2024, 1, 1), date(2024, 12, 31)), "2025", Level.COMMUNE, ("theft",))
PERSISTENT, FORMER, RECENT, AGAIN, CALMED, NEW = range(6)
SINCE = date(2024, 1, 1)


def history() -> np.ndarray:
    """Thirty areas of twenty incidents a month, the first six three times as hot for some time. Quarters: 12."""
    mean = np.full((30, MONTHS), float(QUIET))
    mean[PERSISTENT] = HOT
    mean[FORMER, :33] = HOT
    mean[RECENT, -5:] = HOT
    mean[AGAIN, :18] = HOT
    mean[AGAIN, -6:] = HOT  # hot again for the last two quarters, after four calm ones
    mean[CALMED, :24] = HOT  # calm for the last four quarters
    mean[NEW, -1] = 2 * HOT
    return np.random.default_rng(3).poisson(mean)


SNAPSHOT = planted_snapshot(history())


@dataclass(frozen=True, slots=True)
class Followed(Still):
    """A still world in which somebody follows places up."""

    steps: dict[Spot, FollowUp] = field(default_factory=dict)

    def follow_ups(self) -> dict[Spot, FollowUp]:
        return dict(self.steps)


WORLD = Followed(SNAPSHOT)
ANSWERS = Answers(WORLD)  # judges once; what is followed up may change


def spot(area: int, category: str = "theft") -> Spot:
    return Spot("2025", Level.COMMUNE, f"{area + 1:03}", category)


def taken(*steps: tuple[Step, date]) -> tuple[Taken, ...]:
    return tuple(Taken(step, since, "", datetime(2025, 1, 2, tzinfo=UTC)) for step, since in steps)


def register(
    steps: Mapping[Spot, tuple[Taken, ...]] | None = None,
    question: Question = ALL,
    scope: Scope = EVERYTHING,
    snapshot: Snapshot = SNAPSHOT,
) -> Register:
    held = {where: FollowUp(where, several) for where, several in (steps or {}).items()}
    if snapshot is not SNAPSHOT:
        return Answers(Followed(snapshot, held)).register(question, scope)
    WORLD.steps.clear()
    WORLD.steps.update(held)
    return ANSWERS.register(question, scope)


def rows(found: Register) -> dict[int, RegisterRow]:
    return {int(row.spot.code) - 1: row for row in found.rows}


def standing(area: int, step: Step, since: date) -> Standing:
    return rows(register({spot(area): taken((step, since))}))[area].standing


def test_lasting_and_former_hot_spots_stand_on_it_and_recent_ones_do_not() -> None:
    found = register()
    listed = rows(found)
    assert {PERSISTENT, FORMER} <= set(listed)
    assert not {RECENT, NEW, 20} & set(listed)
    assert listed[PERSISTENT].lasting
    assert listed[PERSISTENT].standing == Standing(proposed=Step.NOTED)
    assert listed[FORMER].pattern == "historical hot spot"
    assert listed[FORMER].standing == Standing()


def test_what_is_lasting_by_the_workspaces_rule_stands_on_it_whatever_its_name() -> None:
    often = replace(SNAPSHOT, profile=Profile(lasting=LastingRow(quarters_hot=2, of_quarters=4)))
    listed = rows(register(snapshot=often))
    assert listed[RECENT].lasting
    assert listed[RECENT].pattern == "consecutive hot spot"
    assert register(snapshot=often).rule.quarters_hot == 2


def test_the_worst_come_first_and_the_lasting_before_them() -> None:
    found = register()
    assert found.rows[0].spot == spot(PERSISTENT)
    assert found.rows[-1].spot == spot(FORMER)
    ranks = [row.severity[0] for row in found.rows]
    assert ranks == sorted(ranks)


def test_a_place_that_is_followed_up_stays_on_it_though_it_is_calm() -> None:
    quiet = 20
    listed = rows(register({spot(quiet): taken((Step.NOTED, SINCE))}))
    assert listed[quiet].standing.followed
    assert listed[quiet].standing.proposed is Step.CALMED
    dropped = {spot(quiet): taken((Step.NOTED, SINCE), (Step.DROPPED, SINCE))}
    assert quiet not in rows(register(dropped))


def test_a_lasting_place_that_was_dropped_is_listed_and_not_proposed_again() -> None:
    row = rows(register({spot(PERSISTENT): taken((Step.DROPPED, SINCE))}))[PERSISTENT]
    assert not row.standing.followed
    assert row.standing.proposed is None


@pytest.mark.parametrize(
    ("area", "since", "check", "proposed"),
    [
        (CALMED, date(2024, 1, 1), Check.AGREES, None),
        (CALMED, date(2024, 7, 1), Check.AGREES, None),  # the two quarters since are calm
        (CALMED, date(2024, 7, 2), Check.TOO_EARLY, None),  # one whole quarter since
        (CALMED, date(2024, 12, 1), Check.TOO_EARLY, None),
        (PERSISTENT, date(2024, 1, 1), Check.STILL_HOT, Step.HANDLED),
        (PERSISTENT, date(2024, 10, 1), Check.STILL_HOT, Step.HANDLED),
        (AGAIN, date(2024, 1, 1), Check.HOT_AGAIN, Step.COME_BACK),
        (AGAIN, date(2024, 7, 1), Check.HOT_AGAIN, Step.COME_BACK),  # calm for two quarters when it was said
        (AGAIN, date(2024, 10, 1), Check.STILL_HOT, Step.HANDLED),  # it was hot again before
    ],
)
def test_calmed_holds_where_two_quarters_were_not_hot(
    area: int, since: date, check: Check, proposed: Step | None
) -> None:
    found = standing(area, Step.CALMED, since)
    assert (found.check, found.proposed) == (check, proposed)


@pytest.mark.parametrize(
    ("area", "step", "since", "proposed"),
    [
        (PERSISTENT, Step.NOTED, SINCE, Step.HANDLED),
        (PERSISTENT, Step.HANDLED, SINCE, None),
        (PERSISTENT, Step.COME_BACK, SINCE, Step.HANDLED),
        (CALMED, Step.HANDLED, SINCE, Step.CALMED),
        (CALMED, Step.COME_BACK, SINCE, Step.CALMED),
        (CALMED, Step.HANDLED, date(2024, 9, 1), None),  # not two whole quarters since
    ],
)
def test_the_numbers_propose_the_next_step(area: int, step: Step, since: date, proposed: Step | None) -> None:
    found = standing(area, step, since)
    assert (found.check, found.proposed) == (None, proposed)


def test_quarters_since_the_step_are_counted() -> None:
    found = standing(AGAIN, Step.HANDLED, date(2024, 1, 1))
    assert (found.hot, found.quarters, found.calm) == (2, 4, 0)
    found = standing(CALMED, Step.CALMED, date(2023, 7, 1))
    assert (found.hot, found.quarters, found.calm) == (2, 6, 4)


def test_too_few_incidents_say_nothing_of_a_step() -> None:
    counts = np.vstack([history(), np.zeros((1, MONTHS), dtype=int)])
    people = np.full(31, 10_000.0)
    people[30] = 100.0
    world = planted_snapshot(counts, people)
    found = register({spot(30): taken((Step.CALMED, SINCE))}, snapshot=world)
    assert rows(found)[30].standing.check is Check.TOO_FEW
    assert rows(found)[30].standing.proposed is None
    assert found.too_few == 1
    assert found.looked_at == 31


def test_every_category_is_judged_by_itself_and_those_left_out_are_named() -> None:
    fraud = Category("fraud", "Lừa đảo", "Fraud", "fraud", hot_spots=False)
    theft = Category("theft", "Trộm", "Theft", "theft")
    every = replace(ALL, categories=())
    world = planted_snapshot(history(), categories=(theft, fraud))
    found = register(question=every, snapshot=world)
    assert (found.categories, found.left_out) == (("theft",), ("fraud",))
    assert found.looked_at == 30
    steps = {spot(3, "fraud"): taken((Step.NOTED, SINCE)), spot(4, ""): taken((Step.NOTED, SINCE))}
    found = register(steps, question=every, snapshot=world)
    assert found.categories == ("theft", "", "fraud")  # followed up, so looked at, and only there
    assert {row.spot for row in found.rows if row.spot.category != "theft"} == set(steps)
    assert found.left_out == ()
    assert found.looked_at == 30


def test_what_is_asked_and_may_be_seen_decides_what_is_listed() -> None:
    steps = {spot(20): taken((Step.NOTED, SINCE)), spot(21): taken((Step.NOTED, SINCE))}
    whole = rows(register(steps))
    asked = replace(ALL, areas=("001", "021"))
    for part in (register(steps, asked), register(steps, scope=chief("2025", "001", "021"))):
        assert set(rows(part)) == {PERSISTENT, 20}
        assert rows(part)[20].standing.followed
        assert rows(part)[PERSISTENT].severity == whole[PERSISTENT].severity
    district = rows(register(steps, scope=chief("2025", "d3")))
    assert set(district) == {20, 21}


def test_follow_ups_that_this_register_cannot_show_are_counted() -> None:
    steps = {
        Spot("2024", Level.COMMUNE, "001", "theft"): taken((Step.NOTED, SINCE)),
        Spot("2025", Level.DISTRICT, "d1", "theft"): taken((Step.NOTED, SINCE)),
        Spot("2025", Level.COMMUNE, "999", "theft"): taken((Step.NOTED, SINCE)),
        Spot("2025", Level.COMMUNE, "001", "arson"): taken((Step.NOTED, SINCE)),
        Spot("2025", Level.COMMUNE, "002", "arson"): taken((Step.DROPPED, SINCE)),
        spot(20): taken((Step.NOTED, SINCE)),
    }
    assert register(steps).elsewhere == 4
    assert register(steps, scope=chief("2025", "001")).elsewhere == 0


def test_a_step_is_checked_against_all_incidents_whatever_is_filtered() -> None:
    nights = replace(ALL, hours=(18, 5))  # every incident of this world is at noon
    row = rows(register({spot(PERSISTENT): taken((Step.CALMED, SINCE))}, nights))[PERSISTENT]
    assert row.found.n[PERSISTENT] == 0
    assert row.standing.check is Check.STILL_HOT


def test_without_a_whole_month_there_is_nothing_on_it() -> None:
    empty = planted_snapshot(np.zeros((4, 0), dtype=int))
    found = register({spot(1): taken((Step.CALMED, SINCE))}, snapshot=empty)
    assert [row.standing.check for row in found.rows] == [Check.TOO_FEW]
    assert found.too_few == found.looked_at == 4


def test_what_the_workspace_does_not_have_is_refused() -> None:
    with pytest.raises(QuestionError):
        register(question=replace(ALL, categories=("arson",)))
