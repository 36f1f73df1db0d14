"""A disk that runs full, and eight who load at once while one reads: nothing half is ever visible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from geodata.errors import StoreError
from geodata.safekeeping.backup import backup
from geodata.safekeeping.doctor import examine
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import TODAY, holds, load, table, write
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
MANY = 8
ROWS = 200


def rows(number: int, many: int = ROWS) -> list[str]:
    return [f"N{number}-{i},{i % 28 + 1:02}/02/2025 {i % 24:02}:00,theft,106.05,11.05" for i in range(many)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of our own; skipped, and said so, where nothing may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no disk can be mounted here (that needs root): see the test with a limit on the length of files")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_runs_full_leaves_reading_alive_and_a_retry_works(small_disk: Path, tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    warehouse.close()
    shutil.copytree(warehouse.folder, small_disk / "w")
    path = write(tmp_path / "big.csv", *rows(1, 60_000))
    served = Warehouse(small_disk / "w")
    filler = small_disk / "filler"
    for room in (600_000, 200_000, 50_000, 0):
        free = shutil.disk_usage(small_disk).free
        free += filler.stat().st_size if filler.exists() else 0
        filler.write_bytes(b"x" * max(free - room, 0))
        with pytest.raises(StoreError):
            served.ingest(path, today=TODAY, tables=(table(path),))
        assert len(served.snapshot().incidents) == 200
        if room > 50_000:
            continue
        with pytest.raises(StoreError):
            backup(small_disk / "w", small_disk / "b.zip")
        assert not (small_disk / "b.zip").exists()
    filler.unlink()
    holds(served)
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert load(served, path).kept == 60_000
    assert examine(small_disk / "w", today=date(2025, 6, 30)).generation == served.snapshot().generation


def test_a_limit_on_the_length_of_files_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """What stands for a full disk where nothing may be mounted: the system refuses bytes beyond a length."""
    warehouse = tiny_workspace(tmp_path)
    path = write(tmp_path / "big.csv", *rows(1, 20_000))
    code = "import resource, sys; from pathlib import Path; from geodata.errors import StoreError; "
    code += "from tests.geodata.warehouse.offices import TODAY, table; "
    code += "from geodata.warehouse.warehouse import Warehouse\nw = Warehouse(Path(sys.argv[1]))\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))\n"
    code += "p = Path(sys.argv[2])\ntry:\n    w.ingest(p, today=TODAY, tables=(table(p),))\n"
    code += "except StoreError:\n    sys.exit(2)"
    for most in (1_000, 50_000, 200_000):
        command = [sys.executable, "-c", code, str(warehouse.folder), str(path), str(most)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == 2, most
        holds(warehouse)
        assert len(Warehouse(warehouse.folder).snapshot().incidents) == 200
    assert load(warehouse, path).kept == 20_000


def test_eight_who_load_at_once_take_turns_and_a_reader_sees_whole_generations_only(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    code = "import sys; from pathlib import Path; from tests.geodata.warehouse.offices import TODAY, table; "
    code += "from geodata.warehouse.warehouse import Warehouse; p = Path(sys.argv[2]); "
    code += "print(Warehouse(Path(sys.argv[1])).ingest(p, today=TODAY, tables=(table(p),)).status)"
    paths = [write(tmp_path / f"{number}.csv", *rows(number)) for number in range(MANY)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(warehouse.folder), str(path)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        )
        for path in paths
    ]  # fmt: skip
    seen: list[tuple[int, int]] = []
    while any(process.poll() is None for process in running):
        snapshot = warehouse.snapshot()
        assert len(snapshot.incidents) == 200 + ROWS * (len(snapshot.files) - 1)
        counted = np.bincount(snapshot.incidents.file, minlength=len(snapshot.files))
        assert counted.tolist() == [file.kept for file in snapshot.files]
        seen.append((snapshot.generation, len(snapshot.files)))
    assert [process.communicate()[0] for process in running] == ["loaded\n"] * MANY
    assert seen == sorted(seen)
    holds(warehouse)
    assert len(warehouse.snapshot().incidents) == 200 + ROWS * MANY
    warehouse.close()
    assert examine(warehouse.folder, today=TODAY).sound
