"""The show: what each slide says and draws, and that its numbers stay what they were when it began."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import flask
import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.findings import default_script
from dashboard.frozen import HELD, Freezer
from dashboard.pages import all_pages
from dashboard.panels import script, show
from dashboard.reading import read
from dashboard.screen import Screen
from dashboard.slides import Pin, pinned, shown
from dashboard.slides.markup import render
from dashboard.slides.stage import Stage
from geodata.answers.answers import Answers
from geodata.notebook import Notebook, Slide
from geodata.profile import GroupRow, Profile
from geodata.warehouse.snapshot import Snapshot
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks
from tests.dashboard.markup import of_look, text, texts
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

pytestmark = pytest.mark.slow  # seconds in all

GROUPS = {name: GroupRow(vi=name, en=name.title()) for name in ("theft", "drugs", "assault")}
WORLD = replace(tiny_snapshot(), profile=Profile(groups=GROUPS))
ANSWERS = Answers(Still(WORLD))
PIN = Pin(1, datetime(2025, 1, 2, 8, 30, tzinfo=UTC))
SIZE = re.compile(r'font-size="([\d.]+)"')


@pytest.fixture(autouse=True)
def server() -> Iterator[None]:
    """Panels ask the server that answers whether something can be kept."""
    with flask.Flask("alone").app_context():
        yield


def drawn(slide: Slide, *, shape: float = 16 / 9, lang: str = "en", answers: Answers = ANSWERS) -> Any:
    view = read(f"?lang={lang}", answers).view
    return render(shown(slide, view, answers), Stage(shape), PIN, 3)


def test_a_slide_of_all_groups_does_not_say_that_it_asks_for_one() -> None:
    view = read("?lang=en", ANSWERS).view
    both = [shown(Slide(f"/compare?side={side}&category=theft"), view, ANSWERS) for side in ("groups", "quarters")]
    assert [each.reading.view.category for each in both] == [(), ("theft",)]


def test_a_speaker_without_notes_is_told_so() -> None:
    assert "No notes for this slide" in text(drawn(DEFAULT[0])[3])


def page(query: str, answers: Answers = ANSWERS) -> Any:
    return all_pages()["/present"].layout(read(query, answers), Screen())


DEFAULT = default_script(read("?lang=en", ANSWERS), Notebook()).slides
EXTRA = tuple(
    Slide(query)
    for query in (
        "/compare?side=groups",
        "/compare?side=quarters",
        "/?layer=points",
        "/?layer=hexagons&hexagon=5000",
        "/?layer=rate&region=west",
        "/nowhere?layer=none&area=999",
        "",
    )
)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("shape", [16 / 9, 4 / 3])
def test_every_slide_has_a_short_title_a_map_a_companion_and_says_what_its_data_are(lang: str, shape: float) -> None:
    for slide in (*DEFAULT, *EXTRA):
        made = drawn(slide, shape=shape, lang=lang)
        (title,) = (text(each) for look in ("short", "plain", "long") for each in of_look(made, look))
        assert 0 < len(title.split()) <= 14 or slide in EXTRA, title
        drawings = [each["data-drawing"] for each in of_look(made, "drawing")]
        assert drawings, slide
        for svg in drawings:
            ElementTree.fromstring(svg)
            assert all(float(size) >= 24 for size in SIZE.findall(svg)), slide
        assert len(of_look(made, "companion")) == 1
        assert len(of_look(made, "ranked")) <= 5
        assert f"{PIN.since:%H:%M}" in text(made[2])


def test_a_title_somebody_wrote_stands_instead_of_the_finding() -> None:
    assert "Ours" in text(drawn(replace(DEFAULT[0], title="Ours"))[0])
    assert "never shown" in text(drawn(replace(DEFAULT[0], spoken="never shown"))[3])


def test_a_short_title_leaves_the_map_more_room_than_a_long_one() -> None:
    stage = Stage()
    assert stage.titled("Short").height > stage.titled("Long " * 30).height


def test_colours_are_the_themes() -> None:
    view = read("?lang=en&theme=dark", ANSWERS).view
    dark = of_look(render(shown(DEFAULT[0], view, ANSWERS), Stage(), PIN, 1), "drawing")[0]["data-drawing"]
    light = of_look(drawn(DEFAULT[0]), "drawing")[0]["data-drawing"]
    assert dark != light
    assert "#FFFFFF" not in dark


@dataclass
class Growing:
    """A store that gets new data."""

    held: Snapshot

    def snapshot(self) -> Snapshot:
        return self.held

    def quarantine(self) -> Iterator[Any]:
        return iter(())

    def follow_ups(self) -> dict[Any, Any]:
        return {}


def test_a_show_keeps_the_numbers_it_began_with_while_data_arrive() -> None:
    store = Growing(WORLD)
    freezer = Freezer(Answers(store))
    begun = freezer.freeze(None)
    before = text(drawn(DEFAULT[0], answers=begun))
    store.held = replace(tiny_snapshot(seed=2, n=90), generation=2)
    assert freezer.newest == 2
    assert text(drawn(DEFAULT[0], answers=freezer.freeze(1))) == before
    assert freezer.freeze(None).snapshot.generation == 2


def test_a_generation_that_is_no_longer_held_is_the_newest_one() -> None:
    store = Growing(WORLD)
    freezer = Freezer(Answers(store))
    for generation in range(1, HELD + 2):
        store.held = replace(WORLD, generation=generation)
        freezer.freeze(None)
    assert freezer.freeze(2).snapshot.generation == 2
    assert freezer.freeze(1).snapshot.generation == HELD + 1  # the first fell out


def test_the_room_is_told_when_the_data_of_the_show_are_gone(client: FlaskClient) -> None:
    told = json.dumps(made(client, pin={"generation": 77, "since": "2025-01-01T08:30:00"}))
    assert "started anew" in told
    (pin,) = re.findall(r'"data-generation": "(\d+)"', told)
    assert int(pin) != 77
    assert "started anew" not in json.dumps(made(client, pin={"generation": int(pin), "since": "2025-01-01T08:30:00"}))


def made(client: FlaskClient, *, pin: object = None, held: object = None, shape: object = 1.5) -> Any:
    """A slide as the browser gets it."""
    (callback,) = (each for each in callbacks(client) if f'"type":"{ids.SLIDE}"' in each.output)
    slide = asdict(Slide("/")) if held is None else held
    wanted = {"n": 1, "pin": pin, "shape": shape}
    values = {
        callback.inputs[0]["id"] + ".data": wanted,
        callback.state[0]["id"] + ".data": slide,
        f"{ids.URL}.search": "?lang=en",
    }
    answer = callback.post(client, values)
    assert answer.status_code == 200
    return answer.get_json()


@pytest.mark.parametrize("forged", [7, "x", [], {}, {"query": 3}, {"query": "/" * 9000}, {"query": "/", "title": None}])
def test_a_forged_slide_is_an_empty_one(client: FlaskClient, forged: object) -> None:
    assert "data-drawing" in json.dumps(made(client, held=forged, shape=forged, pin=forged))


FORGED_PINS: tuple[object, ...] = (
    None,
    [],
    {"generation": 3},
    {"generation": "3", "since": "2025-01-01"},
    {"generation": 3, "since": "x"},
)


def test_only_a_whole_pin_is_one() -> None:
    assert pinned({"generation": 3, "since": "2025-01-01T08:30:00"}) is not None
    assert [pinned(forged) for forged in FORGED_PINS] == [None] * len(FORGED_PINS)


def test_the_script_lists_each_slide_as_it_will_be_said_with_its_question() -> None:
    listed = page("?lang=en")
    assert len(texts(listed, "told")) == len(DEFAULT)
    for slide, said in zip(DEFAULT, texts(listed, "told"), strict=True):
        assert shown(slide, read("?lang=en", ANSWERS).view, ANSWERS).title in said


def test_what_is_not_there_is_said_in_words() -> None:
    assert any("no script «gone»" in said for said in texts(page("?lang=en&script=gone"), "notice"))
    assert any(f"ends with slide {len(DEFAULT)}" in said for said in texts(page("?lang=en&slide=90"), "notice"))


def test_an_empty_workspace_has_slides_that_say_so(tmp_path: Path) -> None:
    blank = Warehouse.create(tmp_path / "blank", "blank")
    assert "No boundaries are loaded" in text(drawn(Slide("/"), answers=Answers(blank))[1])
    unloaded = tiny_workspace(tmp_path, incidents=False)
    answers = Answers(unloaded)
    for slide in default_script(read("?lang=en", answers), Notebook()).slides:
        assert "No incidents are loaded" in text(drawn(slide, answers=answers)[0])
    blank.close()
    unloaded.close()


def test_where_nothing_can_be_kept_the_show_still_runs_and_the_page_says_so() -> None:
    assert "Nothing can be kept here." in text(script.PANEL.layout(read("?lang=en", ANSWERS)))
    assert show.PANEL.layout(read("?lang=en&slide=1", ANSWERS)) is not None
