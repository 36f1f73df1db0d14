"""What became of a commune: whole, split, merged, and where no table says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.answers.answer import Became, Relative
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries, Succession
from geodata.errors import QuestionError
from geodata.question import Question
from geodata.vocabulary import Level, Period
from tests.geodata.worlds import FIRST, LAST, Still, tiny_boundaries, tiny_snapshot

SNAPSHOT = tiny_snapshot()
OLD = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)
NEW = replace(OLD, edition="2025")
LON, LAT = SNAPSHOT.incidents.lon, SNAPSHOT.incidents.lat


def ask(question: Question, code: str, boundaries: Boundaries | None = None) -> Became:
    return Answers(Still(replace(SNAPSHOT, boundaries=boundaries or SNAPSHOT.boundaries))).became(question, code)


def points_in(west: float, south: float, east: float, north: float) -> int:
    return int(((west < LON) & (east > LON) & (south < LAT) & (north > LAT)).sum())


def test_a_commune_that_moved_whole_has_one_successor_and_keeps_its_points() -> None:
    found = ask(OLD, "103")
    assert (found.name, found.other, found.forward, found.listed) == ("Xã 103", "2025", True, True)
    assert found.points == points_in(106.0, 11.1, 106.1, 11.2)
    whole = points_in(106.0, 11.0, 106.1, 11.2)
    assert found.relatives == (Relative("101", "Xã 101", whole=True, shared=found.points, points=whole),)
    assert found.elsewhere == 0


def test_a_split_commune_shares_its_points_out_among_its_successors() -> None:
    found = ask(OLD, "203")
    assert [(each.code, each.whole) for each in found.relatives] == [("201", False), ("203", False)]
    # A point on the line between the two belongs to the first.
    west, east = points_in(106.1, 11.1, 106.15001, 11.2), points_in(106.15, 11.1, 106.2, 11.2)
    assert [each.shared for each in found.relatives] == [west, east]
    assert found.points == west + east


def test_a_new_commune_knows_what_it_was_made_of() -> None:
    found = ask(NEW, "201")
    assert (found.forward, [(each.code, each.whole) for each in found.relatives]) == (
        False,
        [("201", True), ("203", False)],
    )
    assert found.points == sum(each.shared for each in found.relatives) + found.elsewhere


def test_without_a_table_the_drawings_say_what_became_of_a_commune() -> None:
    silent = replace(tiny_boundaries(), succession=Succession())
    found = ask(OLD, "203", silent)
    assert not found.listed
    assert [(each.code, each.whole) for each in found.relatives] == [("201", False), ("203", False)]
    merged = ask(NEW, "101", silent)
    assert [(each.code, each.whole) for each in merged.relatives] == [("101", True), ("103", True)]


def test_a_single_edition_has_no_relatives() -> None:
    boundaries = tiny_boundaries()
    alone = replace(
        boundaries,
        editions={"2024": boundaries.editions["2024"]},
        layers={key: layer for key, layer in boundaries.layers.items() if key.edition == "2024"},
    )
    found = ask(OLD, "101", alone)
    assert (found.other, found.relatives, found.elsewhere) == ("", (), found.points)


def test_the_period_limits_the_incidents_and_an_unknown_commune_is_refused() -> None:
    assert ask(replace(OLD, period=Period(date(2021, 1, 1), date(2021, 12, 31))), "101").points == 0
    with pytest.raises(QuestionError, match="no area «999»"):
        ask(OLD, "999")
