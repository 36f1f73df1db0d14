"""``diemnong audit``, and what the other commands write into the log it shows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.access.audit import AuditLog
from dashboard.access.doing import system_user
from tests.dashboard.cli.city import Call, City

pytestmark = pytest.mark.slow  # exports are drawn


@pytest.fixture
def own_city(city: City, tmp_path_factory: pytest.TempPathFactory) -> City:
    """A copy of the city that others read."""
    return replace(city, workspace=shutil.copytree(city.workspace, tmp_path_factory.mktemp("own") / "city"))


def entries(call: Call, city: City, *options: object) -> list[dict[str, Any]]:
    said = call("-w", city.workspace, "audit", "show", "--json", *options)
    assert said.status == 0, said.err
    held: list[dict[str, Any]] = said.json["entries"]
    return held


def test_the_ground_that_was_loaded_is_in_the_log(call: Call, own_city: City) -> None:
    told = [
        each["facts"] for each in entries(call, own_city, "--event", "boundaries") if each["facts"]["state"] == "done"
    ]
    assert [each.get("file", each.get("regions")) for each in told] == [
        "communes.geojson",
        "districts.geojson",
        "border.geojson",
        "regions.csv",
    ]


def test_a_backup_and_a_restore_are_in_the_log(call: Call, own_city: City, tmp_path: Path) -> None:
    kept, again = tmp_path / "kept.zip", replace(own_city, workspace=tmp_path / "again")
    assert call("-w", own_city.workspace, "backup", kept).status == 0
    begun, done = entries(call, own_city, "--event", "backup")
    assert (begun["facts"]["state"], done["facts"]["sha256"]) == (
        "begun",
        hashlib.sha256(kept.read_bytes()).hexdigest(),
    )
    assert call("restore", kept, "--into", again.workspace).status == 0
    (restored,) = entries(call, again, "--event", "restore")
    assert restored["facts"]["way"] == "new"
    assert call("-w", again.workspace, "audit", "verify").status == 0


def test_a_load_is_announced_and_then_told(call: Call, own_city: City) -> None:
    begun, done = entries(call, own_city, "--event", "load")
    assert begun["facts"] == {"files": ["incidents.csv"], "state": "begun"}
    (result,) = done["facts"]["results"]
    assert (done["facts"]["state"], result["status"], result["kept"]) == ("done", "loaded", 60)
    assert (done["who"], done["address"]) == (system_user(), "terminal")


def test_a_dry_run_is_no_act(call: Call, own_city: City) -> None:
    before = len(entries(call, own_city))
    assert call("-w", own_city.workspace, "ingest", "--dry-run", own_city.files / "incidents.csv").status == 0
    assert len(entries(call, own_city)) == before


def test_undo_says_which_file_went_and_what_failed_is_said_not_to_be_done(call: Call, own_city: City) -> None:
    assert call("-w", own_city.workspace, "undo", "99").status == 2
    assert call("-w", own_city.workspace, "undo", "1").status == 0
    states = [entry["facts"]["state"] for entry in entries(call, own_city, "--event", "undo")]
    assert states == ["begun", "not done", "begun", "done"]
    assert entries(call, own_city, "--event", "undo")[-1]["facts"]["file"] == "incidents.csv"


@pytest.mark.parametrize("command", ["snapshot", "table", "deck", "atlas", "report", "quarantine"])
def test_every_export_is_in_the_log_with_scope_rows_and_the_hash_of_its_file(
    call: Call, own_city: City, tmp_path: Path, command: str
) -> None:
    out = (
        tmp_path
        / {
            "snapshot": "a.png",
            "table": "a.xlsx",
            "deck": "a.pptx",
            "atlas": "a.pdf",
            "report": "a.docx",
            "quarantine": "a.csv",
        }[command]
    )
    where = ("--csv", out) if command == "quarantine" else ("--out", out)
    more = ("--year", "2025") if command == "report" else ("--level", "district") if command == "atlas" else ()
    before = entries(call, own_city, "--event", "export")
    said = call("-w", own_city.workspace, command, *where, *more)
    assert said.status == 0, said.err
    (entry,) = entries(call, own_city, "--event", "export")[len(before) :]
    facts = entry["facts"]
    assert facts["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert facts["file"] == out.name
    assert facts["rows"] == {"quarantine": 0, "table": 4}.get(command, 60)
    if command != "quarantine":
        assert (facts["areas"], facts["detail"]) == ("all", "points")
    assert call("-w", own_city.workspace, "audit", "verify").status == 0


def test_the_files_of_a_meeting_are_one_entry(call: Call, own_city: City, tmp_path: Path) -> None:
    before = entries(call, own_city, "--event", "export")
    assert call("-w", own_city.workspace, "export-all", "--out", tmp_path / "meeting").status == 0
    (entry,) = entries(call, own_city, "--event", "export")[len(before) :]
    for each in entry["facts"]["files"]:
        assert each["sha256"] == hashlib.sha256((tmp_path / "meeting" / each["file"]).read_bytes()).hexdigest()


def test_what_cannot_be_written_down_leaves_no_file_and_loads_nothing(
    call: Call, own_city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    extra = own_city.workspace.parent / "more.csv"
    extra.write_text("id,occurred,category,lon,lat\nx1,2025-02-02,theft,106.05,11.05\n", encoding="utf-8")
    generation = call("-w", own_city.workspace, "files", "--json").json
    monkeypatch.setattr("dashboard.access.audit._write_all", full)
    for command in (
        ("snapshot", "--out", tmp_path / "a.png"),
        ("table", "--out", tmp_path / "a.xlsx"),
        ("ingest", extra),
    ):
        said = call("-w", own_city.workspace, *command)
        assert (said.status, said.out) == (2, b"")
        assert "No space left" in said.err
    assert list(tmp_path.iterdir()) == []
    assert call("-w", own_city.workspace, "files", "--json").json == generation


READER = """
import os, sys
from dashboard.cli import run
run(sys.argv[1:])  # once with all rights: somebody else may not be allowed to read this interpreter's modules
os.setgid(65534); os.setuid(65534)
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes another"
)
def test_who_may_only_read_the_workspace_exports_and_is_told_that_it_is_not_in_the_log(
    call: Call, own_city: City, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    for folder in (out, *out.parents[:3], *own_city.workspace.parents[:4]):
        if folder.owner() == "root" and folder != Path("/") and len(folder.parts) > 2:
            folder.chmod(0o777 if folder == out else 0o755)
    n = len(entries(call, own_city))
    command = [sys.executable, "-c", READER, "-w", str(own_city.workspace), "table", "--out", str(out / "a.csv")]
    said = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"DIEMNONG_LANG": "en"}, check=False
    )
    assert said.returncode == 0, said.stderr
    assert "may only be read" in said.stderr
    assert (out / "a.csv").is_file()
    assert len(entries(call, own_city)) == n + 1


def test_verify_says_what_to_note_and_finds_it_again(call: Call, own_city: City) -> None:
    said = call("-w", own_city.workspace, "audit", "verify", "--json")
    last = said.json["last"]
    assert (said.status, said.json["sound"], said.json["fault"]) == (0, True, None)
    assert f"{last['seq']}:{last['hash']}" in said.err
    noted = f"{last['seq']}:{last['hash'][:12]}"
    assert call("-w", own_city.workspace, "audit", "verify", "--known", noted).status == 0
    assert call("-w", own_city.workspace, "audit", "verify", "--known", "2:" + "0" * 12).status == 2


@pytest.mark.parametrize("noted", ["", "2", "x:00000000", "2:xyz", "2:00", "٢:00000000", "9" * 5000 + ":00000000"])
def test_a_noted_entry_that_is_none_is_refused_in_words(call: Call, own_city: City, noted: str) -> None:
    said = call("-w", own_city.workspace, "audit", "verify", "--known", noted)
    assert (said.status, said.out) == (2, b"")


def test_a_changed_log_is_named_with_its_line_and_ends_with_2(call: Call, own_city: City) -> None:
    (month,) = (own_city.workspace / "audit").glob("*.jsonl")
    month.write_bytes(month.read_bytes().replace(b"incidents.csv", b"incidentz.csv", 1))
    said = call("-w", own_city.workspace, "audit", "verify", "--json")
    assert said.status == 2
    assert said.json["fault"]["kind"] == "changed"
    assert f"{month.name}, line 10" in said.err  # one that begins the log, eight of the ground


def test_show_finds_by_day_event_and_name(call: Call, own_city: City) -> None:
    log = AuditLog(own_city.workspace)
    log.append("login", who="hồng", address="10.0.0.7", role="chief")
    assert [each["who"] for each in entries(call, own_city, "--who", "hồng")] == ["hồng"]
    assert entries(call, own_city, "--since", "2199-01-01") == []
    assert len(entries(call, own_city, "--since", "2000-01-01", "--event", "login")) == 1
    assert call("-w", own_city.workspace, "audit", "show", "--since", "31/12/2025").status == 2


def test_show_prints_no_name_that_steers_the_terminal_or_runs_in_a_spreadsheet(call: Call, own_city: City) -> None:
    nasty = "=cmd|' /C calc'!A0\x1b[2J\r\n\u2028\u202e\x9b31m"
    AuditLog(own_city.workspace).append("login_refused", who=nasty, address=nasty, text=[nasty, {nasty: nasty}])
    for form in (("--format", "csv"), ("--format", "json"), ("--json",)):
        said = call("-w", own_city.workspace, "audit", "show", "--event", "login_refused", *form)
        assert all(c == "\n" or c.isprintable() for c in said.text), form
    rows = list(csv.DictReader(io.StringIO(call("-w", own_city.workspace, "audit", "show", "--who", nasty).text)))
    assert len(rows) == 1
    assert rows[0]["who"].startswith("'=cmd")
    assert json.loads(rows[0]["facts"])["text"][0].startswith("=cmd")


def test_a_folder_that_is_no_workspace_is_refused_in_words(call: Call, tmp_path: Path) -> None:
    for command in ("verify", "show"):
        said = call("-w", tmp_path, "audit", command)
        assert (said.status, said.out) == (2, b"")
        assert "not a workspace" in said.err
