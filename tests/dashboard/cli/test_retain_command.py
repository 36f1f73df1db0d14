"""``diemnong retain``: says what it will do, does it, and writes it down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.access.audit import AuditLog
from dashboard.cli import run
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIEMNONG_LANG", "en")
    return tiny_workspace(tmp_path).folder


def keep_for(folder: Path, months: int) -> None:
    with (folder / "profile.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[retention]\npoints_months = {months}\n")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    status = run([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_nothing_is_coarsened_where_the_profile_does_not_ask_for_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-w", str(folder), "retain"]) == 2
    assert "points_months" in capsys.readouterr().err


def test_a_trial_and_the_act_say_the_same_and_the_act_is_in_the_log(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_for(folder, 1)
    backups = tmp_path / "backups"
    backups.mkdir()
    assert run(["-w", str(folder), "backup", str(backups / "b.zip")]) == 0
    arguments = ("-w", str(folder), "retain", "--backups", str(backups))
    status, trial = said(capsys, *arguments, "--dry-run")
    assert (status, trial["incidents"], trial["generation"]) == (0, 200, None)
    before = [each.act.event for each in AuditLog(folder).rows()]
    assert "retain" not in before
    status, done = said(capsys, *arguments)
    assert (status, done["incidents"], done["backups"]) == (0, 200, trial["backups"])
    assert [each.act.event for each in AuditLog(folder).rows()].count("retain") == 2  # announced, and done
    status, again = said(capsys, *arguments)
    assert (status, again["incidents"], again["generation"]) == (0, 0, None)


def test_counts_say_which_months_are_kept_as_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_for(folder, 1)
    assert run(["-w", str(folder), "retain"]) == 0
    capsys.readouterr()
    assert run(["-w", str(folder), "counts", "--edition", "2024", "--level", "commune"]) == 0
    assert "200 incidents before" in capsys.readouterr().err
