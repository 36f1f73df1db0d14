"""Every table of the catalogue is sealed by whoever writes to it: a changed value is noticed."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from geodata.follow_up import Spot
from geodata.vocabulary import Level, Step
from geodata.warehouse import seals
from geodata.warehouse.catalogue import NAME
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import load, write
from tests.geodata.worlds import tiny_workspace


def broken(folder: Path) -> tuple[str, ...]:
    connection = sqlite3.connect(folder / NAME)
    found = seals.broken(connection)
    connection.close()
    return found


def test_all_that_is_done_leaves_whole_seals(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    path = write(
        tmp_path / "a.csv", "1,01/02/2025,theft,106.05,11.05", "2,01/02/2025,đá gà,106.05,11.05", "3,x,theft,,"
    )
    load(warehouse, path)
    warehouse.follow_up(
        Spot("2024", Level.COMMUNE, "101", ""), Step.HANDLED, since=date(2025, 2, 1), measure="tuần tra"
    )
    assert broken(warehouse.folder) == ()
    warehouse.undo(2)
    assert broken(warehouse.folder) == ()


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE files SET name = 'another.csv'", "files"),
        ("UPDATE generations SET at = replace(at, '2', '3')", "generations"),
        ("DELETE FROM zones", "zones"),
        ("INSERT INTO wordings VALUES ('a', 'b', 'c', 'd')", "wordings"),
        ("DROP TABLE remarks", "remarks"),
        ("CREATE TABLE more (x)", "more"),
    ],
)
def test_a_change_that_nobody_made_is_noticed(tmp_path: Path, change: str, table: str) -> None:
    folder = tiny_workspace(tmp_path).folder
    connection = sqlite3.connect(folder / NAME)
    connection.execute(change)
    connection.commit()
    connection.close()
    assert broken(folder) == (table,)


@pytest.mark.slow
def test_a_flipped_bit_anywhere_in_the_catalogue_is_noticed_or_means_nothing(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    warehouse.close()
    path = warehouse.folder / NAME
    whole, noticed = path.read_bytes(), 0
    for at in range(100, len(whole), max(len(whole) // 400, 1)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        try:
            harmed = bool(broken(warehouse.folder))
        except sqlite3.Error:
            harmed = True
        noticed += harmed
        if not harmed:  # in a part of a page that holds nothing
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
            assert len(Warehouse(warehouse.folder).snapshot().incidents) == 200
    assert noticed > 20
