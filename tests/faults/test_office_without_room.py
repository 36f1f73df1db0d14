"""A disk without room and a store that is gone: reading goes on, what cannot be done is said in words, no fault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import Office, office
from tests.faults.test_full_disk_and_crowds import small_disk
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow
__all__ = ["small_disk"]


@pytest.fixture
def full(small_disk: Path, tmp_path: Path) -> Iterator[tuple[Office, Path]]:
    """An office on a disk that anybody may fill, and the file to fill it with."""
    made = tiny_workspace(tmp_path)
    made.close()
    folder = shutil.copytree(made.folder, small_disk / "w")
    warehouse = Warehouse(folder)
    yield office(folder, warehouse), small_disk / "filler"
    warehouse.close()


def test_who_is_in_reads_on_while_the_disk_is_full(full: tuple[Office, Path], caplog: pytest.LogCaptureFixture) -> None:
    made, filler = full
    inside = made.browser("committee")
    every = callbacks(inside.client)
    filler.write_bytes(b"x" * shutil.disk_usage(filler.parent).free)
    assert shutil.disk_usage(filler.parent).free == 0
    assert inside.get("/").status_code == 200
    for callback in every:
        answer = callback.post(inside, {"url.search": "?layer=relative_risk", "url.pathname": "/"})  # type: ignore[arg-type]
        assert answer.status_code < 500, callback.output
    for path in ("/months.json?edition=2024&level=commune", "/readyz", "/healthz", "/metrics"):
        assert inside.get(path).status_code == 200, path
    assert "a callback failed" not in caplog.text
    refused = inside.get("/export/csv")
    assert refused.status_code in (422, 503)
    assert "đĩa" in refused.text

    new = made.browser()
    for name, password in (("committee", "not the right one"), ("chief", "bon con voi qua cau sat")):
        refused = new.sign_in(name, password)
        assert refused.status_code == 401
        assert "đĩa" in refused.text
    assert inside.post("/logout").status_code in (303, 503)
    filler.unlink()
    assert made.browser("committee").get("/").status_code == 200


def test_a_store_that_is_gone_is_told_and_comes_back(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    client = create_app(Settings(warehouse.folder), warehouse).server.test_client()
    assert client.get("/readyz").status_code == 200
    away = warehouse.folder.with_name("away")
    for path in [each for each in warehouse.folder.iterdir() if each.name != "profile.toml"]:
        away.mkdir(exist_ok=True)
        path.rename(away / path.name)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text[:10]) == (503, "not ready:")
    assert client.get("/healthz").status_code == 200
    told = client.get("/months.json?edition=2024&level=commune&lang=en")
    assert (told.status_code, "log" in told.text, str(tmp_path) in told.text) == (503, True, False)
    for path in away.iterdir():
        path.rename(warehouse.folder / path.name)
    assert client.get("/readyz").get_json() == {"ready": True, "generation": warehouse.snapshot().generation}
