"""Fixtures every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real boundaries and points beside the checkout; a public clone has none, and the test steps aside."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no real data beside this checkout ({SHARED_DATA.name} folder absent)")
    return SHARED_DATA
