"""An office with one account of each role over a small world, and browsers that are signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.access_file import NAME
from dashboard.access.accounts import Grant
from dashboard.access.book import AccountBook
from dashboard.access.roles import Role
from dashboard.app import create_app
from dashboard.gate import CSRF_COOKIE, CSRF_HEADER
from dashboard.settings import Settings
from geodata.answers.cache import HoldsSnapshot
from geodata.question import Detail
from geodata.vocabulary import AreaKey

PASSWORD = "bon con voi qua cau sat"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES = {
    "committee": (Role.COMMITTEE, ()),
    "chief": (Role.CHIEF, (Grant("west"),)),
    "officer": (Role.OFFICER, (Grant(area=AreaKey("2024", "203")),)),
    "data": (Role.DATA, ()),
    "administrator": (Role.ADMINISTRATOR, ()),
}


@dataclass
class Browser:
    """A client that sends along what our own pages send."""

    client: FlaskClient

    def get(self, path: str, **asked: Any) -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html"}, **asked)

    def post(self, path: str, **asked: Any) -> TestResponse:
        held = self.client.get_cookie(CSRF_COOKIE)
        headers = {**({} if held is None else {CSRF_HEADER: held.value}), **asked.pop("headers", {})}
        return self.client.post(path, headers=headers, **asked)

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.client.post("/login", data={"name": name, "password": password, **more})


@dataclass
class Office:
    """The app with accounts, and its book."""

    app: Any
    book: AccountBook
    folder: Path

    def browser(self, name: str = "") -> Browser:
        """A new browser, signed in where a name is given."""
        made = Browser(self.app.server.test_client())
        if name:
            assert made.sign_in(name).status_code == 303, name
        return made


def office(folder: Path, store: HoldsSnapshot, detail: Detail = Detail.POINTS) -> Office:
    """Make the accounts, each named like its role, and the app."""
    book = AccountBook(folder / NAME, QUICK)
    for name, (role, grants) in ROLES.items():
        now = datetime.now(UTC)
        book.add(name, role, password=PASSWORD, now=now, grants=grants, detail=detail, must_change=False)
    return Office(create_app(Settings(folder, accounts=True), store), book, folder)


Ask = Callable[[Browser], TestResponse]
