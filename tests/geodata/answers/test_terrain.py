"""The ground of a layer in metres, against what a sheet of paper says of squares of a tenth of a degree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.boundaries.load import read_layer
from geodata.geometry.neighbours import contiguity
from geodata.profile import Profile
from geodata.vocabulary import Level
from tests.geodata.worlds import C24, C25, D24, P24, Still, tiny_snapshot

SNAPSHOT = tiny_snapshot()
ANSWERS = Answers(Still(SNAPSHOT))


def test_areas_are_measured_in_kilometres() -> None:
    terrain = ANSWERS.terrain(C24)
    assert terrain.crs == "EPSG:32648"  # 106 E lies in UTM zone 48 north
    # At 11.05 N a degree is 109.30 km along the parallel and 110.61 km along the meridian.
    assert terrain.km2[0] == pytest.approx(10.930 * 11.061, rel=2e-3)
    assert np.hypot(terrain.x[2] - terrain.x[0], terrain.y[2] - terrain.y[0]) == pytest.approx(10_930, rel=2e-3)


def test_areas_that_touch_at_a_corner_are_neighbours() -> None:
    weights = ANSWERS.terrain(C24).weights.toarray()
    assert weights.tolist() == (np.ones((4, 4)) - np.eye(4)).tolist()
    assert ANSWERS.terrain(D24).weights.toarray().tolist() == [[0, 1], [1, 0]]
    assert ANSWERS.terrain(C25).weights.toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_a_lone_area_is_an_island() -> None:
    assert ANSWERS.terrain(P24).weights.nnz == 0


def test_the_profile_may_name_the_projection() -> None:
    named = replace(SNAPSHOT, profile=Profile(metric_crs="EPSG:3405"))
    assert Answers(Still(named)).terrain(C24).crs == "EPSG:3405"


def test_a_terrain_is_made_once_a_generation() -> None:
    assert ANSWERS.terrain(C24) is ANSWERS.terrain(C24)


@pytest.mark.parametrize(("name", "edition"), [("communes_2024", "2024"), ("communes_2025", "2025")])
def test_in_real_boundaries_no_neighbour_hangs_on_a_slip_of_the_pen(shared_data: Path, name: str, edition: str) -> None:
    layer, _ = read_layer(shared_data / f"{name}.geojson", edition=edition, level=Level.COMMUNE)
    real = replace(SNAPSHOT, boundaries=replace(SNAPSHOT.boundaries, layers={layer.key: layer}))
    terrain = Answers(Still(real)).terrain(layer.key)
    assert (np.diff(terrain.weights.indptr) > 0).all()
    assert terrain.weights.nnz == contiguity(terrain.polygons, tolerance=1.0).nnz
