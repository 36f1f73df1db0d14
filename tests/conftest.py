"""Fixtures every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real data take seconds each: the fast tier leaves them out."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real boundaries and points beside the checkout; a public clone has none, and the test steps aside."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no real data beside this checkout ({SHARED_DATA.name} folder absent)")
    return SHARED_DATA
