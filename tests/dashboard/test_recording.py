"""What is done through the pages stands in the log of acts: by whom, once, before it is done, or it is not done."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard import ids, keeping
from dashboard.access.audit import AuditLog
from dashboard.access.doing import system_user
from dashboard.access.verdict import verify
from dashboard.app import create_app
from dashboard.asker import ALONE, admit
from dashboard.gate import CALLBACKS
from dashboard.recording import DENIED_EVERY_S, Denied
from dashboard.settings import Settings
from geodata.follow_up import Spot
from geodata.notebook import Notebook, SavedView
from geodata.notebook_file import file_of
from geodata.vocabulary import Level, Step
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import press
from tests.dashboard.deeds import ENGLISH, job_of, load, told, upload, within_a_minute_is
from tests.dashboard.offices import Office, office
from tests.geodata.worlds import C24, write_layer

pytestmark = pytest.mark.slow  # files are read in processes of their own
VIEW = "?edition=2024&level=district&category=theft&lang=en"


@pytest.fixture
def house(warehouse: Warehouse) -> Office:
    return office(warehouse.folder, warehouse)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB of our own; skipped, and said so, where nothing may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if os.name == "nt" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here: that needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave not one byte free; the file to delete for room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out, suppress(OSError):
        while out.write(b"x" * 4096):
            pass
    assert shutil.disk_usage(disk).free == 0
    return filler


@pytest.mark.parametrize("key", ["csv", "png"])
def test_an_export_is_in_the_log_once_however_it_is_fetched(
    client: FlaskClient, warehouse: Warehouse, key: str
) -> None:
    at_once = client.get(f"/export/{key}{VIEW}")
    token, _ = job_of(client, f"{key}{VIEW}")
    fetched = client.get(f"/export/jobs/{token}").data
    client.get(f"/export/jobs/{token}")
    first, second = told(warehouse.folder, "export")
    assert first["sha256"] == hashlib.sha256(at_once.data).hexdigest()
    assert second["sha256"] == hashlib.sha256(fetched).hexdigest()
    counted = warehouse.snapshot()
    for each in (first, second):
        assert (each["who"], each["role"], each["format"]) == (system_user(), "", key)
        assert (each["areas"], each["detail"], each["generation"]) == ("all", "points", counted.generation)
        assert "category=theft" in each["query"]
    assert first["rows"] == (len(at_once.text.strip().splitlines()) - 1 if key == "csv" else second["rows"]) > 0
    assert verify(AuditLog(warehouse.folder)).sound


def test_an_export_says_who_took_what_of_which_areas(house: Office) -> None:
    got = house.browser("officer").get("/export/csv?edition=2024&lang=en")
    assert got.status_code == 200, got.text
    (entry,) = told(house.folder, "export")
    assert (entry["who"], entry["role"], entry["areas"]) == ("officer", "officer", ["2024:203"])


def test_rows_put_aside_and_the_notebook_are_exports_too(house: Office) -> None:
    browser = house.browser("data")
    paths = ("/quarantine.csv", "/quarantine.xlsx", "/notebook.json")
    sent = [hashlib.sha256(browser.get(path).data).hexdigest() for path in paths]
    assert [each["sha256"] for each in told(house.folder, "export")] == sent


def test_a_load_is_announced_and_told_with_who_pressed(house: Office) -> None:
    browser = house.browser("data")
    load(browser, upload(browser))
    begun, done = told(house.folder, "load")
    assert begun == {"who": "data", "role": "data", "files": ["more.csv"], "state": "begun"}
    (result,) = done["results"]
    assert (done["who"], done["state"], result["status"], result["kept"]) == ("data", "done", "loaded", 1)


def test_boundaries_loaded_through_the_page_are_told_with_who_pressed(house: Office, tmp_path: Path) -> None:
    browser, headers = house.browser("data"), {"X-Diem-Nong": "upload"}
    content = write_layer(tmp_path / "communes.geojson", C24).read_bytes()
    sent = browser.post("/upload/boundaries?name=communes.geojson", data=content, headers=headers)
    token = sent.get_json()["token"]
    staging = house.app.server.extensions["diemnong.ground_staging"]
    within_a_minute_is(lambda: staging.of(token).phase == "tried")
    texts = [
        ({"type": ids.GROUND_TEXT, "of": of}, value) for of, value in (("edition", "2031"), ("begin", "2031-01-01"))
    ]
    state = json.dumps({"of": ["ALL"], "type": ids.GROUND_TEXT}, separators=(",", ":"))
    values = {f"{state}.value": texts, f"{ids.GROUND_UPLOADED}.data": token, **ENGLISH}
    press(browser, {"type": ids.GROUND_ACT, "act": "load"}, values=values)  # type: ignore[arg-type]
    within_a_minute_is(lambda: staging.of(token).phase == "stored")
    begun, done = told(house.folder, "boundaries")
    assert (begun["who"], begun["file"], begun["edition"], begun["state"]) == (
        "data",
        "communes.geojson",
        "2031",
        "begun",
    )
    assert (done["who"], done["state"]) == ("data", "done")


def test_a_step_and_a_notebook_from_a_file_are_told(client: FlaskClient, warehouse: Warehouse) -> None:
    spot, day = Spot("2024", Level.COMMUNE, "203", "theft"), date(2024, 5, 1)
    with client.application.test_request_context("/"):
        admit(ALONE)
        held = keeping.keeper()
        assert held is not None
        held.follow_up(spot, Step.NOTED, since=day, measure="what a person typed")
    begun, done = told(warehouse.folder, "follow_up")
    assert (begun["who"], begun["code"], begun["since"]) == (system_user(), "203", "2024-05-01")
    assert (done["state"], "typed" in str(done)) == ("done", False)
    taken = {"text": file_of(Notebook.of((SavedView("mine", "?layer=count"),)))}
    where = {"type": ids.NOTEBOOK_FILE_ACT, "act": "take"}
    press(client, where, values={f"{ids.NOTEBOOK_FILE}.data": taken, **ENGLISH})
    assert [(each["state"], each["entries"]) for each in told(warehouse.folder, "notebook")] == [
        ("begun", 1),
        ("done", 1),
    ]
    assert len(warehouse.notebook().views) == 1


def test_undo_and_what_failed_are_told(house: Office, warehouse: Warehouse) -> None:
    browser, file = house.browser("data"), warehouse.files()[0]
    where = {"type": ids.FILE_ACT, "act": "undo", "file": file.id, "loaded": file.generation}
    press(browser, where, values=ENGLISH)  # type: ignore[arg-type]
    begun, done = told(house.folder, "undo")
    assert (begun["state"], done["state"], done["file"], done["kept"]) == ("begun", "done", "incidents.csv", 200)
    source = {"type": ids.SOURCE_ACT, "source": "there is none"}
    press(browser, source, values=ENGLISH)  # type: ignore[arg-type]
    assert [each["state"] for each in told(house.folder, "forget")] == ["begun", "not done"]


def test_a_denial_is_told_once_a_minute_without_what_was_asked(house: Office) -> None:
    browser = house.browser("chief")
    for n in range(30):
        assert browser.get(f"/quarantine.csv?secret=word{n}").status_code == 403
    assert browser.get("/admin").status_code == 403
    assert browser.client.post(CALLBACKS, json={"output": "map.figure"}).status_code == 403  # not from our page
    denied = told(house.folder, "denied")
    assert [(each["who"], each["rule"], each["need"]) for each in denied] == [
        ("chief", "/quarantine.csv", "loading"),
        ("chief", "/admin", "accounts"),
        ("chief", CALLBACKS, denied[2]["need"]),
    ]
    assert "word" not in str(denied)
    before = len(list(AuditLog(house.folder).rows()))
    assert house.browser().get("/admin").status_code == 302  # a stranger writes nothing
    assert len(list(AuditLog(house.folder).rows())) == before


def test_a_minute_later_a_denial_is_told_again() -> None:
    now = [0.0]
    denied = Denied(lambda: now[0])
    assert [denied.is_new("a", "/x"), denied.is_new("a", "/x"), denied.is_new("b", "/x"), denied.is_new("a", "/y")] == [
        True,
        False,
        True,
        True,
    ]
    now[0] = DENIED_EVERY_S
    assert denied.is_new("a", "/x")


def test_on_a_really_full_disk_nothing_is_given_out_or_loaded_and_room_lets_it_go_on(
    ready: Path, small_disk: Path
) -> None:
    folder = shutil.copytree(ready, small_disk / "workspace")
    served = Warehouse(folder)
    client = create_app(Settings(folder), served).server.test_client()
    token = upload(client)
    generation, filler = served.snapshot().generation, fill(small_disk)
    refused = client.get(f"/export/csv{VIEW}")
    assert (refused.status_code, refused.mimetype) == (503, "text/plain")
    assert "What is not in the log of acts is not done" in refused.text
    job, now = job_of(client, f"csv{VIEW}")
    assert (now["phase"], "No space left" in now["error"]) == ("failed", True)
    assert client.get(f"/export/jobs/{job}?lang=en").status_code == 503
    assert client.get("/quarantine.csv?lang=en").status_code == 503
    assert client.get("/notebook.json?lang=en").status_code == 503
    assert "No space left" in load(client, token)  # and waits
    file = served.files()[0]
    where = {"type": ids.FILE_ACT, "act": "undo", "file": file.id, "loaded": file.generation}
    assert "No space left" in press(client, where, values=ENGLISH).text
    assert served.snapshot().generation == generation
    assert client.get(f"/{VIEW}").status_code == 200
    filler.unlink()
    assert client.get(f"/export/csv{VIEW}").status_code == 200
    load(client, token)
    assert [each["state"] for each in told(folder, "load")] == ["begun", "done"]
    assert verify(AuditLog(folder)).sound
    served.close()


def test_in_a_workspace_that_may_only_be_read_files_are_made_for_who_is_alone_there(
    ready: Path, small_disk: Path
) -> None:
    folder = shutil.copytree(ready, small_disk / "workspace")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    served = Warehouse(folder)
    client = create_app(Settings(folder), served).server.test_client()
    assert client.get(f"/export/csv{VIEW}").status_code == 200
    assert client.get("/quarantine.csv").status_code == 200
    assert not (folder / "audit").exists()
    served.close()


def test_where_the_log_alone_cannot_be_written_nobody_takes_a_file(house: Office) -> None:
    browser = house.browser("committee")
    shutil.rmtree(house.folder / "audit")
    (house.folder / "audit").write_bytes(b"")  # in the way of the log, for whoever this is run by
    refused = browser.get(f"/export/csv{VIEW}")
    assert (refused.status_code, "cannot be written" in refused.text) == (503, True)
    assert browser.get("/notebook.json?lang=en").status_code == 503
    assert browser.get("/quarantine.csv").status_code == 403  # a denial stays one
