"""What is kept from where one is: a view, a note on the area asked, an event. Names are texts, refusals are words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.app import create_app
from dashboard.settings import Settings
from geodata.notebook import Kind, Mark, Meeting, Note, SavedView
from geodata.vocabulary import EventKind, Level
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.dashboard.notebook_acts import act, drawn, said
from tests.geodata.worlds import Still, tiny_snapshot, tiny_workspace

pytestmark = pytest.mark.slow  # seconds in all

NEW_VIEW, NEW_NOTE, NEW_MARK = ((kind, "") for kind in (Kind.VIEW, Kind.NOTE, Kind.MARK))
FORGED: list[Any] = [None, 0, True, 7, [], {"a": 1}, "\u0000", "x" * 9000, "<script>alert(1)</script>"]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tiny_workspace(tmp_path_factory.mktemp("ready"), incidents=False)
    made.close()
    return made.folder


@pytest.fixture
def one_area(warehouse: Warehouse) -> tuple[str, str, str]:
    """A query that asks for one area, the area's edition and code."""
    key, layer = next(
        (key, layer) for key, layer in warehouse.boundaries().layers.items() if key.level is Level.COMMUNE
    )
    return f"?lang=en&edition={key.edition}&area={layer.codes[0]}", key.edition, layer.codes[0]


def test_the_form_proposes_the_question_as_a_name(client: FlaskClient) -> None:
    shown = said(act(client, "open", NEW_VIEW, at=("/", "?lang=en&category=theft")))
    assert '"is_open": true' in shown
    assert '"value": "Property theft · ' in shown or '"value": "Theft · ' in shown
    assert "Note on this area" not in shown  # no single area is asked


def test_a_saved_view_keeps_what_is_asked_and_not_how_one_reads(client: FlaskClient, warehouse: Warehouse) -> None:
    at = ("/compare", "?lang=en&theme=dark&category=theft")
    answer = act(client, "save", NEW_VIEW, {"name": "  Thefts   here "}, at=at)
    assert answer[ids.KEPT]["data"]
    assert "Saved: Thefts here" in said(answer)
    (view,) = warehouse.notebook().views
    assert (view.name, view.page) == ("Thefts here", "/compare")
    assert "category=theft" in view.query
    assert "lang" not in view.query
    assert "theme" not in view.query
    listed = drawn(client, ids.SAVED_VIEWS, "?lang=en&theme=dark")
    assert "Thefts here" in listed
    assert "/compare?" in listed
    assert "lang=en&theme=dark" in listed  # whoever opens it goes on reading as before


def test_a_name_that_is_taken_is_replaced_only_when_asked(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(SavedView("mine", "?layer=rate"))
    refused = said(act(client, "save", NEW_VIEW, {"name": "mine"}))
    assert "There is a view «mine» already" in refused
    assert warehouse.notebook().views == (SavedView("mine", "?layer=rate"),)
    act(client, "replace", NEW_VIEW, {"name": "mine"})
    (view,) = warehouse.notebook().views
    assert view.query != "?layer=rate"


def test_a_renamed_view_is_there_once(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(SavedView("old", "?layer=rate", "/compare"), SavedView("other", ""))
    assert "already" in said(act(client, "save", (Kind.VIEW, "old"), {"name": "other"}))
    act(client, "save", (Kind.VIEW, "old"), {"name": "old"})
    act(client, "save", (Kind.VIEW, "old"), {"name": "new"})
    assert warehouse.notebook().views == (SavedView("new", "?layer=rate", "/compare"), SavedView("other", ""))
    assert "deleted meanwhile" in said(act(client, "save", (Kind.VIEW, "old"), {"name": "x"}))


def test_a_note_belongs_to_the_area_asked_and_stands_beside_its_map(
    client: FlaskClient, warehouse: Warehouse, one_area: tuple[str, str, str]
) -> None:
    query, edition, code = one_area
    assert "Note on this area" in said(act(client, "open", NEW_VIEW, at=("/", query)))
    act(client, "save", NEW_NOTE, {"text": "the market\n moved  ", "day": "2024-03-05"}, at=("/", query))
    (note,) = warehouse.notebook().notes
    assert note == Note(note.key, edition, Level.COMMUNE, code, date(2024, 3, 5), "the market\nmoved")
    assert "the market" in drawn(client, ids.AREA_NOTES, query)
    assert "the market" not in drawn(client, ids.AREA_NOTES, "?lang=en")
    act(client, "save", (Kind.NOTE, note.key), {"text": "it came back", "day": "2024-04-05"})
    assert warehouse.notebook().notes[0].text == "it came back"
    assert "choose the area" in said(act(client, "save", NEW_NOTE, {"text": "x", "day": "2024-03-05"}))


def test_an_event_has_its_day_kind_and_category(client: FlaskClient, warehouse: Warehouse) -> None:
    given = {"label": "Tết", "day": "2024-02-10", "kind": "campaign", "category": "theft"}
    act(client, "save", NEW_MARK, given)
    (mark,) = warehouse.notebook().marks
    assert mark == Mark(mark.key, date(2024, 2, 10), "Tết", EventKind.CAMPAIGN, "theft")
    act(client, "save", (Kind.MARK, mark.key), {**given, "kind": "war", "category": "none such"})
    assert warehouse.notebook().marks == (Mark(mark.key, date(2024, 2, 10), "Tết"),)


@pytest.mark.parametrize(
    ("of", "fields", "why"),
    [
        (NEW_VIEW, {"name": "   "}, "it is empty"),
        (NEW_VIEW, {"name": "x" * 81}, "longer than 80"),
        (NEW_VIEW, {"name": "Nguyễn Văn An"}, "name a person"),
        (NEW_VIEW, {"name": "x\u202ey"}, "nobody can see"),
        (NEW_VIEW, {}, "it is empty"),
        (NEW_MARK, {"label": "Tết", "day": "soon"}, "give the day"),
        (NEW_MARK, {"label": "0912 345 678", "day": "2024-02-10"}, "name a person"),
        ((Kind.SCRIPT, ""), {"name": "x"}, "cannot be written down here"),
    ],
)
def test_what_may_not_be_kept_is_refused_in_words(
    client: FlaskClient, warehouse: Warehouse, of: tuple[Kind, str], fields: dict[str, str], why: str
) -> None:
    assert why in said(act(client, "save", of, fields)[ids.NOTEBOOK_REFUSED])
    assert warehouse.notebook().entries == ()


@pytest.mark.parametrize("forged", FORGED, ids=lambda value: repr(value)[:20])
def test_a_forged_press_or_field_is_never_a_fault_of_ours(
    client: FlaskClient, warehouse: Warehouse, forged: Any
) -> None:
    warehouse.keep(Meeting(date(2024, 3, 1)))
    fields = dict.fromkeys(("name", "label", "text", "day", "area", "kind", "category"), forged)
    for kind in Kind:
        for pressed in ("save", "replace", "open", "ask", "strike", "leave", "turn"):
            act(client, pressed, (kind, ""), fields, at=(forged, forged))
    for where in ({"act": forged, "kind": "view", "key": ""}, {"act": "save", "kind": forged, "key": forged}):
        answer = press(client, {"type": ids.NOTEBOOK_ACT, **where})
        assert answer.status_code in {200, 204}
    assert warehouse.notebook().meetings == (Meeting(date(2024, 3, 1)),)
    assert {view.name for view in warehouse.notebook().views} <= {"<script>alert(1)</script>"}  # a text like any other


@pytest.mark.parametrize("clicks", [None, 0, True, "1", [1]], ids=repr)
def test_nothing_is_kept_without_a_counted_click(client: FlaskClient, warehouse: Warehouse, clicks: Any) -> None:
    warehouse.keep(SavedView("mine", ""))
    where = {"type": ids.NOTEBOOK_ACT, "act": "strike", "kind": "view", "key": "mine"}
    assert press(client, where, clicks=clicks).status_code == 204
    assert len(warehouse.notebook().views) == 1


def test_where_the_store_can_only_be_read_the_form_says_so(
    client: FlaskClient, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.keep(SavedView("mine", ""))
    monkeypatch.setattr(
        warehouse._catalogue, "read_only", True
    )  # what a folder without the right to write brings about
    assert "can only be read here" in said(act(client, "save", NEW_VIEW, {"name": "x"}))
    assert "can only be read here" in said(act(client, "strike", (Kind.VIEW, "mine")))
    assert "mine" in drawn(client, ids.SAVED_VIEWS)


def test_where_nothing_can_be_kept_nothing_is_offered(tmp_path: Path) -> None:
    client = create_app(Settings(tmp_path), Still(tiny_snapshot())).server.test_client()
    assert "☆" not in drawn(client, ids.SAVED_VIEWS)
    assert "shows data only" in drawn(client, ids.NOTEBOOK)
    assert client.get("/notebook.json").status_code == 404
    page = next(each for each in callbacks(client) if each.output == f"{ids.PAGE}.children")
    shown = said(page.post(client, {f"{ids.PAGE_KEY}.data": {"path": "/"}}).get_json())
    assert ids.NOTEBOOK_ACT not in shown
