"""The page of lasting hot spots: its rows, its order, and steps that are taken on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import flask
import numpy as np
import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.pages import all_pages
from dashboard.panels import header, register, register_caption
from dashboard.reading import read
from dashboard.screen import Screen
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.follow_up import Spot
from geodata.vocabulary import Level, Step
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

SPOT = Spot("2024", Level.COMMUNE, "101", "theft")
HERE = {f"{ids.URL}.search": "?lang=en&edition=2024"}
MARCH = date(2024, 3, 1)


@pytest.fixture(autouse=True)
def server() -> Iterator[None]:
    """Panels ask the server that answers whether something can be kept."""
    with flask.Flask("alone").app_context():
        yield


def planted() -> Answers:
    """Thirty places, the first three hot for long: the second hottest of them, the third only lately calm."""
    mean = np.full((30, 36), 20.0)
    mean[0], mean[1], mean[2, :33] = 50, 80, 60
    return Answers(Still(planted_snapshot(np.random.default_rng(3).poisson(mean))))


PLANTED = planted()


def text(parts: object) -> str:
    """Everything that is written in markup, in its order."""
    if isinstance(parts, str):
        return parts + "\n"
    if isinstance(parts, list | tuple):
        return "".join(text(part) for part in parts)
    return text(getattr(parts, "children", None)) if isinstance(parts, Component) else ""


def names(order: object) -> list[str]:
    found = PLANTED.register(read("?lang=en", PLANTED).view.question)
    return [row.name for row in register.in_order(found, order)]


def test_the_page_stands_in_the_menu_between_map_and_data() -> None:
    paths = [path for path, _ in header.MENU]
    assert paths.index("/") < paths.index("/persistence") < paths.index("/data")
    assert "/persistence" in all_pages()


def test_a_row_says_where_how_long_how_sure_how_much_and_leads_to_the_map() -> None:
    reading = read("?lang=en", PLANTED)
    said = text(register.render(reading))
    for part in ("Xã 002", "lasting", "hot in 8 of the last 8 quarters", "Persistent hot spot", "90% range", "times"):
        assert part in said
    assert "Proposed: put it under watch" in said
    assert ids.FOLLOW_UP_ACT not in str(register.render(reading))  # nobody keeps steps here
    links = str(register.render(reading))
    assert "area=002" in links
    assert "layer=pattern" in links


def test_the_order_can_be_chosen_and_anything_else_is_the_worst_first() -> None:
    assert names("severity") == ["Xã 002", "Xã 001", "Xã 003"]
    assert names("name") == ["Xã 001", "Xã 002", "Xã 003"]
    assert names("length")[-1] == "Xã 003"
    strange: list[object] = [None, 3, [], {"a": 1}, "worst"]
    for forged in strange:
        assert names(forged) == names("severity")


def test_the_whole_page_stands_for_desk_projector_and_a_workspace_without_anything(tmp_path: Path) -> None:
    page = all_pages()["/persistence"]
    for query in ("?lang=en", "?lang=vi&mode=projector", "?category=drugs&from=2031-01-01&to=2031-12-31"):
        assert page.layout(read(query, PLANTED), Screen())
    bare = Answers(Warehouse.create(tmp_path / "bare"))
    assert "No incidents are loaded" in text(page.layout(read("?lang=en", bare), Screen()))


def test_the_caption_names_method_rule_and_what_is_left_out() -> None:
    said = text(register_caption.render(read("?lang=en", PLANTED)))
    assert "risk path over 36 months" in said
    assert "not about the people who live there" in said


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """One place under watch; only the test that saves changes it, and takes its own."""
    made = tiny_workspace(tmp_path_factory.mktemp("watched"))
    made.follow_up(SPOT, Step.NOTED, since=MARCH)
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at the page."""

    client: FlaskClient

    def press(self, act: str, *, spot: Spot = SPOT, clicks: Any = 1, **fields: Any) -> str:
        """Press a button of the form; what the page shows then, as text."""
        values = [({"type": ids.FOLLOW_UP_FIELD, "of": of}, value) for of, value in fields.items()]
        where = {"type": ids.FOLLOW_UP_ACT, "act": act, "spot": register.key_of(spot)}
        key = f'{{"of":["ALL"],"type":"{ids.FOLLOW_UP_FIELD}"}}.value'
        answer = press(self.client, where, clicks=clicks, values={**HERE, key: values})
        return str(answer.status_code) + json.dumps(answer.get_json(silent=True), ensure_ascii=False)


@pytest.fixture(scope="module")
def desk(warehouse: Warehouse) -> Desk:
    return Desk(create_app(Settings(warehouse.folder), warehouse).server.test_client())


def test_a_step_is_asked_for_saved_and_seen_at_once(warehouse: Warehouse, tmp_path: Path) -> None:
    own = Warehouse(shutil.copytree(warehouse.folder, tmp_path / "own"))
    desk = Desk(create_app(Settings(own.folder), own).server.test_client())
    form = desk.press("open")
    assert all(part in form for part in ("Xã 101", "handled", "calmed", "dropped", "Under watch since 01/03/2024"))
    assert "come_back" not in form  # nothing has calmed yet
    saved = desk.press("save", step="handled", since="2024-05-02", measure="tuần tra đêm")
    assert json.loads(saved[3:])["response"][ids.FOLLOW_UP]["is_open"] is False
    assert "Being handled since 02/05/2024" in saved
    assert "Steps written down: 2" in saved
    held = own.follow_ups()[SPOT]
    assert [(taken.step, taken.since, taken.measure) for taken in held.steps] == [
        (Step.NOTED, MARCH, ""),
        (Step.HANDLED, date(2024, 5, 2), "tuần tra đêm"),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"step": "handled", "since": "2024-05-02", "measure": ""}, "say in a few words"),
        ({"step": "handled", "since": "2024-05-02", "measure": "gọi 0912 345 678"}, "seems to name a person"),
        ({"step": "calmed", "since": "2024-02-01", "measure": ""}, "before the step that holds now"),
        ({"step": "calmed", "since": f"{date.today() + timedelta(days=3)}", "measure": ""}, "not come yet"),  # noqa: DTZ011
        ({"step": "calmed", "since": "soon", "measure": ""}, "Give the day"),
        ({"step": "calmed", "since": None, "measure": ""}, "Give the day"),
        ({"step": "come_back", "since": "2024-05-02", "measure": ""}, "Choose a step"),
        ({"step": ["calmed"], "since": "2024-05-02"}, "Choose a step"),
        ({}, "Choose a step"),
    ],
)
def test_what_cannot_be_written_down_is_said_and_nothing_is_kept(
    desk: Desk, warehouse: Warehouse, fields: dict[str, Any], said: str
) -> None:
    answer = desk.press("save", **fields)
    assert said in answer
    assert "is_open" not in answer  # the form stays
    assert len(warehouse.follow_ups()[SPOT].steps) == 1


@pytest.mark.parametrize("clicks", [None, 0, -1, True, "1", [], {"a": 1}])
def test_only_a_real_press_does_anything(desk: Desk, warehouse: Warehouse, clicks: Any) -> None:
    desk.press("save", clicks=clicks, step="calmed", since="2024-05-02", measure="")
    assert len(warehouse.follow_ups()[SPOT].steps) == 1


def test_a_place_that_is_not_on_the_register_takes_no_step(desk: Desk, warehouse: Warehouse) -> None:
    for spot in (Spot("2024", Level.COMMUNE, "999", "theft"), Spot("2025", Level.COMMUNE, "101", "theft")):
        assert "not on the register any more" in desk.press("save", spot=spot, step="noted", since="2024-05-02")
    assert set(warehouse.follow_ups()) == {SPOT}


def test_cancelling_keeps_nothing(desk: Desk, warehouse: Warehouse) -> None:
    assert json.loads(desk.press("leave", step="calmed", since="2024-05-02")[3:])["response"][ids.FOLLOW_UP] == {
        "is_open": False
    }
    assert len(warehouse.follow_ups()[SPOT].steps) == 1


def test_where_nothing_can_be_kept_no_step_is_offered_or_taken(tmp_path: Path) -> None:
    desk = Desk(create_app(Settings(tmp_path), Still(tiny_snapshot())).server.test_client())
    assert desk.press("save", step="noted", since="2024-05-02").startswith("204")


def test_the_table_follows_the_question_and_the_order(desk: Desk) -> None:
    (table,) = (each for each in callbacks(desk.client) if each.output == f"{ids.REGISTER}.children")
    here = {f"{ids.URL}.search": "?lang=en&edition=2024&area=101", f"{ids.REGISTER_ORDER}.value": "name"}
    assert "Xã 101" in str(table.post(desk.client, here).get_json())
    there = here | {f"{ids.URL}.search": "?lang=en&edition=2024&area=201"}
    assert "Xã 101" not in str(table.post(desk.client, there).get_json())
