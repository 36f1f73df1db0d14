"""The book of accounts: who there is, in what role, with what granted. Knows no session, no route, no screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dashboard.access import account_rows, tries
from dashboard.access.access_file import NAME
from dashboard.access.accounts import Account, Grant, checked_name, plain
from dashboard.access.entrance import Entrance
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from geodata.question import Detail


class AccountBook(Entrance):
    """The accounts of one workspace. Safe in many threads and processes; every change is on disk when it returns.

    What names no account raises AccessError; so do a disk that is full and a file that may not be written.
    """

    def add(
        self,
        name: str,
        role: Role,
        *,
        password: str,
        now: datetime,
        grants: Sequence[Grant] = (),
        detail: Detail = Detail.POINTS,
        must_change: bool = True,
        identity: str | None = None,
    ) -> Account:
        """A new account. Raises AccessError where the name is taken or the password or the grants will not do."""
        name = checked_name(name)
        account_rows.check_grants(role, grants)
        kept = self._good(name, password)
        with self._file.writing() as connection:
            if account_rows.found(connection, name):
                raise AccessError("there is an account «{name}» already; take another name", name=name)
            connection.execute(
                "INSERT INTO accounts (name, role, detail, password, must_change, created) VALUES (?, ?, ?, ?, ?, ?)",
                (name, role, detail, kept, must_change, now.timestamp()),
            )
            account_rows.write_grants(connection, name, grants)
            account_rows.write_identity(connection, name, identity or "")
            return self._done(connection, name, "account_added")

    def of(self, name: str) -> Account | None:
        """The account of that name, read anew each time; None where there is none."""
        with self._file.reading() as connection:
            return account_rows.found(connection, plain(name))

    def of_identity(self, identity: str) -> Account | None:
        """The account that the office's own sign-in knows by this name."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT name FROM accounts WHERE identity = ?", (plain(identity),)).fetchone()
            return None if row is None else account_rows.found(connection, row[0])

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._file.reading() as connection:
            names = connection.execute("SELECT name FROM accounts ORDER BY name").fetchall()
            return tuple(account_rows.account(connection, name) for (name,) in names)

    def has_administrator(self) -> bool:
        """Whether somebody can manage accounts."""
        with self._file.reading() as connection:
            return account_rows.administrators(connection) > 0

    def lock(self, name: str) -> Account:
        """Let the person in no more, from the next request on. The last administrator stays."""
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            account_rows.check_not_last(connection, held)
            connection.execute("UPDATE accounts SET locked = 1, version = version + 1 WHERE name = ?", (held.name,))
            account_rows.end_sessions(connection, held.name)
            return self._done(connection, held.name, "account_locked")

    def unlock(self, name: str) -> Account:
        """Let the person in again, and forget the failed tries of the name."""
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            connection.execute("UPDATE accounts SET locked = 0 WHERE name = ?", (held.name,))
            tries.forgive(connection, tries.Try.of(held.name, ""))
            return self._done(connection, held.name, "account_unlocked")

    def set_grants(
        self, name: str, grants: Sequence[Grant], *, role: Role | None = None, detail: Detail | None = None
    ) -> Account:
        """What the person is granted instead of all before, and in which role; valid from the next request on."""
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            role, detail = role or held.role, detail or held.detail
            account_rows.check_grants(role, grants)
            if role is not Role.ADMINISTRATOR:
                account_rows.check_not_last(connection, held)
            connection.execute("UPDATE accounts SET role = ?, detail = ? WHERE name = ?", (role, detail, held.name))
            account_rows.write_grants(connection, held.name, grants)
            return self._done(connection, held.name, "account_granted")

    def set_identity(self, name: str, identity: str) -> Account:
        """What the office's own sign-in calls the person; "" for nothing."""
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            account_rows.write_identity(connection, held.name, identity)
            return self._done(connection, held.name, "identity_set")

    def set_totp(self, name: str, secret: str) -> Account:
        """Ask for a telephone's code from now on."""
        return self._set_totp(name, secret)

    def clear_totp(self, name: str) -> Account:
        """Ask for no code any more."""
        return self._set_totp(name, None)

    def _set_totp(self, name: str, secret: str | None) -> Account:
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            connection.execute("UPDATE accounts SET totp = ?, totp_step = 0 WHERE name = ?", (secret, held.name))
            return self._done(connection, held.name, "totp_set" if secret else "totp_cleared")


def book_of(workspace: Path) -> AccountBook:
    """The accounts of a workspace."""
    return AccountBook(workspace / NAME)
