"""Old months become counts: every count stays, nothing else of an old row is left in any byte."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata import tables
from geodata.errors import StoreError
from geodata.safekeeping.archive import Archive
from geodata.safekeeping.backup import backup
from geodata.safekeeping.doctor import examine
from geodata.safekeeping.restore import restore_new
from geodata.safekeeping.retention import retain, retain_backups
from geodata.vocabulary import Level
from geodata.warehouse import segments
from geodata.warehouse.retaining import first_kept
from geodata.warehouse.snapshot import EPOCH
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import holds, load, write
from tests.geodata.worlds import C24, tiny_incidents, tiny_workspace, write_incidents, write_layer

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
BEFORE = date(2023, 7, 1)
LIMIT = (BEFORE - EPOCH).days
ASIDE = [
    "HS-90001,12/03/2022 07:41,tội chưa ai biết,106.0511,11.0512",
    "HS-90002,31/02/2022 07:41,theft,106.0521,11.0522",
    "HS-90003,14/03/2022 09:13,theft,101.2345,12.3456",  # outside of all boundaries
    "HS-90004,15/03/2022 09:13,theft,106.0531,11.0532",
]
CHILD = """
import os, sys
from datetime import date
from pathlib import Path
from geodata.safekeeping import retention
end = sys.argv[2]
print("ready", flush=True)
retention.retain(Path(sys.argv[1]), date(2023, 7, 1), before_commit=(lambda: os._exit(9)) if end == "before" else None)
"""


def counts(workspace: Path) -> dict[object, Counter[tuple[int, ...]]]:
    """By layer and area, category, source, month, and zone of whole communes."""
    warehouse = Warehouse(workspace)
    held = warehouse.snapshot().incidents
    warehouse.close()
    months = held.day.astype(np.int64).astype("datetime64[D]").astype("datetime64[M]").astype(int)
    rest = (held.category, held.source, months, held.zones & np.uint64(1))
    return {
        key: Counter(zip(*(each.tolist() for each in (found, *rest)), strict=True)) for key, found in held.area.items()
    }


def books(workspace: Path) -> list[tuple[object, ...]]:
    """What the reconciliation adds up, file by file, with the reasons."""
    warehouse = Warehouse(workspace)
    holds(warehouse)
    found: list[tuple[object, ...]] = [
        (f.name, f.read, f.kept, f.quarantined, f.with_point, f.area_only, f.unplaced, f.reasons)
        for f in warehouse.files()
    ]
    warehouse.close()
    return found


def world(folder: Path, seed: int) -> Warehouse:
    """Two files with rows of their own, rows that repeat and correct each other, and rows put aside."""
    warehouse = tiny_workspace(folder, incidents=False)
    profile = warehouse.folder / "profile.toml"
    text = profile.read_text(encoding="utf-8").replace("unknown_categories", "# unknown_categories")
    profile.write_text('unknown_categories = "quarantine"\n' + text, encoding="utf-8")
    warehouse = Warehouse(warehouse.folder)
    first = tiny_incidents(seed=seed)
    second = first.sample(60, random_state=seed).sort_values(tables.ROW).reset_index(drop=True)
    later = second[tables.DAY] + np.where(np.arange(60) % 3 == 0, 25, 0)
    second[tables.DAY], second[tables.DAY_TO], second[tables.ROW] = later, later, np.arange(2, 62)
    for name, frame in (("a", first), ("b", second)):
        load(warehouse, write_incidents(folder / "files" / f"{name}.csv", frame))
    load(warehouse, write(folder / "files" / "aside.csv", *ASIDE))
    return warehouse


def old_values(folder: Path) -> set[bytes]:
    """How coordinates and texts of old rows would stand in a file, those left out that a newer row has too."""
    old, new = set[str](), {"106.0000", "106.1000", "106.2000", "11.0000", "11.1000", "11.2000"}  # corners of areas
    for name in ("a.csv", "b.csv"):
        frame = pd.read_csv(folder / "files" / name, dtype=str).fillna("")
        days = pd.to_datetime(frame["occurred"].str[:10], format="%d/%m/%Y")
        for past, lon, lat in zip(days < pd.Timestamp(BEFORE), frame["lon"], frame["lat"], strict=True):
            (old if past else new).update({lon, lat} - {""})
    told = {"106.0511", "106.0531", "101.2345", "tội chưa ai biết", "HS-90001", "HS-90004", "12/03/2022"}
    packed = {np.float64(text).tobytes() for text in old - new}
    return packed | {text.encode() for text in (old - new) | told}


def everything(workspace: Path) -> bytes:
    """All bytes of a workspace, and of its segments unpacked."""
    parts = [path.read_bytes() for path in sorted(workspace.rglob("*")) if path.is_file()]
    for path in sorted((workspace / segments.FOLDER).glob("*.parquet")):
        frame = segments.read_incidents(workspace, path.stem)
        for name in frame.columns:
            values = frame[name].to_numpy()
            parts.append(values.tobytes() if values.dtype != object else "\n".join(map(str, values)).encode())
    return b"\n".join(parts)


@pytest.mark.parametrize("seed", range(5))
def test_every_count_stays_and_nothing_else_is_left(tmp_path: Path, seed: int) -> None:
    folder = world(tmp_path, seed).folder
    before, sums = counts(folder), books(folder)
    old = old_values(tmp_path)
    assert any(value in everything(folder) for value in old)
    done = retain(folder, BEFORE)
    assert (done.generation, done.left) != (None, ())
    assert done.incidents > 50
    assert counts(folder) == before
    assert books(folder) == sums
    content = everything(folder)
    assert [value for value in old if value in content] == []
    warehouse = Warehouse(folder)
    held = warehouse.snapshot().incidents
    past = held.day < LIMIT
    assert np.isnan(held.lon[past]).all()
    assert (held.hour[past] == -1).all()
    first = held.day[past].astype("datetime64[D]")
    assert (first == first.astype("datetime64[M]")).all()
    assert (held.hour[~past] >= 0).any()
    warehouse.close()
    assert examine(folder, today=date(2025, 6, 30)).sound


def test_counts_outlive_new_boundaries_answers_and_files(tmp_path: Path) -> None:
    warehouse = world(tmp_path, 1)
    folder, before, sums = warehouse.folder, counts(warehouse.folder), books(warehouse.folder)
    retain(folder, BEFORE)
    warehouse = Warehouse(folder)
    again = write_layer(tmp_path / "again.geojson", C24)
    warehouse.add_layer(again, "2024", Level.COMMUNE)
    assert counts(folder) == before
    assert books(folder) == sums
    load(warehouse, write(tmp_path / "new.csv", "HS-7,03/05/2025 10:00,theft,106.05,11.05"))
    warehouse.undo(4)
    assert counts(folder) == before
    assert books(folder) == sums
    warehouse.settle("tội chưa ai biết", "theft")  # what waited for it is no longer known
    assert books(folder) == sums


def test_rows_of_a_closed_month_are_put_aside(tmp_path: Path) -> None:
    warehouse = world(tmp_path, 2)
    retain(warehouse.folder, BEFORE)
    before = counts(warehouse.folder)
    warehouse = Warehouse(warehouse.folder)
    rows = ["HS-1,03/05/2022 10:00,theft,106.0599,11.05", "HS-2,03/05/2022 10:00,lạ,106.0599,11.05"]
    result = load(warehouse, write(tmp_path / "late.csv", *rows))
    assert (result.read, result.kept, result.reasons["closed_month"]) == (2, 0, 1)
    assert counts(warehouse.folder) == before
    assert b"106.0599" not in everything(warehouse.folder)


def test_a_file_with_closed_months_is_not_read_another_way(tmp_path: Path) -> None:
    warehouse = world(tmp_path, 3)
    folder = warehouse.folder
    retain(folder, BEFORE)
    before = counts(folder)
    mapping = tmp_path / "other.toml"
    mapping.write_text('[categories]\n"theft" = "drugs"\n', encoding="utf-8")
    result = Warehouse(folder).ingest(tmp_path / "files" / "a.csv", mapping=mapping, today=date(2025, 6, 30))
    assert (result.status, counts(folder)) == ("refused", before)


def test_taking_a_file_out_lets_its_rows_go_and_no_row_count_twice(tmp_path: Path) -> None:
    warehouse = world(tmp_path, 4)
    folder = warehouse.folder
    kept = {(f.name, f.kept) for f in warehouse.files()}
    alone = tmp_path / "alone"
    other = tiny_workspace(alone)
    other.close()
    retain(folder, BEFORE)
    warehouse = Warehouse(folder)
    number = next(f.id for f in warehouse.files() if f.name == "b.csv")
    warehouse.undo(number)
    holds(warehouse)
    files = {f.name: f for f in warehouse.files()}
    assert files["a.csv"].kept == 200
    assert kept != {(f.name, f.kept) for f in files.values()}


def test_backups_lose_the_points_too_and_other_files_stay(tmp_path: Path) -> None:
    folder = world(tmp_path / "own", 1).folder
    place = tmp_path / "backups"
    place.mkdir()
    backup(folder, place / "own.zip")
    backup(tiny_workspace(tmp_path / "other").folder, place / "other.zip")
    (place / "letter.txt").write_text("x", encoding="utf-8")
    other = (place / "other.zip").read_bytes()
    before, old = counts(folder), old_values(tmp_path / "own")
    retain(folder, BEFORE)
    assert [each.incidents for each in retain_backups(folder, place, BEFORE, dry_run=True)] == [124]
    (done,) = retain_backups(folder, place, BEFORE)
    assert (done.file.name, done.incidents, done.refused) == ("own.zip", 124, None)
    assert sorted(path.name for path in place.iterdir()) == ["letter.txt", "other.zip", "own.zip"]
    assert (place / "other.zip").read_bytes() == other
    with Archive(place / "own.zip") as archive:
        restore_new(archive, tmp_path / "back")
    assert counts(tmp_path / "back") == before
    content = everything(tmp_path / "back") + (place / "own.zip").read_bytes()
    assert [value for value in old if value in content] == []
    assert [each.incidents for each in retain_backups(folder, place, BEFORE)] == [0]


def test_a_load_under_way_is_not_disturbed(tmp_path: Path) -> None:
    folder = world(tmp_path, 1).folder
    with closing(sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="being loaded"):
            retain(folder, BEFORE)


def test_a_trial_changes_nothing_and_the_doctor_asks_for_it(tmp_path: Path) -> None:
    folder = world(tmp_path, 1).folder
    profile = folder / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text + "\n[retention]\npoints_months = 24\n", encoding="utf-8")
    before = everything(folder)
    trial = retain(folder, BEFORE, dry_run=True)
    assert (trial.incidents, trial.generation) == (124, None)
    assert everything(folder) == before
    assert "retention" in [each.check for each in examine(folder, today=date(2025, 7, 1)).found]
    retain(folder, first_kept(24, date(2025, 7, 1)))
    assert examine(folder, today=date(2025, 7, 1)).sound


def test_a_killed_run_leaves_the_old_or_the_new_state_whole(tmp_path: Path) -> None:
    folder = world(tmp_path, 1).folder
    before, sums = counts(folder), books(folder)
    folders = []
    for moment in ("before", 0.0, 0.02, 0.05, 0.08, 0.12, 0.16, 0.25):
        folders.append(tmp_path / f"killed {moment}")
        shutil.copytree(folder, folders[-1])
        command = [sys.executable, "-c", CHILD, str(folders[-1]), str(moment)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        if moment != "before":
            time.sleep(float(moment))
            child.send_signal(signal.SIGKILL)
        child.wait()
        assert counts(folders[-1]) == before
        assert books(folders[-1]) == sums
        found = examine(folders[-1], today=date(2025, 6, 30)).found
        assert {each.check for each in found} <= {"retention", "orphans", "leftovers", "rights"}
    for each in folders:  # the next run ends what was cut off
        retain(each, BEFORE)
        assert counts(each) == before
        content = everything(each)
        assert [value for value in old_values(tmp_path) if value in content] == []


def test_whole_months_are_kept() -> None:
    assert first_kept(36, date(2026, 11, 24)) == date(2023, 11, 1)
    assert first_kept(1, date(2026, 1, 1)) == date(2025, 12, 1)
