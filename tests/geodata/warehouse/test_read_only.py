"""A workspace that may be read and not written: another's folder, a backup, a read-only disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.geodata.worlds import tiny_workspace

ROOT = Path(__file__).resolve().parents[3]
# Rights do not bite for root, so the reader becomes somebody else once everything is imported and started.
READER = """
import os, sys
from pathlib import Path
import geodata.boundaries.regions, geodata.ingest.clean, geodata.warehouse.groundwork, geodata.warehouse.incoming
from geodata.errors import StoreError
from geodata.warehouse.warehouse import Warehouse
from geodata.ingest.opening import launch
from geodata.ingest.opening.content import all_readers
all_readers()
for _ in range(2):
    launch.ahead()  # somebody else may not be allowed to start this interpreter
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
folder, file = map(Path, sys.argv[1:])
warehouse = Warehouse(folder)
for _ in range(2):
    print(warehouse.snapshot().generation, len(warehouse.snapshot().incidents), len(list(warehouse.quarantine())))
print(warehouse.ingest(file, dry_run=True).kept)
try:
    warehouse.ingest(file)
except StoreError as error:
    print(error)
try:
    warehouse.add_regions(file)
except StoreError as error:
    print(error)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than these")


@pytest.fixture
def workspace() -> Iterator[Path]:
    """The tiny workspace where anybody may read and nobody write: not below pytest's own folder, which is closed."""
    above = Path(tempfile.mkdtemp())
    warehouse = tiny_workspace(above)
    (above / "one.csv").write_text("id,occurred,category,lon,lat\n1,2024-03-01,theft,106.05,11.05\n", encoding="utf-8")
    (above / "regions.csv").write_text("region,edition,code\nwest,2024,101\n", encoding="utf-8")
    warehouse.close()
    _allow(above, writing=False)
    yield warehouse.folder
    _allow(above, writing=True)
    shutil.rmtree(above)


def _allow(folder: Path, *, writing: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod((0o755 if writing else 0o555) if path.is_dir() else (0o644 if writing else 0o444))


def read(workspace: Path) -> list[str]:
    """What a reader without rights says, line by line."""
    command = [sys.executable, "-c", READER, str(workspace), str(workspace.parent / "one.csv")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_it_is_read_and_only_writing_is_refused(workspace: Path) -> None:
    before = sorted(path.name for path in workspace.rglob("*"))
    first, second, trial, *refused = read(workspace)
    generation, incidents, _ = first.split()
    assert int(generation) > 0
    assert (incidents, second, trial) == ("200", first, "1")
    assert len(refused) == 2
    assert all("can only be read" in line for line in refused)
    assert sorted(path.name for path in workspace.rglob("*")) == before
