"""Attacks on files: two worlds that who asks may not tell apart must give the same files, to the last byte.

Whatever a file holds anywhere (a cell, a fact, a chart's workbook, a note) that comes from more than may be seen would
differ. That they do differ for who may see everything shows that the worlds are two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from dashboard.exports import Order, all_formats, of_kind, render
from dashboard.layers import all_layers
from dashboard.reading import read
from dashboard.rows import BOM
from geodata.answers.answers import Answers
from geodata.answers.disclosure import SECRET_ROWS, cell_table, disclose, rounded_table
from geodata.profile import GroupRow, Profile
from geodata.question import EVERYTHING, Detail, Scope
from geodata.warehouse.snapshot import Snapshot
from tests.geodata.worlds import C24, C25, CATEGORIES, Still, chief, tiny_snapshot

pytestmark = pytest.mark.slow

NOW = datetime(2025, 7, 1, 20, 30, tzinfo=UTC)
GROUPS = {each.key: GroupRow(vi=each.key, en=each.key) for each in CATEGORIES}
WORLD = replace(tiny_snapshot(n=900), profile=Profile(groups=GROUPS))
HIDDEN = Scope(detail=Detail.FIVE)
ASKED = "?lang=en&edition=2024&from=2022-01-01&to=2024-12-31"
NARROWER = (
    "",
    "&category=theft",
    "&source=reported",
    "&area=101",
    "&region=west",
    "&zone=border_0_1km",
    "&level=district",
)
BY = (("area", "category", "month"), ("zone",), ("category",))


def other_small_counts(world: Snapshot) -> Snapshot:
    """A world with other small counts and other hours of which the same is disclosed: incidents a month later."""
    held, told = world.incidents, disclose(world).incidents
    day, hour, moved = held.day.copy(), held.hour.copy(), 0
    hour[SECRET_ROWS:] = (hour[SECRET_ROWS:] + 5) % 24
    for row in range(SECRET_ROWS, len(day) - 60, 7):
        tried = day.copy()
        tried[row] += 31
        made = _with(world, tried, hour)
        if _alike(disclose(made).incidents, told):
            day, moved = tried, moved + 1
        if moved == 12:
            break
    assert moved == 12
    made = _with(world, day, hour)
    assert (cell_table(made).counts != cell_table(world).counts).sum() >= 12
    assert np.array_equal(_shown(made), _shown(world))
    return made


def _with(world: Snapshot, day: np.ndarray, hour: np.ndarray) -> Snapshot:
    held = world.incidents
    order = np.argsort(day, kind="stable")
    columns = {
        name: getattr(held, name)[order] for name in held.__slots__ if name not in ("spans", "area", "day", "hour")
    }
    area = {key: of[order] for key, of in held.area.items()}
    return replace(world, incidents=replace(held, **columns, day=day[order], hour=hour[order], area=area))


def _alike(one: object, two: object) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True)
        for name in ("day", "lon", "lat", "category")
    )


def _shown(world: Snapshot) -> np.ndarray:
    return rounded_table(world, cell_table(world)).shown


def moved_outside(world: Snapshot) -> Snapshot:
    """Every incident in the commune 203 is in 201 instead, at another place: as many in all, other ones in the east."""
    held = world.incidents
    outside = held.area[C24] == 3
    area = {key: of.copy() for key, of in held.area.items()}
    area[C24][outside] = 2
    area[C25][outside] = area[C25][held.area[C24] == 2][0]
    return replace(world, incidents=replace(held, area=area, lat=np.where(outside, held.lat - 0.1, held.lat)))


TOLD = Answers(Still(WORLD)), Answers(Still(other_small_counts(WORLD)))
EAST = Answers(Still(WORLD)), Answers(Still(moved_outside(WORLD)))


def both(pair: tuple[Answers, Answers], query: str, scope: Scope, form: str, **how: object) -> Iterator[bytes]:
    for answers in pair:
        yield render(Order(read(query, answers, scope), NOW, **how), form)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", sorted(all_formats()))
def test_no_format_tells_worlds_apart_of_which_the_same_is_disclosed(form: str) -> None:
    one, two = both(TOLD, ASKED, HIDDEN, form, year=2024)
    assert one == two


@pytest.mark.parametrize("layer", sorted(all_layers()))
@pytest.mark.parametrize("narrower", NARROWER)
def test_no_table_of_any_layer_and_filter_does(layer: str, narrower: str) -> None:
    one, two = both(TOLD, f"{ASKED}&layer={layer}{narrower}", HIDDEN, "xlsx")
    assert one == two


@pytest.mark.parametrize("by", BY)
def test_no_long_table_and_no_rows_do(by: tuple[str, ...]) -> None:
    for how in ({"by": by}, {"rows": "incidents"}):
        one, two = both(TOLD, ASKED, HIDDEN, "csv", **how)
        assert one == two


def test_who_may_see_points_can_tell_them_apart() -> None:
    for how in ({"by": BY[0]}, {"rows": "incidents"}):
        one, two = both(TOLD, ASKED, EVERYTHING, "csv", **how)
        assert one != two


@pytest.mark.parametrize("form", sorted(each.key for each in of_kind("table").values()))
def test_a_chief_cannot_tell_where_in_the_other_half_incidents_lie(form: str) -> None:
    mine = chief("2024", "1")
    for layer in ("count", "rate", "points"):
        for narrower in NARROWER:
            one, two = both(EAST, f"{ASKED}&layer={layer}{narrower}", mine, form)
            assert one == two, (layer, narrower)
    one, two = both(EAST, ASKED, mine, form, rows="incidents")
    assert one == two


@pytest.mark.parametrize("detail", [Detail.POINTS, Detail.FIVE])
def test_a_chief_gets_no_number_of_an_area_of_others_on_any_layer(detail: Detail) -> None:
    """Judgements of the own areas rest on the whole province; those of the others are not told."""
    mine, answers = chief("2024", "1", detail=detail), Answers(Still(WORLD))
    for layer in sorted(all_layers()):
        made = render(Order(read(f"{ASKED}&layer={layer}", answers, mine), NOW), "csv").removeprefix(BOM).decode()
        codes = {line.split(",")[0] for line in made.splitlines()[1:]} - {""}
        assert codes <= {"101", "103"}, layer
    for asked in (f"{ASKED}&area=201", f"{ASKED}&area=203"):
        made_of = read(asked, answers, mine)
        assert (made_of.view.area, len(made_of.dropped)) == ((), 1), "the area is no choice of theirs"
        forged = replace(made_of.view.question, areas=(asked[-3:],))
        assert answers.totals(forged, mine)[0].recorded == 0


def test_everyone_else_can_tell() -> None:
    one, two = both(EAST, ASKED, EVERYTHING, "csv")
    assert one != two
