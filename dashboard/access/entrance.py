"""Signing in: name, password, code and address in, somebody or a refusal out. Knows no session, no route, no screen."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from dashboard.access import account_rows, passwords, totp, tries
from dashboard.access.access_file import AccessFile
from dashboard.access.accounts import Account, plain
from dashboard.access.errors import AccessError
from geodata.errors import N_


class Reason(StrEnum):
    """Why somebody is not let in. None of them tells whether there is an account of the name."""

    WRONG = "wrong"
    WAIT = "wait"
    CODE_NEEDED = "code_needed"  # told to nobody but who knows the password
    WRONG_CODE = "wrong_code"


SAID = {
    Reason.WRONG: N_("Name or password are not right, or the account is locked. The administrator can help."),
    Reason.WAIT: N_("Too many failed tries. Try again later, or ask the administrator."),
    Reason.CODE_NEEDED: N_("Type the six digits that your telephone shows now."),
    Reason.WRONG_CODE: N_("The six digits are not right, or were used already. Wait for the next ones."),
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is who they say. ``version`` is the account's: it moves with the password and the lock."""

    account: Account
    version: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody is not let in; ``until`` is when trying makes sense again."""

    reason: Reason
    until: datetime | None = None


Tell = Callable[[str, Account], None]


class Entrance:
    """Lets people in. Safe in many threads and processes: five tries are five, however many come at once."""

    def __init__(self, path: Path, hasher: passwords.Hasher = passwords.HASHER) -> None:
        self._file = AccessFile(path)
        self._hasher = hasher
        self._decoy = passwords.decoy(hasher)
        self._told: Tell = lambda _event, _account: None

    def telling(self, tell: Tell) -> Self:
        """The same book, for who acts now: ``tell`` hears of each change (its name, the account after it).

        It is told before the change is final. Where it raises, because the log of acts is full, nothing is changed.
        """
        acting = copy.copy(self)
        acting._told = tell  # noqa: SLF001 - its own kind
        return acting

    def sign_in(self, name: str, password: str, *, code: str = "", address: str, now: datetime) -> SignedIn | Refused:
        """Whether it is the person. An unknown name takes as long as a known one, and is told the same."""
        name = plain(name)
        tried = tries.Try.of(name, address)
        held = self._known(name, password, tried, now)
        if isinstance(held, Refused):
            return held
        renewed = passwords.kept(password, self._hasher) if self._hasher.check_needs_rehash(held) else held
        with self._file.writing() as connection:
            refused = _code_refused(connection, name, held, (code, now))
            if refused is None:
                tries.forgive(connection, tried)
                connection.execute("UPDATE accounts SET password = ? WHERE name = ?", (renewed, name))
                return _signed_in(connection, name)
            if refused is Reason.CODE_NEEDED:
                tries.take_back(connection, tried)
            return Refused(refused)

    def change_password(self, name: str, old: str, new: str, *, address: str, now: datetime) -> SignedIn | Refused:
        """A person's own change; the old password counts as a try. All sessions end, and a new one may begin.

        Raises AccessError where the new password will not do.
        """
        name = plain(name)
        tried = tries.Try.of(name, address)
        held = self._known(name, old, tried, now)
        if isinstance(held, Refused):
            return held
        with self._file.writing() as connection:
            tries.take_back(connection, tried)
        if passwords.normal(old) == passwords.normal(new):
            raise AccessError("the new password is the old one; take another one")
        kept = self._good(name, new)
        with self._file.writing() as connection:
            if _password(connection, name) != held:
                return Refused(Reason.WRONG)
            _write_password(connection, name, kept, must_change=False)
            signed = _signed_in(connection, name)
            self._told("password_changed", signed.account)
            return signed

    def set_password(self, name: str, password: str, *, must_change: bool) -> Account:
        """Another password; whoever is signed in under the name signs in again."""
        name = plain(name)
        with self._file.reading() as connection:
            account_rows.account(connection, name)
        kept = self._good(name, password)
        with self._file.writing() as connection:
            _write_password(connection, name, kept, must_change=must_change)
            tries.forgive(connection, tries.Try.of(name, ""))
            return self._done(connection, name, "password_set")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _done(self, connection: sqlite3.Connection, name: str, event: str) -> Account:
        """The account as it is now, told to whoever listens."""
        account = account_rows.account(connection, name)
        self._told(event, account)
        return account

    def _good(self, name: str, password: str) -> str:
        passwords.check_password(password, name)
        return passwords.kept(password, self._hasher)

    def _known(self, name: str, password: str, tried: tries.Try, now: datetime) -> str | Refused:
        """What is kept of the account's password, where that is the one given. Counts the try."""
        with self._file.writing() as connection:
            if until := tries.blocked(connection, tried, now):
                return Refused(Reason.WAIT, until)
            tries.count(connection, tried, now)
            held = _password(connection, name)
        right = passwords.matches(held or self._decoy, password, self._hasher)
        return held if right and held else Refused(Reason.WRONG)


def _password(connection: sqlite3.Connection, name: str) -> str | None:
    """What is kept of the password; None where there is no such account or it is locked."""
    row = connection.execute("SELECT password FROM accounts WHERE name = ? AND NOT locked", (name,)).fetchone()
    return None if row is None else str(row[0])


def _code_refused(connection: sqlite3.Connection, name: str, held: str, given: tuple[str, datetime]) -> Reason | None:
    """What the telephone's code lacks. Each code counts once, also where two processes are asked at the same time."""
    row = connection.execute("SELECT totp, password FROM accounts WHERE name = ? AND NOT locked", (name,)).fetchone()
    if row is None or row[1] != held:  # changed while the password was looked at
        return Reason.WRONG
    code, now = given
    if row[0] is None:
        return None
    if not code.strip():
        return Reason.CODE_NEEDED
    step = totp.step_of(row[0], code, now)
    taken = connection.execute(
        "UPDATE accounts SET totp_step = ? WHERE name = ? AND totp_step < ?", (step or 0, name, step or 0)
    )
    return None if taken.rowcount else Reason.WRONG_CODE


def _write_password(connection: sqlite3.Connection, name: str, kept: str, *, must_change: bool) -> None:
    connection.execute(
        "UPDATE accounts SET password = ?, must_change = ?, version = version + 1 WHERE name = ?",
        (kept, must_change, name),
    )
    account_rows.end_sessions(connection, name)


def _signed_in(connection: sqlite3.Connection, name: str) -> SignedIn:
    return SignedIn(account_rows.account(connection, name), account_rows.version(connection, name))
