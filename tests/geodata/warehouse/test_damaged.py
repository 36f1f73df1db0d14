"""A segment that is missing or damaged: refused by name, everything else served, and said in the numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.errors import StoreError
from geodata.warehouse import segments
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import load, write
from tests.geodata.worlds import tiny_workspace

MORE = [f"HS-{i},{i % 28 + 1:02}/02/2025 10:00,theft,106.05,11.05" for i in range(30)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: 200 incidents of the tiny world, and thirty more."""
    warehouse = tiny_workspace(tmp_path)
    load(warehouse, write(tmp_path / "more.csv", *MORE))
    warehouse.close()
    return warehouse.folder


def segment_of(folder: Path, file: int) -> Path:
    warehouse = Warehouse(folder)
    with warehouse._catalogue.reading() as connection:
        (sha256,) = connection.execute("SELECT segment FROM files WHERE id = ?", (file,)).fetchone()
    warehouse.close()
    return folder / segments.FOLDER / segments.file_name(sha256)


def harm(path: Path, how: str, at: int = 50) -> None:
    content = bytearray(path.read_bytes())
    if how == "missing":
        path.unlink()
    elif how == "cut off":
        path.write_bytes(content[:-9])
    else:
        content[at] ^= 1
        path.write_bytes(content)


@pytest.mark.parametrize("how", ["missing", "cut off", "one bit"])
@pytest.mark.parametrize(("file", "left"), [(1, 30), (2, 200)])
def test_one_file_that_cannot_be_read_is_named_and_the_others_are_served(
    folder: Path, file: int, left: int, how: str
) -> None:
    path = segment_of(folder, file)
    harm(path, how)
    snapshot = Warehouse(folder).snapshot()
    (lost,) = snapshot.unreadable
    assert (lost.id, lost.n, lost.segment, lost.missing) == (file, 230 - left, path.name, how == "missing")
    assert len(snapshot.incidents) == left
    assert {snapshot.files[i].id for i in np.unique(snapshot.incidents.file).tolist()} == {3 - file}


def test_the_reconciliation_says_how_many_incidents_cannot_be_read_and_still_adds_up(folder: Path) -> None:
    harm(segment_of(folder, 2), "one bit")
    whole = Answers(Warehouse(folder)).reconciliation()
    assert (whole.read, whole.placed.kept, whole.quarantined, whole.unreadable) == (230, 200, 0, 30)
    assert whole.sound
    assert [each.name for each in whole.facts.unreadable] == ["more.csv"]


def test_nothing_is_loaded_beside_it_until_it_is_taken_out_and_loaded_again(folder: Path, tmp_path: Path) -> None:
    harm(segment_of(folder, 2), "one bit")
    warehouse = Warehouse(folder)
    other = write(tmp_path / "other.csv", "HS-99,01/03/2025 10:00,theft,106.05,11.05")
    with pytest.raises(StoreError, match="is damaged"):
        warehouse.ingest(other)
    warehouse.undo(2)
    assert not warehouse.snapshot().unreadable
    assert load(warehouse, tmp_path / "more.csv").kept == 30
    assert load(warehouse, other).kept == 1
    assert len(warehouse.snapshot().incidents) == 231


@pytest.mark.slow
def test_no_byte_of_a_segment_can_change_unnoticed(folder: Path) -> None:
    path = segment_of(folder, 2)
    whole = path.read_bytes()
    for at in range(0, len(whole), max(len(whole) // 60, 1)):
        harm(path, "one bit", at)
        warehouse = Warehouse(folder)
        snapshot = warehouse.snapshot()
        assert (len(snapshot.incidents), len(snapshot.unreadable)) == (200, 1), at
        warehouse.close()
        path.write_bytes(whole)
    assert len(Warehouse(folder).snapshot().incidents) == 230
