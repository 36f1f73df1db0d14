"""The served program as a process of its own over a small office, and people who call it from outside."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from dashboard.access.access_file import NAME
from dashboard.access.accounts import Grant
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from dashboard.gate import CSRF_COOKIE, CSRF_HEADER
from tests.dashboard.offices import PASSWORD, QUICK, ROLES

COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()"]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    headers: dict[str, str]
    data: bytes

    def get_json(self) -> Any:
        return json.loads(self.data)


@dataclass
class Caller:
    """One browser: its cookies, and what our own pages send along."""

    port: int
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, *, json: Any) -> Answer:
        return self.ask("POST", path, _bytes(json), {"Content-Type": "application/json", "X-Diem-Nong": "export"})

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        form = urlencode({"name": name, "password": password}).encode()
        return self.ask("POST", "/login", form, {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = self._connection()
        try:
            connection.request(method, path, body, {"Accept": "text/html", **self._own(), **self.headers, **headers})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, held = value.partition(";")[0].partition("=")
            self.cookies[name] = held
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, content)

    def _connection(self) -> http.client.HTTPConnection:
        """From the machine's own address of that name: every 127.x.y.z is one."""
        source, place = (self.host, 0), ("127.0.0.1", self.port)
        if self.tls is None:
            return http.client.HTTPConnection(*place, timeout=30, source_address=source)
        return http.client.HTTPSConnection(*place, timeout=30, source_address=source, context=self.tls)

    def _own(self) -> dict[str, str]:
        if not self.cookies:
            return {}
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": said, CSRF_HEADER: self.cookies.get(CSRF_COOKIE, "")}


@dataclass
class Served:
    """The process, its port and where its words go."""

    process: subprocess.Popen[bytes]
    port: int
    said: Path

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send the signal; the exit status, at the latest after 20 s."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def words(self) -> str:
        """What it said to people and to the log."""
        return self.said.read_text(encoding="utf-8")


def make_office(workspace: Path, region: str = "") -> None:
    """An account of each role, named like it, the chief of that region; its password is quickly looked at."""
    book = AccountBook(workspace / NAME, QUICK)
    for name, (role, grants) in (ROLES | ({"chief": (Role.CHIEF, (Grant(region),))} if region else {})).items():
        book.add(name, role, password=PASSWORD, now=datetime.now(UTC), grants=grants, must_change=False)
    book.close()


@contextmanager
def serving(workspace: Path, *options: str, port: int = 0) -> Iterator[Served]:
    """Serve the workspace until the block ends."""
    port = port or free_port()
    said = workspace.with_name(f"said-{time.time_ns()}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIEMNONG_")}
    command = [*COMMAND, "-w", str(workspace), "serve", "--port", str(port), *options]
    with said.open("wb") as err:
        process = subprocess.Popen(command, stderr=err, env=kept | {"DIEMNONG_LANG": "en", "OMP_NUM_THREADS": "1"})
    served = Served(process, port, said)
    try:
        _wait_for(served)
        yield served
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_mb(process: int) -> float:
    """The memory a process holds now."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def _wait_for(served: Served) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            assert Caller(served.port).get("/healthz").status_code == 200
        except OSError:
            assert served.process.poll() is None, served.words()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return


def _bytes(value: Any) -> bytes:
    return json.dumps(value).encode()
