"""The served program told to end, and killed: who waits has the answer, and whoever signed in stays signed in."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPException
from pathlib import Path

import pytest

from dashboard.access.audit import AuditLog
from dashboard.access.verdict import verify
from geodata.safekeeping.doctor import examine
from tests.faults.served import Caller, make_office, serving
from tests.geodata.worlds import tiny_workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a program hears"),
]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tiny_workspace(tmp_path_factory.mktemp("office"))
    warehouse.close()
    make_office(warehouse.folder)
    return warehouse.folder


def test_who_waits_for_a_file_has_it_and_exports_given_up_are_told(ready: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(ready, tmp_path / "w")
    with serving(folder, "--accounts") as served, ThreadPoolExecutor(2) as people:
        caller = Caller(served.port)
        assert caller.sign_in("committee").status_code == 303
        for _ in range(2):
            begun = caller.post("/export/atlas?level=commune&edition=2024", json={})
            assert begun.status_code == 202, begun.data
        waited = people.submit(caller.get, "/export/png")
        time.sleep(0.5)
        assert not waited.done()
        began = time.monotonic()
        assert served.end() == 0
        assert time.monotonic() - began < 20
        answer = waited.result()
        assert (answer.status_code, answer.data[:4]) == (200, b"\x89PNG")
        assert "given up" in served.words()
        assert "Traceback" not in served.words()
        with pytest.raises(OSError, match="refused"):
            caller.get("/healthz")


def test_a_killed_program_loses_nobody_and_nothing(ready: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(ready, tmp_path / "w")
    let_in: list[Caller] = []

    def come_and_go(number: int) -> None:
        try:
            while True:
                caller = Caller(served.port)
                if caller.sign_in("committee").status_code == 303:
                    let_in.append(caller)
                caller.get("/months.json?edition=2024&level=commune")
        except (OSError, HTTPException):
            return  # it was killed; what was told before counts

    with serving(folder, "--accounts") as served, ThreadPoolExecutor(6) as people:
        running = [people.submit(come_and_go, number) for number in range(6)]
        while len(let_in) < 12:
            time.sleep(0.1)
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
        for each in running:
            each.result()
    with serving(folder, "--accounts", port=served.port):
        for caller in let_in[:: max(len(let_in) // 20, 1)] + let_in[-6:]:
            assert caller.get("/").status_code == 200
        assert Caller(served.port).get("/").status_code == 302
    assert verify(AuditLog(folder)).sound
    assert len(list(AuditLog(folder).rows(event="login"))) >= len(let_in)
    assert examine(folder, today=date(2025, 6, 30)).sound
    assert (folder / "access.sqlite").stat().st_mode & 0o077 == 0
