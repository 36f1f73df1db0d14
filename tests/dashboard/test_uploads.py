"""The address a file is sent to: who may send, how much, and what is said otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.arrivals import LARGEST
from dashboard.staging import FOLDER, MOST
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files

OURS = {"X-Diem-Nong": "upload"}
GOOD = b"id,occurred,category,lon,lat\nx1,05/03/2024,theft,106.05,11.05\nx2,31/02/2024,theft,106.15,11.05\n"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    made = tiny_workspace(tmp_path, incidents=False)
    yield made
    made.close()


def send(client: FlaskClient, name: str = "t1.csv", content: bytes = GOOD, **how: Any) -> Any:
    query = {"name": name, "lang": "en"}
    return client.post("/upload", query_string=query, data=content, headers={**OURS, **how.pop("headers", {})}, **how)


def look(client: FlaskClient, token: object, shown: object = None) -> dict[str, Any]:
    """What the page shows of the file now, as the browser asks for it."""
    (follow,) = (each for each in callbacks(client) if f"{ids.UPLOAD_STATUS}.children" in each.output)
    values = {
        f"{ids.UPLOADED}.data": token,
        f"{ids.UPLOAD_SHOWN}.data": shown,
        f"{ids.URL}.search": "?lang=en",
    }
    answer = follow.post(client, values, changed=f"{ids.UPLOAD_POLL}.n_intervals")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()["response"]
    return found


def settled(client: FlaskClient, token: object, shown: object = None) -> dict[str, Any]:
    for _ in range(400):
        now = look(client, token, shown)
        if now[ids.UPLOAD_POLL]["disabled"]:
            return now
        shown = now[ids.UPLOAD_SHOWN]["data"]
        time.sleep(0.05)
    raise AssertionError(now)


def left(warehouse: Warehouse) -> list[str]:
    return [path.name for path in (warehouse.folder / FOLDER).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Diem-Nong": ""},
        {"X-Diem-Nong": "other"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Host": "evil.example"},
    ],
    ids=repr,
)
def test_only_a_page_of_this_server_may_send(
    client: FlaskClient, warehouse: Warehouse, headers: dict[str, str]
) -> None:
    assert send(client, headers=headers).status_code == 403
    assert left(warehouse) == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_nothing_is_to_be_had_there(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/upload").status_code == 405


@pytest.mark.parametrize(
    "name", ["../../x", "..%2f..%2fx", "x" * 300, "", "=cmd.xlsx", "a\u202etxt.exe", "/etc/passwd", "a\x00b", "CON"]
)
def test_no_name_leads_out_of_the_folder(client: FlaskClient, warehouse: Warehouse, name: str) -> None:
    before = {path for path in warehouse.folder.parent.rglob("*") if FOLDER not in path.parts}
    token = send(client, name).get_json()["token"]
    settled(client, token)
    after = {path for path in warehouse.folder.parent.rglob("*") if FOLDER not in path.parts}
    assert {path for path in after - before if "sqlite" not in path.name} == set()


def test_what_is_too_large_is_said_in_words_and_not_kept(client: FlaskClient, warehouse: Warehouse) -> None:
    answer = send(client, environ_overrides={"CONTENT_LENGTH": str(LARGEST + 1)})
    assert answer.status_code == 413
    assert answer.get_json() == {
        "message": "the file is larger than 50 MB. Split it by year, or load it with: diemnong ingest FILE"
    }
    assert left(warehouse) == []


def test_a_length_that_lies_keeps_nothing(client: FlaskClient, warehouse: Warehouse) -> None:
    answer = send(client, environ_overrides={"CONTENT_LENGTH": str(len(GOOD) + 5)})
    assert answer.status_code in {400, 409}
    assert left(warehouse) == []


def test_more_files_than_may_wait_are_refused_in_words(client: FlaskClient) -> None:
    tokens = [send(client, f"t{n}.csv").get_json()["token"] for n in range(MOST)]
    answer = send(client)
    assert answer.status_code == 409
    assert "8 uploaded files wait for a decision already" in answer.get_json()["message"]
    for token in tokens:
        settled(client, token)


def test_the_page_follows_the_file_from_trial_to_store(client: FlaskClient, warehouse: Warehouse) -> None:
    before = warehouse.snapshot().generation
    token = send(client).get_json()["token"]
    now = look(client, token)
    tried = settled(client, token)
    shown = tried[ids.UPLOAD_SHOWN]["data"]
    html = str(tried[ids.UPLOAD_TRIAL]["children"])
    assert "2 rows read = 1 kept + 1 put aside" in html
    assert "EPSG:32648" in html
    assert warehouse.snapshot().generation == before
    if not now[ids.UPLOAD_POLL]["disabled"]:
        assert "Reading «t1.csv»" in str(now[ids.UPLOAD_STATUS])
    assert (
        ids.UPLOAD_TRIAL not in look(client, token, shown)
        or "children" not in look(client, token, shown)[ids.UPLOAD_TRIAL]
    )  # nothing new to draw
    load = {"type": ids.TRIAL_ACT, "act": "load"}
    assert press(client, load, values={f"{ids.UPLOADED}.data": token}).status_code == 200
    stored = settled(client, token, shown)
    assert "«t1.csv» is loaded" in str(stored[ids.UPLOAD_TRIAL]["children"])
    assert stored[ids.HELD]["data"] == warehouse.snapshot().generation == before + 1
    assert look(client, token)[ids.UPLOAD_TRIAL]["children"] == []  # a page opened later has done with it


def test_a_file_that_is_gone_is_said_where_it_was_shown(client: FlaskClient) -> None:
    token = send(client).get_json()["token"]
    shown = settled(client, token)[ids.UPLOAD_SHOWN]["data"]
    press(client, {"type": ids.TRIAL_ACT, "act": "discard"}, values={f"{ids.UPLOADED}.data": token})
    assert "not here any more" in str(look(client, token, shown)[ids.UPLOAD_STATUS])
    assert look(client, token)[ids.UPLOAD_STATUS]["children"] == ""
    assert look(client, "nobody")[ids.UPLOAD_TRIAL]["children"] == []


def test_a_second_file_takes_the_place_of_the_first(client: FlaskClient, warehouse: Warehouse) -> None:
    first = send(client, "t1.csv").get_json()["token"]
    shown = settled(client, first)[ids.UPLOAD_SHOWN]["data"]
    second = send(client, "t2.csv", GOOD.replace(b"x1", b"y1")).get_json()["token"]
    assert "t2.csv" in str(settled(client, second, shown)[ids.UPLOAD_TRIAL]["children"])
    assert left(warehouse) == ["t2.csv"]


def test_a_choice_reads_the_file_again_and_none_leaves_it(client: FlaskClient) -> None:
    token = send(client).get_json()["token"]
    tried = settled(client, token)
    (choose,) = (each for each in callbacks(client) if any(ids.TRIAL_FIELD in str(place) for place in each.inputs))
    fields, answers, choices = (f"{place['id']}.{place['property']}" for place in choose.inputs)

    def wish(**chosen: str) -> int:
        shown = [({"type": ids.TRIAL_CHOICE, "of": name}, value) for name, value in chosen.items()]
        values = {f"{ids.UPLOADED}.data": token, fields: [], answers: [], choices: shown}
        return choose.post(client, values, changed="x.value").status_code

    assert wish(order="-", crs="-", swapped="-") == 204  # as it is read already
    assert wish(order="x", crs="EPSG:1", swapped="?") == 204  # not on offer
    assert wish(order="mdy", crs="-", swapped="-") == 200
    again = settled(client, token, tried[ids.UPLOAD_SHOWN]["data"])
    assert again[ids.UPLOAD_SHOWN]["data"][1] > tried[ids.UPLOAD_SHOWN]["data"][1]
    assert "31/02/2024" in str(again[ids.UPLOAD_TRIAL]["children"])
