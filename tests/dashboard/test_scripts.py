"""A script that is put together: order, texts, files; each change is kept at once, and nothing is taken on trust."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.panels import script_acts
from geodata.notebook import Notebook, Script, Slide
from geodata.notebook_file import file_of
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press

pytestmark = pytest.mark.slow  # seconds in all

THREE = Script("x", (Slide("/?a"), Slide("/?b"), Slide("/?c")))


def test_slides_change_their_places_and_never_get_lost() -> None:
    def order(of: Script) -> str:
        return "".join(slide.query[-1] for slide in of.slides)

    assert order(script_acts.changed(THREE, "up", 2, "")) == "bac"
    assert order(script_acts.changed(THREE, "down", 1, "")) == "bac"
    assert order(script_acts.changed(THREE, "remove", 2, "")) == "ac"
    assert script_acts.changed(THREE, "add", "/targets", "?d").slides[-1].query == "/targets?d"
    assert order(script_acts.moved(THREE, {"from": 1, "to": 3})) == "bca"
    for act, of in (("up", 0), ("down", 4), ("burn", 1), ("add", "//evil"), (None, None), ("up", "1")):
        assert script_acts.changed(THREE, act, of, "?d") == THREE
    for forged in (None, {}, {"from": 0, "to": 1}, {"from": 1, "to": 9}, {"from": "1", "to": 2}):
        assert script_acts.moved(THREE, forged) == THREE


def test_texts_are_those_of_one_slide() -> None:
    assert script_acts.worded(THREE, "title", 2, " New ").slides[1].title == "New"
    assert script_acts.worded(THREE, "spoken", 3, "Say").slides[2].spoken == "Say"
    for field, of, written in (("query", 1, "x"), ("title", 9, "x"), ("title", 1, 7)):
        assert script_acts.worded(THREE, field, of, written) == THREE


def act(client: FlaskClient, act: str, of: object = 0, query: str = "?lang=en") -> Any:
    where = {"type": ids.SCRIPT_ACT, "act": act, "of": of}
    answer = press(client, where, values={f"{ids.URL}.search": query})
    assert answer.status_code in {200, 204}
    return answer.get_json() if answer.status_code == 200 else None


def sent(client: FlaskClient, text: object) -> str:
    """A file as the browser reads it."""
    (callback,) = (each for each in callbacks(client) if ids.SCRIPT_SAID in each.output)
    values = {f"{ids.URL}.search": "?lang=en", f"{ids.SCRIPT_CHOSEN}.data": {"text": text, "chosen": 1}}
    answer = callback.post(client, values, changed=f"{ids.SCRIPT_CHOSEN}.data")
    return json.dumps(answer.get_json())


def test_the_first_change_of_the_script_from_the_data_is_kept_as_a_copy(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    act(client, "down", 1)
    (kept,) = warehouse.notebook().scripts
    assert kept.name.startswith("Script of ")
    act(client, "remove", 1)
    assert [each.name for each in warehouse.notebook().scripts] == [kept.name, f"{kept.name} (2)"]


def test_a_kept_script_is_changed_under_its_name_and_deleted(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(replace(THREE, name="Ours"))
    act(client, "add", "/targets", "?lang=en&script=Ours&category=theft")
    assert "category=theft" in warehouse.notebook().scripts[0].slides[-1].query
    act(client, "delete", query="?lang=en&script=Ours")
    assert warehouse.notebook().scripts == ()


def test_a_script_goes_to_a_colleague_as_a_file_and_never_takes_the_place_of_one(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    warehouse.keep(replace(THREE, name="Ours"))
    content = json.dumps(act(client, "file", query="?lang=en&script=Ours"))
    assert "diemnong notebook 1" in content
    file = file_of(Notebook(scripts=(replace(THREE, name="Ours"),)))
    assert "Ours (2)" in sent(client, file)
    assert [each.name for each in warehouse.notebook().scripts] == ["Ours", "Ours (2)"]


@pytest.mark.parametrize(
    "text",
    ["", "\ufffd\x00", "[]", '{"format": "x"}', " " * 1_000_001, 7, None, file_of(Notebook())],
    ids=lambda text: repr(text)[:9],
)
def test_a_file_that_holds_no_script_is_refused_in_words(
    client: FlaskClient, warehouse: Warehouse, text: object
) -> None:
    assert "refused" in sent(client, text)
    assert warehouse.notebook().scripts == ()
