"""What every response carries, and which bodies are not taken."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from werkzeug.test import TestResponse

from dashboard.arrivals import LARGEST, LARGEST_UNPACKED
from dashboard.gate import CALLBACKS, POLICY
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import Office

pytestmark = pytest.mark.slow
UPLOAD = {"X-Diem-Nong": "upload"}
PUBLIC = ("/static/", "/assets/", "/_dash-component-suites/", "/_favicon.ico", "/library/", "/fonts/")  # hold no data
BY_CONTENT = ("/boundaries/", "/shapes/")  # the name changes with the content: kept by the browser of who may see it
OPEN = ("/healthz", "/readyz", "/metrics")


def addresses() -> list[str]:
    """One of every rule."""
    return [re.sub("<[^>]*>", "x", rule.replace("<path:path>", "persistence")) for rule in POLICY]


def answered(office: Office) -> list[tuple[str, TestResponse]]:
    """Every rule by everybody, and a callback."""
    told = []
    for who in ("", "chief", "data", "administrator"):
        browser = office.browser(who)
        told += [(path, browser.get(path)) for path in addresses()]
        told += [(path, browser.post(path)) for path in ("/login", "/logout", "/password", "/admin", "/upload")]
        told.append(("/export/csv", browser.get("/export/csv")))
        told.append((CALLBACKS, browser.post(CALLBACKS, json={"output": "no"})))
    data = office.browser("data")
    for each in callbacks(data.client)[:20]:
        told.append((CALLBACKS, each.post(data, {"url.search": "?lang=en"})))  # type: ignore[arg-type]
    return told


def test_every_response_says_what_a_browser_may_do_with_it(stored: Office) -> None:
    for path, answer in answered(stored):
        said = answer.headers
        assert said["X-Content-Type-Options"] == "nosniff", path
        assert said["Referrer-Policy"] == "no-referrer", path
        policy = said["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe-eval" not in policy, path
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in scripts, path
        assert answer.status_code < 500, path
        if not path.startswith((*PUBLIC, *BY_CONTENT)):
            assert said["Cache-Control"] == "no-store", path
        if path.startswith(BY_CONTENT) and answer.status_code != 200:
            assert said["Cache-Control"] == "no-store", path


@pytest.mark.parametrize("path", ["/upload", "/upload/boundaries"])
@pytest.mark.parametrize("announced", [True, False])
def test_an_upload_of_over_50_mb_is_refused_in_words(stored: Office, path: str, announced: bool) -> None:
    data = stored.browser("data")
    length = (
        {} if announced else {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    )
    told = data.post(f"{path}?name=a.csv&lang=en", data=bytes(LARGEST + 1), headers=UPLOAD, environ_overrides=length)
    assert told.status_code == 413
    assert "larger than 50 MB" in told.get_json()["message"]


def packed(size: int, name: str) -> bytes:
    """A container that holds that much of nothing."""
    made = io.BytesIO()
    container = zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with container, container.open(name, "w", force_zip64=True) as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
        part.write(b"x")
    return made.getvalue()


@pytest.mark.parametrize("path", ["/upload", "/upload/boundaries"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_unpacks_to_over_200_mb_is_refused_in_words(stored: Office, path: str, language: str) -> None:
    sent = packed(LARGEST_UNPACKED, "xl/worksheets/sheet1.xml")
    assert len(sent) < LARGEST
    told = stored.browser("data").post(f"{path}?name=a.xlsx&lang={language}", data=sent, headers=UPLOAD)
    assert told.status_code == 413
    assert "200 MB" in told.get_json()["message"]
    assert not list(stored.folder.rglob("a.xlsx")), "nothing of it is kept"


def test_a_small_container_is_taken(stored: Office) -> None:
    sent = packed(1 << 20, "xl/worksheets/sheet1.xml")
    told = stored.browser("data").post("/upload?name=b.xlsx", data=sent, headers=UPLOAD)
    assert told.status_code == 200
