"""``diemnong serve`` for others: encrypted by a certificate of one's own, or behind an office's web server."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dashboard.access.access_file import NAME
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from tests.dashboard.offices import PASSWORD, QUICK
from tests.geodata.worlds import tiny_workspace

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="openssl and signals of Unix")]
PATIENCE_S = 60.0
Told = tuple[int, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With an administrator, and passwords whose hashes cost nothing."""
    made = tiny_workspace(tmp_path_factory.mktemp("served"))
    made.close()
    book = AccountBook(made.folder / NAME, QUICK)
    for name, role in (("an", Role.ADMINISTRATOR), ("binh", Role.DATA)):
        book.add(name, role, password=PASSWORD, now=datetime.now(UTC), must_change=False)
    return made.folder


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of one's own and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


def command(workspace: Path, *more: object) -> list[str]:
    return [
        sys.executable,
        "-c",
        "from dashboard.cli import main; main()",
        "-w",
        str(workspace),
        "serve",
        *map(str, more),
    ]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(workspace: Path, *more: object) -> Iterator[int]:
    """The program itself on a free port."""
    port = free_port()
    running = subprocess.Popen(
        command(workspace, "--port", port, *more), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert running.poll() is None, running.stderr.read() if running.stderr else ""
            try:
                socket.create_connection(("localhost", port), timeout=0.5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(20)
        finally:
            running.kill()
            running.communicate()


def sign_in(link: http.client.HTTPConnection, name: str, password: str = PASSWORD, **headers: str) -> Told:
    form = urlencode({"name": name, "password": password})
    link.request("POST", "/login", form, {"Content-Type": "application/x-www-form-urlencoded", **headers})
    answer = link.getresponse()
    answer.read()
    return answer.status, answer.getheaders()


def cookies(told: Told) -> list[str]:
    return [value for name, value in told[1] if name.lower() == "set-cookie"]


def test_a_certificate_of_ones_own_is_really_served(workspace: Path, pair: tuple[Path, Path]) -> None:
    certificate, key = pair
    with served(workspace, "--certificate", certificate, "--key", key) as port:
        trusting = ssl.create_default_context(cafile=str(certificate))
        link = http.client.HTTPSConnection("localhost", port, context=trusting, timeout=20)
        told = sign_in(link, "binh")
        assert told[0] == 303
        assert len(cookies(told)) == 2
        assert all("Secure" in each and "SameSite=Strict" in each for each in cookies(told))
        said = "; ".join(each.split(";")[0] for each in cookies(told))
        link.request("GET", "/months.json", headers={"Cookie": said})
        answer = link.getresponse()
        assert (answer.status, answer.getheader("Cache-Control")) == (200, "no-store")
        answer.read()
        plain = http.client.HTTPConnection("localhost", port, timeout=20)
        plain.request("GET", "/login")
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.getresponse()
        plain.close()
        link.close()
        for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            weak = ssl.create_default_context(cafile=str(certificate))
            weak.minimum_version, weak.maximum_version = ssl.TLSVersion.TLSv1, old
            with (
                socket.create_connection(("localhost", port), timeout=20) as raw,
                pytest.raises((ssl.SSLError, OSError)),
            ):
                weak.wrap_socket(raw, server_hostname="localhost")


@pytest.mark.parametrize("wrong", ["swapped", "no pem", "absent", "alone"])
def test_a_certificate_that_is_none_is_refused_in_words(
    workspace: Path, pair: tuple[Path, Path], tmp_path: Path, wrong: str
) -> None:
    certificate, key = pair
    (tmp_path / "no.pem").write_text("nothing", encoding="ascii")
    given = {
        "swapped": ("--certificate", key, "--key", certificate),
        "no pem": ("--certificate", tmp_path / "no.pem", "--key", key),
        "absent": ("--certificate", tmp_path / "none.pem", "--key", key),
        "alone": ("--certificate", certificate),
    }[wrong]
    told = subprocess.run(
        command(workspace, "--port", free_port(), *given),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert "pem" in told.stderr or "--key" in told.stderr


def test_behind_a_proxy_its_word_counts_for_encryption_and_address(workspace: Path) -> None:
    with served(workspace, "--behind-proxy") as port:
        link = http.client.HTTPConnection("localhost", port, timeout=20)
        encrypted = sign_in(link, "binh", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
        assert encrypted[0] == 303
        assert all("Secure" in each for each in cookies(encrypted))
        for n in range(30):
            told = sign_in(link, f"ai{n}", "khong phai mat khau", **{"X-Forwarded-For": "192.0.2.7"})
            assert told[0] == 401, n
        assert sign_in(link, "binh", **{"X-Forwarded-For": "192.0.2.7"})[0] == 429, "thirty close an address"
        forged = {"X-Forwarded-For": "192.0.2.99, 192.0.2.7"}
        assert sign_in(link, "binh", **forged)[0] == 429, "what a browser puts before the proxy's word counts nothing"
        assert sign_in(link, "binh", **{"X-Forwarded-For": "192.0.2.8"})[0] == 303, "others come in"


def test_without_a_proxy_said_no_header_makes_another_address(workspace: Path) -> None:
    with served(workspace, "--accounts") as port:
        link = http.client.HTTPConnection("localhost", port, timeout=20)
        last = 401
        for n in range(31):
            last = sign_in(link, f"ba{n}", "khong phai mat khau", **{"X-Forwarded-For": f"198.51.100.{n}"})[0]
        assert last == 429
        plain = {"X-Forwarded-Proto": "https"}
        assert sign_in(link, "binh", **plain)[0] == 429
