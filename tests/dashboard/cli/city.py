"""A small city made with the command itself: four communes of about 11 km, two districts, sixty incidents."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.cli import run

SIDE = 0.1
WEST, SOUTH = 106.0, 11.0
COMMUNES = (("01", "An Phú", "1"), ("02", "Bình Minh", "1"), ("03", "Cẩm Giang", "2"), ("04", "Đôn Thuận", "2"))
CATEGORIES = ("theft", "drugs", "assault")
ROWS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What one command line ended with."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


def call_command(*arguments: object) -> Said:
    """Run a command line in this process, as a person who reads English and named no workspace."""
    raw, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(raw, "utf-8")
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("DIEMNONG_")}
    os.environ["DIEMNONG_LANG"] = "en"
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run([str(argument) for argument in arguments])
    finally:
        del os.environ["DIEMNONG_LANG"]
        os.environ.update(kept)
    out.flush()
    assert "Traceback" not in err.getvalue()
    return Said(status, raw.getvalue(), err.getvalue())


def square(column: int, row: int) -> list[list[list[float]]]:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    east, north = west + SIDE, south + SIDE
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def collection(*features: tuple[dict[str, object], object]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features
            ],
        }
    )


def write_boundaries(folder: Path) -> None:
    communes: list[tuple[dict[str, object], object]] = [
        (
            {"code": code, "name": name, "district_code": district, "population": 10_000 + 1_000 * i},
            {"type": "Polygon", "coordinates": square(i % 2, i // 2)},
        )
        for i, (code, name, district) in enumerate(COMMUNES)
    ]
    districts: list[tuple[dict[str, object], object]] = [
        (
            {"code": str(i + 1), "name": f"Huyện {i + 1}"},
            {"type": "MultiPolygon", "coordinates": [square(0, i), square(1, i)]},
        )
        for i in range(2)
    ]
    line = {"type": "LineString", "coordinates": [[WEST, SOUTH], [WEST, SOUTH + 2 * SIDE]]}
    (folder / "communes.geojson").write_text(collection(*communes), encoding="utf-8")
    (folder / "districts.geojson").write_text(collection(*districts), encoding="utf-8")
    (folder / "border.geojson").write_text(collection(({}, line)), encoding="utf-8")
    (folder / "regions.csv").write_text("region,edition,code\nWest,old,01\nWest,old,03\n", encoding="utf-8")


def incidents() -> pd.DataFrame:
    """Sixty incidents of one year, none of them on an edge."""
    rng = np.random.default_rng(7)
    column, row = rng.integers(0, 2, ROWS), rng.integers(0, 2, ROWS)
    minutes = rng.integers(0, 365 * 24 * 60, ROWS)
    return pd.DataFrame(
        {
            "id": [f"c{i}" for i in range(ROWS)],
            "occurred": pd.Timestamp("2025-01-01") + pd.to_timedelta(minutes, unit="min"),
            "category": rng.choice(CATEGORIES, ROWS),
            "lon": WEST + SIDE * (column + rng.uniform(0.05, 0.95, ROWS)),
            "lat": SOUTH + SIDE * (row + rng.uniform(0.05, 0.95, ROWS)),
            "area": [COMMUNES[2 * r + c][0] for r, c in zip(row, column, strict=True)],
        }
    )


def write_incidents(path: Path, frame: pd.DataFrame) -> Path:
    shown = frame[["id", "occurred", "category", "lon", "lat"]].copy()
    shown["occurred"] = shown["occurred"].dt.strftime("%Y-%m-%d %H:%M")
    shown.to_csv(path, index=False)
    return path


@dataclass(frozen=True, slots=True)
class City:
    """The workspace, the files it was made of, and the incidents as a table with their true commune."""

    workspace: Path
    files: Path
    incidents: pd.DataFrame


def found_city(folder: Path) -> City:
    """Make the workspace through the command, step by step."""
    write_boundaries(folder)
    frame = incidents()
    write_incidents(folder / "incidents.csv", frame)
    workspace = folder / "city"
    steps: tuple[tuple[object, ...], ...] = (
        ("init", workspace),
        ("boundaries", "add", folder / "communes.geojson", "--edition", "old", "--level", "commune"),
        ("boundaries", "add", folder / "districts.geojson", "--edition", "old", "--level", "district"),
        ("boundaries", "border-line", folder / "border.geojson"),
        ("boundaries", "region", folder / "regions.csv"),
        ("ingest", folder / "incidents.csv"),
    )
    for step in steps:
        place = () if step[0] == "init" else ("-w", workspace)
        done = call_command(*place, *step)
        assert done.status == 0, (step, done.err)
    return City(workspace, folder, frame)
