"""What docs/scheduling.md tells to copy is what systemd, cron's shell and the program take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.cli import root

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "scheduling.md").read_text(encoding="utf-8")
PROGRAM, MEETINGS = "/opt/diemnong/.venv/bin/diemnong", "/srv/diemnong/meetings"
UNITS = dict(zip((".service", ".timer"), re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL), strict=True))
MONDAY = date(2026, 11, 23)


def systemd(name: str) -> str:
    """Where a program of systemd stands; the test steps aside where there is none, as on Windows and macOS."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not here: the unit files are not verified (Debian, Ubuntu: sudo apt install systemd)")
    return path


def program(folder: Path) -> Path:
    """Something that stands for the program: it writes down what it was called with."""
    made = folder / "diemnong"
    made.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/called\n', encoding="utf-8")
    made.chmod(0o755)
    return made


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = systemd("systemd-analyze")
    files = []
    for suffix, text in UNITS.items():
        files.append(tmp_path / f"diemnong-meeting{suffix}")
        files[-1].write_text(text.replace(PROGRAM, str(program(tmp_path))), encoding="utf-8")
    said = subprocess.run(
        [analyze, "verify", "--man=no", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )
    about_ours = [line for line in (said.stdout + said.stderr).splitlines() if "diemnong" in line]
    assert (said.returncode, about_ours) == (0, [])


def test_the_timer_runs_on_mondays_before_office_hours_and_makes_up_for_a_missed_one() -> None:
    assert "Persistent=true" in UNITS[".timer"]
    (when,) = re.findall(r"^OnCalendar=(.*)$", UNITS[".timer"], re.MULTILINE)
    analyze = systemd("systemd-analyze")
    said = subprocess.run(
        [analyze, "calendar", "--base-time=2026-11-20 00:00:00", when], capture_output=True, text=True, check=True
    ).stdout
    assert "2026-11-22 22:30:00 UTC" in said or "Mon 2026-11-23 05:30:00" in said


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /bin/sh on Windows")
@pytest.mark.parametrize("where", ["service", "cron"])
def test_what_is_run_names_the_folder_after_the_day(tmp_path: Path, where: str) -> None:
    if where == "service":
        line = re.findall(r"^ExecStart=/bin/sh -c '(.*)'$", UNITS[".service"], re.MULTILINE)[0]
        line = line.replace("$$", "$").replace("%%", "%")  # as systemd reads it
    else:
        line = re.findall(r"^30 5 \* \* 1  diemnong  (.*)$", GUIDE, re.MULTILINE)[0].replace("\\%", "%")
    line = line.replace(PROGRAM, str(program(tmp_path)))
    subprocess.run(["/bin/sh", "-c", line], check=True)
    called = (tmp_path / "called").read_text("utf-8").split()
    assert called[-3:-1] == ["export-all", "--out"]
    assert called[-1] in {f"{MEETINGS}/{date.today() + timedelta(days=n)}" for n in (-1, 0)}  # noqa: DTZ011 - as `date`


@pytest.mark.skipif(sys.platform == "win32", reason="there is no find on Windows")
def test_the_line_that_keeps_the_last_ones_takes_the_oldest_and_nothing_else(tmp_path: Path) -> None:
    days = [f"{MONDAY - timedelta(weeks=n)}" for n in range(30)]
    for name in (*days, "giao ban", "2026-11-23 copy", ".2026-11-23.unfinished-0123abcd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.json").touch()
    (line,) = re.findall(r"^find .*$", GUIDE, re.MULTILINE)
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", line.replace(MEETINGS, str(tmp_path))], check=True)
        left = {path.name for path in tmp_path.iterdir()}
        assert left == {*days[:26], "giao ban", "2026-11-23 copy", ".2026-11-23.unfinished-0123abcd"}


def test_systemd_takes_away_what_is_older_than_said(tmp_path: Path) -> None:
    clean = systemd("systemd-tmpfiles")
    (line,) = re.findall(r"```tmpfiles\n(.*?)\n```", GUIDE, re.DOTALL)
    for name, age in (("2026-05-04", 200), ("2026-11-16", 10)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.json").touch()
        at = time.time() - age * 86_400
        for path in (tmp_path / name / "facts.json", tmp_path / name):
            os.utime(path, (at, at))
    rule = tmp_path.with_name("meetings.conf")
    rule.write_text(line.replace(MEETINGS, str(tmp_path)).replace("0750 diemnong diemnong", "- - -"), encoding="utf-8")
    said = subprocess.run([clean, "--clean", str(rule)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "meetings.conf" not in said.stderr, said.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-16"]


def test_every_option_that_is_named_exists() -> None:
    known = {option for parameter in root.commands["export-all"].params for option in parameter.opts}
    lines = re.findall(r"export-all ([^`\n]*)", GUIDE) + re.findall(r"to which (.*) may be added", GUIDE)
    named = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z]+", line)}
    assert {"--out", "--script", "--level", "--year"} <= named
    assert named - known == set()
