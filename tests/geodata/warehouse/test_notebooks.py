"""A notebook keeps what people write down, as a store and as a file; of places and days, never of persons."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from geodata.notebook import Home, Kind, Mark, Meeting, Note, Notebook, SavedView, Script, Slide
from geodata.notebook_file import NotebookError, file_of, read_file
from geodata.vocabulary import EventKind, Level
from geodata.warehouse.catalogue import NAME
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.worlds import tiny_workspace

DAY = date(2025, 3, 1)
ENTRIES = (
    SavedView("Trộm cắp ban đêm", "?category=theft&hours=18-5"),
    Note("n1", "2024", Level.COMMUNE, "101", DAY, "chợ dời sang khu mới"),
    Mark("m1", DAY, "Cao điểm Tết", EventKind.CAMPAIGN, "theft"),
    Meeting(DAY),
    Script("Họp tháng 3", (Slide("?layer=pattern", "Điểm nóng kéo dài", "nói về ba xã"), Slide("?layer=rate"))),
    Home("?edition=2024&area=101"),
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return tiny_workspace(tmp_path, incidents=False)


def test_what_is_kept_is_there_for_the_next_program_and_makes_no_generation(warehouse: Warehouse) -> None:
    before = warehouse.snapshot().generation
    warehouse.keep(*ENTRIES)
    assert Warehouse(warehouse.folder).notebook() == Notebook.of(ENTRIES)
    assert warehouse.snapshot().generation == before


def test_an_entry_takes_the_place_of_the_one_with_its_key(warehouse: Warehouse) -> None:
    warehouse.keep(SavedView("mine", "?layer=rate"))
    warehouse.keep(SavedView("mine", "?layer=count"), Home("?region=a"))
    warehouse.keep(Home("?region=b"))
    assert warehouse.notebook() == Notebook(views=(SavedView("mine", "?layer=count"),), home=Home("?region=b"))


def test_what_is_struck_is_gone_and_only_that(warehouse: Warehouse) -> None:
    warehouse.keep(*ENTRIES)
    assert warehouse.strike(Kind.NOTE, "n1")
    assert not warehouse.strike(Kind.NOTE, "n1")
    assert set(warehouse.notebook().entries) == set(ENTRIES) - {ENTRIES[1]}


def test_each_owner_has_a_notebook(warehouse: Warehouse) -> None:
    warehouse.keep(Meeting(DAY), owner="chief")
    assert warehouse.notebook() == Notebook()
    assert warehouse.notebook("chief").meetings == (Meeting(DAY),)


def test_a_file_holds_the_whole_notebook() -> None:
    notebook = Notebook.of(ENTRIES)
    assert read_file(file_of(notebook)) == notebook


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (SavedView(" ", "?layer=rate"), "it is empty"),
        (SavedView("x" * 81, ""), "longer than 80"),
        (SavedView("x", "?" + "a" * 8001), "longer than 8000"),
        (Note("n", "2024", Level.COMMUNE, "101", DAY, "gặp Nguyễn Văn An tại chợ"), "name a person"),
        (Mark("m", DAY, "gọi 0912 345 678"), "name a person"),
        (Script("x", ()), "1 to 99 slides"),
        (SavedView("x\u202e", ""), "nobody can see"),
        (SavedView("x", "?\ud800"), "nobody can see"),
        (Note("\x00", "2024", Level.COMMUNE, "101", DAY, "chợ"), "nobody can see"),
        (Mark("m" * 81, DAY, "chợ"), "longer than 80"),
    ],
)
def test_what_may_not_be_kept_is_refused_whole(warehouse: Warehouse, entry: SavedView, said: str) -> None:
    with pytest.raises(NotebookError) as refused:
        warehouse.keep(Meeting(DAY), entry)
    assert said in str(refused.value)
    assert "Nguyễn" not in str(refused.value)
    assert warehouse.notebook() == Notebook()


def test_an_area_named_after_a_person_is_a_place(warehouse: Warehouse) -> None:
    name = next(iter(warehouse.boundaries().layers.values())).names[0]
    warehouse.keep(SavedView(f"Trộm cắp ở {name}", ""))
    assert len(warehouse.notebook().views) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "no notebook"),
        ("[]", "no notebook"),
        ('{"format": "diemnong notebook 1", "entries": [{"kind": "person", "entry": {}}]}', "entry 1 of the file"),
        ('{"format": "diemnong notebook 1", "entries": [{"kind": "meeting", "entry": {"day": "soon"}}]}', "«day»"),
        ('{"format": "diemnong notebook 1", "entries": [7]}', "entry 1 of the file"),
        (json.dumps({"format": "diemnong notebook 1", "entries": [{}] * 2001}), "more than 2000"),
        ("[" * 100_000, "no notebook"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(NotebookError) as refused:
        read_file(text)
    assert said in str(refused.value)


@pytest.mark.parametrize("depth", [100, 900, 950, 980, 990])
def test_however_deep_an_entry_is_nested_it_is_refused_in_words(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    with pytest.raises(NotebookError):
        read_file('{"format": "diemnong notebook 1", "entries": [{"kind": "meeting", "entry": ' + deep + "}]}")


def test_a_notebook_never_grows_beyond_what_its_file_may_hold(warehouse: Warehouse) -> None:
    warehouse.keep(*(Mark(f"m{n}", DAY, "chợ") for n in range(2_000)))
    assert read_file(file_of(warehouse.notebook())) == warehouse.notebook()
    with pytest.raises(NotebookError, match="at most 2000 entries"):
        warehouse.keep(Meeting(DAY))
    warehouse.keep(Mark("m7", DAY, "trường"))  # in place of another


def test_a_store_of_version_4_learns_to_keep_notebooks(warehouse: Warehouse) -> None:
    folder = warehouse.folder
    warehouse.close()
    connection = sqlite3.connect(folder / NAME)
    connection.executescript("DROP TABLE notebook; DROP TABLE seals; PRAGMA user_version=4;")
    connection.close()
    later = Warehouse(folder)
    later.keep(Meeting(DAY))
    assert later.notebook().meetings == (Meeting(DAY),)
