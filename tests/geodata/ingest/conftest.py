"""A small ground and both preset profiles for the tests of ingest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata import profile as profiles
from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.ingest.clean import Cleaned
from geodata.ingest.file import clean_tables
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.raw import Request
from geodata.ingest.recipe import Recipe
from geodata.profile import Profile
from geodata.vocabulary import LayerKey, Level

TODAY = date(2026, 6, 30)


def _layer(edition: str, level: Level, areas: list[tuple[str, str, str]]) -> Layer:
    boxes = [shapely.box(106.0 + i / 10, 11.0, 106.1 + i / 10, 12.0) for i in range(len(areas))]
    codes, names, parents = zip(*areas, strict=True)
    polygons = np.array(boxes, dtype=object)
    return Layer(LayerKey(edition, level), codes, names, parents, np.full(len(areas), np.nan), polygons)


@pytest.fixture(scope="session")
def ground() -> Boundaries:
    """Two editions as after the reform: homonyms, a reused code, districts only in the old one."""
    old = [
        ("101", "Phường 4", "10"),
        ("102", "Xã Tân Bình", "10"),
        ("201", "Xã Tân Bình", "20"),
        ("202", "Xã Hòa Hội", "20"),
        ("203", "Suối Ngô", "20"),
        ("204", "Xã Tân Thành", "20"),
        ("205", "Xã Tân Thạnh", "20"),
    ]
    new = [("101", "Phường Tân Ninh", ""), ("203", "Xã Tân Hòa", ""), ("206", "Xã Hòa Hội", "")]
    districts = [("10", "Thành phố Tây Ninh", ""), ("20", "Huyện Tân Biên", "")]
    layers = (
        _layer("2024", Level.COMMUNE, old),
        _layer("2024", Level.DISTRICT, districts),
        _layer("2025", Level.COMMUNE, new),
    )
    editions = {
        "2024": Edition("2024", None, date(2025, 6, 30)),
        "2025": Edition("2025", date(2025, 7, 1), None),
    }
    return Boundaries(editions, {layer.key: layer for layer in layers})


def _preset(folder: Path, name: str) -> Profile:
    profiles.write(folder / name, name)
    return profiles.load(folder / name)


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile that quarantines unknown wording."""
    return _preset(tmp_path_factory.mktemp("profiles"), "tay-ninh")


@pytest.fixture(scope="session")
def open_minded(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A profile that makes a category of any wording."""
    return _preset(tmp_path_factory.mktemp("profiles"), "blank")


Read = Callable[..., Cleaned]


@pytest.fixture
def read(tmp_path: Path, strict: Profile, ground: Boundaries) -> Read:
    """Write a file and read it: ``read("a.csv", text)``. In this process: one for each of hundreds takes minutes."""

    def write_and_read(
        name: str, content: str | bytes, *, sheet: str | None = None, recipe: Recipe | None = None, **options: object
    ) -> Cleaned:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        recipe = recipe or Recipe()
        asked = {"profile": strict, "boundaries": ground, "today": TODAY, **options}
        tables = read_here(path, Request(Headers(recipe.columns), sheet))
        return clean_tables(tables, file=path.name, recipe=recipe, **asked)  # type: ignore[arg-type]

    return write_and_read
