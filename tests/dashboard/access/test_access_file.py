"""The file of accounts: closed to others, whole after a kill, forward only, and in words when the disk says no."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from dashboard.access.access_file import STEPS, AccessFile
from dashboard.access.account_rows import account
from dashboard.access.book import AccountBook
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from dashboard.access.secret import secret_of
from tests.dashboard.access.people import CHEAP, NOON, PASSWORD, added, book_in, later, sessions_in

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than these")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_the_file_and_all_beside_it_are_closed_to_others(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        book = book_in(tmp_path)
        added(book)
        assert {path.name: mode(path) for path in tmp_path.iterdir()} == {
            "access.sqlite": 0o600,
            "access.sqlite-wal": 0o600,
            "access.sqlite-shm": 0o600,
        }
    finally:
        os.umask(before)


@posix
@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_can_read_or_write_is_refused_with_the_way_out(tmp_path: Path, bits: int) -> None:
    book_in(tmp_path).close()
    (tmp_path / "access.sqlite").chmod(bits)
    with pytest.raises(AccessError, match="chmod 600"):
        book_in(tmp_path)


@posix
def test_a_link_to_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / "access.sqlite").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AccessError, match="link"):
        book_in(tmp_path)


def test_a_step_forward_keeps_a_copy_and_all_accounts(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    held = added(book)
    book.close()
    path = tmp_path / "access.sqlite"
    later = AccessFile(path, (*STEPS, "ALTER TABLE accounts ADD COLUMN note TEXT"))
    with later.reading() as connection:
        assert connection.execute("SELECT name, note FROM accounts").fetchall() == [("lan", None)]
        assert account(connection, "lan") == held
    copies = list(tmp_path.glob(f"access.before-{len(STEPS) + 1}.*.sqlite"))
    assert [mode(copy) for copy in copies] == [0o600] * 1
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert copy.execute("SELECT name FROM accounts").fetchall() == [("lan",)]
    with pytest.raises(AccessError, match="newer program"):
        book_in(tmp_path)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    held = added(book)
    book.close()
    with pytest.raises(AccessError):
        AccessFile(tmp_path / "access.sqlite", (*STEPS, "DROP TABLE grants; ALTER TABLE nothing ADD COLUMN note"))
    assert book_in(tmp_path).all() == (held,)


def test_a_damaged_file_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "access.sqlite").write_bytes(b"not a database at all" * 400)
    (tmp_path / "access.sqlite").chmod(0o600)
    with pytest.raises(AccessError, match="backup"):
        book_in(tmp_path)


def test_a_full_disk_is_told_and_what_was_there_still_answers(tmp_path: Path) -> None:
    book, sessions = book_in(tmp_path), sessions_in(tmp_path)
    added(book)
    token = sessions.begin("lan", address="10.0.0.7", now=NOON)
    for file in (book._file, sessions._file):
        pages = file._writer.execute("PRAGMA page_count").fetchone()[0]
        file._writer.execute(f"PRAGMA max_page_count={pages}")  # SQLite's own way to say the disk is full

    def fill() -> None:
        for n in range(200):
            sessions.begin("lan", address=f"10.0.{n}.7" * 9, now=NOON)

    with pytest.raises(AccessError, match="disk is full"):
        fill()
    assert sessions.of(token, NOON) is not None
    assert book.of("lan") is not None


def test_who_reads_on_a_full_disk_is_not_idle(tmp_path: Path) -> None:
    book, sessions = book_in(tmp_path), sessions_in(tmp_path)
    added(book)
    token = sessions.begin("lan", address="10.0.0.7", now=NOON)
    sessions._file._writer.execute("PRAGMA query_only=ON")  # refuses to write, as a full disk does
    assert all(sessions.of(token, later(minutes=minute)) for minute in range(0, 120, 20))
    assert sessions.of(token, later(minutes=131)) is None
    sessions._file._writer.execute("PRAGMA query_only=OFF")
    other = sessions.begin("lan", address="10.0.0.7", now=later(minutes=131))
    assert sessions.of(other, later(minutes=150)) is not None
    assert sessions._unwritten == {}


ADDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dashboard.access.roles import Role
from tests.dashboard.access.people import NOON, PASSWORD, book_in
book = book_in(Path(sys.argv[1]))
for n in range(10_000):
    book.add(f"name{n}", Role.COMMITTEE, password=PASSWORD, now=NOON)
    print(n, flush=True)
"""


@pytest.mark.slow
@posix
def test_a_kill_loses_no_account_that_was_acknowledged(tmp_path: Path) -> None:
    said = subprocess.Popen([sys.executable, "-c", ADDING, tmp_path], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert said.stdout is not None
    last = -1
    for line in said.stdout:
        last = int(line)
        if last >= 20:
            said.send_signal(signal.SIGKILL)
            break
    rest = said.stdout.read().split()
    said.wait()
    names = {account.name for account in book_in(tmp_path).all()}
    acknowledged = int(rest[-1]) if rest else last
    assert names >= {f"name{n}" for n in range(acknowledged + 1)}


def add_all(path: Path, first: int) -> int:
    """Ten accounts from a process of its own."""
    book = AccountBook(path, CHEAP)
    for n in range(10):
        book.add(f"name{first}-{n}", Role.COMMITTEE, password=PASSWORD, now=NOON)
    return len(secret_of(path.parent))


@pytest.mark.slow
def test_processes_that_begin_together_make_one_file_and_one_secret(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        assert pool.starmap(add_all, [(tmp_path / "access.sqlite", n) for n in range(4)]) == [64] * 4
    assert len(book_in(tmp_path).all()) == 40
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("access")) == ["secret"]


READER = """
import os, sys
from pathlib import Path
from dashboard.access.book import book_of
from dashboard.access.errors import AccessError
from dashboard.access.secret import secret_of
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
for ask in (lambda f: book_of(f), lambda f: secret_of(f)):
    try:
        ask(Path(sys.argv[1]))
    except AccessError as error:
        print(error)
"""


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder in which somebody else may look and not write."""
    above = Path(tempfile.mkdtemp())
    above.chmod(0o755)
    yield above
    above.chmod(0o755)
    shutil.rmtree(above)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False])
def test_somebody_elses_workspace_is_told_in_words(closed: Path, there: bool) -> None:
    if there:
        book_in(closed).close()
        secret_of(closed)
    closed.chmod(0o555)
    said = subprocess.run([sys.executable, "-c", READER, closed], capture_output=True, text=True, cwd=ROOT, check=False)
    if os.geteuid() == 0:
        assert said.stderr == ""
        assert len(said.stdout.splitlines()) == 2
        assert said.stdout.count("account the program runs under") == 2
