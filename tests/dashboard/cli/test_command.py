"""The command as a process: how it ends, how fast it answers, what it refuses to serve."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard.cli import root
from dashboard.cli.terminal import language
from dashboard.rows import csv_text
from tests.dashboard.cli.city import Call, City

CLI = Path(__file__).parents[3] / "dashboard" / "cli"
COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()"]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own, without a terminal and without input."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIEMNONG_")}
    return subprocess.run(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=kept | {"DIEMNONG_LANG": "en"} | environment,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_help_loads_no_library_that_takes_time() -> None:
    code = (
        "import sys; from dashboard.cli import run; run(['--help']);"
        "print(sorted({'pandas', 'numpy', 'shapely', 'dash', 'plotly', 'flask', 'matplotlib', 'pyarrow', 'babel', "
        "'pydantic'} & set(sys.modules)), file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert said.stderr.strip() == "[]"
    assert "counts" in said.stdout


def test_only_commands_that_work_are_listed() -> None:
    assert sorted(root.commands) == sorted(
        (
            *("demo", "init", "serve", "boundaries", "ingest", "files", "undo", "quarantine", "settle", "sources"),
            *("reconciliation", "counts", "snapshot", "table", "deck", "atlas", "report", "export-all"),
            "user",
            "audit",
            *("hotspots", "patterns", "register", "clusters", "near-repeat", "targets"),
            *("backup", "restore", "retain", "doctor"),
        )
    )


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("counts", "--nonsense"), ("ingest",), ("demo", "--port", "high")]
)
def test_wrong_usage_ends_with_2_and_words(call: Call, arguments: tuple[str, ...]) -> None:
    said = call(*arguments)
    assert (said.status, said.out) == (2, b"")
    assert said.err


def test_a_command_without_a_workspace_says_how_to_name_one(call: Call) -> None:
    said = call("counts", "--edition", "old", "--level", "commune")
    assert (said.status, said.out) == (2, b"")
    assert "DIEMNONG_WORKSPACE" in said.err


def test_a_folder_that_is_no_workspace_is_refused(call: Call, tmp_path: Path) -> None:
    for arguments in (("counts", "--edition", "old", "--level", "commune"), ("quarantine",), ("boundaries", "check")):
        said = call("-w", tmp_path, *arguments)
        assert said.status == 2
        assert "diemnong init" in said.err
    assert list(tmp_path.iterdir()) == []


def test_the_workspace_may_stand_before_or_after_the_command_or_in_the_environment(city: City, call: Call) -> None:
    before, after = call("-w", city.workspace, "quarantine"), call("quarantine", "-w", city.workspace)
    by_name = process("quarantine", DIEMNONG_WORKSPACE=str(city.workspace))
    assert before.text == after.text == by_name.stdout
    assert (before.status, after.status, by_name.returncode) == (0, 0, 0)


def test_init_leaves_a_workspace_that_is_there_as_it_is(city: City, call: Call) -> None:
    before = (city.workspace / "profile.toml").read_bytes()
    said = call("init", city.workspace)
    assert said.status == 2
    assert (city.workspace / "profile.toml").read_bytes() == before


def test_both_profiles_make_a_workspace(call: Call, tmp_path: Path) -> None:
    for profile in ("tay-ninh", "blank"):
        said = call("init", tmp_path / profile, "--profile", profile, "--json")
        assert (said.status, said.json["profile"]) == (0, profile)
        assert call("-w", tmp_path / profile, "quarantine").status == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "example.org"])
def test_serve_refuses_every_address_others_can_reach(city: City, call: Call, host: str) -> None:
    said = call("-w", city.workspace, "serve", "--host", host)
    assert said.status == 2
    assert "--behind-proxy" in said.err
    without = call("-w", city.workspace, "serve", "--host", host, "--behind-proxy")
    assert without.status == 2
    assert "--role administrator" in without.err


def test_a_busy_port_is_told_with_the_way_out(city: City, call: Call) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = call("-w", city.workspace, "serve", "--port", port)
    assert said.status == 2
    assert "--port" in said.err


@pytest.mark.slow
def test_serve_answers_and_ends_quietly_when_told_to(city: City) -> None:
    port = free_port()
    arguments = [*COMMAND, "serve", "-w", str(city.workspace), "--port", str(port)]
    server = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert answer(f"http://127.0.0.1:{port}/healthz") == 200
    finally:
        server.terminate()
        out, err = server.communicate(timeout=20)
    assert (server.returncode, out) == (0, "")
    assert "Traceback" not in err


def answer(address: str) -> int:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2) as response:
                return int(response.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.mark.slow
def test_a_fault_of_ours_is_one_line_and_ends_with_1(city: City, tmp_path: Path) -> None:
    code = (
        "import sys, geodata.answers.answers as answers; from dashboard.cli import run\n"
        "class Broken:\n"
        "    def __init__(self, *_):\n"
        "        raise ZeroDivisionError('by chance')\n"
        "answers.Answers = Broken\n"
        f"sys.exit(run(['-w', {str(city.workspace)!r}, 'counts', '--edition', 'old', '--level', 'commune']))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DIEMNONG_")}
    for debug, lines in (({}, 1), ({"DIEMNONG_DEBUG": "1"}, 2)):
        said = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment | {"DIEMNONG_LANG": "en", "PYTHONPATH": str(Path(__file__).parents[3])} | debug,
            check=False,
        )
        assert said.returncode == 1
        assert (len(said.stderr.strip().splitlines()) > 1) == (lines > 1)
        assert ("Traceback" in said.stderr) == bool(debug)
        assert "by chance" in said.stderr


def test_the_language_of_the_words_follows_the_environment() -> None:
    assert language({}) == "en"
    assert language({"LANG": "vi_VN.UTF-8"}) == "vi"
    assert language({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}) == "en"
    assert language({"LANG": "en_GB.UTF-8", "DIEMNONG_LANG": "vi"}) == "vi"


def test_every_text_of_the_command_is_known_to_the_translators() -> None:
    said = {
        name for path in CLI.glob("*.py") for name in re.findall(r"speech\(\)\(\"", path.read_text(encoding="utf-8"))
    }
    assert said == set(), "call it w, the name that `make words` collects"


def test_no_cell_of_a_csv_is_a_formula_but_numbers_stay_numbers() -> None:
    assert csv_text(("a", "b"), [("=1+1", -2), ("@x", 3)]) == "a,b\n'=1+1,-2\n'@x,3\n"


def test_the_demo_refuses_a_folder_that_is_another_workspace(city: City, call: Call) -> None:
    said = call("demo", "--build-only", "-w", city.workspace)
    assert (said.status, said.out) == (2, b"")
    assert str(city.workspace) in said.err
