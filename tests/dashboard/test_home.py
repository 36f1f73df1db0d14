"""One's own area: kept by a real press only, asked for with everything else as it was, and left again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.home import Own, everywhere, home_of, own_of
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.notebook import Home
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace


def reading(query: str) -> Reading:
    return read(query, Answers(Still(tiny_snapshot())))


def test_the_ground_asked_becomes_the_own_area_and_asks_for_it_again() -> None:
    here = reading("?edition=2024&region=west&category=theft&layer=rate")
    assert home_of(here.view) == Home("?region=west")
    own = own_of(home_of(here.view), here.names)
    assert own == Own(("west",))
    assert own.asked_by(here.view)
    away = everywhere(here.view)
    assert not own.asked_by(away)
    assert own.within(away, here.names) == here.view


def test_the_whole_province_is_nobody_s_own_area() -> None:
    assert home_of(reading("?category=theft").view) is None


def test_areas_of_another_edition_bring_it_along() -> None:
    here = reading("?edition=2024&area=101&area=2&level=district")
    own = own_of(home_of(here.view), here.names)
    assert own == Own((), ("101", "2"), "2024")
    asked = own.within(reading("?edition=2025&layer=rate&category=drugs").view, here.names)
    assert (asked.edition, asked.area, asked.layer, asked.category) == ("2024", ("101", "2"), "rate", ("drugs",))
    assert not own.asked_by(replace(asked, edition="2025"))
    assert own.title(here.names) == "Xã 101, Vùng 2"


def test_an_area_that_is_no_longer_there_is_none() -> None:
    names = reading("").names
    assert own_of(Home("?region=gone"), names) is None
    assert own_of(Home("?edition=1999&area=1"), names) is None
    assert own_of(None, names) is None


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    held = tiny_workspace(tmp_path_factory.mktemp("own"), incidents=False)
    yield held
    held.close()


def shown(client: FlaskClient, query: str) -> str:
    """The panel's head as the server draws it."""
    (callback,) = (each for each in callbacks(client) if each.output.startswith(f"{ids.HOME}."))
    return json.dumps(callback.post(client, {f"{ids.URL}.search": query}).get_json(), ensure_ascii=False)


def push(client: FlaskClient, act: str, query: str, clicks: Any = 1) -> int:
    where = {"type": ids.HOME_ACT, "act": act}
    return press(client, where, clicks=clicks, values={f"{ids.URL}.search": query}).status_code


@pytest.mark.slow
def test_a_press_keeps_it_and_another_forgets_it(client: FlaskClient, warehouse: Warehouse) -> None:
    own, other = "?lang=en&edition=2024&area=101", "?lang=en&edition=2024&area=203"
    assert "Choose my area" in shown(client, "?lang=en")
    assert "Make this my area" in shown(client, own)
    assert push(client, "keep", own) == 200
    assert warehouse.notebook().home == Home("?edition=2024&area=101")
    assert "Back to the whole province" in shown(client, own)
    assert "Forget my area" in shown(client, own)
    assert "My area" in shown(client, "?lang=en")
    assert "Make this my area" in shown(client, other)
    assert push(client, "keep", other) == 200
    assert warehouse.notebook().home == Home("?edition=2024&area=203")
    assert push(client, "strike", other) == 200
    assert warehouse.notebook().home is None


@pytest.mark.slow
@pytest.mark.parametrize("clicks", [None, 0, -1, True, "1", [], {"a": 1}])
def test_what_is_no_press_keeps_nothing(client: FlaskClient, warehouse: Warehouse, clicks: Any) -> None:
    for act in ("keep", "strike", "else"):
        assert push(client, act, "?edition=2024&area=101", clicks) in {200, 204}
    assert push(client, "keep", "?category=theft") in {200, 204}  # all of the province
    assert warehouse.notebook().home is None
