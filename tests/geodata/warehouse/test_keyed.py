"""What threads reckon at once while a file is taken in: errors come through as they are, and nothing is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from geodata.errors import FileRefusedError, StoreError
from geodata.ingest import fingerprint
from geodata.ingest.opening import launch
from geodata.ingest.opening.order import begin
from geodata.warehouse import keyed, keys
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import load, told, write

ROWS = ("HS-1,05/01/2025 10:00,theft,106.05,11.05", "HS-2,06/01/2025 11:00,drugs,106.15,11.15")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "workspace")


def fail(error: Exception) -> Callable[..., NoReturn]:
    def failing(*_: object) -> NoReturn:
        raise error

    return failing


@pytest.mark.parametrize(
    ("module", "name"), [(keys, "case_keys"), (keys, "content_keys"), (keyed, "_meet"), (keyed, "join_incidents")]
)
@pytest.mark.parametrize("error", [StoreError("the disk is gone"), MemoryError("no room")])
def test_an_error_in_either_thread_comes_through_and_changes_nothing(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str, error: Exception
) -> None:
    path = write(tmp_path / "t1.csv", *ROWS)
    before = set(threading.enumerate())
    with monkeypatch.context() as patched:
        patched.setattr(module, name, fail(error))
        with pytest.raises(type(error)) as raised:
            load(warehouse, path)
    assert raised.value is error
    assert list(warehouse.files()) == []
    assert set(threading.enumerate()) <= before
    assert load(warehouse, path).kept == 2


def test_a_refusal_in_a_thread_is_a_result_like_any_other(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "case_keys", fail(FileRefusedError("«{file}» is odd", file="t1.csv")))
    said = load(warehouse, write(tmp_path / "t1.csv", *ROWS))
    assert (said.status, said.message) == ("refused", "«t1.csv» is odd")
    assert list(warehouse.files()) == []


def test_numbers_that_differ_in_spelling_only_have_one_key_and_are_no_doubles(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    said = load(warehouse, write(tmp_path / "t1.csv", *ROWS, ROWS[0].lower(), ROWS[1]))
    assert (said.kept, said.reasons) == (3, {"duplicate_id": 1})
    assert told(warehouse) == [("t1.csv", 5, "duplicate_id")]


def begun(path: Path) -> Path:
    """A file whose reading and digest are begun, as the command does."""
    fingerprint.begin(path)
    begin(path, sheet=None)
    return path


@pytest.mark.slow  # starts processes that read files
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("id,occurred,category,lon,lat\n", "no rows below it"),
        ("id,occurred,category,lon\nHS-1,05/01/2025 10:00,theft,106.05\n", "none for its other coordinate"),
        ("PK\x03\x04 no workbook", "t.csv"),
    ],
)
def test_a_faulty_file_that_was_begun_early_is_refused_in_the_same_words(
    warehouse: Warehouse, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content)
    plain = warehouse.ingest(path)
    early = warehouse.ingest(begun(path))
    launch.dismiss()
    assert (early.status, early.message) == ("refused", plain.message)
    assert words in early.message
    gone = warehouse.ingest(begun(tmp_path / "gone.csv"))
    assert (gone.status, "is not there" in gone.message) == ("refused", True)


def test_a_file_changed_after_it_was_begun_is_the_file_it_is_now(tmp_path: Path) -> None:
    more = (*ROWS, "HS-3,05/02/2025 10:00,theft,106.05,11.15")
    path, other = write(tmp_path / "t.csv", *ROWS), write(tmp_path / "u.csv", *more)
    before = fingerprint.file_digest(path)
    fingerprint.begin(path)
    write(path, *more)
    assert fingerprint.file_digest(path) == fingerprint.file_digest(other) != before


@pytest.mark.slow
def test_what_nobody_asks_for_any_more_ends_and_leaves_no_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    begin(write(tmp_path / "t.csv", *ROWS * 50_000), sheet=None)  # more than a pipe holds
    ((_, process),) = launch._ahead
    launch.dismiss()
    assert (process.returncode is not None, launch._ahead) == (True, [])
    for thread in set(threading.enumerate()) - before:
        thread.join(20)
        assert not thread.is_alive()
