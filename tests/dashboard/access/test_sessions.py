"""Sessions: what a token is worth, and everything after which it is worth nothing."""

from __future__ import annotations

import hashlib
from multiprocessing import get_context
from pathlib import Path

import pytest

from dashboard.access.book import AccountBook
from dashboard.access.entrance import SignedIn
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from dashboard.access.sessions import SessionBook
from tests.dashboard.access.people import DESK, NOON, OTHER, PASSWORD, added, book_in, entered, later, sessions_in


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    """Two accounts: ``lan``, and an administrator."""
    made = book_in(tmp_path)
    added(made)
    added(made, "minh", Role.ADMINISTRATOR)
    return made


@pytest.fixture
def sessions(book: AccountBook, tmp_path: Path) -> SessionBook:
    """The sessions of the same file."""
    return sessions_in(tmp_path)


def begun(sessions: SessionBook, name: str = "lan") -> str:
    return sessions.begin(name, address=DESK, now=NOON)


def test_a_token_is_somebody_signed_in_from_somewhere(sessions: SessionBook) -> None:
    session = sessions.of(begun(sessions), later(seconds=1))
    assert session is not None
    assert (session.name, session.address, session.began) == ("lan", DESK, NOON)


def test_tokens_are_256_random_bits_and_each_is_new(sessions: SessionBook) -> None:
    tokens = {begun(sessions) for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}


def test_the_file_holds_a_digest_and_never_the_token(sessions: SessionBook, tmp_path: Path) -> None:
    token = begun(sessions)
    sessions.of(token, later(minutes=2))
    sessions.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in held
    assert hashlib.sha256(token.encode()).digest() in held


def test_a_made_up_token_is_nobody(sessions: SessionBook) -> None:
    token = begun(sessions)
    flipped = ("A" if token[0] != "A" else "B") + token[1:]
    digest = hashlib.sha256(token.encode()).hexdigest()
    for forged in ("", "x" * 43, flipped, token[:-1], token + "A", token.swapcase(), digest, "ệ" * 43, "\0" * 43):
        assert sessions.of(forged, NOON) is None


def test_it_ends_after_thirty_idle_minutes(sessions: SessionBook) -> None:
    token = begun(sessions)
    assert sessions.of(token, later(minutes=29)) is not None
    assert sessions.of(token, later(minutes=58)) is not None
    assert sessions.of(token, later(minutes=88)) is None


def test_it_ends_after_twelve_hours_however_busy(sessions: SessionBook) -> None:
    token = begun(sessions)
    minutes = range(0, 12 * 60, 20)
    assert all(sessions.of(token, later(minutes=at)) for at in minutes)
    assert sessions.of(token, later(hours=12, seconds=-1)) is not None
    assert sessions.of(token, later(hours=12)) is None


def test_it_is_written_at_most_once_a_minute(sessions: SessionBook) -> None:
    token = begun(sessions)
    with sessions._file.reading() as connection:
        before = connection.execute("PRAGMA data_version").fetchone()
    for second in range(60):
        sessions.of(token, later(seconds=second))
    with sessions._file.reading() as connection:
        assert connection.execute("PRAGMA data_version").fetchone() == before
    sessions.of(token, later(seconds=60))
    with sessions._file.reading() as connection:
        assert connection.execute("PRAGMA data_version").fetchone() != before


def test_a_replayed_token_is_nobody_after_signing_out(sessions: SessionBook) -> None:
    token, other = begun(sessions), begun(sessions)
    sessions.end(token)
    sessions.end(token)
    assert sessions.of(token, NOON) is None
    assert sessions.of(other, NOON) is not None


def test_all_sessions_of_a_name_end_at_once_and_no_others(sessions: SessionBook) -> None:
    tokens, other = [begun(sessions) for _ in range(3)], begun(sessions, "minh")
    assert sessions.end_all("lan") == 3
    assert [sessions.of(token, NOON) for token in tokens] == [None] * 3
    assert sessions.of(other, NOON) is not None
    with pytest.raises(AccessError, match="no account «nobody»"):
        sessions.end_all("nobody")


def test_a_lock_ends_them_and_unlocking_does_not_wake_them(book: AccountBook, sessions: SessionBook) -> None:
    token = begun(sessions)
    book.lock("lan")
    assert sessions.of(token, NOON) is None
    book.unlock("lan")
    assert sessions.of(token, NOON) is None


def test_another_password_ends_them(book: AccountBook, sessions: SessionBook) -> None:
    for change in (
        lambda: book.set_password("lan", OTHER, must_change=True),
        lambda: book.change_password("lan", OTHER, PASSWORD, address=DESK, now=NOON),
    ):
        token = begun(sessions)
        change()
        assert sessions.of(token, NOON) is None


def test_none_begins_where_the_password_was_changed_during_the_sign_in(
    book: AccountBook, sessions: SessionBook
) -> None:
    signed = entered(book)
    assert isinstance(signed, SignedIn)
    book.set_password("lan", OTHER, must_change=False)
    with pytest.raises(AccessError, match="sign in again"):
        sessions.begin("lan", address=DESK, now=NOON, version=signed.version)


def test_none_begins_for_a_locked_account_or_for_nobody(book: AccountBook, sessions: SessionBook) -> None:
    book.lock("lan")
    for name in ("lan", "nobody"):
        with pytest.raises(AccessError):
            begun(sessions, name)


def test_expired_ones_are_swept_when_one_begins(sessions: SessionBook) -> None:
    begun(sessions)
    sessions.begin("lan", address=DESK, now=later(hours=1))
    with sessions._file.reading() as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)


def lives(path: Path, token: str) -> bool:
    """Whether another process knows the token."""
    return SessionBook(path).of(token, NOON) is not None


@pytest.mark.slow
def test_processes_share_them_and_know_their_end_at_once(sessions: SessionBook, tmp_path: Path) -> None:
    token = begun(sessions)
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(lives, (tmp_path / "access.sqlite", token))
        sessions.end(token)
        assert not pool.apply(lives, (tmp_path / "access.sqlite", token))


def test_those_signed_in_are_counted_while_they_are(sessions: SessionBook) -> None:
    begun(sessions)
    begun(sessions)
    assert sessions.count(later(minutes=29)) == 2
    assert sessions.count(later(minutes=31)) == 0
