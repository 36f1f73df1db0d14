"""Loads into a workspace by a process whose system calls fail or kill it where a test says so.

One process imports everything and forks for each trial; strace takes hold of the fork and is told which call of which
kind to spoil. Where ptrace is not allowed the tests that need it are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORKED = """
import os, signal, sys, traceback
from datetime import date
from pathlib import Path
import geodata.warehouse.incoming, geodata.warehouse.groundwork, geodata.boundaries.load
from geodata.errors import DiemNongError
from geodata.safekeeping.backup import backup
from geodata.vocabulary import Level
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import table

def work(folder, deed, path, read):
    if deed == "backup":
        return bool(backup(folder, path))
    warehouse = Warehouse(folder)
    if deed == "ingest":
        return warehouse.ingest(path, today=date(2025, 6, 30), tables=read).status != "refused"
    if deed == "undo":
        return bool(warehouse.undo(1))
    return bool(warehouse.add_layer(path, "2025", Level.COMMUNE))

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
for line in sys.stdin:
    folder, deed, path = line.rstrip("\\n").split("\\t")
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            signal.alarm(60)
            read = (table(Path(path)),) if deed == "ingest" else ()
            os.write(told, b".")  # what comes now is tried, not what was read before
            signal.sigwait({signal.SIGUSR1})  # until strace has taken hold
            status = 0 if work(Path(folder), deed, Path(path), read) else 2
        except DiemNongError as error:
            status = 2
        except BaseException:
            traceback.print_exc()
        os._exit(status)
    os.close(told)
    os.read(ready, 1)
    os.close(ready)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a workspace, with which file."""

    name: str
    path: Path


class Injector:
    """Does deeds one by one, each with one system call spoilt."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._forker = subprocess.Popen(
            [sys.executable, "-c", FORKED],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._forker.communicate(timeout=60)

    def run(self, workspace: Path, deed: Deed, *how: str) -> tuple[int, Counter[str]]:
        """Do it under strace with these options; the exit status (-9: killed) and how often each call was made."""
        log = self._folder / "log"
        child = int(self._ask("\t".join(map(str, (workspace, deed.name, deed.path)))))
        tracer = next(filter(None, (_traced(child, log, how) for _ in range(5))))  # a busy machine may need it twice
        os.kill(child, signal.SIGUSR1)
        status = int(self._answer())
        tracer.wait(timeout=60)
        calls = (line.split("(")[0].split()[-1] for line in log.read_text(errors="replace").splitlines() if "(" in line)
        return status, Counter(calls)

    def _ask(self, line: str) -> str:
        assert self._forker.stdin is not None
        self._forker.stdin.write(line + "\n")
        self._forker.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        out: IO[str] | None = self._forker.stdout
        assert out is not None
        return out.readline()


def _traced(child: int, log: Path, how: Sequence[str]) -> subprocess.Popen[str] | None:
    """What follows the child's calls from now on; None where it ended before it took hold."""
    command = ["strace", "-f", "-qq", *how, "-o", str(log), "-p", str(child)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while tracer.poll() is None:
        if "TracerPid:\t0\n" not in Path(f"/proc/{child}/status").read_text(encoding="utf-8"):
            return tracer
        time.sleep(0.01)
    return None


def check_strace() -> None:
    """Skip where there is no strace, or where the system lets nobody trace a process."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: apt-get install strace")
    sleeper = subprocess.Popen(["sleep", "5"])
    try:
        command = ["strace", "-qq", "-e", "inject=nanosleep:error=EIO", "-p", str(sleeper.pid)]
        tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        time.sleep(0.3)
        if tracer.poll() is not None:
            pytest.skip(f"ptrace is not allowed here: {tracer.communicate()[1].strip()[:200]}")
        tracer.terminate()
        tracer.wait()
    finally:
        sleeper.kill()
        sleeper.wait()
