"""A whole province with planted hot spots, from its CSV file through the command to the lasting ones."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from geodata.answers.trend import first_of, month_number
from tests.dashboard.cli.city import Call, collection
from tests.geodata.planted import BEGIN
from tests.simulated.province import LASTING, RECIPES, Province, simulate


@pytest.mark.slow
def test_lasting_hot_spots_of_a_province_are_found_from_its_file(tmp_path: Path, call: Call) -> None:
    province = simulate(RECIPES["even"], np.random.default_rng(11))
    workspace = tmp_path / "province"
    steps: tuple[tuple[object, ...], ...] = (
        ("boundaries", "add", communes(tmp_path, province), "--edition", "new", "--level", "commune"),
        ("ingest", incidents(tmp_path, province)),
    )
    assert call("init", workspace).status == 0
    for step in steps:
        assert (done := call("-w", workspace, *step)).status == 0, done.err
    said = call("-w", workspace, "patterns", "--edition", "new", "--level", "commune", "--category", "theft")
    rows = list(csv.DictReader(io.StringIO(said.text)))
    assert [int(row["n"]) for row in rows] == province.counts.sum(axis=1).tolist()
    assert {row["bins"] for row in rows} == {"36"}
    flagged = np.array([row["pattern"].split()[0] in {"persistent", "intensifying", "diminishing"} for row in rows])
    planted = province.told(*LASTING)
    assert (flagged & planted).sum() >= 0.8 * planted.sum()
    assert (flagged & planted).sum() >= 0.8 * flagged.sum()
    for row in rows:
        low, rr, high = (float(row[name]) for name in ("rr_low", "rr", "rr_high"))
        assert low <= rr <= high
        assert 0 <= float(row["probability"]) <= 1


def communes(folder: Path, province: Province) -> Path:
    path = folder / "communes.geojson"
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    rings = [
        [[106 + 0.05 * (x + right), 11 + 0.05 * (y + up)] for right, up in corners]
        for x, y in zip(province.x, province.y, strict=True)
    ]
    features = [
        (
            {"code": f"{i:05}", "name": f"Xã {i}", "population": int(people)},
            {"type": "Polygon", "coordinates": [ring]},
        )
        for i, (ring, people) in enumerate(zip(rings, province.population, strict=True))
    ]
    path.write_text(collection(*features), encoding="utf-8")
    return path


def incidents(folder: Path, province: Province) -> Path:
    """One row an incident, on any day of its month, anywhere in its commune."""
    rng, path = np.random.default_rng(12), folder / "incidents.csv"
    first = month_number(BEGIN)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "occurred", "category", "lon", "lat"])
        number = 0
        for (area, month), n in np.ndenumerate(province.counts):
            begin, after = first_of(first + month), first_of(first + month + 1)
            for day in rng.integers((after - begin).days, size=n):
                lon, lat = 0.05 * (np.array([province.x[area], province.y[area]]) + rng.uniform(0.02, 0.98, 2))
                at = begin + timedelta(days=int(day))
                writer.writerow([number, at.isoformat(), "theft", f"{106 + lon:.5f}", f"{11 + lat:.5f}"])
                number += 1
    return path
