"""What the program says of itself to a monitor and in its log: how it is doing, and nothing of what it holds."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from dashboard import logs, metrics, watching
from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.errors import StoreError
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks

SECRET = "Xa-Bi-Mat-7731"
ASKED = f"?area=101&category=theft&from=2024-01-01&note={SECRET}"


@pytest.fixture
def server(warehouse: Warehouse) -> flask.Flask:
    made: flask.Flask = create_app(Settings(warehouse.folder), warehouse).server
    return made


@pytest.fixture(autouse=True)
def speaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of the floors run a program that silences all loggers it finds."""
    for name in ("diemnong", "diemnong.requests"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)


@pytest.fixture
def client(server: flask.Flask) -> FlaskClient:
    made: FlaskClient = server.test_client()
    return made


@pytest.fixture
def written(server: flask.Flask) -> Iterator[io.StringIO]:
    """The log of the process while the test runs."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = list(root.handlers), logging.getLogger("diemnong").level
    logs.begin(stream)
    yield stream
    root.handlers = handlers
    logging.getLogger("diemnong").setLevel(level)


def read(client: FlaskClient) -> dict[str, list[Any]]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {family.name: family.samples for family in text_string_to_metric_families(answer.text)}


def value(samples: list[Any], **labels: str) -> float:
    return float(
        sum(each.value for each in samples if labels.items() <= each.labels.items() and each.name.endswith("_total"))
    )


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_route_of_the_app_is_of_a_known_kind(server: flask.Flask) -> None:
    unknown = {rule.rule for rule in server.url_map.iter_rules() if watching.route_of(rule.rule) == "other"}
    assert unknown == set()


def test_requests_are_counted_by_kind_method_and_status(client: FlaskClient) -> None:
    before = read(client)["diemnong_requests"]
    for path in ("/healthz", "/readyz", "/", "/months.json", f"/months.json{ASKED}"):
        assert client.get(path).status_code == 200
    client.get("/boundaries/x.json")
    client.post("/_dash-update-component", data=b"{")
    after = read(client)["diemnong_requests"]
    grown = {
        (route, status): value(after, route=route, status=status) - value(before, route=route, status=status)
        for route, status in (("page", "200"), ("data", "200"), ("ground", "404"), ("callback", "400"))
    }
    assert grown == {("page", "200"): 1, ("data", "200"): 2, ("ground", "404"): 1, ("callback", "400"): 1}


def test_a_callback_is_timed_by_its_output_and_a_made_up_one_is_not(client: FlaskClient) -> None:
    ours = callbacks(client)[0]
    assert ours.post(client, {"url.search": ASKED}).status_code in (200, 204)
    client.post("/_dash-update-component", json={"output": SECRET + ".children", "inputs": []})
    timed = read(client)["diemnong_callback_seconds"]
    assert {each.labels["callback"] for each in timed} == {ours.output}


def test_the_generation_the_exports_and_the_sessions_are_told(client: FlaskClient, warehouse: Warehouse) -> None:
    held = read(client)
    assert held["diemnong_generation"][0].value == warehouse.snapshot().generation
    assert {"diemnong_exports_under_way", "process_resident_memory_bytes", "diemnong_faults"} <= set(held)


def test_no_measurement_holds_anything_of_the_data_or_of_what_was_asked(client: FlaskClient) -> None:
    for path in ("/", "/compare", "/months.json", f"/{SECRET}", "/boundaries/2024-commune.json", "/export/csv"):
        client.get(path + ASKED, headers={"User-Agent": SECRET, "X-Request-ID": SECRET})
    for each in callbacks(client)[:5]:
        each.post(client, {"url.search": ASKED})
    client.open("/", method="SECRET")
    text = client.get("/metrics").text
    for word in (SECRET, "SECRET", "101", "theft", "area=", "category", "2024"):
        told = [
            line for line in text.splitlines() if not line.startswith("#") and word in re.sub(r" [\d.e+-]+$", "", line)
        ]
        assert [line for line in told if "callback=" not in line] == [], word
        assert SECRET not in "".join(told)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("10.0.0.7", {}),
        ("::ffff:10.0.0.7", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.7"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
    ],
)
def test_metrics_are_told_to_this_machine_only(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers)
    assert answer.status_code == 404
    assert "diemnong_" not in answer.text


def test_two_apps_in_one_process_count_each_their_own(client: FlaskClient, warehouse: Warehouse) -> None:
    other: flask.Flask = create_app(Settings(warehouse.folder), warehouse).server
    if metrics.KEY not in other.extensions:
        metrics.register(other, generation=lambda: 1)
    for _ in range(3):
        client.get("/healthz")
    assert value(read(other.test_client())["diemnong_requests"], route="health") == 0


def test_a_store_that_cannot_be_read_leaves_the_other_numbers() -> None:
    def lost() -> float:
        raise StoreError("the store is damaged")

    server = flask.Flask("diemnong")
    metrics.register(server, generation=lost)
    text = server.test_client().get("/metrics").text
    assert "diemnong_generation NaN" in text
    assert "diemnong_faults_total 0.0" in text


def test_a_fault_that_was_answered_in_words_is_counted(server: flask.Flask, client: FlaskClient) -> None:
    with server.app_context():
        logging.getLogger("diemnong").error("a callback failed")
    assert value(read(client)["diemnong_faults"]) == 1


def test_each_request_is_one_line_and_its_number_is_in_the_answer(client: FlaskClient, written: io.StringIO) -> None:
    numbers = [client.get(path).headers["X-Request-ID"] for path in ("/healthz", f"/months.json{ASKED}", "/nowhere.x")]
    told = lines(written)
    assert [each["id"] for each in told] == numbers
    assert [(each["route"], each["status"]) for each in told][:2] == [("health", 200), ("data", 200)]
    assert all(each["ms"] >= 0 and each["level"] == "info" for each in told)
    assert len(set(numbers)) == 3


def test_the_log_holds_no_query_no_value_and_no_header(client: FlaskClient, written: io.StringIO) -> None:
    for path in ("/", f"/{SECRET}", "/months.json", "/export/csv", "/boundaries/x"):
        client.get(f"{path}{ASKED}\r\n{{}}", headers={"User-Agent": SECRET, "Referer": f"http://127.0.0.1/?x={SECRET}"})
    text = written.getvalue()
    assert len(lines(written)) == 5
    assert not [word for word in (SECRET, "theft", "101&", "area=", "2024-01") if word in text]


def test_a_fault_is_a_line_that_says_where_and_not_what(
    server: flask.Flask, client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def harmed() -> None:
        raise KeyError(f"{SECRET}\n{{}}")

    monkeypatch.setitem(server.view_functions, "/healthz", harmed)
    answer = client.get("/healthz")
    assert answer.status_code == 500
    fault, request = lines(written)
    assert fault["fault"]["kind"] == "builtins.KeyError"
    assert fault["fault"]["at"][-1].endswith(" harmed")
    assert fault["id"] == request["id"] == answer.headers["X-Request-ID"]
    assert request["level"] == "warning"
    assert SECRET not in written.getvalue()
    monkeypatch.setenv("DIEMNONG_DEBUG", "1")
    client.get("/healthz")
    assert SECRET in written.getvalue()
    assert len(lines(written)) == 4


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_at_a_terminal_reads_of_faults_only_unless_asked_for(
    server: flask.Flask, client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    del server, written
    screen = Terminal()
    logs.begin(screen)
    client.get("/healthz")
    assert screen.getvalue() == ""
    monkeypatch.setenv("DIEMNONG_LOG", "info")
    logs.begin(screen)
    client.get("/healthz")
    assert len(lines(screen)) == 1
