"""What is refused before anything answers: other sites' requests, bodies too large, addresses made to break."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from dashboard.guard import CALLBACKS, LARGEST_CALL
from tests.dashboard.callbacks import callbacks

pytestmark = pytest.mark.slow  # every route answers many times

DATA = ("/months.json", "/frames.json", "/notebook.json", "/reconciliation.json", "/quarantine.csv", "/quarantine.xlsx")
NASTY = (
    "from=9999-12-31&to=0001-01-01",
    "from=2024-02-30&to=2024-13-01",
    "step=month&window=12&layer=rate&level=moon",
    "step=quarter&layer=gi_star&area=%00&area=%ff%fe",
    "slide=99999999999999999999&hours=-1&weekdays=9&hexagon=0&bandwidth=1e309",
    "lang=%3Cscript%3E&script=%0d%0aSet-Cookie:x&theme=../..&edition=" + "x" * 9000,
    "&".join(f"area={code}" for code in range(3000)),
    "%",
)


def body(client: FlaskClient) -> bytes:
    return json.dumps({"output": callbacks(client)[0].output, "inputs": [{}]}).encode()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_no_other_site_presses_a_button(client: FlaskClient, site: str) -> None:
    answer = client.post(
        CALLBACKS, data=body(client), content_type="application/json", headers={"Sec-Fetch-Site": site}
    )
    assert answer.status_code == 403


def test_a_form_of_another_site_is_no_callback(client: FlaskClient) -> None:
    """What a page may send anywhere without being asked first: plain text, which an old browser does not mark."""
    assert client.post(CALLBACKS, data=body(client), content_type="text/plain").status_code == 400


def test_a_callback_larger_than_any_of_ours_is_not_read(client: FlaskClient) -> None:
    large = b'{"output": "' + b"x" * LARGEST_CALL + b'"}'
    assert client.post(CALLBACKS, data=large, content_type="application/json").status_code == 413


@pytest.mark.parametrize("query", NASTY, ids=lambda query: query[:20])
@pytest.mark.parametrize("path", DATA)
def test_data_are_never_stored_by_the_browser_and_no_query_breaks_their_route(
    client: FlaskClient, path: str, query: str
) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in {200, 400, 422}
    assert answer.status_code != 200 or answer.headers["Cache-Control"] == "no-store"
    assert set(answer.headers.get("Content-Disposition", "")).isdisjoint("\r\n/\\%<")


@pytest.mark.parametrize(
    "path", ["/library/x", "/library/..%2fapp.py", "/library/%00", "/fonts/x.ttf", "/shapes/x", "/notebook.csv"]
)
def test_a_name_that_is_none_of_ours_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [*DATA, "/library/x", "/upload/boundaries"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_is_changed_by_another_method(client: FlaskClient, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405
