"""A whole ingest against a whole ``pandas.read_csv`` of the same million rows, pair by pair; asserts memory only.

Both are processes of their own, started, imported and ended: what a person waits for. Not collected by a plain run.
Measure with ``pytest tests/bench/bench_ingest.py -s``; the ratio is printed and recorded in ``extra_info``
(``--benchmark-json=ingest.json``).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geodata.warehouse.keys import rows_digest, with_keys
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_incidents, tiny_workspace

ROWS = 1_000_000
PAIRS = 5
MOST_BYTES = 2 << 30
ROOT = Path(__file__).resolve().parents[2]
CLI = "from dashboard.cli import main; main()"


def million(path: Path) -> Path:
    """Five columns as the contract names them, every case number and nearly every place different."""
    rng = np.random.default_rng(1)
    minutes = pd.to_timedelta(rng.integers(0, 3 * 365 * 24 * 60, ROWS), unit="min")
    frame = pd.DataFrame(
        {
            "id": [f"HS{i}" for i in range(ROWS)],
            "occurred": (pd.Timestamp("2022-01-01") + minutes).strftime("%Y-%m-%d %H:%M"),
            "category": rng.choice(["theft", "drugs", "assault", "gambling", "fraud"], ROWS),
            "lon": np.round(rng.uniform(106.0, 106.2, ROWS), 5),
            "lat": np.round(rng.uniform(11.0, 11.2, ROWS), 5),
        }
    )
    frame.to_csv(path, index=False)
    return path


def run(*command: object) -> tuple[float, float, int]:
    """Seconds waited, seconds of processor, and the most bytes held at once by the process or its largest child."""
    began = time.perf_counter()
    child = os.posix_spawn(
        sys.executable, [sys.executable, *map(str, command)], {**os.environ, "PYTHONPATH": str(ROOT)}
    )
    _, status, used = os.wait4(child, 0)
    assert status == 0
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


@pytest.mark.bench
def test_a_million_rows_beside_merely_reading_them(benchmark: Any, tmp_path: Path) -> None:
    path = million(tmp_path / "million.csv")
    warehouse = tiny_workspace(tmp_path, incidents=False)
    warehouse.close()
    pairs = []
    for i in range(PAIRS):
        folder = tmp_path / f"w{i}"
        shutil.copytree(warehouse.folder, folder)
        read = run("-c", f"import pandas; pandas.read_csv({str(path)!r})")
        pairs.append((read, run("-c", CLI, "-w", folder, "ingest", path)))
        assert len(Warehouse(folder).snapshot().incidents) == ROWS
    waited = statistics.median(ours[0] / theirs[0] for theirs, ours in pairs)
    worked = statistics.median(ours[1] / theirs[1] for theirs, ours in pairs)
    peak = max(ours[2] for _, ours in pairs)
    benchmark.extra_info.update(waited=round(waited, 2), worked=round(worked, 2), peak_mb=peak >> 20)
    benchmark.pedantic(lambda: None, rounds=1)
    print(f"\n{waited:.1f} x pandas waited, {worked:.1f} x processor time, at most {peak >> 20} MB")  # noqa: T201
    assert peak < MOST_BYTES


@pytest.mark.bench
def test_the_keys_of_a_million_rows(benchmark: Any) -> None:
    frame = tiny_incidents(n=ROWS)
    keyed = benchmark.pedantic(lambda: with_keys(frame), rounds=5, warmup_rounds=1)
    assert rows_digest(keyed)


@pytest.mark.bench
def test_a_file_beside_one_that_holds_all_its_rows(benchmark: Any, tmp_path: Path) -> None:
    """The dearest case of identity: a million rows, each of them there already, and one that is new."""
    path = million(tmp_path / "million.csv")
    warehouse = tiny_workspace(tmp_path, incidents=False)
    warehouse.ingest(path, today=date(2025, 6, 30))
    more = tmp_path / "more.csv"
    more.write_bytes(path.read_bytes() + b"new,2025-01-02 10:00,theft,106.05,11.05\n")
    said = benchmark.pedantic(lambda: warehouse.ingest(more, today=date(2025, 6, 30)), rounds=1)
    assert (said.kept, said.reasons) == (1, {"repeated_row": ROWS})
