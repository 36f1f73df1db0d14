from __future__ import annotations

from pathlib import Path

from dashboard import shelf
from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.shelf import Shelf
from tests.geodata.worlds import Still, tiny_snapshot


def test_a_file_is_made_once_while_it_is_kept() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"{}"

    held = Shelf()
    assert held.put("a.1.json", make) == held.put("a.1.json", make) == "/shapes/a.1.json"
    assert len(made) == 1
    assert held.get("a.1.json") == b"{}"
    assert held.get("b.1.json") is None


def test_the_longest_unasked_for_goes_first_and_the_newest_stays() -> None:
    held = Shelf(kept_bytes=100)
    for name in "abc":
        held.put(name, lambda: b"x" * 40)
        held.get("a")
    assert [name for name in "abc" if held.get(name)] == ["a", "c"]
    held.put("large", lambda: b"x" * 1000)
    assert [name for name in ("a", "b", "c", "large") if held.get(name)] == ["large"]


def test_a_picture_s_file_may_be_kept_for_ever_and_others_are_not_there(tmp_path: Path) -> None:
    server = create_app(Settings(tmp_path), Still(tiny_snapshot())).server
    with server.app_context():
        url = shelf.shelf().put("cells.abc.json", lambda: b'{"type":"FeatureCollection","features":[]}')
    answer = server.test_client().get(url)
    assert answer.mimetype == "application/geo+json"
    assert "immutable" in answer.headers["Cache-Control"]
    assert server.test_client().get("/shapes/cells.other.json").status_code == 404
