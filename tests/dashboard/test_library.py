"""What every page loads: small, named by its content, kept by the browser for ever, and with every letter needed."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import brotli
import flask
import pytest
from fontTools.ttLib import TTFont

from dashboard.library import FACES, FOREVER, Library, font, head, register
from dashboard.settings import assets_folder

pytestmark = pytest.mark.slow
WORDS = "Trộm cắp tài sản; Cố ý gây thương tích; Phường Trảng Bàng — ẫỔữặ 1.389 (21,1 %) ₫ “đã ghi nhận” – × − ≥"


@pytest.fixture(scope="module")
def library() -> Library:
    made = Library(assets_folder())
    made.prepare().join()
    return made


@pytest.fixture
def server(library: Library) -> flask.Flask:
    made = flask.Flask("t")
    register(made, library)
    return made


@pytest.mark.parametrize("weight", FACES)
def test_the_small_font_has_every_vietnamese_letter_and_sign(weight: int) -> None:
    small = font(weight)
    with TTFont(io.BytesIO(small)) as face:
        held = face.getBestCmap()
    vowels = "aăâeêioôơuưy"
    marked = [f"{letter}{tone}" for letter in vowels for tone in "\u0300\u0301\u0303\u0309\u0323"]
    composed = "".join(unicodedata.normalize("NFC", each) for each in marked)
    assert [letter for letter in composed + composed.upper() + WORDS if ord(letter) not in held] == []
    assert len(small) < 60_000


def test_plotly_comes_packed_to_whoever_can_unpack_it_and_plain_to_others(
    server: flask.Flask, library: Library
) -> None:
    client = server.test_client()
    packed = client.get(f"/library/{library.plotly}", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(f"/library/{library.plotly}")
    assert packed.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) < 1_300_000
    for answer in (packed, plain):
        assert answer.headers["Cache-Control"] == FOREVER
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_changed_style_has_another_name(tmp_path: Path) -> None:
    style = tmp_path / "a.css"
    style.write_text("a{}", encoding="utf-8")
    before = Library(tmp_path).own("css")
    style.write_text("b{}", encoding="utf-8")
    assert Library(tmp_path).own("css") != before


def test_whatever_the_page_names_is_there(server: flask.Flask, library: Library) -> None:
    named = set(re.findall(r"/library/[\w.-]+", head(library)))
    assert len(named) == 7
    assert {path: server.test_client().get(path).status_code for path in named} == dict.fromkeys(named, 200)


def test_no_other_file_is_given_away(server: flask.Flask) -> None:
    for path in ("/library/profile.toml", "/library/..%2fprofile.toml", "/library/plotly-1.js"):
        assert server.test_client().get(path).status_code == 404


def test_nobody_waits_for_a_font_in_the_making(library: Library) -> None:
    fresh = flask.Flask("fresh")
    other = Library(assets_folder())
    register(fresh, other)
    path = f"/library/{other.fonts[400]}"
    first = fresh.test_client().get(path)
    assert first.headers["Cache-Control"] == "no-store"
    assert first.data == library.whole_font(other.fonts[400])
    other.prepare().join()
    second = fresh.test_client().get(path)
    assert second.headers["Cache-Control"] == FOREVER
    assert len(second.data) < len(first.data) / 5
