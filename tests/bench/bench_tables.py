"""A million incidents as a table against ten thousand, format by format: memory and time; asserts memory only.

Each is a process of its own that holds the same million incidents and asks for all of them, or for some days. Not
collected by a plain run. Measure with ``pytest tests/bench/bench_tables.py -s``; the ratios are printed and recorded in
``extra_info`` (``--benchmark-json=tables.json``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.exports import Order, export, extract_of
from dashboard.reading import of_view
from dashboard.view import View
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.vocabulary import Level
from tests.bench.bench_counts import FIRST, million
from tests.geodata.worlds import Still

FORMATS = ("csv", "geojson", "gpkg", "parquet", "xlsx")
DAYS = {10_000: date(2015, 2, 5), 1_000_000: date(2024, 12, 31)}  # the last day asked, the first is 1 January 2015
MOST = 1.3  # times the memory of ten thousand rows: GDAL holds the boxes of a million points for its index (1.17)
ROOT = Path(__file__).resolve().parents[2]


def write(form: str, last: date, path: Path) -> dict[str, float]:
    """Write one table in this process: rows, seconds, and the most memory held at once, in MB."""
    view = View(FIRST, last, "2024", Level.COMMUNE, "points")
    order = Order(
        of_view(view, Answers(Still(million())), of("vi")), datetime(2025, 1, 1, tzinfo=UTC), rows="incidents"
    )
    rows = extract_of(order).table.rows
    Path("/proc/self/clear_refs").write_text("5")  # the peak of what came before does not count
    began = time.perf_counter()
    with path.open("wb") as out:
        export(order, form, out)
    waited = time.perf_counter() - began
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return {"rows": rows, "seconds": waited, "mb": int(peak.split()[1]) / 1024}


def measured(form: str, rows: int, folder: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, form, DAYS[rows].isoformat(), str(folder / f"{rows}.{form}")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(made.stdout)
    return found


@pytest.mark.bench
@pytest.mark.parametrize("form", FORMATS)
def test_a_million_rows_need_the_memory_of_ten_thousand(benchmark: Any, form: str, tmp_path: Path) -> None:
    few, many = (measured(form, rows, tmp_path) for rows in DAYS)
    memory, waited = many["mb"] / few["mb"], many["seconds"] / few["seconds"]
    found = {"memory": round(memory, 2), "waited": round(waited, 1), "seconds": round(many["seconds"], 1)}
    benchmark.extra_info.update(found)
    benchmark.pedantic(lambda: None, rounds=1)
    times = many["rows"] / few["rows"]
    print(  # noqa: T201
        f"\n{form}: {times:.0f} x the rows in {waited:.0f} x the time ({many['seconds']:.1f} s) "
        f"and {memory:.2f} x the memory ({few['mb']:.0f} -> {many['mb']:.0f} MB)"
    )
    assert memory < MOST


if __name__ == "__main__":
    print(json.dumps(write(sys.argv[1], date.fromisoformat(sys.argv[2]), Path(sys.argv[3]))))  # noqa: T201
