"""Whatever is sent, by whoever is signed in or at the door: refused or answered, never a fault of ours."""

from __future__ import annotations

import json
import logging
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.app import create_app
from dashboard.gate import CALLBACKS
from dashboard.settings import Settings
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import Callback, callbacks
from tests.dashboard.offices import PASSWORD, Browser, Office

pytestmark = pytest.mark.slow
GOOD = {200, 202, 204, 302, 303}
ROUTES = (
    "/months.json", "/frames.json", "/notebook.json", "/reconciliation.json", "/quarantine.csv", "/export/csv",
    "/export/geojson", "/export/xlsx", "/boundaries/x.json", "/shapes/x", "/export/jobs/x", "/persistence", "/login",
)  # fmt: skip
ADDRESSES = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in count(1))
FIELDS = (
    "name", "password", "code", "next", "old", "new", "again", "act", "secret", "role", "area", "region", "from",
    "until", "detail", "csrf", "lang",
)  # fmt: skip
often = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NASTY: tuple[Any, ...] = (
    None, True, -1, 0, 10**400, 1e308, float("nan"), "", "\x00", "\ud800", "a" * 5000, "../../etc/passwd",
    "?from=0000-00-00&to=9999-99-99", "%", "{}", [], {}, [[]], {"": None}, {"path": {"path": []}}, [{"value": {}}],
    "?area=101&area=203&level=commune", {"points": [{"location": 7, "customdata": {}}]}, [None, [None]], "✎" * 300,
)  # fmt: skip
odd = st.sampled_from(NASTY)
texts = st.text(st.characters(codec=None), max_size=40)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | odd,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(
    ("from", "to", "edition", "level", "layer", "category", "area", "region", "zone", "source", "hours", "weekdays",
     "compare", "lang", "mode", "commune", "hexagon", "bandwidth", "against", "beside", "other", "theme", "swipe",
     "side", "scale", "script", "slide", "size", "rows", "by", "year", "slides", "step", "window", "name", "next")
)  # fmt: skip
values = texts | st.sampled_from(
    ("2024", "2025", "101", "203", "commune", "province", "rate", "density", "2024:101", "0-23", "9-3", "1,2", "1e99",
     "2024-02-30", "9999-12-31", "0001-01-01..9999-12-31", "incidents", "area,month", "script", "/targets", "4k", "9x9")
)  # fmt: skip


class Sender:
    """Whoever sends: signed in with what its pages send along, or alone at the machine."""

    def __init__(self, client: FlaskClient, post: Any) -> None:
        self.client, self.post = client, post
        self.told = callbacks(client)


@pytest.fixture(scope="module", params=["officer", "data", "alone"])
def sender(request: pytest.FixtureRequest, stored: Office) -> Sender:
    if request.param == "alone":
        client = create_app(Settings(stored.folder), Warehouse(stored.folder)).server.test_client()
        return Sender(client, client.post)
    browser = stored.browser(request.param)
    return Sender(browser.client, browser.post)


def is_right(status: int) -> bool:
    return status in GOOD or 400 <= status < 500


def whole(callback: Callback, search: object) -> dict[str, Any]:
    """A body as the browser makes it; ``search`` in place of every value."""
    caught: dict[str, Any] = {}

    class Catch:
        def post(self, _path: str, json: dict[str, Any]) -> None:
            caught.update(json)

    callback.post(Catch(), {"url.search": search})  # type: ignore[arg-type]  # it posts alike
    return caught


def filled(part: Any, value: object) -> Any:
    """The same body with that value wherever there is one."""
    if isinstance(part, list):
        return [filled(each, value) for each in part]
    if isinstance(part, dict) and "property" in part:
        return {**part, "value": value}
    return part


@often
@given(data=st.data())
def test_values_that_no_page_sends_are_never_a_fault(
    sender: Sender, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """Faults inside a callback would be told as 200, so the log is looked at."""
    callback = data.draw(st.sampled_from(sender.told))
    body, value = whole(callback, "?lang=en"), data.draw(anything | odd)
    body["inputs"] = filled(body["inputs"], value)
    body["state"] = filled(body["state"], data.draw(anything | st.just(value)))
    body["changedPropIds"] = data.draw(st.just(body["changedPropIds"]) | st.lists(texts, max_size=2))
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        status = sender.post(CALLBACKS, data=json.dumps(body), content_type="application/json").status_code
    assert is_right(status)
    faults = [record for record in caplog.records if record.exc_info]
    assert not faults, (callback.output[:80], str(value)[:80], repr(faults[0].exc_info[1]))  # type: ignore[index]


@often
@given(data=st.data())
def test_bodies_that_are_no_callback_are_refused(sender: Sender, data: st.DataObject) -> None:
    body = whole(data.draw(st.sampled_from(sender.told)), None)
    for key in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=3)):
        body[key] = data.draw(anything)
    for key in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=2)):
        body.pop(key, None)
    sent = data.draw(st.just(body) | anything)
    assert is_right(sender.post(CALLBACKS, data=json.dumps(sent), content_type="application/json").status_code)


@pytest.mark.parametrize(
    "sent",
    [b"", b"[" * 90_000, b'{"output":' * 5000, b"\xff\xfe", b"null", b'{"output": 1}', b'{"output": "..", "inputs": 3}',
     b'{"output": "{\\"a\\":[\\"MATCH\\"]}.x"}', b'{"output": "map.figure\\u0000"}', b"NaN", b'"x"', b'{"a": 1e999}'],
)  # fmt: skip
def test_what_is_no_json_or_no_callback_is_refused(sender: Sender, sent: bytes) -> None:
    assert 400 <= sender.post(CALLBACKS, data=sent, content_type="application/json").status_code < 500


@often
@given(path=st.sampled_from(ROUTES), asked=st.lists(st.tuples(keys, values), max_size=6), raw=st.binary(max_size=20))
def test_no_query_is_a_fault(sender: Sender, path: str, asked: list[tuple[str, str]], raw: bytes) -> None:
    pairs = [(key, value.encode("utf-8", "replace").decode()) for key, value in asked]
    assert is_right(sender.client.get(path, query_string=pairs).status_code), pairs
    assert is_right(sender.client.get(path, environ_overrides={"QUERY_STRING": raw.decode("latin-1")}).status_code)


@often
@given(fields=st.dictionaries(st.sampled_from(FIELDS), values, max_size=8))
@pytest.mark.parametrize("path", ["/login", "/password", "/admin", "/logout"])
def test_no_form_is_a_fault(stored: Office, path: str, fields: dict[str, str]) -> None:
    sent = {key: value.encode("utf-8", "replace").decode() for key, value in fields.items()}
    browser = signed_in(stored, "administrator" if path == "/admin" else "data")
    acts = {"act": "grant"} if path == "/admin" and "act" not in sent else {}
    told = browser.post(path, data={**sent, **acts, "name": sent.get("name", "") + "?"})
    assert is_right(told.status_code), sent
    from_afar = {"REMOTE_ADDR": next(ADDRESSES)}
    assert is_right(stored.browser().post(path, data=sent, environ_base=from_afar).status_code), sent


def signed_in(office: Office, name: str) -> Browser:
    """From an address of its own, for failures close one; the name is opened where it was closed."""
    office.book.unlock(name)
    made = office.browser()
    from_afar = {"REMOTE_ADDR": next(ADDRESSES)}
    told = made.client.post("/login", data={"name": name, "password": PASSWORD}, environ_base=from_afar)
    assert told.status_code == 303
    return made


@often
@given(name=texts, body=st.binary(max_size=300), key=st.sampled_from(["png", "csv", "nothing", "\x00"]))
def test_no_upload_and_no_export_begun_is_a_fault(stored: Office, name: str, body: bytes, key: str) -> None:
    data = signed_in(stored, "data")
    named = name.encode("utf-8", "replace").decode()
    for path in ("/upload", "/upload/boundaries"):
        sent = data.post(path, query_string={"name": named}, data=body, headers={"X-Diem-Nong": "upload"})
        assert is_right(sent.status_code)
    begun = data.post(f"/export/{key}", query_string={"layer": named}, headers={"X-Diem-Nong": "export"})
    assert is_right(begun.status_code)


def test_the_door_takes_the_right_password_after_all_that(stored: Office) -> None:
    assert signed_in(stored, "committee").get("/months.json").status_code == 200
