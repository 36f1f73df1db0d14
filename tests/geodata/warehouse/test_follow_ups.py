"""What is done about a lasting hot spot is kept step by step, of places only."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.follow_up import Spot
from geodata.vocabulary import Level, Step
from geodata.warehouse.catalogue import NAME
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace

SPOT = Spot("2024", Level.COMMUNE, "101", "theft")
MARCH, MAY = date(2025, 3, 1), date(2025, 5, 2)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return tiny_workspace(tmp_path, incidents=False)


def test_every_step_is_kept_and_the_last_one_holds(warehouse: Warehouse) -> None:
    before = warehouse.snapshot().generation
    warehouse.follow_up(SPOT, Step.NOTED, since=MARCH)
    warehouse.follow_up(SPOT, Step.HANDLED, since=MAY, measure="  tuần tra đêm,\n lắp 4 camera ")
    found = Warehouse(warehouse.folder).follow_ups()[SPOT]
    assert [(taken.step, taken.since, taken.measure) for taken in found.steps] == [
        (Step.NOTED, MARCH, ""),
        (Step.HANDLED, MAY, "tuần tra đêm, lắp 4 camera"),
    ]
    assert found.now.step is Step.HANDLED
    assert warehouse.snapshot().generation == before


def test_places_and_categories_are_followed_apart(warehouse: Warehouse) -> None:
    other = Spot("2024", Level.COMMUNE, "101", "drugs")
    warehouse.follow_up(SPOT, Step.NOTED, since=MARCH)
    warehouse.follow_up(other, Step.NOTED, since=MAY)
    assert {spot: each.now.since for spot, each in warehouse.follow_ups().items()} == {SPOT: MARCH, other: MAY}


@pytest.mark.parametrize(
    ("spot", "since", "measure", "said"),
    [
        (Spot("2024", Level.COMMUNE, "999", "theft"), MAY, "tuần tra", "has no area «999»"),
        (Spot("1999", Level.COMMUNE, "101", "theft"), MAY, "tuần tra", "edition «1999»"),
        (SPOT, date.today() + timedelta(days=2), "tuần tra", "has not come yet"),  # noqa: DTZ011 - any zone will do
        (SPOT, MARCH - timedelta(days=1), "tuần tra", "before the step that holds now (01/03/2025)"),
        (SPOT, MAY, " ", "what is being done"),
        (SPOT, MAY, "x" * 301, "longer than 300"),
        (SPOT, MAY, "gọi 0912 345 678 khi có tin", "seems to name a person"),
        (SPOT, MAY, "giáo dục Nguyễn Văn An tại xã", "seems to name a person"),
    ],
)
def test_what_cannot_be_is_refused(warehouse: Warehouse, spot: Spot, since: date, measure: str, said: str) -> None:
    warehouse.follow_up(SPOT, Step.NOTED, since=MARCH)
    with pytest.raises(StoreError) as refused:
        warehouse.follow_up(spot, Step.HANDLED, since=since, measure=measure)
    assert said in str(refused.value)
    assert "Nguyễn" not in str(refused.value)
    assert len(warehouse.follow_ups()[SPOT].steps) == 1


def test_a_street_named_after_a_person_is_a_place(warehouse: Warehouse) -> None:
    warehouse.follow_up(SPOT, Step.HANDLED, since=MAY, measure="tuần tra đường Nguyễn Văn Linh và chợ Lê Thị Riêng")
    assert warehouse.follow_ups()[SPOT].now.step is Step.HANDLED


def test_a_store_of_version_3_learns_to_keep_steps(warehouse: Warehouse) -> None:
    folder = warehouse.folder
    warehouse.close()
    connection = sqlite3.connect(folder / NAME)
    connection.executescript("DROP TABLE notebook; DROP TABLE follow_ups; DROP TABLE seals; PRAGMA user_version=3;")
    connection.close()
    later = Warehouse(folder)
    later.follow_up(SPOT, Step.NOTED, since=MARCH)
    assert later.follow_ups()[SPOT].now.since == MARCH
