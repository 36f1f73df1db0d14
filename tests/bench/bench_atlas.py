"""How long an atlas of a page a commune takes. Not collected by a plain run; asserts no time.

``pytest tests/bench/bench_atlas.py -s``: seconds of the clock and of the processor, for all pages and a page.
"""

from __future__ import annotations

import io
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.exports import Order, export
from dashboard.reading import read
from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse

pytestmark = [pytest.mark.bench, pytest.mark.slow]

NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUERY = "?edition=2024&level=commune"


@pytest.mark.parametrize("layer", ["count", "relative_risk", "hexagons"])
def test_an_atlas_of_94_communes(layer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path / "province", today=date(2026, 11, 23))
    warehouse = Warehouse(tmp_path / "province")
    reading, out = read(f"{QUERY}&layer={layer}", Answers(warehouse)), io.BytesIO()
    pages: list[int] = []
    begun, worked = time.perf_counter(), time.process_time()
    export(Order(reading, NOW, told=lambda done, _of: pages.append(done)), "atlas", out)
    took, work = time.perf_counter() - begun, time.process_time() - worked
    warehouse.close()
    size = len(out.getvalue()) / 1e6
    told = f"{layer}: {len(pages)} pages in {took:.1f} s, {work:.1f} s of the processor, {size:.1f} MB"
    with capsys.disabled():
        sys.stdout.write(f"\n{told}, {work / len(pages):.2f} s a page\n")
    assert len(pages) > 94
