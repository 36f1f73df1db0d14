"""What people do on the pages, as a browser sends it, and what the log of acts says of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from dashboard import ids
from dashboard.access.audit import AuditLog
from tests.dashboard.callbacks import callbacks, press
from tests.dashboard.offices import Browser

ENGLISH = {f"{ids.URL}.search": "?lang=en"}
ROWS = b"id,occurred,category,lon,lat\nx1,05/03/2024,theft,106.05,11.05\nx2,31/02/2024,theft,106.15,11.05\n"
AnyClient = FlaskClient | Browser


def told(folder: Path, event: str) -> list[dict[str, Any]]:
    """The entries of one kind, the facts beside who it was."""
    held = AuditLog(folder).rows(event=event)
    return [{"who": each.act.who, "role": each.act.role, **each.act.facts} for each in held]


def job_of(client: AnyClient, address: str) -> tuple[str, dict[str, Any]]:
    """Begin an export as a page does; its token and what is told once it is over."""
    begun = client.post(f"/export/{address}", headers={"X-Diem-Nong": "export"})
    assert begun.status_code == 202, begun.text
    token = begun.get_json()["token"]
    for _ in range(1200):
        now: dict[str, Any] = client.get(f"/export/jobs/{token}.json?lang=en").get_json()
        if now["phase"] not in ("waiting", "writing"):
            return token, now
        time.sleep(0.05)
    raise AssertionError(now)


def upload(client: AnyClient, content: bytes = ROWS) -> str:
    """Send a file and wait until it was tried."""
    sent = client.post("/upload?name=more.csv&lang=en", data=content, headers={"X-Diem-Nong": "upload"})
    token: str = sent.get_json()["token"]
    settled(client, token)
    return token


def settled(client: AnyClient, token: str) -> str:
    """What the page says of the file once nothing happens to it any more."""
    (follow,) = (each for each in callbacks(client) if f"{ids.UPLOAD_STATUS}.children" in each.output)  # type: ignore[arg-type]
    for _ in range(600):
        values = {f"{ids.UPLOADED}.data": token, f"{ids.UPLOAD_SHOWN}.data": None, **ENGLISH}
        answer = follow.post(client, values, changed=f"{ids.UPLOAD_POLL}.n_intervals")  # type: ignore[arg-type]
        if answer.get_json()["response"][ids.UPLOAD_POLL]["disabled"]:
            return answer.text
        time.sleep(0.05)
    raise AssertionError(answer.text)


def within_a_minute_is(holds: Callable[[], bool]) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


def load(client: AnyClient, token: str) -> str:
    where = {"type": ids.TRIAL_ACT, "act": "load"}
    press(client, where, values={f"{ids.UPLOADED}.data": token, **ENGLISH})  # type: ignore[arg-type]
    return settled(client, token)
