"""The first steps: where they stand, what they lead to, and a boundary file from the browser into the store."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from dashboard import ids
from dashboard.app import create_app
from dashboard.arrivals import LARGEST
from dashboard.ground_choice import edition_of, named, wished
from dashboard.ground_staging import FOLDER, GroundStaging, LayerWish, StagedGround
from dashboard.held_files import BUSY, Staged
from dashboard.panels import first_steps
from dashboard.reading import Reading, read
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.boundaries.features import read_features
from geodata.boundaries.preview import preview_layer
from geodata.vocabulary import Level
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks
from tests.dashboard.pens import pen
from tests.geodata.worlds import C24, tiny_workspace, write_layer

pytestmark = pytest.mark.slow  # stores are made, files read and boundaries joined

OURS = {"X-Diem-Nong": "upload"}
PAGES = ["/", "/targets", "/persistence", "/compare", "/start"]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Warehouse]:
    made = Warehouse.create(tmp_path / "empty")
    yield made
    made.close()


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    return write_layer(tmp_path / "communes-2024.geojson", C24)


def serve(warehouse: Warehouse) -> FlaskClient:
    made: FlaskClient = create_app(Settings(warehouse.folder), warehouse).server.test_client()
    return made


def reading(warehouse: Warehouse) -> Reading:
    return read("?lang=en", Answers(warehouse))


def drawn(part: Any) -> str:
    return json.dumps(part, cls=PlotlyJSONEncoder, ensure_ascii=False)


def page(client: FlaskClient, path: str) -> str:
    (show,) = (each for each in callbacks(client) if each.output == f"{ids.PAGE}.children")
    answer = show.post(client, {f"{ids.PAGE_KEY}.data": {"path": path}, f"{ids.URL}.search": "?lang=en"})
    assert answer.status_code == 200
    return json.dumps(answer.get_json(), ensure_ascii=False)


def settled(staging: GroundStaging, token: str) -> StagedGround:
    for _ in range(400):
        now = staging.of(token)
        assert now is not None
        if now.phase not in BUSY:
            return now
        time.sleep(0.02)
    raise AssertionError(now)


@pytest.mark.parametrize("path", PAGES)
def test_without_boundaries_every_page_leads_to_the_first_steps(empty: Warehouse, path: str) -> None:
    assert f'"id": "{ids.FIRST_STEPS}"' in page(serve(empty), path)


def test_words_and_data_are_there_without_boundaries_too(empty: Warehouse) -> None:
    client = serve(empty)
    assert f'"id": "{ids.GLOSSARY}"' in page(client, "/glossary")
    assert f'"id": "{ids.UPLOAD_DROP}"' in page(client, "/data")


def test_one_step_after_the_other_is_the_next(empty: Warehouse, tmp_path: Path) -> None:
    assert [step.state for step in first_steps.steps(reading(empty))] == ["next", "later", "later"]
    ground_only = tiny_workspace(tmp_path / "a", incidents=False)
    assert [step.state for step in first_steps.steps(reading(ground_only))] == ["done", "next", "later"]
    assert "/data?lang=en" in drawn(first_steps.render(reading(ground_only)))
    ground_only.close()
    full = tiny_workspace(tmp_path / "b")
    assert [step.state for step in first_steps.steps(reading(full))] == ["done", "done", "done"]
    lines = list(first_steps.checked(reading(full)))
    assert len(lines) == 3
    assert "200 read = 200 kept + 0 put aside" in lines[1]
    assert "All is ready" in drawn(first_steps.render(reading(full)))
    full.close()


def test_a_map_without_incidents_says_so_beside_itself(tmp_path: Path) -> None:
    held = tiny_workspace(tmp_path, incidents=False)
    html = page(serve(held), "/")
    assert f'"id": "{ids.MAP}"' in html
    assert f'"id": "{ids.FIRST_STEPS}"' in html
    assert f'"id": "{ids.KPIS}"' not in html
    held.close()


def test_a_preview_tells_columns_areas_and_what_is_not_known(ground: Path) -> None:
    found = preview_layer(read_features(ground), Level.COMMUNE)
    assert found.report is not None
    assert found.report.code_field in found.fields
    assert found.first[0].code
    assert found.refused is None
    refused = preview_layer(read_features(ground), Level.COMMUNE, population="name")
    assert (refused.report, refused.fields) == (None, found.fields)
    assert "is not a number of people" in str(refused.refused)


def test_a_boundary_file_is_tried_chosen_about_loaded_and_not_kept(empty: Warehouse, ground: Path) -> None:
    staging = GroundStaging(empty.folder, empty)
    token = staging.take("communes-2024.geojson", io.BytesIO(ground.read_bytes()))
    tried = settled(staging, token)
    assert tried.phase == "tried"
    assert empty.boundaries().layers == {}
    staging.try_again(token, wished(tried, {"level": "commune", "population": "name"}))
    assert settled(staging, token).phase == "refused"
    staging.try_again(token, LayerWish())
    settled(staging, token)
    staging.load(token, named(LayerWish(), {"edition": "no good name", "begin": "", "end": ""}), by=pen(empty.folder))
    refused = settled(staging, token)
    assert (refused.phase, refused.error is not None) == ("tried", True)
    staging.load(
        token, named(LayerWish(), {"edition": " 2024 ", "begin": "2020-01-01", "end": "x"}), by=pen(empty.folder)
    )
    assert settled(staging, token).phase == "stored"
    assert empty.boundaries().editions["2024"].valid_from == date(2020, 1, 1)
    assert [path for path in (empty.folder / FOLDER).rglob("*") if path.is_file()] == []
    staging.close()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"<OGRVRTDataSource/>", b'{"type": "FeatureCollection", "features": []}']
)
def test_what_is_no_map_is_refused_in_words_and_thrown_away(empty: Warehouse, content: bytes) -> None:
    staging = GroundStaging(empty.folder, empty)
    failed = settled(staging, staging.take("x.geojson", io.BytesIO(content)))
    assert (failed.phase, failed.trial) == ("failed", None)
    assert failed.error is not None
    assert [path for path in (empty.folder / FOLDER).rglob("*") if path.is_file()] == []
    staging.close()


def test_what_the_program_recognised_is_no_choice_and_what_is_not_on_offer_neither(ground: Path) -> None:
    preview = preview_layer(read_features(ground), Level.COMMUNE)
    staged: StagedGround = Staged("t", "f", 1, "tried", 0.0, LayerWish(), preview)
    assert preview.report is not None
    shown = {"level": "commune", "code": preview.report.code_field, "name": preview.report.name_field}
    assert wished(staged, shown) == LayerWish()
    assert wished(staged, {"code": "../etc/passwd", "level": "moon", "name": ["x"], "parent": {}}) == LayerWish()
    assert wished(staged, {"level": "district"}).level is Level.DISTRICT
    other = next(field for field in preview.fields if field != preview.report.name_field)
    chosen = wished(staged, {"name": other})
    assert chosen.columns.name == other
    back = replace(staged, recipe=chosen, trial=preview_layer(read_features(ground), Level.COMMUNE, name=other))
    assert wished(back, {"name": "-"}).columns.name is None


@pytest.mark.parametrize(
    ("file", "name"), [("xa_2025.geojson", "2025"), ("ranh-gioi.zip", "2026"), ("20251.gpkg", "2026")]
)
def test_an_edition_is_named_by_the_year_in_its_file(file: str, name: str) -> None:
    assert edition_of(file, 2026) == name


@pytest.mark.parametrize("headers", [{"X-Diem-Nong": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}])
def test_only_a_page_of_this_server_may_send_boundaries(empty: Warehouse, headers: dict[str, str]) -> None:
    sent = serve(empty).post("/upload/boundaries", data=b"{}", headers={**OURS, **headers})
    assert sent.status_code == 403


def test_boundaries_too_large_are_refused_with_their_own_remedy(empty: Warehouse) -> None:
    query = {"name": "x.geojson", "lang": "en"}
    length = {"CONTENT_LENGTH": str(LARGEST + 1)}
    client = serve(empty)
    answer = client.post("/upload/boundaries", query_string=query, data=b"{}", headers=OURS, environ_overrides=length)
    assert answer.status_code == 413
    assert "diemnong boundaries add" in answer.get_json()["message"]


@pytest.mark.parametrize("forged", [7, [], {"x": [1]}, "x" * 500, "\u0000"], ids=repr)
def test_a_forged_token_or_choice_breaks_nothing(empty: Warehouse, forged: Any) -> None:
    client = serve(empty)
    for callback in callbacks(client):
        if "ground-" in callback.output:
            given = {f"{ids.GROUND_UPLOADED}.data": forged, f"{ids.GROUND_SHOWN}.data": forged}
            assert callback.post(client, given, changed=f"{ids.GROUND_UPLOADED}.data").status_code in {200, 204}


def test_a_second_boundary_file_takes_the_place_of_the_first(empty: Warehouse, ground: Path) -> None:
    """Else a person who tries file after file is refused the ninth, for files that no page shows any more."""
    client = serve(empty)
    (look,) = (each for each in callbacks(client) if f"{ids.GROUND_STATUS}.children" in each.output)
    shown: Any = None
    for name in ("a.geojson", "b.geojson"):
        sent = client.post("/upload/boundaries", query_string={"name": name}, data=ground.read_bytes(), headers=OURS)
        values = {f"{ids.GROUND_UPLOADED}.data": sent.get_json()["token"], f"{ids.URL}.search": "?lang=en"}
        for _ in range(400):
            told = look.post(client, {**values, f"{ids.GROUND_SHOWN}.data": shown}).get_json()["response"]
            shown = told[ids.GROUND_SHOWN]["data"]
            if told[ids.GROUND_POLL]["disabled"]:
                break
            time.sleep(0.05)
        assert name in json.dumps(told[ids.GROUND_TRIAL]["children"])
    assert [path.name for path in (empty.folder / FOLDER).rglob("*") if path.is_file()] == ["b.geojson"]
