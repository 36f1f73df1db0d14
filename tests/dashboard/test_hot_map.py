"""The map panel: what travels on a click, and what people can choose on some layers only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.layers import all_layers
from dashboard.panels.hot_map import CHOICES, choice_links
from dashboard.reading import read
from dashboard.settings import Settings
from dashboard.sync import next_view
from geodata.answers.answers import Answers
from tests.dashboard.callbacks import callbacks
from tests.geodata.worlds import Still, tiny_snapshot

QUERY = "?edition=2024&level=commune&from=2022-01-01&to=2024-12-31"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    client: FlaskClient = create_app(Settings(tmp_path), Still(tiny_snapshot(n=2000))).server.test_client()
    return client


def answered(client: FlaskClient, query: str, shown: Any) -> dict[str, Any]:
    """What the map's callback sends to a browser that shows ``shown``."""
    (callback,) = (each for each in callbacks(client) if f"{ids.MAP}.figure" in each.output)
    answer = callback.post(client, {f"{ids.URL}.search": query, f"{ids.MAP_SHOWN}.data": shown})
    return answer.get_json()["response"]  # type: ignore[no-any-return]


def paths(response: dict[str, Any]) -> set[str]:
    return {"/".join(map(str, each["location"])) for each in response[ids.MAP]["figure"]["operations"]}


@pytest.mark.parametrize("layer", sorted(set(all_layers()) - {"hexagons"}))
def test_a_click_sends_numbers_and_no_shapes(client: FlaskClient, layer: str) -> None:
    before = answered(client, QUERY, None)[ids.MAP_SHOWN]["data"]
    response = answered(client, f"{QUERY}&layer={layer}&bandwidth=500", before)
    assert not any("style" in path or path == "data/0/geojson" for path in paths(response))
    points = 1_800 * 2 * 6  # eleven letters for both degrees of a point
    assert len(json.dumps(response[ids.MAP])) < 6_000 + (points if layer == "points" else 0)


def test_cells_are_sent_by_name_once_and_areas_come_back(client: FlaskClient) -> None:
    areas = answered(client, QUERY, None)[ids.MAP_SHOWN]["data"]
    first = answered(client, f"{QUERY}&layer=hexagons&hexagon=5000", areas)
    cells = first[ids.MAP_SHOWN]["data"]
    assert cells["cells"].startswith("/shapes/")
    assert client.get(cells["cells"]).status_code == 200
    assert "data/0/geojson" in paths(first)
    again = answered(client, f"{QUERY}&layer=hexagons&hexagon=5000&category=theft", cells)
    assert "data/0/geojson" not in paths(again)
    back = answered(client, QUERY, cells)
    assert "data/0/geojson" in paths(back)
    assert back[ids.MAP_SHOWN]["data"] == areas


def test_bands_are_fetched_by_their_name(client: FlaskClient) -> None:
    operations = answered(client, f"{QUERY}&layer=density&bandwidth=500", None)[ids.MAP]["figure"]["operations"]
    (url,) = {
        str(each["params"]["value"])
        for each in operations
        if each["location"][2:] == ["geojson"] and "overlays" in str(each["params"]["value"])
    }
    named = [feature["properties"]["code"] for feature in client.get(url).get_json()["features"]]
    assert named == [str(i) for i in range(len(named))]
    assert named


@pytest.mark.parametrize("layer", sorted(all_layers()))
def test_a_choice_stands_only_on_the_layer_it_is_for(layer: str) -> None:
    reading = read(f"{QUERY}&layer={layer}", Answers(Still(tiny_snapshot())))
    links: list[Any] = list(choice_links(reading))
    field = all_layers()[layer].chooses
    if not field:
        assert links == []
        return
    _, values = CHOICES[field]
    hrefs = [link.href for link in links[1:]]
    views = [read(href, reading.answers).view for href in hrefs]
    assert [getattr(view, field) for view in views] == list(values)
    assert {view.layer for view in views} == {layer}
    assert sum("chosen" in link.className for link in links[1:]) == 1


def test_a_click_on_a_cell_asks_nothing_and_on_an_area_asks_about_it() -> None:
    reading = read(f"{QUERY}&area=103", Answers(Still(tiny_snapshot())))
    for code, asked in (("cell 101", ("103",)), ("101", ("101",)), ("103", ())):
        marks = {"map": {"points": [{"location": code}]}, "month": None, "brush": None}
        assert next_view(reading, ids.MAP, {}, marks).area == asked
