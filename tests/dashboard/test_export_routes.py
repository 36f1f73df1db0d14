"""The addresses of exports, asked by a client of the real app: the command's files, held, followed, called off."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.exports import all_formats
from dashboard.held_exports import MOST
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.cli.city import call_command
from tests.dashboard.saved import held_by, within_a_minute
from tests.geodata.worlds import tiny_incidents, write_incidents

PAGE = {"X-Diem-Nong": "export"}  # what only a page of ours sends
VIEW = "edition=2024&level=district&category=theft&from=2023-02-01&to=2024-06-30&weekdays=1,2,3,4,5"
SOON_S = 60.0
COMMANDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("png", "svg", "pdf"), ("snapshot", "{query}")),
    **dict.fromkeys(("xlsx", "csv", "geojson", "gpkg", "parquet"), ("table", "{query}")),
    "atlas": ("atlas", "{query}"),
    "pptx": ("deck", "/?{query}"),
    "docx": ("report", "--year", "2024", "--edition", "2024", "--lang", "{lang}"),
}
OWN = {"pptx": "&slides=/", "docx": "&year=2024"}


def begun(client: FlaskClient, address: str) -> str:
    answer = client.post(f"/export/{address}", headers=PAGE)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer.get_json()["token"])


def told(client: FlaskClient, token: str, query: str = "") -> Any:
    return client.get(f"/export/jobs/{token}.json{query}").get_json()


def over(client: FlaskClient, token: str, query: str = "") -> Any:
    """What is told of an export once nothing more happens to it."""
    end = time.monotonic() + SOON_S
    while (now := told(client, token, query))["phase"] in ("waiting", "writing"):
        assert time.monotonic() < end, now
        time.sleep(0.02)
    return now


def kept_files() -> set[Path]:
    """Everything exports of this program have on the disk."""
    return {path for path in Path(tempfile.gettempdir()).glob("diemnong-exports-*/*") if path.is_file()}


def name_of(answer: TestResponse) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])


def test_the_commands_know_every_format() -> None:
    assert set(COMMANDS) == set(all_formats())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("key", sorted(COMMANDS))
def test_a_fetched_file_is_the_one_the_command_writes(
    client: FlaskClient, warehouse: Warehouse, tmp_path: Path, key: str, lang: str
) -> None:
    query = f"{VIEW}&lang={lang}"
    form = all_formats()[key]
    out = tmp_path / f"by-command{form.suffix}"
    arguments = [each.format(query=query, lang=lang) for each in COMMANDS[key]]

    def both() -> tuple[TestResponse, bytes]:
        out.unlink(missing_ok=True)
        said = call_command("-w", warehouse.folder, *arguments, "--out", out)
        assert said.status == 0, said.err
        return client.get(f"/export/{key}?{query}{OWN.get(key, '')}"), out.read_bytes()

    fetched, written = within_a_minute(both)
    assert fetched.status_code == 200
    assert held_by(fetched.data) == held_by(written)
    assert fetched.mimetype == form.mime
    assert fetched.headers["Cache-Control"] == "no-store"
    assert name_of(fetched).endswith(form.suffix)
    assert ("Property theft" if lang == "en" else "Trộm cắp tài sản") in name_of(fetched)
    assert int(fetched.headers["Content-Length"]) == len(fetched.data)


@pytest.mark.parametrize(
    ("view", "filters"),
    [
        ("", ()),
        ("category=theft&category=drugs", ("--category", "theft", "--category", "drugs")),
        ("from=2024-03-01&to=2024-03-31", ("--from", "2024-03-01", "--to", "2024-03-31")),
        ("area=101&area=203", ("--area", "101", "--area", "203")),
        ("source=discovered&hours=18-5", ("--source", "discovered", "--hours", "18-5")),
        ("zone=border_communes&weekdays=6,7", ("--zone", "border_communes", "--weekdays", "6,7")),
        ("from=2022-01-01&to=2022-01-02&category=assault&hours=3-4", None),  # nothing at all
    ],
)
def test_fetched_numbers_are_those_of_counts(
    client: FlaskClient, warehouse: Warehouse, view: str, filters: tuple[str, ...] | None
) -> None:
    whole = "" if "from=" in view else "&from=2022-01-01&to=2024-12-31"
    fetched = client.get(f"/export/csv?edition=2024&level=commune&{view}{whole}&lang=en")
    rows = {row["area_code"]: int(row["n"]) for row in csv.DictReader(io.StringIO(fetched.data.decode("utf-8-sig")))}
    found: dict[str, int] = {}
    if filters is not None:
        asked = ("counts", "--edition", "2024", "--level", "commune", "--by", "area", "--format", "json", *filters)
        answer = call_command("-w", warehouse.folder, *asked).json
        found = {row["area"]: row["n"] for row in (answer if isinstance(answer, list) else answer["rows"])}
        assert found
    assert {code: n for code, n in rows.items() if n} == found


def test_what_is_begun_is_told_of_fetched_and_fetched_again(client: FlaskClient) -> None:
    token = begun(client, f"xlsx?{VIEW}")
    ready = over(client, token)
    assert (ready["phase"], ready["error"]) == ("ready", "")
    first, again = client.get(f"/export/jobs/{token}"), client.get(f"/export/jobs/{token}")
    assert first.status_code == again.status_code == 200
    assert first.data == again.data
    assert first.data.startswith(b"PK")
    assert name_of(first) == ready["name"]


@pytest.mark.slow
def test_a_long_one_says_how_far_it_is(client: FlaskClient) -> None:
    token = begun(client, "atlas?edition=2024&level=commune")
    seen: list[tuple[int, int]] = []
    while (now := told(client, token))["phase"] in ("waiting", "writing"):
        seen.append((now["done"], now["of"]))
        if now["phase"] == "writing" and not now["done"]:
            assert client.get(f"/export/jobs/{token}").status_code == 409  # there is no file yet
        time.sleep(0.02)
    steps = sorted({step for step in seen if step[1]})
    assert [step for step in dict.fromkeys(seen) if step[1]] == steps, "it only goes on"
    assert len({of for _, of in steps}) == 1
    assert len(steps) >= 4, steps
    assert all(done <= of for done, of in steps)


@pytest.mark.slow
def test_one_that_is_called_off_leaves_nothing_and_stops(client: FlaskClient) -> None:
    token = begun(client, "atlas?edition=2024&level=commune")
    while told(client, token)["done"] == 0:
        time.sleep(0.01)
    assert client.post(f"/export/jobs/{token}/cancel", headers=PAGE).status_code == 204
    assert told(client, token)["phase"] == "cancelled"
    assert client.get(f"/export/jobs/{token}").status_code == 404
    joined("export-atlas")
    assert token not in {path.name for path in kept_files()}
    assert client.post(f"/export/jobs/{token}/cancel", headers=PAGE).status_code == 204  # a second press


def joined(name: str) -> None:
    """Wait until no export of that name is at work."""
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(SOON_S)
            assert not thread.is_alive()


def test_a_file_that_is_ready_and_called_off_is_deleted(client: FlaskClient) -> None:
    before = kept_files()
    token = begun(client, f"csv?{VIEW}")
    over(client, token)
    assert len(kept_files() - before) == 1
    client.post(f"/export/jobs/{token}/cancel", headers=PAGE)
    assert kept_files() == before


def test_a_file_fetched_at_once_is_deleted_when_it_is_sent(client: FlaskClient) -> None:
    before = kept_files()
    for key, headers in (("gpkg", {}), ("geojson", {"Accept-Encoding": "gzip"}), ("geojson", {})):
        with client.get(f"/export/{key}?{VIEW}", headers=headers) as answer:
            assert answer.data[:2] in (b"SQ", b"\x1f\x8b", b'{"')
        assert kept_files() == before
    client.head(f"/export/csv?{VIEW}").close()
    assert kept_files() == before


@pytest.mark.parametrize("address", ["png", "nonsense", "jobs/nonsense/cancel"])
@pytest.mark.parametrize("headers", [{}, {"X-Diem-Nong": "1"}, {**PAGE, "Sec-Fetch-Site": "cross-site"}])
def test_only_a_page_of_ours_may_begin_and_call_off(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    assert client.post(f"/export/{address}", headers=headers).status_code == 403


@pytest.mark.parametrize("key", ["nonsense", "PNG", "png.exe", "__init__", "%2e%2e", "jobs"])
def test_an_unknown_format_is_not_found(client: FlaskClient, key: str) -> None:
    assert client.get(f"/export/{key}").status_code == 404
    assert client.post(f"/export/{key}", headers=PAGE).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "%2e%2e%2fcatalogue.sqlite", "a" * 5000, "%00"])
def test_an_unknown_token_is_not_found(client: FlaskClient, token: str) -> None:
    assert client.get(f"/export/jobs/{token}").status_code == 404
    assert client.get(f"/export/jobs/{token}.json").status_code == 404
    assert client.post(f"/export/jobs/{token}/cancel", headers=PAGE).status_code in (404, 405)


BAD = ["category=arson", "colour=red", "from=9999-99-99", "hours=99", "zone=%ff%fe", "level=", "=&&;%%%", "x=%00"]


@pytest.mark.parametrize("bad", [*BAD, "&".join(BAD)])
def test_what_is_bad_in_a_view_is_dropped(client: FlaskClient, bad: str) -> None:
    plain = client.get(f"/export/csv?category=theft&edition=2024&level=commune&{bad}")
    assert plain.status_code == 200
    assert plain.data == client.get("/export/csv?category=theft&edition=2024&level=commune").data


def test_a_query_too_long_to_be_read_is_a_view_like_any_other(client: FlaskClient) -> None:
    assert client.get("/export/csv?" + "category=theft&" * 3000).status_code == 200


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        ("png?size=9x9", "9x9"),
        ("png?size=99999x99999", "99999x99999"),
        ("png?size=large", "large"),
        ("csv?rows=people", "people"),
        ("csv?by=area,area", "area,area"),
        ("csv?by=area&rows=incidents", "area"),
        ("docx?year=0000", "0000"),
        ("docx?year=9999", "9999"),
        ("docx?year=2030", "2030"),
        ("docx?year=next", "next"),
        ("pptx?slides=/admin", "/admin"),
    ],
)
def test_what_cannot_be_made_is_refused_in_the_words_of_the_page(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, address: str, quoted: str
) -> None:
    at_once = {lang: client.get(f"/export/{address}&lang={lang}") for lang in ("vi", "en")}
    for answer in at_once.values():
        assert (answer.status_code, answer.mimetype) == (422, "text/plain")
        assert quoted in answer.text
    assert at_once["vi"].text != at_once["en"].text
    begins = client.post(f"/export/{address}&lang=en", headers=PAGE)
    said = begins.text if begins.status_code == 422 else over(client, begins.get_json()["token"], "?lang=en")["error"]
    assert said == at_once["en"].text
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == [], "no fault of ours"


@pytest.mark.slow
def test_too_many_at_once_are_refused_and_a_place_that_is_given_up_is_free_again(client: FlaskClient) -> None:
    tokens = [begun(client, "atlas?edition=2024&level=commune") for _ in range(MOST)]
    refused = client.post("/export/csv?lang=en", headers=PAGE)
    assert (refused.status_code, client.get("/export/csv?lang=en").status_code) == (429, 429)
    assert str(MOST) in refused.text
    client.post(f"/export/jobs/{tokens[-1]}/cancel", headers=PAGE)
    assert client.get("/export/csv").status_code == 200, "a table waits for no atlas"
    for token in tokens:
        client.post(f"/export/jobs/{token}/cancel", headers=PAGE)
    joined("export-atlas")


@pytest.mark.slow
def test_what_is_loaded_meanwhile_does_not_change_a_file_that_is_begun(
    client: FlaskClient, warehouse: Warehouse, tmp_path: Path
) -> None:
    address = "atlas?edition=2024&level=commune"
    more = write_incidents(
        tmp_path / "more.csv", tiny_incidents(seed=9, n=50).assign(incident_id=lambda rows: "n" + rows.incident_id)
    )

    def before_and_meanwhile() -> tuple[bytes, bytes]:
        before = client.get(f"/export/{address}").data
        token = begun(client, address)
        if warehouse.snapshot().generation == generation:
            assert warehouse.ingest(more).kept == 50
        assert told(client, token)["phase"] == "writing", "it was loaded too late to matter"
        assert over(client, token)["phase"] == "ready"
        return before, client.get(f"/export/jobs/{token}").data

    generation = warehouse.snapshot().generation
    if (second := time.localtime().tm_sec) > 35:  # both files say the same minute
        time.sleep(61 - second)
    before, meanwhile = before_and_meanwhile()
    assert warehouse.snapshot().generation == generation + 1
    assert meanwhile == before
    assert client.get(f"/export/{address}").data != before
