"""How long a picture takes, beside kaleido drawing the same areas, in one run.

Not collected by a plain run. ``DIEMNONG_KALEIDO=/path/to/python pytest tests/bench/bench_snapshot.py -s`` where that
Python has plotly and kaleido; without it only this program is measured. Asserts no time.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from PIL import Image

from dashboard.exports import Order, render
from dashboard.layers import picture_of
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse
from tests.browser import chromium

pytestmark = [pytest.mark.bench, pytest.mark.slow]

ROUNDS = 7
SIZE = (1920, 1080)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUERY = "?edition=2024&level=commune"
PEER = Path(__file__).parent / "peers" / "kaleido_map.py"


def test_a_picture_beside_kaleido(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path / "province", today=date(2026, 11, 23))
    warehouse = Warehouse(tmp_path / "province")
    reading = read(QUERY, Answers(warehouse))
    ours = {form: _times(reading, form) for form in ("png", "svg", "pdf")}
    theirs = _kaleido(reading, tmp_path / "theirs.png")
    warehouse.close()
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(_told(ours, theirs)) + "\n")


def _told(ours: dict[str, list[float]], theirs: list[float] | str) -> Iterator[str]:
    for form, times in ours.items():
        yield f"{form} {SIZE[0]}x{SIZE[1]}: first {times[0]:.2f} s, then {statistics.median(times[1:]):.2f} s"
    if isinstance(theirs, str):
        yield f"kaleido: {theirs}"
    else:
        mine, other = statistics.median(ours["png"][1:]), statistics.median(theirs[1:])
        yield f"kaleido png: first {theirs[0]:.2f} s, then {other:.2f} s, {other / mine:.1f} times ours"


def _times(reading: Reading, form: str) -> list[float]:
    times = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        made = render(Order(reading, NOW, SIZE), form)
        times.append(time.perf_counter() - begun)
    assert len(made) > 10_000
    return times


def _kaleido(reading: Reading, out: Path) -> list[float] | str:
    """Seconds a picture, or in words why there are none."""
    python, browser = os.environ.get("DIEMNONG_KALEIDO"), chromium.find()
    if not python:
        return "not measured: DIEMNONG_KALEIDO names no Python that has it"
    if browser is None:
        return "not measured: " + chromium.REMEDY
    layer = reading.snapshot.boundaries.layers[reading.view.question.layer]
    shown = picture_of(reading.view, reading.answers, reading.scope, reading.words)
    features = [
        {"type": "Feature", "id": code, "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for code, shape in zip(layer.codes, layer.polygons, strict=True)
    ]
    fills = [shown.fill(i) for i in range(len(shown.codes))]
    asked = {
        "geojson": {"type": "FeatureCollection", "features": features},
        "fills": fills,
        "bounds": layer.bounds,
        "size": SIZE,
        "title": shown.legend_title,
        "rounds": ROUNDS,
        "out": str(out),
    }
    environment = os.environ | {"BROWSER_PATH": browser}
    command, told = [python, str(PEER)], json.dumps(asked).encode()
    made = subprocess.run(command, input=told, capture_output=True, env=environment, timeout=300, check=False)
    if made.returncode:
        return f"not measured: {made.stderr.decode(errors='replace').strip().splitlines()[-1]}"
    pixels = np.asarray(Image.open(io.BytesIO(out.read_bytes())).convert("RGB"), dtype=int).reshape(-1, 3)
    for fill in set(fills):  # no blank map
        wanted = [int(fill[at : at + 2], 16) for at in (1, 3, 5)]
        assert (np.abs(pixels - wanted).max(axis=1) <= 8).sum() > 100
    times: list[float] = json.loads(made.stdout)
    return times
