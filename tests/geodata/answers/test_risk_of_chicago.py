"""Risks on real data: Chicago's police districts (which publish no inhabitants), against esda on the same risks."""

from __future__ import annotations

import gzip
import warnings
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from esda import G_Local, Moran_Local
from libpysal.weights import W

from geodata.answers.answers import Answers
from geodata.question import Question
from geodata.vocabulary import Level, Period
from geodata.warehouse.warehouse import Warehouse

ALL = Question(Period(date(2010, 1, 1), date(2019, 12, 31)), "2020", Level.DISTRICT)
DISTRICTS = 23


@pytest.fixture(scope="module")
def answers(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    folder = tmp_path_factory.mktemp("chicago")
    source = shared_data / "chicago"
    warehouse = Warehouse.create(folder / "workspace", "blank")
    warehouse.add_layer(source / "areas.geojson", "2020", Level.DISTRICT, code="district")
    path = folder / "points.csv"
    path.write_bytes(gzip.decompress((source / "points.csv.gz").read_bytes()))
    warehouse.ingest(path)
    return Answers(warehouse)


@pytest.fixture(scope="module")
def neighbours(answers: Answers) -> W:
    rows = answers.terrain(ALL.layer).weights.tolil().rows
    return W({i: list(row) for i, row in enumerate(rows)}, silence_warnings=True)


def test_gi_star_is_that_of_esda(answers: Answers, neighbours: W) -> None:
    risk = answers.risk(ALL, method="gi_star")
    assert (risk.by, risk.tests) == ("area", DISTRICTS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = G_Local(risk.rr.astype(float), neighbours, transform="B", star=True, permutations=0)
    np.testing.assert_allclose(risk.z, theirs.Zs, atol=1e-9)


def test_local_moran_puts_places_in_esdas_quadrants(answers: Answers, neighbours: W) -> None:
    risk = answers.risk(ALL, method="local_moran")
    theirs = Moran_Local(risk.rr, neighbours, permutations=999, seed=1)
    names = {1: "high-high", 2: "low-high", 3: "low-low", 4: "high-low"}
    for area in np.flatnonzero(risk.classes != "not significant"):
        assert risk.classes[area] == names[theirs.q[area]]
        assert theirs.p_sim[area] <= 0.05


def test_districts_of_high_risk_hold_hexagons_of_high_risk(answers: Answers) -> None:
    risk, cells = answers.risk(ALL), answers.hexagons(ALL, width_m=1000)
    assert np.nansum(risk.expected) == pytest.approx(risk.n.sum())
    assert cells.n.sum() + cells.area_only == risk.totals.placed
    assert len(cells.unit.areas) >= 5
    assert cells.unit.faded == ()
