"""A small workspace served to a client without a browser. A module may put another in place of ``ready``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace for each test to copy."""
    made = tiny_workspace(tmp_path_factory.mktemp("ready"))
    made.close()
    return made.folder


@pytest.fixture
def warehouse(ready: Path, tmp_path: Path) -> Iterator[Warehouse]:
    held = Warehouse(shutil.copytree(ready, tmp_path / "workspace"))
    yield held
    held.close()


@pytest.fixture
def client(warehouse: Warehouse) -> FlaskClient:
    made: FlaskClient = create_app(Settings(warehouse.folder), warehouse).server.test_client()
    return made
