"""Fixtures every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real data take seconds each, so the fast tier leaves them out; those of the browser are spread."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    items[:] = _spread(items)


def _spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """Whole files, those of the browser evenly among the rest: they wait more than they reckon, and no core is idle."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    browser = [path for path in files if "browser" in path.parts]
    others = [path for path in files if "browser" not in path.parts]
    places = [(i / max(len(group), 1), path) for group in (browser, others) for i, path in enumerate(group)]
    return [item for _, path in sorted(places, key=lambda place: place[0]) for item in files[path]]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real boundaries and points beside the checkout; a public clone has none, and the test steps aside."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"no real data beside this checkout ({SHARED_DATA.name} folder absent)")
    return SHARED_DATA
