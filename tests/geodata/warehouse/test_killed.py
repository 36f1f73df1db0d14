"""Processes killed while they write: what was acknowledged is there, what was not is whole or absent, a retry mends it.

Real processes, killed by the system (SIGKILL) at moments spread over the whole of their work, and at the last moment
before and the first after the commit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import TODAY, holds, load, told, write
from tests.geodata.worlds import tiny_workspace

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ROWS = 4000
MOMENTS = 8
CHILD = """
import os, sys
from datetime import date
from pathlib import Path
import geodata.warehouse.incoming, geodata.warehouse.settling
from geodata.warehouse.warehouse import Warehouse
folder, path, deed, end = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
warehouse = Warehouse(folder, before_commit=(lambda: os._exit(9)) if end == "before" else None)
print("ready", flush=True)
if deed == "ingest":
    said = warehouse.ingest(path, today=date(2025, 6, 30)).status
elif deed == "undo":
    said = warehouse.undo(1).file
else:
    said = warehouse.settle("đá gà", "gambling")
if end == "after":
    os._exit(9)
print("done", said, flush=True)
"""


def rows(month: int) -> list[str]:
    """Rows of a month: some stand in every month, some are corrected in the next one, some wait for an answer."""
    found = []
    for i in range(ROWS):
        kind = ("theft", "drugs", "đá gà", f"loại {month}")[i % 4]
        found.append(f"HS-{i if i % 3 else i + month * ROWS},{i % 28 + 1:02}/01/2025 10:00,{kind},106.05,11.05")
    return found


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one file loaded, and the next one beside it."""
    folder = tmp_path_factory.mktemp("base")
    warehouse = tiny_workspace(folder, incidents=False)
    profile = warehouse.folder / "profile.toml"
    text = profile.read_text(encoding="utf-8").replace("unknown_categories", "# unknown_categories")
    profile.write_text('unknown_categories = "quarantine"\n' + text, encoding="utf-8")
    load(Warehouse(warehouse.folder), write(folder / "t1.csv", *rows(1)))
    write(folder / "t2.csv", *rows(2))
    return folder


def start(folder: Path, path: Path, deed: str, end: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(folder), str(path), deed, end]
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def seen(folder: Path) -> tuple[object, ...]:
    warehouse = Warehouse(folder)
    holds(warehouse)
    incidents = warehouse.snapshot().incidents
    state = len(incidents), int(incidents.day.sum()), told(warehouse), [file.name for file in warehouse.files()]
    warehouse.close()
    return state


def again(folder: Path, path: Path, deed: str) -> None:
    """Do it a second time, as a person would who saw no answer."""
    warehouse = Warehouse(folder)
    if deed == "ingest":
        assert warehouse.ingest(path, today=TODAY).status in ("loaded", "already_loaded")
    elif deed == "undo":
        for number in [file.id for file in warehouse.files() if file.id == 1]:
            warehouse.undo(number)
    else:
        warehouse.settle("đá gà", "gambling")
    warehouse.close()


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["ingest", "undo", "settle"])
def test_killed_at_any_moment_the_store_is_as_before_or_as_after(base: Path, tmp_path: Path, deed: str) -> None:
    path = base / "t2.csv"
    if deed != "ingest":
        shutil.copytree(base, tmp_path / "start")
        load(Warehouse(tmp_path / "start" / "workspace"), path)
    origin = base if deed == "ingest" else tmp_path / "start"
    before = seen(origin / "workspace")
    shutil.copytree(origin, tmp_path / "whole")
    began = time.perf_counter()
    start(tmp_path / "whole" / "workspace", path, deed).wait()
    lasts = time.perf_counter() - began
    after = seen(tmp_path / "whole" / "workspace")
    assert after != before
    outcomes = set()
    ends = [("before", None), ("after", None), *(("", lasts * i / MOMENTS) for i in range(MOMENTS))]
    for number, (end, moment) in enumerate(ends):
        folder = tmp_path / str(number) / "workspace"
        shutil.copytree(origin / "workspace", folder)
        process = start(folder, path, deed, end)
        if moment is not None:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        said = process.communicate()[0]
        now = seen(folder)
        assert now in (before, after), (end, moment)
        assert now == after or not said  # acknowledged: it is there
        assert {"before": now == before, "after": now == after}.get(end, True)
        outcomes.add(now == after)
        again(folder, path, deed)
        assert seen(folder) == after, (end, moment)
    assert outcomes == {True, False}
