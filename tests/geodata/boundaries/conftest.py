"""A province of four squares in two editions, and the real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shapely import box

from geodata.boundaries.editions import Boundaries, Edition, Layer, Succession
from geodata.boundaries.load import assign_parents, derive_province, read_layer
from geodata.vocabulary import LayerKey, Level


def make_layer(edition: str, level: Level, *areas: tuple[str, str, object]) -> Layer:
    """A layer of (code, parent, polygon), named "<code>!"."""
    polygons = np.empty(len(areas), dtype=object)
    polygons[:] = [shape for _, _, shape in areas]
    codes, parents = tuple(a[0] for a in areas), tuple(a[1] for a in areas)
    people = np.full(len(areas), 1.0)
    return Layer(LayerKey(edition, level), codes, tuple(f"{c}!" for c in codes), parents, people, polygons)


@pytest.fixture
def squares() -> Boundaries:
    """Old: a b | c d in districts N and S; new: a+b -> 1, c -> 2, d split between 2 and 3."""
    at = [box(106 + i / 10, 11, 106.1 + i / 10, 11.1) for i in range(4)]
    layers = [
        make_layer("old", Level.PROVINCE, ("P", "", box(106, 11, 106.4, 11.1))),
        make_layer(
            "old", Level.DISTRICT, ("N", "P", box(106, 11, 106.2, 11.1)), ("S", "P", box(106.2, 11, 106.4, 11.1))
        ),
        make_layer("old", Level.COMMUNE, ("a", "N", at[0]), ("b", "N", at[1]), ("c", "S", at[2]), ("d", "S", at[3])),
        make_layer("new", Level.PROVINCE, ("Q", "", box(106, 11, 106.4, 11.1))),
        make_layer(
            "new",
            Level.COMMUNE,
            ("1", "Q", box(106, 11, 106.2, 11.1)),
            ("2", "Q", box(106.2, 11, 106.35, 11.1)),
            ("3", "Q", box(106.35, 11, 106.4, 11.1)),
        ),
    ]
    pairs = (("a", "1", True), ("b", "1", True), ("c", "2", True), ("d", "2", False), ("d", "3", False))
    return Boundaries(
        {"old": Edition("old"), "new": Edition("new")},
        {layer.key: layer for layer in layers},
        succession=Succession("old", "new", pairs),
    )


@pytest.fixture(scope="session")
def real(shared_data: Path) -> Boundaries:
    """Both editions of the real province, at every level."""
    old, _ = read_layer(shared_data / "communes_2024.geojson", edition="2024", level=Level.COMMUNE)
    districts, _ = read_layer(shared_data / "districts_2024.geojson", edition="2024", level=Level.DISTRICT)
    new, _ = read_layer(shared_data / "communes_2025.geojson", edition="2025", level=Level.COMMUNE)
    province, merged = derive_province(old, "72", "Tây Ninh"), derive_province(new, "80", "Tây Ninh")
    layers = (province, assign_parents(districts, province), old, merged, new)
    return Boundaries({"2024": Edition("2024"), "2025": Edition("2025")}, {layer.key: layer for layer in layers})
