"""The application on its own: what it serves, what it refuses, what a forged callback gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.settings import Settings
from tests.dashboard.callbacks import callbacks
from tests.geodata.worlds import Still, tiny_snapshot

FORGED: list[Any] = ["?category=<script>&from=%FF%00", "?" + "a=b&" * 5000, 7, [], {"x": [1]}, None, "\u0000"]


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    (tmp_path / "boundaries").mkdir()
    (tmp_path / "boundaries" / "2024-commune.abc.json").write_text("{}", encoding="utf-8")
    (tmp_path / "profile.toml").write_text("secret", encoding="utf-8")
    client: FlaskClient = create_app(Settings(tmp_path), Still(tiny_snapshot())).server.test_client()
    return client


def test_a_boundary_file_may_be_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get("/boundaries/2024-commune.abc.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/geo+json"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/boundaries/../profile.toml", "/boundaries/%2e%2e/profile.toml", "/boundaries/none.json", "/fonts/x.ttf"]
)
def test_nothing_else_of_the_disk_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert b"secret" not in answer.data
    # Dash answers an unknown path with the page itself; a file it never is.
    assert answer.status_code == 404 or answer.mimetype == "text/html"


def test_every_answer_keeps_the_browser_at_home(client: FlaskClient) -> None:
    for path in ("/", "/healthz", "/assets/page.js", "/fonts/Roboto-Regular.ttf"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "http" not in policy


def test_the_page_names_no_address_but_its_own(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', html) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", '<html lang="vi" data-theme="light">'),
        ("?lang=en&theme=dark", '<html lang="en" data-theme="dark">'),
        ('?theme="><script>', '<html lang="vi" data-theme="light">'),
    ],
)
def test_the_first_page_has_its_theme_and_language_before_any_script(
    client: FlaskClient, query: str, said: str
) -> None:
    assert said in client.get("/" + query).text


def test_health_tells_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").get_json() == {"ready": True, "generation": tiny_snapshot().generation}


def test_the_picture_of_a_view_is_a_file_to_save(client: FlaskClient) -> None:
    answer = client.get("/export/png?category=theft&layer=count")
    assert answer.data.startswith(b"\x89PNG")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/export/exe").status_code == 404


def test_a_name_that_is_not_this_machine_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/", headers={"Host": "127.0.0.1:8050"}).status_code == 200


@pytest.mark.parametrize("body", ["", "{", "[]", "7", '{"output": 3}', '{"output": "x.y", "inputs": []}'])
def test_a_malformed_callback_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_known_callback_without_its_inputs_is_refused(client: FlaskClient) -> None:
    for callback in callbacks(client):
        answer = client.post("/_dash-update-component", json={"output": callback.output, "inputs": [{}], "state": 3})
        assert answer.status_code == 400


def test_an_unknown_page_is_not_found(client: FlaskClient) -> None:
    assert client.get("/nope").status_code == 404
    assert client.get("/").status_code == 200


def test_two_apps_live_in_one_process(tmp_path: Path) -> None:
    first, second = (create_app(Settings(tmp_path), Still(tiny_snapshot())) for _ in range(2))
    counts = [len(callbacks(app.server.test_client())) for app in (first, second)]
    assert counts[0] == counts[1] > 5


@pytest.mark.slow
@pytest.mark.parametrize("forged", FORGED, ids=lambda value: repr(value)[:20])
def test_a_forged_address_or_store_never_breaks_a_callback(client: FlaskClient, forged: Any) -> None:
    values = {f"{ids.URL}.search": forged, f"{ids.MAP_SHOWN}.data": forged, f"{ids.PAGE_KEY}.data": forged}
    for callback in callbacks(client):
        answer = callback.post(client, values)
        assert answer.status_code in {200, 204}, (callback.output, answer.get_data(as_text=True)[:200])


@pytest.mark.parametrize("forged", FORGED, ids=lambda value: repr(value)[:20])
def test_forged_controls_ask_for_something_that_exists(client: FlaskClient, forged: Any) -> None:
    for callback in callbacks(client):
        held = [place for place in callback.inputs if place["id"].startswith("filter-")]
        values = {f"{place['id']}.{place['property']}": forged for place in held}
        for changed in [f"{ids.CATEGORY}.value", f"{ids.MAP}.clickData", f"{ids.TREND}.selectedData"] if held else []:
            answer = callback.post(
                client, {**values, changed: forged, f"{ids.CATEGORY}.value": ["theft"]}, changed=changed
            )
            assert answer.status_code in {200, 204}, answer.get_data(as_text=True)[:200]


def test_every_panel_follows_the_address(client: FlaskClient) -> None:
    followed = {
        output.split(".")[0]
        for callback in callbacks(client)
        if any(place["id"] in {ids.URL, ids.ASKED} for place in callback.inputs)
        for output in callback.output.strip(".").split("...")
    }
    for panel in (ids.MAP, ids.TREND, ids.RANKING, ids.CAPTION, ids.NOTICE, ids.KPIS, ids.HEADLINE, ids.LANGUAGE):
        assert panel in followed
