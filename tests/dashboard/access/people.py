"""A book of accounts with a hash that costs nothing, a clock that stands, and passwords that will do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from dashboard.access.accounts import Account
from dashboard.access.book import AccountBook
from dashboard.access.entrance import Refused, SignedIn
from dashboard.access.roles import Role
from dashboard.access.sessions import SessionBook

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "xanh lam voi cau tre"
OTHER = "muoi hai con ga trong"
DESK = "10.0.0.7"


def later(**by: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(**by)


def book_in(folder: Path, hasher: PasswordHasher = CHEAP) -> AccountBook:
    return AccountBook(folder / "access.sqlite", hasher)


def sessions_in(folder: Path) -> SessionBook:
    return SessionBook(folder / "access.sqlite")


def added(book: AccountBook, name: str = "lan", role: Role = Role.COMMITTEE) -> Account:
    return book.add(name, role, password=PASSWORD, now=NOON, must_change=False)


def entered(
    book: AccountBook, password: str = PASSWORD, *, name: str = "lan", code: str = "", at: datetime = NOON
) -> SignedIn | Refused:
    """A try from the desk."""
    return book.sign_in(name, password, code=code, address=DESK, now=at)
