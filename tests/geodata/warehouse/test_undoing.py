"""Taking a file out again: the store is as if it had never come."""

from __future__ import annotations

import sqlite3
from itertools import combinations
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.ingest.recipe import Recipe
from geodata.warehouse.catalogue import NAME
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import holds, load, told, write

pytestmark = pytest.mark.slow  # seconds in all

FILES = {
    "t1.csv": ("HS-1,05/01/2025 10:00,theft,106.05,11.05", "HS-2,06/01/2025 11:00,drugs,106.15,11.15"),
    "t2.csv": ("HS-1,05/01/2025 10:30,theft,106.05,11.06", "HS-3,07/01/2025 11:00,fraud,106.15,11.15"),
    "t3.csv": (
        "HS-3,07/01/2025 11:00,fraud,106.15,11.15",
        "HS-2,06/01/2025 11:00,drugs,106.15,11.15",
        "HS-4,x,theft,,",
    ),
}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "workspace")


def state(warehouse: Warehouse) -> tuple[object, ...]:
    """All that readers see, but for numbers of files and generations."""
    incidents = warehouse.snapshot().incidents
    seen = sorted(zip(incidents.day.tolist(), incidents.lat.tolist(), incidents.hour.tolist(), strict=True))
    return seen, told(warehouse), [(file.name, file.kept, file.reasons) for file in warehouse.files()]


def load_all(warehouse: Warehouse, folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        load(warehouse, write(folder / name, *FILES[name]))


@pytest.mark.parametrize("gone", sorted(FILES))
def test_the_store_is_as_if_the_file_had_never_come(warehouse: Warehouse, tmp_path: Path, gone: str) -> None:
    load_all(warehouse, tmp_path, tuple(FILES))
    number = next(file.id for file in warehouse.files() if file.name == gone)
    done = warehouse.undo(number)
    holds(warehouse)
    others = Warehouse.create(tmp_path / "others")
    load_all(others, tmp_path, tuple(name for name in FILES if name != gone))
    assert state(warehouse) == state(others)
    assert (done.file, done.id, done.generation) == (gone, number, warehouse.snapshot().generation)


def test_rows_it_corrected_or_stood_for_come_back(warehouse: Warehouse, tmp_path: Path) -> None:
    load_all(warehouse, tmp_path, tuple(FILES))
    done = warehouse.undo(2)
    assert (done.kept, done.returned) == (2, 2)  # the older HS-1, and HS-3 that the third file repeats
    assert len(warehouse.snapshot().incidents) == 3


def test_a_file_taken_out_loads_again_and_numbers_are_not_used_twice(warehouse: Warehouse, tmp_path: Path) -> None:
    load_all(warehouse, tmp_path, tuple(FILES))
    warehouse.undo(3)
    again = load(warehouse, tmp_path / "t3.csv")
    assert again.status == "loaded"
    assert [file.id for file in warehouse.files()] == [1, 2, 4]
    connection = sqlite3.connect(warehouse.folder / NAME)
    assert connection.execute("SELECT name, why FROM superseded").fetchall() == [("t3.csv", "undone")]
    connection.close()


def test_all_files_out_leave_an_empty_store(warehouse: Warehouse, tmp_path: Path) -> None:
    load_all(warehouse, tmp_path, tuple(FILES))
    for file in warehouse.files():
        warehouse.undo(file.id)
    assert state(warehouse) == ([], [], [])
    assert warehouse.snapshot().quarantined == 0


def test_a_number_nobody_has_is_refused(warehouse: Warehouse) -> None:
    before = warehouse.snapshot().generation
    with pytest.raises(StoreError, match="diemnong files"):
        warehouse.undo(7)
    assert warehouse.snapshot().generation == before


@pytest.mark.parametrize("names", [*combinations(sorted(FILES), 2), tuple(FILES)])
def test_loading_one_by_one_comes_to_the_same_as_reckoning_anew(
    warehouse: Warehouse, tmp_path: Path, names: tuple[str, ...]
) -> None:
    load_all(warehouse, tmp_path, names)
    before = state(warehouse)
    load(warehouse, write(tmp_path / "last.csv", "HS-9,05/03/2025 10:00,theft,106.05,11.05"))
    warehouse.undo(warehouse.files()[-1].id)
    assert state(warehouse) == before


def test_files_that_left_are_told_with_the_reason(warehouse: Warehouse, tmp_path: Path) -> None:
    load_all(warehouse, tmp_path, tuple(FILES))
    assert warehouse.departed() == ()
    warehouse.undo(2)
    load(warehouse, tmp_path / "t1.csv", mapping=Recipe(categories={"theft": "assault"}))  # takes its own place
    left = warehouse.departed()
    assert [(each.name, each.undone) for each in left] == [("t1.csv", False), ("t2.csv", True)]
    assert all(each.loaded_at <= each.left_at for each in left)
