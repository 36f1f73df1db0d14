"""A meeting's files: planned from its script, made one by one, in a folder that is whole or was never there."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.batch import folder as folders
from dashboard.batch import index, making
from dashboard.batch.folder import FolderError, facts_of, seal, whole_folder
from dashboard.batch.plan import Meeting, Part, parts_of
from dashboard.exports import Order
from dashboard.reading import Reading, read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.notebook import Script, Slide
from tests.geodata.worlds import Still, tiny_snapshot

ANSWERS = Answers(Still(tiny_snapshot()))
NAME = "họp [giao ban] tuần 47"


def base() -> Reading:
    return read("?lang=en&edition=2024&level=commune", ANSWERS)


def now() -> datetime:
    return datetime(2026, 11, 24, 8, 0, tzinfo=base().snapshot.profile.zone)


def written(target: Path, text: str = "one", *, meanwhile: Callable[[Path], Any] = bool) -> Path:
    """A batch of two files at that place; ``meanwhile`` something is done to what stands there."""
    with whole_folder(target) as unfinished:
        meanwhile(target)
        (unfinished / "a.txt").write_text(text, encoding="utf-8")
        (unfinished / "b.txt").write_text(text * 2, encoding="utf-8")
        files = [
            {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in unfinished.iterdir()
        ]
        seal(unfinished, f"<p>{text}</p>", {"format": folders.FORMAT, "files": files})
    return target


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_is_there_when_it_is_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "new" / NAME) as unfinished:
        (unfinished / "a.txt").write_text("x", encoding="utf-8")
        assert not (tmp_path / "new" / NAME).exists()
    assert content(tmp_path) == {f"new/{NAME}/a.txt": b"x"}


def test_an_empty_folder_and_an_unchanged_batch_give_way(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    for text in ("one", "two", "three"):
        assert content(written(tmp_path / NAME, text))["a.txt"] == text.encode()
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


CHANGES: dict[str, Callable[[Path], Any]] = {
    "another file": lambda held: (held / "mine.txt").write_text("mine", encoding="utf-8"),
    "another folder": lambda held: (held / "mine").mkdir(),
    "a hidden file": lambda held: (held / ".mine").write_text("mine", encoding="utf-8"),
    "a file that was changed": lambda held: (held / "b.txt").write_text("mine", encoding="utf-8"),
    "a file of the same length": lambda held: (held / "a.txt").write_text("ONE", encoding="utf-8"),
    "the page": lambda held: (held / "index.html").write_text("<p>mine</p>", encoding="utf-8"),
    "a folder in place of a file": lambda held: (held / "a.txt").rename(held / "b.txt").with_name("a.txt").mkdir(),
    "no facts": lambda held: (held / "facts.json").unlink(),
    "other facts": lambda held: (held / "facts.json").write_text('{"format": "mine"}', encoding="utf-8"),
    "broken facts": lambda held: (held / "facts.json").write_text("{", encoding="utf-8"),
    "facts without files": lambda held: (held / "facts.json").write_text(
        '{"format": "diemnong batch 1"}', encoding="utf-8"
    ),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_batch_that_somebody_changed_is_never_touched(tmp_path: Path, change: str) -> None:
    target = written(tmp_path / NAME)
    CHANGES[change](target)
    before = content(tmp_path)
    with pytest.raises(FolderError) as refused:
        written(target, "two")
    assert NAME in str(refused.value)
    assert content(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("change", ["another file", "a file that was changed", "the page"])
def test_what_is_changed_while_the_next_is_made_is_not_touched_either(tmp_path: Path, change: str) -> None:
    target = written(tmp_path / NAME)
    with pytest.raises(FolderError):
        written(target, "two", meanwhile=CHANGES[change])
    changed = content(target)
    assert b"two" not in changed.values()
    CHANGES[change](target)
    assert content(target) == changed, "as somebody left it"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_a_file_browser_leaves_and_a_file_taken_out_stop_nothing(tmp_path: Path) -> None:
    target = written(tmp_path / NAME)
    (target / "Thumbs.db").write_bytes(b"small pictures")
    (target / "a.txt").unlink()
    assert set(content(written(target, "two"))) == {"a.txt", "b.txt", "index.html", "facts.json"}


@pytest.mark.parametrize("there", ["report.docx", "facts.json"])
def test_a_folder_of_something_else_is_never_touched(tmp_path: Path, there: str) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / there).write_text("[]", encoding="utf-8")
    with pytest.raises(FolderError, match="something else"):
        written(tmp_path / NAME)
    assert content(tmp_path) == {f"{NAME}/{there}": b"[]"}


def test_an_error_leaves_what_stood_there_and_nothing_else(tmp_path: Path) -> None:
    before = content(written(tmp_path / NAME))
    with pytest.raises(ZeroDivisionError):
        written(tmp_path / NAME, "two", meanwhile=lambda _: 1 / 0)
    assert content(tmp_path / NAME) == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_run_cut_off_between_the_two_names_is_put_back_by_the_next(tmp_path: Path) -> None:
    target = written(tmp_path / NAME)
    before = content(target)
    target.rename(tmp_path / f".{NAME}.earlier-0123abcd")
    with pytest.raises(ZeroDivisionError):
        written(target, "two", meanwhile=lambda _: 1 / 0)
    assert content(target) == before
    (tmp_path / f".{NAME}.earlier-4567cdef").mkdir()  # cut off after both
    assert content(written(target, "two"))["a.txt"] == b"two"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_only_unfinished_folders_of_a_day_ago_are_thrown_away(tmp_path: Path) -> None:
    for days, name in ((2, "old"), (0, "of another run now")):
        left = tmp_path / f".{NAME}.unfinished-{name}"
        left.mkdir()
        at = time.time() - days * 86_400
        os.utime(left, (at, at))
    written(tmp_path / NAME)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".{NAME}.unfinished-of another run now", NAME]


def test_the_facts_of_a_batch_are_its_own(tmp_path: Path) -> None:
    assert facts_of(tmp_path) is None
    held = facts_of(written(tmp_path / NAME))
    assert held is not None
    assert sorted(each["file"] for each in held["files"]) == ["a.txt", "b.txt"]


def meeting(*slides: str) -> Meeting:
    return Meeting(base(), Script("Họp", tuple(Slide(each) for each in slides)), now())


def test_a_picture_and_a_table_a_slide_with_one_map_and_none_for_the_others() -> None:
    asked = meeting("/?category=theft", "/persistence?", "/compare?side=groups", "/compare?side=periods", "/targets?")
    parts = [(part.key, part.slide.path if part.slide else "") for part in parts_of(asked)]
    one = [(key, path) for path in ("/", "/compare", "/targets") for key in ("png", "xlsx")]
    assert parts == [("pptx", ""), *one]
    files = [part.file for part in parts_of(replace(asked, atlas=base(), year=2024))]
    assert len(files) == len(set(files))
    assert files[-2:] == ["atlas.pdf", "annual-report-2024.docx"]


def test_names_stay_apart_and_short_whatever_is_asked() -> None:
    queries = ["/?category=theft&category=drugs&category=assault&area=101&area=103&area=201"] * 12
    files = [part.file for part in parts_of(meeting(*queries))]
    assert len(set(files)) == len(files) == 25
    assert max(map(len, files)) < 80
    assert all(name.isascii() and " " not in name for name in files)


def parts(*orders: Order) -> tuple[Part, ...]:
    return tuple(Part(f"{number}.csv", "csv", order, "a table") for number, order in enumerate(orders))


def test_what_fails_is_named_with_whose_fault_it_is_and_the_rest_is_made(tmp_path: Path) -> None:
    good = Order(base(), now())
    ours: Any = 7
    made, failed = making.make(
        parts(good, replace(good, by=("nonsense",)), replace(good, by=ours), good), tmp_path, lambda *_: None
    )
    assert [each.file for each in made] == ["0.csv", "3.csv"]
    assert [(each.file, each.refused) for each in failed] == [("1.csv", True), ("2.csv", False)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.csv", "3.csv"]
    assert made[0].sha256 == hashlib.sha256((tmp_path / "0.csv").read_bytes()).hexdigest()
    assert made[0].bytes == (tmp_path / "0.csv").stat().st_size
    for language in ("vi", "en"):
        assert "nonsense" in index.said(failed[0], of(language))
        assert "TypeError" in index.said(failed[1], of(language))
    page = index.page(index.facts(meeting("/?"), made, failed), of("vi"))
    assert "1.csv" in page
    assert "TypeError" in page


def test_progress_only_goes_on_and_ends_with_the_last_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    good = Order(base(), now())
    making.make(parts(good, replace(good, by=("nonsense",)), good), tmp_path, lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (3000, 3000)
    assert {whole for _, whole in told} == {3000}


def test_a_place_that_takes_no_file_ends_all(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        making.make(parts(Order(base(), now())), tmp_path / "gone", lambda *_: None)


def test_the_page_says_what_strangers_named_as_text() -> None:
    script = Script('<b>Họp</b> & "giao ban"', (Slide("/?category=theft", "<script>alert(1)</script>"),))
    page = index.page(index.facts(replace(meeting(), script=script), (), ()), of("vi"))
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;Họp" in page
