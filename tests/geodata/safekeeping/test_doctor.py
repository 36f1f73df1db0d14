"""The doctor names each thing that is wrong, says what to do, and leaves everything as it is."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from geodata.safekeeping.archive import Archive
from geodata.safekeeping.backup import backup
from geodata.safekeeping.doctor import examine
from geodata.safekeeping.findings import Diagnosis, Severity
from geodata.safekeeping.mend import mend
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import load, write
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow
TODAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    warehouse = tiny_workspace(folder)
    load(warehouse, write(folder / "more.csv", "HS-1,01/02/2025 10:00,theft,106.05,11.05"))
    warehouse.close()
    backup(warehouse.folder, folder / "b.zip")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole / "workspace", tmp_path / "w")
    return tmp_path / "w"


def state(folder: Path) -> dict[str, str]:
    """Every file's content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def look(folder: Path) -> Diagnosis:
    before = state(folder)
    seen = examine(folder, today=TODAY)
    assert state(folder) == before
    for each in seen.found:
        assert str(each)
        assert each.remedy.format(**each.facts)
    return seen


def one(folder: Path, query: str) -> str:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    (found,) = connection.execute(query).fetchone()
    connection.close()
    return str(found)


def change(folder: Path, script: str) -> None:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    connection.executescript(script)
    connection.close()


def flip(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])


def segment(folder: Path) -> Path:
    return folder / "segments" / f"{one(folder, 'SELECT segment FROM files WHERE id = 2')}.parquet"


def layer(folder: Path) -> Path:
    return folder / "layers" / f"{one(folder, 'SELECT sha256 FROM layers')}.parquet"


def drawing(folder: Path) -> Path:
    return folder / "boundaries" / one(folder, "SELECT web_file FROM layers")


def old_leftover(folder: Path) -> None:
    path = folder / "segments" / "abc.tmp"
    path.write_bytes(b"half")
    os.utime(path, (time.time() - 7200,) * 2)


def open_accounts(folder: Path) -> None:
    (folder / "access.sqlite").write_bytes(b"")
    (folder / "access.sqlite").chmod(0o644)


def test_a_whole_workspace_is_sound(folder: Path) -> None:
    seen = look(folder)
    assert seen.sound
    assert dict(seen.checked) == {"segments": 2, "layers": 5, "drawings": 11}
    assert {each.severity for each in seen.found} <= {Severity.NOTE}


HARMS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "segment missing": (lambda w: segment(w).unlink(), "segments", "error"),
    "segment flipped": (lambda w: flip(segment(w)), "segments", "error"),
    "layer flipped": (
        lambda w: flip(w / "layers" / f"{one(w, 'SELECT sha256 FROM layers')}.parquet"),
        "layers",
        "error",
    ),
    "drawing gone": (
        lambda w: (w / "boundaries" / one(w, "SELECT web_file FROM layers")).unlink(),
        "drawings",
        "error",
    ),
    "catalogue gone": (lambda w: (w / "catalogue.sqlite").unlink(), "catalogue", "error"),
    "catalogue cut": (lambda w: os.truncate(w / "catalogue.sqlite", 9000), "catalogue", "error"),
    "value changed": (lambda w: change(w, "UPDATE files SET name = 'x'"), "catalogue", "error"),
    "older": (lambda w: change(w, "DROP TABLE seals; PRAGMA user_version=5"), "catalogue", "warning"),
    "stranger": (lambda w: (w / "segments" / "x.parquet").write_bytes(b"x"), "orphans", "warning"),
    "cut-off run": (old_leftover, "leftovers", "note"),
    "accounts open": (open_accounts, "rights", "warning"),
    "profile": (lambda w: (w / "profile.toml").write_text("nonsense = 1"), "profile", "error"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_is_named(folder: Path, harm: str) -> None:
    act, check, severity = HARMS[harm]
    act(folder)
    seen = look(folder)
    assert (check, severity) in {(each.check, each.severity.value) for each in seen.found}
    assert seen.sound == (severity == "note")


def test_sums_that_no_longer_hold_are_found_where_hashes_are_whole(folder: Path) -> None:
    warehouse = Warehouse(folder)
    with warehouse._catalogue.writing() as connection:
        connection.execute(
            "UPDATE files SET kept = kept - 1, with_point = with_point - 1, read = read - 1 WHERE id = 1"
        )
    warehouse.close()
    assert [each.check for each in look(folder).found if each.severity is Severity.ERROR] == ["sums"]


def test_what_a_restore_mends_the_doctor_finds_sound(whole: Path, folder: Path) -> None:
    flip(segment(folder))
    drawing(folder).unlink()
    assert not look(folder).sound
    with Archive(whole / "b.zip") as archive:
        mend(archive, folder)
    assert look(folder).sound


def test_a_flipped_bit_in_any_file_of_the_store_is_named(folder: Path) -> None:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    names = [f"boundaries/{row[0]}" for row in connection.execute("SELECT web_file FROM layers")]
    names += [f"layers/{row[0]}.parquet" for row in connection.execute("SELECT sha256 FROM layers")]
    connection.close()
    for name in (*names, f"segments/{segment(folder).name}"):
        path = folder / name
        content = path.read_bytes()
        for at in (0, len(content) // 3, len(content) - 1):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert [each.where for each in examine(folder, today=TODAY).found if each.severity is Severity.ERROR] == [
                name
            ]
        path.write_bytes(content)
