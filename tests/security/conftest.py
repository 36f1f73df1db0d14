"""An office over the tiny world and its store, for tests that send anything to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dashboard.offices import Office, office
from tests.geodata.worlds import tiny_workspace


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """With a warehouse, so that files are taken and a notebook kept."""
    held = tiny_workspace(tmp_path_factory.mktemp("stored"))
    yield office(held.folder, held)
    held.close()
