"""A whole simulated province with the Vietnamese profile, built once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from geodata.answers.answers import Answers
from geodata.demo.build import build
from geodata.warehouse.warehouse import Warehouse


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reported")
    build(folder, today=date(2026, 11, 23))
    profile = folder / "profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('marking = ""', 'marking = "Mật"'), "utf-8")
    return folder


@pytest.fixture(scope="session")
def answers(province: Path) -> Iterator[Answers]:
    warehouse = Warehouse(province)
    yield Answers(warehouse)
    warehouse.close()
