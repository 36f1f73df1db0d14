"""The book of accounts: what is kept, what is refused, and no change that was not told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from tests.dashboard.access.people import NOON, OTHER, PASSWORD, added, book_in


def test_an_account_is_what_it_was_after_opening_again(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    held = added(book)
    book.set_identity("lan", "Lan@CongAn.vn")
    book.close()
    again = book_in(tmp_path)
    assert again.of("LAN") == again.of_identity("lan@congan.vn") == again.all()[0]
    assert again.of("lan").created == held.created == NOON  # type: ignore[union-attr]


def test_nothing_is_done_twice_or_to_nobody(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    added(book)
    with pytest.raises(AccessError, match="already"):
        book.add("Lan", Role.DATA, password=OTHER, now=NOON)
    no_grants = partial(book.set_grants, grants=())
    acts: tuple[Callable[[str], object], ...] = (book.lock, book.unlock, book.clear_totp, no_grants)
    for act in acts:
        with pytest.raises(AccessError, match="no account «minh»"):
            act("minh")
    book.add("minh", Role.DATA, password=PASSWORD, now=NOON, identity="m@x.vn")
    with pytest.raises(AccessError, match="already"):
        book.set_identity("lan", "M@x.vn")
    assert book.of_identity("") is None


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    assert not book.has_administrator()
    added(book, "one", Role.ADMINISTRATOR)
    acts: tuple[Callable[[], object], ...] = (
        partial(book.lock, "one"),
        partial(book.set_grants, "one", (), role=Role.DATA),
    )
    for act in acts:
        with pytest.raises(AccessError, match="last administrator"):
            act()
    added(book, "two", Role.ADMINISTRATOR)
    book.lock("one")
    with pytest.raises(AccessError, match="last administrator"):
        book.lock("two")
    assert book.has_administrator()


def test_a_change_that_cannot_be_written_down_is_not_made(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    added(book)
    told: list[str] = []

    def refuse(event: str, _account: object) -> None:
        told.append(event)
        raise OSError("the log is full")

    acting = book.telling(refuse)
    acts: tuple[Callable[[], object], ...] = (
        partial(acting.add, "minh", Role.DATA, password=PASSWORD, now=NOON),
        partial(acting.lock, "lan"),
        partial(acting.set_password, "lan", OTHER, must_change=True),
        partial(acting.set_grants, "lan", (), role=Role.DATA),
        partial(acting.set_totp, "lan", "A" * 32),
    )
    for act in acts:
        with pytest.raises(OSError, match="the log is full"):
            act()
    assert told == ["account_added", "account_locked", "password_set", "account_granted", "totp_set"]
    assert [(each.name, each.role, each.locked, each.has_totp) for each in book.all()] == [
        ("lan", Role.COMMITTEE, False, False)
    ]
    assert book.lock("lan").locked  # nobody listens to the book itself
