"""A store of version 2: its tables as they were, its segments without the columns of today."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.warehouse import seals, segments
from geodata.warehouse.catalogue import NAME
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace

TODAY = date(2025, 1, 2)
ROWS = "id,occurred,category,lon,lat\na1,2024-03-01 10:00,theft,106.05,11.05\na2,2024-03-02,theft,107.5,11.15\n"
LATER = ("day_to", "minute_to", "precision", "zones_near", "case_key", "content_key")


def set_back(folder: Path) -> None:
    """Make a store look as version 2 left it."""
    connection = sqlite3.connect(folder / NAME)
    for file, segment in connection.execute("SELECT id, segment FROM files").fetchall():
        frame = segments.read_incidents(folder, segment).drop(columns=list(LATER))
        sha256 = segments.write_incidents(folder, frame)
        connection.execute("INSERT INTO segments VALUES (?, ?)", (sha256, len(frame)))
        connection.execute("UPDATE files SET segment = ?, rows_digest = 'of old' WHERE id = ?", (sha256, file))
        connection.execute("DELETE FROM segments WHERE sha256 = ?", (segment,))
    connection.executescript(
        "DROP TABLE seals; DROP TABLE notebook; DROP TABLE follow_ups; DROP TABLE remarks; DROP TABLE hidden;"
        "DROP TABLE mends; DROP TABLE recipes; DROP TABLE wordings;"
        "ALTER TABLE files DROP COLUMN findings; ALTER TABLE superseded DROP COLUMN why;"
        "DROP INDEX quarantine_by_place; ALTER TABLE quarantine DROP COLUMN cells;"
        "ALTER TABLE quarantine DROP COLUMN settled_by; ALTER TABLE quarantine DROP COLUMN settled_sheet;"
        "ALTER TABLE quarantine DROP COLUMN settled_row; PRAGMA user_version=2;"
    )
    connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    warehouse = tiny_workspace(tmp_path, incidents=False)
    path = tmp_path / "f.csv"
    path.write_text(ROWS, encoding="utf-8")
    warehouse.ingest(path, today=TODAY)
    warehouse.close()
    set_back(warehouse.folder)
    return warehouse.folder


def test_a_store_of_version_2_is_brought_forward_with_its_files(folder: Path, tmp_path: Path) -> None:
    later = Warehouse(folder)
    snapshot = later.snapshot()
    assert (len(snapshot.incidents), len(list(later.quarantine()))) == (1, 1)
    assert [(file.read, file.kept, file.reasons) for file in snapshot.files] == [(2, 1, {"outside_boundaries": 1})]
    assert snapshot.incidents.precision.tolist() == [0]
    assert later.ingest(tmp_path / "f.csv", today=TODAY).status == "already_loaded"
    again = tmp_path / "again.csv"
    again.write_text(ROWS + "\n", encoding="utf-8")
    assert later.ingest(again, today=TODAY).status == "already_loaded"  # known by its rows


def test_a_process_killed_while_it_brings_a_store_forward_leaves_it_as_it_was(folder: Path) -> None:
    code = "import os, sys; from pathlib import Path; from geodata.warehouse.catalogue import Catalogue; "
    code += "Catalogue(Path(sys.argv[1]), forward=lambda _: os._exit(9))"
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 9
    connection = sqlite3.connect(folder / NAME)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()
    assert len(Warehouse(folder).snapshot().incidents) == 1


def test_the_older_store_is_kept_whole_when_it_is_brought_forward(folder: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(folder / NAME)
    before = list(connection.iterdump())
    connection.close()
    Warehouse(folder).close()
    kept = folder / "before-version-3"
    connection = sqlite3.connect(kept / NAME)
    assert list(connection.iterdump()) == before
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    (segment,) = connection.execute("SELECT segment FROM files").fetchone()
    connection.close()
    assert "day_to" not in segments.read_incidents(kept, segment).columns


def test_a_store_of_version_5_is_sealed_and_a_copy_kept(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    warehouse.close()
    connection = sqlite3.connect(warehouse.folder / NAME)
    connection.executescript("DROP TABLE seals; PRAGMA user_version=5;")
    connection.close()
    later = Warehouse(warehouse.folder)
    assert len(later.snapshot().incidents) == 200
    with later._catalogue.reading() as connection:
        assert seals.broken(connection) == ()
    assert (warehouse.folder / "before-version-6" / NAME).is_file()


def test_where_no_copy_can_be_kept_nothing_is_brought_forward(folder: Path) -> None:
    (folder / "before-version-3").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="no copy"):
        Warehouse(folder)
    connection = sqlite3.connect(folder / NAME)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()
