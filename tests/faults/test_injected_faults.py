"""System calls that fail with EIO or ENOSPC, and kills between two of them: the store is as before or as after.

After every fault the workspace opens, holds the old or the new generation whole, its sums hold, the doctor finds
nothing wrong, nothing half is visible, and the same deed done again works.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geodata.safekeeping.archive import Archive
from geodata.safekeeping.backup import backup
from geodata.safekeeping.doctor import examine
from geodata.safekeeping.findings import Severity
from geodata.vocabulary import Level
from geodata.warehouse.warehouse import Warehouse
from tests.faults.injection import Deed, Injector, check_strace
from tests.geodata.warehouse.offices import TODAY, holds, load, table, told, write
from tests.geodata.worlds import C25, tiny_workspace, write_layer

pytestmark = pytest.mark.slow
ROWS = 300
CALLS = (
    *("write", "pwrite64", "fsync", "fdatasync", "rename", "openat"),
    *("ftruncate", "read", "pread64", "unlink", "lseek"),
)
MOMENTS = 2  # of the calls of a kind: the first, the last, and as many between as there is time for
FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
READS = ("read", "pread64", "lseek", "unlink")  # these do not run out of room


@pytest.fixture(scope="module")
def injector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Injector]:
    check_strace()
    injector = Injector(tmp_path_factory.mktemp("injector"))
    yield injector
    injector.close()


def rows(month: int) -> list[str]:
    """Some stand in every month, some are corrected in the next one, some are faulty."""
    return [
        f"HS-{i if i % 3 else i + month * ROWS},{i % 31 + 1}/02/2025 10:00,{('theft', 'drugs')[i % 2]},106.05,11.05"
        for i in range(ROWS)
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    warehouse = tiny_workspace(folder, incidents=False)
    load(warehouse, write(folder / "t1.csv", *rows(1)))
    warehouse.close()
    write(folder / "t2.csv", *rows(2))
    write_layer(folder / "c25.geojson", C25)
    return folder


def seen(folder: Path) -> tuple[object, ...]:
    """All that readers see; the doctor agrees."""
    warehouse = Warehouse(folder)
    holds(warehouse)
    snapshot = warehouse.snapshot()
    assert not snapshot.unreadable
    state = (len(snapshot.incidents), int(snapshot.incidents.day.sum()), told(warehouse))
    names = [file.name for file in warehouse.files()]
    warehouse.close()
    found = [str(each) for each in examine(folder, today=TODAY).found if each.severity is Severity.ERROR]
    assert not found
    return (snapshot.generation, *state, names)


def do(folder: Path, deed: Deed) -> None:
    """Do it again, as a person would who saw no answer."""
    warehouse = Warehouse(folder)
    if deed.name == "ingest":
        assert warehouse.ingest(deed.path, today=TODAY, tables=(table(deed.path),)).status != "refused"
    elif deed.name == "undo":
        for number in [file.id for file in warehouse.files() if file.id == 1]:
            warehouse.undo(number)
    else:
        warehouse.add_layer(deed.path, "2025", Level.COMMUNE)
    warehouse.close()


def moments(calls: Counter[str]) -> Iterator[tuple[str, int, str]]:
    for call in CALLS:
        n = calls[call]
        for at in sorted({1 + round(i * (n - 1) / max(MOMENTS - 1, 1)) for i in range(MOMENTS)}) if n else ():
            for fault in FAULTS:
                if not (fault == "error=ENOSPC" and call in READS):
                    yield call, at, fault


@pytest.mark.parametrize("name", ["ingest", "undo", "boundaries"])
def test_a_call_that_fails_leaves_the_store_as_before_or_as_after(
    base: Path, tmp_path: Path, injector: Injector, name: str
) -> None:
    deed = Deed(name, base / ("c25.geojson" if name == "boundaries" else "t2.csv"))
    before = seen(base / "workspace")
    shutil.copytree(base / "workspace", tmp_path / "whole")
    status, calls = injector.run(tmp_path / "whole", deed, "-e", f"trace={','.join(CALLS)}")
    assert status == 0
    after = seen(tmp_path / "whole")
    assert after != before
    outcomes: Counter[tuple[int, bool]] = Counter()
    for number, (call, at, fault) in enumerate(moments(calls)):
        folder = tmp_path / str(number)
        shutil.copytree(base / "workspace", folder)
        status, _ = injector.run(folder, deed, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={at}")
        where = (call, at, fault, status)
        now = seen(folder)
        assert now in (before, after), where
        assert status in (0, 2, -9), where  # words, or killed; never a fault of the program
        assert now == after or status != 0, where  # acknowledged: it is there
        outcomes[status, now == after] += 1
        if now == before:
            do(folder, deed)
            assert seen(folder)[1:] == after[1:], where
        shutil.rmtree(folder)
    assert outcomes[2, False] > 5
    assert outcomes[-9, False] > 5
    assert outcomes[-9, True] + outcomes[0, True] + outcomes[2, True] > 0


def test_a_backup_that_cannot_be_written_leaves_the_one_before_and_nothing_else(
    base: Path, tmp_path: Path, injector: Injector
) -> None:
    workspace, target = tmp_path / "w", tmp_path / "out" / "b.zip"
    shutil.copytree(base / "workspace", workspace)
    target.parent.mkdir()
    backup(workspace, target)
    _, calls = injector.run(workspace, Deed("backup", target), "-e", f"trace={','.join(CALLS)}")
    for call, at, fault in moments(calls):
        how = ("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={at}")
        status, _ = injector.run(workspace, Deed("backup", target), *how)
        assert status in (0, 2, -9), (call, at, fault)
        with Archive(target) as archive:
            archive.check()
            assert archive.manifest.held.files == 1
        # Who is killed, or may not delete, leaves what begins with a dot and takes no backup's name.
        assert all(path == target or path.name.startswith(".") for path in target.parent.iterdir())
        for path in [each for each in target.parent.iterdir() if each != target]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert examine(workspace, today=date(2025, 6, 30)).sound
