"""What can be done about files on the data page: undo, settle, forget, mend. Only a real press does anything."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.panels import all_panels
from dashboard.settings import Settings
from geodata.ingest.recipe import Recipe
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

pytestmark = pytest.mark.slow  # seconds in all

TODAY = date(2025, 1, 2)
ENGLISH = {f"{ids.URL}.search": "?lang=en"}
DIRTY = (
    "Mã;Ngày;Loại;Kinh độ;Vĩ độ\n"
    "n1;05/03/2024;theft;106,05;11,05\n"
    "n2;31/02/2024;theft;106,05;11,05\n"
    "n3;06/03/2024;đá gà ăn tiền;106,05;11,05\n"
    "n4;07/03/2024;Đá gà ăn tiền;106,15;11,05\n"
    "n5;32/03/2024;đá gà ăn tiền;106,15;11,05\n"
    "n6;08/03/2024;theft;106,15;11,05\n"
    "n7;09/03/2024;drugs;106,15;11,05\n"
    "n8;10/03/2024;theft;106,15;11,15\n"
)
RECIPE = Recipe({"id": "Mã", "occurred": "Ngày", "category": "Loại"})
FORGED: list[Any] = [None, 0, -1, True, "1", 1.5, [], [1], {"a": 1}, "\u0000"]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strict workspace with a clean and a dirty file in it, for tests to copy."""
    folder = tmp_path_factory.mktemp("ready")
    made = tiny_workspace(folder)
    made.close()
    profile = made.folder / "profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('"own"', '"quarantine"'), encoding="utf-8")
    (folder / "t3.csv").write_text(DIRTY, encoding="utf-8")
    strict = Warehouse(made.folder)
    loaded = strict.ingest(folder / "t3.csv", mapping=RECIPE, today=TODAY)
    strict.close()
    assert (loaded.kept, loaded.quarantined) == (4, 4)
    return made.folder


def button(act: str, warehouse: Warehouse, place: int = -1) -> dict[str, Any]:
    file = warehouse.files()[place]
    return {"type": ids.FILE_ACT, "act": act, "file": file.id, "loaded": file.generation}


def drawn(client: FlaskClient, panel: str) -> str:
    """The panel as the browser gets it when the data changed."""
    (follow,) = (each for each in callbacks(client) if each.output == f"{panel}.children")
    return json.dumps(follow.post(client, ENGLISH).get_json(), ensure_ascii=False)


def said(answer: Any) -> str:
    return json.dumps(answer.get_json(), ensure_ascii=False)


def test_each_file_has_its_way_out_and_its_notes(client: FlaskClient, warehouse: Warehouse) -> None:
    html = drawn(client, ids.FILES)
    for file in warehouse.files():
        assert f'"file": {file.id}, "loaded": {file.generation}' in html
        assert f"Undo loading «{file.name}»" in html


def test_a_press_asks_back_and_changes_nothing(client: FlaskClient, warehouse: Warehouse) -> None:
    before = warehouse.snapshot().generation
    answer = press(client, button("ask", warehouse, 0), values=ENGLISH)
    assert "«incidents.csv»: 200 incidents no longer count. Take it out?" in said(answer)
    assert said(press(client, button("leave", warehouse, 0), values=ENGLISH)).count("incidents.csv") == 0
    assert warehouse.snapshot().generation == before


def test_the_second_press_takes_the_file_out_and_says_so(client: FlaskClient, warehouse: Warehouse) -> None:
    answer = press(client, button("undo", warehouse), values=ENGLISH)
    assert "«t3.csv» is taken out: 4 incidents no longer count" in said(answer)
    assert answer.get_json()["response"][ids.HELD]["data"] == warehouse.snapshot().generation
    assert [file.name for file in warehouse.files()] == ["incidents.csv"]
    assert "«t3.csv», loaded" in drawn(client, ids.FILES)  # as one that left


def test_a_file_that_was_read_another_way_since_is_not_taken_out(
    client: FlaskClient, warehouse: Warehouse, tmp_path: Path
) -> None:
    stale = button("undo", warehouse)
    (tmp_path / "t3.csv").write_text(DIRTY, encoding="utf-8")
    again = replace(RECIPE, categories={"đá gà ăn tiền": "gambling"})
    assert warehouse.ingest(tmp_path / "t3.csv", mapping=again, today=TODAY).kept == 6
    assert warehouse.files()[-1].id == stale["file"]  # it took the place, and so the number
    assert "not held any more" in said(press(client, stale, values=ENGLISH))
    assert len(warehouse.files()) == 2


@pytest.mark.parametrize("clicks", FORGED, ids=repr)
def test_nothing_is_done_without_a_counted_click(client: FlaskClient, warehouse: Warehouse, clicks: Any) -> None:
    before = warehouse.snapshot().generation, warehouse.sources()
    source = {"type": ids.SOURCE_ACT, "source": warehouse.sources()[0].id}
    for where in (button("undo", warehouse), source, {"type": ids.TRIAL_ACT, "act": "load"}):
        assert press(client, where, clicks=clicks).status_code == 204
    settle = next(each for each in callbacks(client) if each.output.startswith(f"..{ids.SETTLED}"))
    chosen = {f"{settle.state[0]['id']}.value": [({"type": ids.SETTLE_AS, "wording": "đá gà ăn tiền"}, "theft")]}
    answer = settle.post(client, {f"{ids.SETTLE}.n_clicks": clicks, **chosen}, changed=f"{ids.SETTLE}.n_clicks")
    assert answer.status_code == 204
    assert (warehouse.snapshot().generation, warehouse.sources()) == before


@pytest.mark.parametrize(
    "where",
    [
        {"file": 99, "loaded": 1},
        {"file": "2", "loaded": "x"},
        {"file": [1], "loaded": {"a": 1}},
        {"file": None, "loaded": None},
        {"file": 2**80, "loaded": -1},
        {"file": True, "loaded": True},
    ],
    ids=repr,
)
def test_a_file_that_is_none_is_said(client: FlaskClient, warehouse: Warehouse, where: dict[str, Any]) -> None:
    answer = press(client, {"type": ids.FILE_ACT, "act": "undo", **where}, values=ENGLISH)
    assert answer.status_code in {200, 204}
    assert len(warehouse.files()) == 2


@pytest.mark.parametrize("changed", ["", "x", "{.n_clicks", '{"act":1}.n_clicks', "files.children", "[].n_clicks"])
def test_a_forged_trigger_does_nothing(client: FlaskClient, warehouse: Warehouse, changed: str) -> None:
    for callback in callbacks(client):
        values = {
            f"{place['id']}.{place['property']}": [(button("undo", warehouse), 1)]
            for place in callback.inputs
            if str(place["id"]).startswith("{")
        }
        assert callback.post(client, values, changed=changed).status_code in {200, 204, 400}
    assert len(warehouse.files()) == 2


@pytest.mark.slow
@pytest.mark.parametrize("forged", [*FORGED, 7, "?" * 9000], ids=lambda value: repr(value)[:20])
def test_no_forged_value_breaks_a_callback_of_the_page(client: FlaskClient, warehouse: Warehouse, forged: Any) -> None:
    for callback in callbacks(client):
        places = [*callback.inputs, *callback.state]
        flat = {f"{place['id']}.{place['property']}": forged for place in places}
        pairs = {
            f"{place['id']}.{place['property']}": [(forged, forged), ({"type": "x", "wording": forged}, forged)]
            for place in places
        }
        for values in (flat, pairs):
            answer = callback.post(client, values, changed="uploaded.data")
            assert answer.status_code in {200, 204, 400}, (callback.output, answer.status_code)
    assert len(warehouse.files()) == 2


def test_one_answer_settles_a_wording_and_says_how_many_rows_came_in(client: FlaskClient, warehouse: Warehouse) -> None:
    html = drawn(client, ids.QUARANTINED)
    assert html.count('"wording": "đá gà ăn tiền"') == 1
    assert "«đá gà ăn tiền» (3 rows) is" in html
    settle = next(each for each in callbacks(client) if each.output.startswith(f"..{ids.SETTLED}"))

    def choose(*pairs: tuple[str, str]) -> str:
        key = f"{settle.state[0]['id']}.value"
        chosen = {key: [({"type": ids.SETTLE_AS, "wording": wording}, value) for wording, value in pairs]}
        values = {**ENGLISH, **chosen, f"{ids.SETTLE}.n_clicks": 1}
        return said(settle.post(client, values, changed=f"{ids.SETTLE}.n_clicks"))

    assert "Choose what a wording means first." in choose(("đá gà ăn tiền", "-"))
    assert "no category has the key" in choose(("đá gà ăn tiền", "no_such"))
    kept = len(warehouse.snapshot().incidents)
    answer = choose(("đá gà ăn tiền", "gambling"), ("of no row", "theft"))
    assert "«đá gà ăn tiền»: 2 of 3 rows count now" in answer
    assert "something else wrong besides" in answer
    assert "of no row" not in answer
    assert len(warehouse.snapshot().incidents) == kept + 2
    assert "wording" not in drawn(client, ids.QUARANTINED)


def test_a_source_is_told_in_words_and_forgotten(client: FlaskClient, warehouse: Warehouse) -> None:
    assert "«Loại» is read as Category" in drawn(client, ids.SOURCES)
    where = {"type": ids.SOURCE_ACT, "source": warehouse.sources()[0].id}
    assert "Forgotten: files like «t3.csv»" in said(press(client, where, values=ENGLISH))
    assert warehouse.sources() == ()
    assert "no remembered source" in said(press(client, where, values=ENGLISH))  # from another page


def test_the_workbook_to_mend_is_a_file_to_save_and_loads_again(
    client: FlaskClient, warehouse: Warehouse, tmp_path: Path
) -> None:
    answer = client.get("/quarantine.xlsx?lang=en")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="to-mend.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("id")].value: row for row in sheet.iter_rows(min_row=2)}
    assert sorted(rows) == ["n2", "n3", "n4", "n5"]
    rows["n2"][heads.index("occurred")].value = "28/02/2024"
    book.save(tmp_path / "mended.xlsx")
    assert warehouse.ingest(tmp_path / "mended.xlsx", today=TODAY).kept == 1
    assert client.get("/quarantine.xlsx").headers["Content-Disposition"].endswith('"dong-can-sua.xlsx"')


def test_where_nothing_can_be_kept_nothing_is_offered(tmp_path: Path) -> None:
    client = create_app(Settings(tmp_path), Still(tiny_snapshot())).server.test_client()
    assert client.get("/quarantine.xlsx").status_code == 404
    assert client.post("/upload").status_code in {404, 405}
    assert ids.FILE_ACT not in drawn(client, ids.FILES)


def test_a_form_of_another_site_reaches_no_callback(client: FlaskClient, warehouse: Warehouse) -> None:
    body = json.dumps({"output": f"{ids.FILES}.children", "inputs": [], "changedPropIds": []})
    for mime in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.post("/_dash-update-component", data=body, content_type=mime).status_code == 400
    host = {"Host": "evil.example"}
    assert client.post("/_dash-update-component", data=body, headers=host).status_code == 403
    assert client.get("/quarantine.xlsx", headers=host).status_code == 403
    assert len(warehouse.files()) == 2
    assert len(all_panels()) > 10
