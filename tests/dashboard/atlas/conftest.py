"""A simulated province with both editions, built once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    folder = tmp_path_factory.mktemp("atlas")
    build(folder, today=date(2026, 11, 23))
    profile = folder / "profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('marking = ""', 'marking = "LƯU HÀNH NỘI BỘ"'), "utf-8")
    warehouse = Warehouse(folder)
    yield Answers(warehouse)
    warehouse.close()
