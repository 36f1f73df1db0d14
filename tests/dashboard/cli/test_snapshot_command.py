"""``diemnong snapshot``: a file of the kind and size asked, from a query as the address bar has it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.dashboard.cli.city import Call, City


def test_a_png_has_exactly_the_size_asked(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "map.png"
    said = call("-w", city.workspace, "snapshot", "?edition=old&level=commune", "--out", out, "--size", "1280x720")
    assert (said.status, said.out) == (0, b""), said.err
    assert Image.open(io.BytesIO(out.read_bytes())).size == (1280, 720)


def test_the_default_size_is_that_of_a_projector(city: City, call: Call, tmp_path: Path) -> None:
    assert call("-w", city.workspace, "snapshot", "--out", tmp_path / "map.png").status == 0
    assert Image.open(tmp_path / "map.png").size == (1920, 1080)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), [("4k", (3840, 2160)), ("square", (1080, 1080)), ("portrait", (1080, 1350))])
def test_a_size_may_be_named(city: City, call: Call, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    said = call("-w", city.workspace, "snapshot", "--out", tmp_path / "map.png", "--size", name, "--json")
    assert said.json["size"] == list(size)
    assert Image.open(tmp_path / "map.png").size == size


@pytest.mark.slow
def test_who_printed_is_named_only_where_somebody_is(city: City, call: Call, tmp_path: Path) -> None:
    for file, options in (("named.svg", ("--user", "Trần Thị Bình")), ("plain.svg", ())):
        assert call("-w", city.workspace, "snapshot", "lang=en", "--out", tmp_path / file, *options).status == 0
    said = [(tmp_path / file).read_text("utf-8") for file in ("named.svg", "plain.svg")]
    assert "By: Trần Thị Bình" in said[0]
    assert "By: " not in said[1]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "begins"), [("map.svg", b"<?xml"), ("map.pdf", b"%PDF")])
def test_drawings_are_of_their_kind(city: City, call: Call, tmp_path: Path, name: str, begins: bytes) -> None:
    said = call("-w", city.workspace, "snapshot", "level=district", "--out", tmp_path / name, "--json")
    assert said.status == 0, said.err
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert said.json["format"] == name.rpartition(".")[2]


def test_bad_parts_of_the_query_are_named_and_left_out(city: City, call: Call, tmp_path: Path) -> None:
    query = "category=arson&colour=red&level=commune"
    said = call("-w", city.workspace, "snapshot", query, "--out", tmp_path / "map.png", "--json")
    assert said.status == 0
    assert {(part["key"], part["value"]) for part in said.json["dropped"]} == {("category", "arson"), ("colour", "red")}
    assert "arson" in said.err
    assert "colour" in said.err


@pytest.mark.parametrize(
    "options",
    [
        ("--out", "map.gif"),
        ("--out", "map"),
        ("--out", "nowhere/map.png"),
        ("--out", "map.png", "--size", "large"),
        ("--out", "map.png", "--size", "9x9"),
        ("--out", "map.png", "--size", "99999x99999"),
        (),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    city: City, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("-w", city.workspace, "snapshot", "", *options)
    assert (said.status, said.out) == (2, b"")
    assert said.err
    assert list(tmp_path.iterdir()) == []
