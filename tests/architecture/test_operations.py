"""What docs/operations.md tells to copy is what systemd and nginx take, and what it names exists."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from dashboard.access import tries
from dashboard.access.access_file import NAME, AccessFile
from dashboard.access.audit import AuditLog
from dashboard.cli import root
from tests.architecture.test_scheduling import program, systemd
from tests.faults.served import Caller, free_port, make_office, serving
from tests.geodata.worlds import tiny_workspace

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = dict(
    zip(
        ("diemnong.service", "diemnong-watch.service", "diemnong-watch.timer"),
        re.findall(r"```ini\n(.*?)```", GUIDE, re.DOTALL),
        strict=True,
    )
)
SITE = re.findall(r"```nginx\n(.*?)```", GUIDE, re.DOTALL)[0]
AROUND = """daemon off; pid {0}/pid; error_log {0}/errors;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f;
uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
{1}
}}
"""


def test_systemd_takes_the_units_and_starts_them_again(tmp_path: Path) -> None:
    analyze = systemd("systemd-analyze")
    for name, text in UNITS.items():
        here = text.replace("/opt/diemnong/.venv/bin/diemnong", str(program(tmp_path)))
        (tmp_path / name).write_text(here, encoding="utf-8")
    said = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )
    about_ours = [line for line in (said.stdout + said.stderr).splitlines() if "diemnong" in line]
    assert (said.returncode, about_ours) == (0, [])
    for line in ("Restart=always", "UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"):
        assert line in UNITS["diemnong.service"].splitlines()


def test_every_command_and_option_of_the_page_exists() -> None:
    blocks = re.findall(r"```(?:sh|ini|powershell|xml)\n(.*?)```", GUIDE, re.DOTALL)
    lines = [line.partition("#")[0] for block in blocks for line in block.splitlines()]
    seen = set()
    for line in lines:
        called = re.search(r"diemnong(?:\.exe)?(?:</executable>)? (?:-w \S+ )?(?P<name>[a-z][a-z-]+)(?P<rest>.*)", line)
        if called and called["name"] in root.commands:
            seen.add(called["name"])
            known = {option for each in _below(called["name"], called["rest"]) for option in each.opts}
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", called["rest"])) <= known, line
    assert {"init", "user", "backup", "restore", "doctor", "serve"} <= seen


@contextmanager
def web_server(folder: Path, port: int) -> Iterator[int]:
    """The page's nginx before the program at that port, with a certificate of its own."""
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not here: the example is not tried (Debian: apt install nginx-light openssl)")
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    new += ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/chain.pem"]
    subprocess.run(new, check=True, capture_output=True)
    outer = free_port()
    site = SITE.replace("/etc/nginx/tls", str(folder)).replace("127.0.0.1:8050", f"127.0.0.1:{port}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{outer}").replace(
        "listen 80", f"listen 127.0.0.1:{free_port()}"
    )
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(folder, site), encoding="utf-8")
    call = [nginx, "-c", str(config), "-e", f"{folder}/errors"]
    tried = subprocess.run([*call, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    running = subprocess.Popen(call)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", outer), 1):
                break
            time.sleep(0.05)
        yield outer
    finally:
        running.terminate()
        running.wait(timeout=10)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there each 127.x.y.z is an address of the machine")
def test_behind_nginx_cookies_are_safe_and_addresses_are_the_browsers(tmp_path: Path) -> None:
    warehouse = tiny_workspace(tmp_path)
    warehouse.close()
    make_office(warehouse.folder)
    barred, file = "127.0.0.7", AccessFile(warehouse.folder / NAME)
    with file.writing() as connection:
        for number in range(tries.OF_AN_ADDRESS):
            tries.count(connection, tries.Try.of(f"somebody {number}", barred), datetime.now(UTC))
    with serving(warehouse.folder, "--behind-proxy") as served, web_server(tmp_path, served.port) as port:
        trusting = ssl.create_default_context(cafile=str(tmp_path / "chain.pem"))
        trusting.check_hostname = False
        forged = {"X-Forwarded-For": "10.1.1.1", "X-Forwarded-Proto": "http", "Forwarded": "for=10.1.1.1"}
        caller = Caller(port, host="127.0.0.9", tls=trusting, headers=forged)
        let_in = caller.sign_in("committee")
        assert let_in.status_code == 303
        assert "Secure" in let_in.headers["set-cookie"]
        assert caller.get("/").status_code == 200
        assert Caller(port, host=barred, tls=trusting, headers=forged).sign_in("committee").status_code == 429
        assert caller.get("/metrics").status_code == 404
        table = caller.get("/export/csv")
        assert (table.status_code, table.headers["content-type"][:8]) == (200, "text/csv")
    addresses = [entry.act.address for entry in AuditLog(warehouse.folder).rows(event="login")]
    assert addresses == ["127.0.0.9"]


def _below(name: str, rest: str) -> list[click.Parameter]:
    """The parameters of a command, or of the one below it that the line calls."""
    command = root.commands[name]
    if isinstance(command, click.Group):
        command = command.commands[rest.split(maxsplit=1)[0]]
    return command.params
