"""The page of the notebook: all that is kept, taken out, passed on as a file and taken over from one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import ids
from geodata.notebook import Entry, Home, Kind, Mark, Meeting, Note, Notebook, SavedView, Script, Slide
from geodata.notebook_file import FORMAT, file_of
from geodata.vocabulary import Level
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.callbacks import callbacks, press
from tests.dashboard.notebook_acts import act, drawn, said
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # seconds in all

DAY = date(2024, 3, 5)
HERE = ("/notebook", "?lang=en&edition=2024")
VIEW = SavedView("Đêm", "?category=theft&hours=18-5", "/compare")
ENTRIES: tuple[Entry, ...] = (
    VIEW,
    Note("n1", "2024", Level.COMMUNE, "101", DAY, "chợ dời"),
    Mark("m1", DAY, "Cao điểm", category="theft"),
    Meeting(DAY),
    Script("Họp", (Slide("?layer=pattern"), Slide("?layer=rate"))),
    Home("?edition=2024&area=101"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    held = tiny_workspace(tmp_path_factory.mktemp("made"), incidents=False)
    yield held
    held.close()


@pytest.fixture
def warehouse(made: Warehouse) -> Warehouse:
    """The one workspace of these tests, its notebook empty."""
    for kind in Kind:
        for entry in made.notebook().entries:
            made.strike(kind, entry.key)
    return made


def chosen(client: FlaskClient, text: Any) -> str:
    """What is said of a chosen file."""
    (callback,) = (each for each in callbacks(client) if each.output == f"{ids.NOTEBOOK_FILE_SHOWN}.children")
    values = {f"{ids.NOTEBOOK_FILE}.data": {"text": text, "chosen": 1}, f"{ids.URL}.search": "?lang=en"}
    answer = callback.post(client, values, changed=f"{ids.NOTEBOOK_FILE}.data")
    assert answer.status_code in {200, 204}, answer.get_data(as_text=True)
    return answer.get_data(as_text=True) if answer.status_code == 204 else said(answer.get_json())


def taken(client: FlaskClient, text: Any, *, clicks: Any = 1) -> str:
    """What is said once the file is taken over."""
    values = {f"{ids.NOTEBOOK_FILE}.data": {"text": text}, f"{ids.URL}.search": "?lang=en"}
    answer = press(client, {"type": ids.NOTEBOOK_FILE_ACT, "act": "take"}, clicks=clicks, values=values)
    assert answer.status_code in {200, 204}, answer.get_data(as_text=True)
    return said(answer.get_json()) if answer.status_code == 200 else ""


def test_an_empty_notebook_says_how_each_thing_gets_there(client: FlaskClient) -> None:
    shown = drawn(client, ids.NOTEBOOK)
    assert shown.count("None yet.") == 5
    assert "None chosen." in shown


def test_every_kind_stands_on_the_page_with_where_it_leads(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(*ENTRIES)
    shown = drawn(client, ids.NOTEBOOK)
    assert "/compare?category=theft&hours=18-5&lang=en" in shown
    assert "chợ dời" in shown
    assert "area=101" in shown
    assert "05/03/2024" in shown
    assert "Cao điểm" in shown
    assert "2 slides" in shown
    assert "/present?" in shown


def test_what_is_struck_asks_back_first(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(*ENTRIES)
    assert "Delete «Đêm»?" in said(act(client, "ask", (Kind.VIEW, "Đêm"), at=HERE))
    assert len(warehouse.notebook().entries) == len(ENTRIES)
    for entry, kind in zip(ENTRIES, Kind, strict=True):
        assert "Deleted: " in said(act(client, "strike", (kind, entry.key), at=HERE))
    assert warehouse.notebook() == Notebook()


def test_notes_and_meetings_are_written_here_too(client: FlaskClient, warehouse: Warehouse) -> None:
    assert '"value": "2024:101"' in said(act(client, "open", (Kind.NOTE, ""), at=HERE))
    act(client, "save", (Kind.NOTE, ""), {"area": "2024:101", "text": "chợ", "day": "2024-03-05"}, at=HERE)
    act(client, "save", (Kind.MEETING, ""), {"day": "2024-03-05"}, at=HERE)
    book = warehouse.notebook()
    assert (book.notes[0].code, book.meetings) == ("101", (Meeting(DAY),))
    gone = act(client, "save", (Kind.NOTE, ""), {"area": "1900:7", "text": "chợ", "day": "2024-03-05"}, at=HERE)
    assert "choose the area" in said(gone)


def test_a_note_of_another_edition_says_which_and_a_vanished_area_leads_nowhere(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    warehouse.keep(Note("n1", "1999", Level.COMMUNE, "55", DAY, "xa xưa"))
    shown = drawn(client, ids.NOTEBOOK)
    assert "55 (1999), 05/03/2024" in shown
    assert "area=55" not in shown


def test_a_view_whose_area_is_gone_says_so_before_and_after_it_is_opened(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    warehouse.keep(SavedView("xưa", "?area=no-such"))
    shown = drawn(client, ids.NOTEBOOK)
    assert "Part of what it asks is no longer there" in shown
    assert "/?area=no-such" in shown  # as it was written, so that the page's notice names it


def test_a_file_that_leads_off_the_site_leads_to_the_map(client: FlaskClient, warehouse: Warehouse) -> None:
    for page in ("javascript:alert(1)", "//evil.example", "/../x", "https://evil.example/", ""):
        warehouse.keep(replace(VIEW, page=page))
        shown = drawn(client, ids.NOTEBOOK)
        assert '"href": "/?category=theft' in shown
        assert "evil" not in shown
        assert "javascript" not in shown


def test_the_whole_notebook_is_a_file_to_save_and_comes_back(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(*ENTRIES)
    answer = client.get("/notebook.json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="diem-nong-so-tay-')
    text, before = answer.get_data(as_text=True), warehouse.notebook()
    assert client.get("/notebook.json", headers={"Host": "evil.example"}).status_code == 403
    for entry, kind in zip(ENTRIES, Kind, strict=True):
        warehouse.strike(kind, entry.key)
    assert "1 saved view, 1 note, 1 event, 1 meeting, 1 presentation, my area" in chosen(client, text)
    assert warehouse.notebook() == Notebook()  # telling changes nothing
    assert "Taken over" in taken(client, "\ufeff" + text)
    assert warehouse.notebook() == before


def test_a_file_says_what_it_would_replace(client: FlaskClient, warehouse: Warehouse) -> None:
    warehouse.keep(VIEW, Meeting(DAY))
    shown = chosen(client, file_of(Notebook.of((replace(VIEW, query="?layer=rate"), Meeting(DAY)))))
    assert "1 of these is here already" in shown
    assert "1 takes the place of" in shown
    assert "Replaced by name: «Đêm»" in shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("PK\u0003", "no notebook"),
        ("[" * 200_000, "no notebook"),
        (json.dumps({"format": FORMAT, "entries": [{}] * 2_001}), "more than 2000"),
        (json.dumps({"format": FORMAT, "entries": [{"kind": "person", "entry": {}}]}), "no kind of entry"),
        (json.dumps({"format": FORMAT, "entries": []}), "nothing is written"),
        (" " * 700_001, "larger than 700 KB"),
    ],
    ids=["binary", "deep", "many", "kind", "empty", "large"],
)
def test_what_is_no_notebook_is_refused_in_words(
    client: FlaskClient, warehouse: Warehouse, text: str, why: str
) -> None:
    assert why in chosen(client, text)
    taken(client, text)
    assert warehouse.notebook() == Notebook()


def test_a_refusal_within_a_file_is_said_in_vietnamese_whole(client: FlaskClient) -> None:
    (callback,) = (each for each in callbacks(client) if each.output == f"{ids.NOTEBOOK_FILE_SHOWN}.children")
    text = json.dumps({"format": FORMAT, "entries": [{"kind": "person", "entry": {}}]})
    answer = callback.post(client, {f"{ids.NOTEBOOK_FILE}.data": {"text": text}}, changed=f"{ids.NOTEBOOK_FILE}.data")
    shown = said(answer.get_json())
    assert "«person»" in shown
    assert "kind of entry" not in shown


def test_a_file_with_one_bad_text_is_taken_not_at_all(client: FlaskClient, warehouse: Warehouse) -> None:
    bad = Note("n2", "2024", Level.COMMUNE, "101", DAY, "gặp Nguyễn Văn An tại chợ")
    assert "name a person" in taken(client, file_of(Notebook.of((*ENTRIES, bad))))
    assert warehouse.notebook() == Notebook()


@pytest.mark.parametrize("forged", [None, -7, [], {"text": 7}, True, "\u0000"], ids=repr)
def test_a_forged_file_or_press_does_nothing(client: FlaskClient, warehouse: Warehouse, forged: Any) -> None:
    chosen(client, forged)
    taken(client, forged)
    taken(client, file_of(Notebook.of(ENTRIES)), clicks=forged)
    assert warehouse.notebook() == Notebook()


def test_script_tags_are_text_and_never_markup(client: FlaskClient, warehouse: Warehouse) -> None:
    name = "<script>alert(1)</script>"
    warehouse.keep(SavedView(name, ""), Mark("m", DAY, name), Script(name, (Slide(""),)))
    shown = drawn(client, ids.NOTEBOOK)
    assert json.dumps(name)[1:-1] in shown
    assert "dangerously" not in shown


def test_the_page_stands_in_the_menu(client: FlaskClient, tmp_path: Path) -> None:
    assert client.get("/notebook").status_code == 200
    page = next(each for each in callbacks(client) if each.output == f"{ids.PAGE}.children")
    shown = said(page.post(client, {f"{ids.PAGE_KEY}.data": {"path": "/notebook"}}).get_json())
    assert "Sổ tay" in shown or "Notebook" in shown
    assert f'"data-chooses": "{ids.NOTEBOOK_FILE}"' in shown
    assert list(tmp_path.iterdir()) == []
