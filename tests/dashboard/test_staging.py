"""Uploaded files on their way into the store: real files, real threads, a real warehouse."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from dashboard import staging
from dashboard.arrivals import UploadError
from dashboard.staging import MOST, Staged, Staging
from geodata.errors import FileRefusedError, StoreError
from geodata.ingest.recipe import Recipe
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.pens import pen
from tests.dashboard.slow_warehouse import Slow
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.slow  # every test starts processes that read files

GOOD = b"id,occurred,category,lon,lat\nx1,05/03/2024,theft,106.05,11.05\nx2,06/03/2024,fraud,106.15,11.05\n"
ODD = (
    "Mã;Lúc nào;Lúc khác;Thế nào\n"
    "x1;05/03/2024;06/03/2024;theft\nx2;06/03/2024;07/03/2024;drugs\nx3;07/03/2024;08/03/2024;theft\n"
).encode()
PEOPLE = "Ngày xảy ra,Tội danh,Họ và tên bị hại\n05/03/2024,theft,Nguyễn Văn A\n".encode()
DECIDED = Recipe({"id": "Mã", "occurred": "Lúc nào", "category": "Thế nào"})


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Slow]:
    tiny_workspace(tmp_path, incidents=False).close()
    held = Slow(tmp_path / "workspace")
    yield held
    held.gate.set()
    held.close()


@pytest.fixture
def staged(warehouse: Slow) -> Iterator[Staging]:
    made = Staging(warehouse.folder, warehouse)
    yield made
    warehouse.gate.set()
    made.close()


def wait(staged: Staging, token: str) -> Staged:
    """The file once nothing is under way."""
    for _ in range(600):
        now = staged.of(token)
        assert now is not None
        if now.phase not in staging.BUSY:
            return now
        time.sleep(0.05)
    raise AssertionError(now)


def left(warehouse: Warehouse) -> list[Path]:
    """What of uploaded files is on the disk."""
    return [path for path in (warehouse.folder / staging.FOLDER).rglob("*") if path.is_file()]


def test_a_file_is_tried_first_then_loaded_and_nothing_of_it_stays(staged: Staging, warehouse: Slow) -> None:
    before = warehouse.snapshot().generation
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    tried = wait(staged, token)
    assert tried.phase == "tried"
    assert tried.trial is not None
    assert (tried.trial.result.read, tried.trial.result.kept) == (2, 2)
    assert warehouse.snapshot().generation == before
    (kept,) = left(warehouse)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    staged.load(token, by=pen(warehouse.folder))
    stored = wait(staged, token)
    assert stored.phase == "stored"
    assert stored.result is not None
    assert stored.result.generation == warehouse.snapshot().generation == before + 1
    assert left(warehouse) == []
    staged.load(token, by=pen(warehouse.folder))  # once more changes nothing
    assert wait(staged, token).phase == "stored"
    assert len(warehouse.snapshot().incidents) == 2


def test_another_way_of_reading_is_tried_on_the_same_file(staged: Staging, warehouse: Slow) -> None:
    token = staged.take("t1.csv", io.BytesIO(ODD))
    refused = wait(staged, token)
    assert refused.phase == "refused"
    assert refused.trial is not None
    staged.try_again(token, DECIDED)
    tried = wait(staged, token)
    assert tried.phase == "tried"
    assert tried.version > refused.version
    assert (tried.recipe, warehouse.opened) == (DECIDED, 1)
    staged.load(token, by=pen(warehouse.folder))
    assert wait(staged, token).phase == "stored"
    assert [source.recipe for source in warehouse.sources()] == [DECIDED]


def test_while_it_is_tried_again_the_last_trial_stands_and_the_last_wish_counts(
    staged: Staging, warehouse: Slow
) -> None:
    token = staged.take("t1.csv", io.BytesIO(ODD))
    first = wait(staged, token)
    warehouse.gate.clear()
    staged.try_again(token, Recipe({"id": "Mã"}))
    staged.try_again(token, DECIDED)
    between = staged.of(token)
    assert between is not None
    assert (between.phase, between.trial, between.recipe) == ("reading", first.trial, DECIDED)
    staged.load(token, by=pen(warehouse.folder))  # not what was tried: it waits
    warehouse.gate.set()
    after = wait(staged, token)
    assert (after.phase, after.recipe) == ("tried", DECIDED)
    assert after.trial is not None
    assert after.trial.result.kept == 3


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 no zip", b"<html></html>"], ids=repr)
def test_a_file_that_cannot_be_opened_is_told_and_gone(staged: Staging, warehouse: Slow, content: bytes) -> None:
    token = staged.take("t1.xlsx", io.BytesIO(content))
    told = wait(staged, token)
    assert (told.phase, told.trial) == ("failed", None)
    assert isinstance(told.error, FileRefusedError)
    assert left(warehouse) == []
    staged.try_again(token, DECIDED)
    staged.load(token, by=pen(warehouse.folder))
    assert staged.of(token) is told


def test_no_copy_stays_of_a_file_about_people_where_such_are_refused(tmp_path: Path) -> None:
    tiny_workspace(tmp_path, incidents=False).close()
    profile = tmp_path / "workspace" / "profile.toml"
    text = profile.read_text("utf-8").replace('personal_columns = "drop"', 'personal_columns = "refuse"')
    profile.write_text(text, encoding="utf-8")
    warehouse = Slow(tmp_path / "workspace")
    staged = Staging(warehouse.folder, warehouse)
    told = wait(staged, staged.take("t1.csv", io.BytesIO(PEOPLE)))
    assert (told.phase, told.trial) == ("failed", None)
    assert "Họ và tên bị hại" in str(told.error)
    assert "Nguyễn Văn A" not in str(told)
    assert left(warehouse) == []
    assert staged._opened == {}
    staged.close()
    warehouse.close()


def test_a_file_thrown_away_while_it_is_read_leaves_nothing(staged: Staging, warehouse: Slow) -> None:
    warehouse.gate.clear()
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    staged.discard(token)
    warehouse.gate.set()
    other = staged.take("t2.csv", io.BytesIO(GOOD))  # one after the other: then the first is done with
    wait(staged, other)
    assert staged.of(token) is None
    assert {path.name for path in left(warehouse)} == {"t2.csv"}


def test_a_file_that_is_being_loaded_cannot_be_thrown_away(staged: Staging, warehouse: Slow) -> None:
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    wait(staged, token)
    warehouse.gate.clear()
    staged.load(token, by=pen(warehouse.folder))
    staged.discard(token)
    warehouse.gate.set()
    assert wait(staged, token).phase == "stored"


def test_a_store_that_cannot_be_written_is_told_and_the_file_waits(staged: Staging, warehouse: Slow) -> None:
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    tried = wait(staged, token)
    warehouse.fault = StoreError("the disk is full")
    staged.load(token, by=pen(warehouse.folder))
    told = wait(staged, token)
    assert (told.phase, told.trial, str(told.error)) == ("tried", tried.trial, "the disk is full")
    warehouse.fault = None
    staged.load(token, by=pen(warehouse.folder))
    assert wait(staged, token).phase == "stored"


def test_a_file_that_is_gone_from_the_disk_is_told(staged: Staging, warehouse: Slow) -> None:
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    wait(staged, token)
    for path in left(warehouse):
        path.unlink()
    staged.load(token, by=pen(warehouse.folder))
    told = wait(staged, token)
    assert told.trial is not None
    assert (told.phase, told.trial.result.status) == ("refused", "refused")


def test_a_fault_of_ours_is_told_and_nothing_stays(staged: Staging, warehouse: Slow) -> None:
    warehouse.fault = RuntimeError("of ours")
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    told = wait(staged, token)
    assert (told.phase, told.trial) == ("failed", None)
    assert "of ours" not in str(told.error)
    assert left(warehouse) == []
    warehouse.fault = None
    assert wait(staged, staged.take("t1.csv", io.BytesIO(GOOD))).phase == "tried"  # the next file is read


def test_only_so_many_wait_at_once_even_when_all_come_together(staged: Staging, warehouse: Slow) -> None:
    warehouse.gate.clear()
    tokens: list[str] = []
    errors: list[UploadError] = []

    def send(number: int) -> None:
        try:
            tokens.append(staged.take(f"t{number}.csv", io.BytesIO(GOOD)))
        except UploadError as error:
            errors.append(error)

    threads = [Thread(target=send, args=(number,)) for number in range(3 * MOST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(tokens)), len(errors)) == (MOST, 2 * MOST)
    staged.discard(tokens[0])
    staged.take("again.csv", io.BytesIO(GOOD))
    for token in tokens:
        staged.discard(token)


def test_what_is_left_alone_is_thrown_away_without_anybody_asking(warehouse: Slow) -> None:
    staged = Staging(warehouse.folder, warehouse, patience_s=0.2)
    token = staged.take("t1.csv", io.BytesIO(GOOD))
    for _ in range(200):
        if staged.of(token) is None:
            break
        time.sleep(0.05)
    assert staged.of(token) is None
    assert left(warehouse) == []
    staged.close()


def test_a_program_that_ends_takes_its_copies_along(tmp_path: Path) -> None:
    tiny_workspace(tmp_path, incidents=False).close()
    ending = (
        "import io, sys; from pathlib import Path; from dashboard.staging import Staging\n"
        "from geodata.warehouse.warehouse import Warehouse\n"
        "folder = Path(sys.argv[1]); staged = Staging(folder, Warehouse(folder))\n"
        "staged.take('t1.csv', io.BytesIO(b'id,occurred,category\\n'))\n"
    )
    folder = tmp_path / "workspace"
    subprocess.run([sys.executable, "-c", ending, str(folder)], check=True)
    assert list((folder / staging.FOLDER).rglob("*.csv")) == []


def test_what_an_earlier_run_left_is_deleted_at_the_start(warehouse: Slow) -> None:
    forgotten = warehouse.folder / staging.FOLDER / "token" / "t1.csv"
    forgotten.parent.mkdir(parents=True)
    forgotten.write_bytes(GOOD)
    Staging(warehouse.folder, warehouse).close()
    assert left(warehouse) == []


@pytest.mark.parametrize("token", [None, 7, "", "nobody", ["x"], {"a": 1}, "../../etc"], ids=repr)
def test_a_token_that_is_none_is_no_file(staged: Staging, token: object) -> None:
    assert staged.of(token) is None
