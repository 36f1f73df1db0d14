"""``diemnong deck``: slides of views, of a script, or of what the data say; refused in words where it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest

from dashboard.words import of
from geodata.notebook import Notebook, Script, Slide
from geodata.notebook_file import file_of
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.cli.city import Call, City

pytestmark = pytest.mark.slow


def titles(file: Path) -> list[str]:
    made: Any = pptx.Presentation(str(file))
    return [slide.shapes.title.text_frame.text for slide in made.slides]


def findings_in(deck: Path) -> list[str]:
    """The titles between the first slide and those that explain the words."""
    words = (of("en")("What the words mean"), of("vi")("What the words mean"))
    return [title for title in titles(deck)[1:] if title not in words]


def test_a_slide_a_view_with_the_counts_of_the_counts_command(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "deck.pptx"
    queries = ("?category=theft&edition=old&lang=en", "edition=old&level=district", "/targets?edition=old")
    said = call("-w", city.workspace, "deck", *queries, "--out", out, "--json")
    assert said.status == 0, said.err
    assert len(said.json["slides"]) == 3
    counted = call(
        "-w",
        city.workspace,
        "counts",
        "--edition",
        "old",
        "--level",
        "commune",
        "--category",
        "theft",
        "--format",
        "json",
    ).json
    made: Any = pptx.Presentation(str(out))
    assert len(findings_in(out)) == 3
    caption = next(each.text_frame.text for each in made.slides[1].shapes if each.name == "Caption")
    assert "placed on the map" in caption
    total = sum(row["n"] for row in (counted if isinstance(counted, list) else counted["rows"]))
    assert f"{total} placed" in caption


def test_without_a_view_the_script_is_made_from_the_data(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "deck.pptx"
    said = call("-w", city.workspace, "deck", "--out", out, "--lang", "en", "--json")
    assert said.status == 0, said.err
    assert len(findings_in(out)) == len(said.json["slides"])
    assert any(each.startswith("/persistence") for each in said.json["slides"])


def test_a_kept_script_and_the_same_from_a_file_make_the_same_slides(
    own_city: City, call: Call, tmp_path: Path
) -> None:
    script = Script("Meeting", (Slide("/?edition=old&lang=en", "The month in one map", "Good morning."),))
    held = Warehouse(own_city.workspace)
    held.keep(script)
    held.close()
    shared = tmp_path / "shared.json"
    shared.write_text(file_of(Notebook(scripts=(script,))), encoding="utf-8")
    kept, read = tmp_path / "kept.pptx", tmp_path / "read.pptx"
    assert call("-w", own_city.workspace, "deck", "--script", "Meeting", "--out", kept).status == 0
    assert call("-w", own_city.workspace, "deck", "--script-file", shared, "--out", read).status == 0
    assert titles(kept)[:2] == titles(read)[:2] == ["Meeting", "The month in one map"]


@pytest.mark.parametrize(
    "options",
    [
        ("--out", "deck.ppt"),
        ("--out", "nowhere/deck.pptx"),
        ("/admin?x=1", "--out", "deck.pptx"),
        ("--script", "unheard of", "--out", "deck.pptx"),
        ("--script-file", "absent.json", "--out", "deck.pptx"),
        ("?edition=old", "--script", "any", "--out", "deck.pptx"),
        (),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    city: City, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("-w", city.workspace, "deck", *options)
    assert (said.status, said.out) == (2, b"")
    assert said.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_workspace_is_told_what_to_load(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "new", "--profile", "blank").status == 0
    said = call("-w", tmp_path / "new", "deck", "--out", tmp_path / "deck.pptx")
    assert said.status == 2
    assert "load boundaries" in said.err
    assert not (tmp_path / "deck.pptx").exists()
