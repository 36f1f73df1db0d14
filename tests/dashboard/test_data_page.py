"""The page about the data: every sum of the command, in words; links that keep the question; bad parts named."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

import geodata
from dashboard import ids
from dashboard.app import create_app
from dashboard.pages import all_pages
from dashboard.panels import became, caption, header, kpis
from dashboard.reading import Reading, read
from dashboard.reasons import REASONS, say_reason
from dashboard.settings import Settings
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

ALL = "?from=2022-01-01&to=2024-12-31&edition=2024&level=commune&lang=en"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("data")
    made = tiny_workspace(folder)
    bad = folder / "bad.csv"
    bad.write_text("id,occurred,category,lon,lat\nx,31/02/2024,=theft,106.05123,11.05123\n", encoding="utf-8")
    made.ingest(bad, today=date(2025, 1, 2))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(warehouse: Warehouse) -> FlaskClient:
    return serve(warehouse)


def reading(warehouse: Warehouse, query: str = ALL) -> Reading:
    return read(query, Answers(warehouse))


def drawn(part: Any) -> str:
    """Markup as text, to look for words and links in."""
    return json.dumps(part, cls=PlotlyJSONEncoder, ensure_ascii=False)


def serve(warehouse: Warehouse) -> FlaskClient:
    made: FlaskClient = create_app(Settings(warehouse.folder), warehouse).server.test_client()
    return made


def page(client: FlaskClient, query: str = ALL) -> str:
    """The page as the browser gets it."""
    (show,) = (each for each in callbacks(client) if each.output == f"{ids.PAGE}.children")
    answer = show.post(client, {f"{ids.PAGE_KEY}.data": {"path": "/data"}, f"{ids.URL}.search": query})
    assert answer.status_code == 200
    return json.dumps(answer.get_json(), ensure_ascii=False)


def test_the_page_holds_every_panel_and_a_notice(client: FlaskClient) -> None:
    html = page(client)
    for id_ in (
        ids.NOTICE,
        ids.RECONCILIATION,
        ids.FILES,
        ids.COVERAGE,
        ids.MONTHS,
        ids.QUARANTINED,
        ids.ZONE_COUNTS,
        ids.BECAME,
        ids.COMMUNE,
    ):
        assert f'"id": "{id_}"' in html
    assert "201" in html  # read: 200 and the bad one
    assert "incidents.csv" in html


@pytest.mark.parametrize("query", ["", "?lang=vi", "?lang=en&mode=projector", "?commune=2024:203&zone=border_0_1km"])
def test_it_is_drawn_for_any_view_and_without_anything_loaded(client: FlaskClient, tmp_path: Path, query: str) -> None:
    assert f'"id": "{ids.RECONCILIATION}"' in page(client, query)
    empty = Warehouse.create(tmp_path / "empty")
    assert f'"id": "{ids.RECONCILIATION}"' in page(serve(empty), query)
    empty.close()


def test_the_menu_is_the_pages_that_exist(warehouse: Warehouse) -> None:
    assert dict(header.MENU) == {page.path: page.label for page in all_pages().values()}
    links = drawn(header.menu(reading(warehouse, ALL + "&category=theft"), "/data"))
    assert "/data?from=2022-01-01" in links
    assert links.count("category=theft") == len(header.MENU)


def test_what_the_map_leaves_out_leads_to_its_account(warehouse: Warehouse) -> None:
    for panel in (caption, kpis):
        assert '"href": "/data?from=2022-01-01' in drawn(panel.render(reading(warehouse)))


def test_the_browser_and_the_answers_say_the_same(client: FlaskClient, warehouse: Warehouse) -> None:
    said = client.get("/reconciliation.json").get_json()
    whole = Answers(warehouse).reconciliation()
    assert (said["read"], said["kept"], said["quarantined"]) == (201, 200, 1)
    assert said["with_point"] + said["area_only"] + said["unplaced"] == 200
    assert [each["placed"] for each in said["editions"]] == [each.placed for each in whole.editions]
    assert sum(sum(month["by_category"].values()) for month in said["months"]) == 200
    assert said["files"][1]["reasons"] == {"bad_date": 1}


def test_rows_put_aside_are_a_file_that_runs_no_formula(client: FlaskClient) -> None:
    answer = client.get("/quarantine.csv?lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["file"], row["row"], row["reason"]) for row in rows] == [("bad.csv", "2", "bad_date")]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_a_commune_in_the_address_is_told_and_an_unknown_one_named(warehouse: Warehouse) -> None:
    told = reading(warehouse, ALL + "&commune=2024:203")
    assert told.dropped == ()
    said = drawn(became.render(told))
    assert "Xã 203" in said
    assert "was divided among Xã 201 (201) and Xã 203 (203)." in said
    for unknown in ("2024:999", "203", "2024:2", "x" * 50):
        again = reading(warehouse, f"{ALL}&commune={unknown}")
        assert [part.value for part in again.dropped] == [unknown]
        assert again.view.commune == ""


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("2024:101", "Xã 101 (units until 30/06/2025) went whole into Xã 101 (101)."),
        ("2025:101", "was made of the whole of Xã 101 (101) and Xã 103 (103)."),
        ("2025:201", "was made of the whole of Xã 201 (201), and of parts of Xã 203 (203)."),
        ("2025:203", "was made of parts of Xã 203 (203)."),
    ],
)
def test_the_fate_of_a_commune_is_one_sentence(warehouse: Warehouse, query: str, sentence: str) -> None:
    assert sentence in drawn(became.render(reading(warehouse, f"{ALL}&commune={query}")))


def test_a_commune_is_found_without_diacritics_and_by_its_code(warehouse: Warehouse) -> None:
    names = reading(warehouse).names
    found = {item["value"]: item["search"] for item in became.options(names, of("vi"))}
    assert len(found) == 7
    assert "xa 203" in found["2024:203"].lower()


def test_a_choice_that_is_no_commune_chooses_none(warehouse: Warehouse) -> None:
    now = reading(warehouse, ALL + "&commune=2024:203")
    for value in (None, "", "2024:999", ["2024:101"], {"a": 1}):
        assert became.chosen(now.view, value, now.names).commune == ""
    assert became.chosen(now.view, "2025:101", now.names).commune == "2025:101"


@pytest.mark.parametrize("forged", [7, [], {"x": [1]}, None, "\u0000", "2024:101"], ids=repr)
def test_a_forged_choice_never_breaks_the_callback(tmp_path: Path, forged: Any) -> None:
    app = create_app(Settings(tmp_path), Still(tiny_snapshot()))
    own = app.server.test_client()
    for callback in callbacks(own):
        if ids.BECAME in callback.output:
            values = {f"{ids.COMMUNE}.value": forged, f"{ids.URL}.search": "?"}
            answer = callback.post(own, values, changed=f"{ids.COMMUNE}.value")
            assert answer.status_code in {200, 204}


def reasons_in_the_source() -> set[str]:
    """What stands as the reason of a fault: ``Fault(template, at, column, reason, ...)``."""
    calls = (
        node
        for path in Path(geodata.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault"
    )
    fourth = (call.args[3] for call in calls if len(call.args) > 3)
    return {str(reason.value) for reason in fourth if isinstance(reason, ast.Constant)}


def test_every_reason_has_words_and_a_new_one_is_readable() -> None:
    words = of("en")
    found = reasons_in_the_source()
    assert "bad_date" in found
    assert found <= set(REASONS)
    assert say_reason("bad_date", words) == words(REASONS["bad_date"])
    assert say_reason("something_new", words) == "something new"
