"""What is disclosed of a small world: multiples of five, places inside their commune, quarters for sensitive ones."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from inspect import getsource

import numpy as np
import pytest
import shapely

from geodata.answers import answers as answers_module
from geodata.answers import judgements
from geodata.answers.answers import Answers
from geodata.answers.disclosure import disclose
from geodata.disclosure_table import DisclosureRow
from geodata.errors import QuestionError
from geodata.profile import Profile
from geodata.question import Detail, Question, Scope
from geodata.vocabulary import Level, Period
from geodata.warehouse.snapshot import EPOCH, Snapshot
from tests.geodata.worlds import C25, FIRST, LAST, Still, tiny_snapshot

HIDDEN = Scope(detail=Detail.FIVE)
WORLD = tiny_snapshot(n=600)
ANSWERS = Answers(Still(WORLD))
ALL = Question(Period(FIRST, LAST), "2024", Level.COMMUNE)


def with_rules(**rules: object) -> Snapshot:
    return replace(WORLD, profile=Profile(disclosure=DisclosureRow.model_validate(rules)))


def first_incidents(n: int) -> Snapshot:
    """The world as it was when only the first incidents were loaded."""
    held = WORLD.incidents
    columns = {each.name: getattr(held, each.name)[:n] for each in fields(held) if each.name not in ("spans", "area")}
    return replace(WORLD, incidents=replace(held, **columns, area={key: of[:n] for key, of in held.area.items()}))


def test_numbers_are_multiples_of_five_and_near_the_true_ones() -> None:
    hidden, true = ANSWERS.counts(ALL, HIDDEN), ANSWERS.counts(ALL)
    assert not np.any(hidden.n % 5)
    assert np.abs(hidden.n - true.n).max() < 5
    assert abs(hidden.totals.recorded - true.totals.recorded) < 5


def test_levels_add_up_exactly() -> None:
    sums = [int(ANSWERS.counts(replace(ALL, level=level), HIDDEN).n.sum()) for level in (Level.COMMUNE, Level.DISTRICT)]
    assert sums[0] == sums[1]


def test_it_is_the_same_each_time_and_disclosed_once_only() -> None:
    one, two = disclose(WORLD), disclose(WORLD)
    assert one.incidents.lon.tobytes() == two.incidents.lon.tobytes()
    assert disclose(one) is one


def test_no_day_hour_or_file_is_left() -> None:
    shown = disclose(WORLD).incidents
    assert set(shown.hour.tolist()) == {-1}
    days = {(EPOCH.fromordinal(EPOCH.toordinal() + day)).day for day in shown.day.tolist()}
    assert days == {15}
    assert disclose(WORLD).files == ()
    assert (disclose(WORLD).first_day, disclose(WORLD).last_day) == (FIRST, LAST)


def test_places_lie_in_their_commune_and_no_incident_stays_where_it_was() -> None:
    shown = disclose(WORLD).incidents
    some = np.isfinite(shown.lon)
    assert some.any()
    points = shapely.points(shown.lon[some], shown.lat[some])
    layer = WORLD.boundaries.layers[C25]
    assert shapely.covers(layer.polygons[shown.area[C25][some]], points).all()
    true = set(zip(WORLD.incidents.lon.tolist(), WORLD.incidents.lat.tolist(), strict=True))
    assert not true & set(zip(shown.lon[some].tolist(), shown.lat[some].tolist(), strict=True))


def test_shared_places_hold_every_disclosed_incident_with_a_place() -> None:
    found = ANSWERS.shared_places(ALL, HIDDEN)
    assert found.n.sum() == found.totals.with_point
    assert not np.any(found.n % 5)
    assert len(found.n) > 10


def test_who_may_see_points_gets_shared_places_of_the_same_numbers() -> None:
    mine, theirs = ANSWERS.shared_places(ALL), ANSWERS.shared_places(ALL, HIDDEN)
    assert mine.n.tolist() == theirs.n.tolist()


def test_a_sensitive_category_has_no_place_and_only_quarters() -> None:
    shown = disclose(with_rules(sensitive=["theft"])).incidents
    theft = shown.category == 0
    months = {(EPOCH.fromordinal(EPOCH.toordinal() + day)).month for day in shown.day[theft].tolist()}
    assert months <= {2, 5, 8, 11}
    assert np.isnan(shown.lon[theft]).all()
    assert np.isfinite(shown.lon[~theft]).any()
    assert not np.any(shown.zones[theft] & np.uint64(2))  # the strip along the border is no set of communes


def test_a_coarser_base_rounds_more_coarsely() -> None:
    hidden = Answers(Still(with_rules(round_to=10))).counts(ALL, HIDDEN)
    assert not np.any(hidden.n % 10)


def test_what_was_told_of_past_months_stays_when_others_are_added() -> None:
    early = Question(Period(FIRST, date(2023, 6, 30)), "2024", Level.COMMUNE)
    before = Answers(Still(first_incidents(400)))
    assert before.facts(HIDDEN).last_day > date(2023, 6, 30)  # type: ignore[operator]
    assert before.counts(early, HIDDEN).n.tolist() == ANSWERS.counts(early, HIDDEN).n.tolist()


def test_hours_rows_and_files_are_refused_with_the_remedy() -> None:
    with pytest.raises(QuestionError, match="ask without them"):
        ANSWERS.counts(replace(ALL, hours=(18, 5)), HIDDEN)
    with pytest.raises(QuestionError, match="exact places"):
        ANSWERS.rhythm(ALL, HIDDEN)
    with pytest.raises(QuestionError, match="exact places"):
        ANSWERS.table(ALL, ("area", "hour"), HIDDEN)
    with pytest.raises(QuestionError, match="exact places"):
        ANSWERS.reconciliation(HIDDEN)
    assert ANSWERS.aside(HIDDEN) == ANSWERS.waiting(HIDDEN) == ()


def test_an_empty_world_is_disclosed_as_it_is() -> None:
    assert len(disclose(first_incidents(0)).incidents) == 0


def test_rounding_finer_than_what_is_hidden_is_refused() -> None:
    with pytest.raises(ValueError, match="round_to of at least fewest"):
        DisclosureRow(fewest=10, round_to=5)


def test_every_answer_begins_with_what_its_scope_may_see() -> None:
    """A method that took the snapshot itself would answer from the incidents, whoever asks."""
    own = Counter(
        (method.name, node.attr)
        for module in (answers_module, judgements)
        for method in ast.walk(ast.parse(getsource(module)))
        if isinstance(method, ast.FunctionDef)
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute) and node.attr == "snapshot"
    )
    assert set(own) == {("terrain", "snapshot"), ("_finest", "snapshot")}
