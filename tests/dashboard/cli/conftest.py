"""The command and a small city made with it."""

from __future__ import annotations

import pytest

from tests.dashboard.cli.city import Call, City, call_command, found_city


@pytest.fixture(scope="session")
def call() -> Call:
    """Runs a command line in this process."""
    return call_command


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city that tests only read."""
    return found_city(tmp_path_factory.mktemp("city"))


@pytest.fixture
def own_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city that a test may change."""
    return found_city(tmp_path_factory.mktemp("own"))
