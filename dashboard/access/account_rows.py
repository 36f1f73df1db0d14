"""Accounts as rows of the file: read and written inside somebody's transaction. Knows no password's rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime

from dashboard.access.accounts import Account, Grant, plain
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from geodata.question import Detail
from geodata.vocabulary import AreaKey

_COLUMNS = "role, detail, locked, must_change, totp IS NOT NULL, created, identity"


def found(connection: sqlite3.Connection, name: str) -> Account | None:
    """The account of that name, None where there is none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM accounts WHERE name = ?", (name,)).fetchone()  # noqa: S608
    if row is None:
        return None
    role, detail, locked, must_change, has_totp, created, identity = row
    return Account(
        name,
        Role(role),
        _grants(connection, name),
        Detail(detail),
        locked=bool(locked),
        must_change=bool(must_change),
        has_totp=bool(has_totp),
        created=datetime.fromtimestamp(created, UTC),
        identity=identity or "",
    )


def account(connection: sqlite3.Connection, name: str) -> Account:
    """The account of that name. Raises AccessError where there is none."""
    held = found(connection, name)
    if held is None:
        raise AccessError("there is no account «{name}»; diemnong user list names those there are", name=name[:80])
    return held


def version(connection: sqlite3.Connection, name: str) -> int:
    """The account's version, which moves with its password and its lock; 0 where there is none."""
    row = connection.execute("SELECT version FROM accounts WHERE name = ?", (name,)).fetchone()
    return 0 if row is None else int(row[0])


def write_grants(connection: sqlite3.Connection, name: str, grants: Sequence[Grant]) -> None:
    """These grants instead of those before."""
    connection.execute("DELETE FROM grants WHERE name = ?", (name,))
    for number, grant in enumerate(grants):
        edition, code = grant.area or ("", "")
        first, last = (day.isoformat() if day else "" for day in (grant.start, grant.end))
        connection.execute(
            "INSERT INTO grants VALUES (?, ?, ?, ?, ?, ?, ?)", (name, number, grant.region, edition, code, first, last)
        )


def write_identity(connection: sqlite3.Connection, name: str, identity: str) -> None:
    """What the office's own sign-in calls the person. Raises AccessError where it calls another one so."""
    known = plain(identity)
    taken = connection.execute("SELECT name FROM accounts WHERE identity = ? AND name != ?", (known, name)).fetchone()
    if taken is not None:
        raise AccessError("«{identity}» is the account «{name}» already", identity=known, name=taken[0])
    connection.execute("UPDATE accounts SET identity = ? WHERE name = ?", (known or None, name))


def administrators(connection: sqlite3.Connection, but: str = "") -> int:
    """How many can manage accounts, one name left out."""
    query = "SELECT count(*) FROM accounts WHERE role = ? AND NOT locked AND name != ?"
    return int(connection.execute(query, (Role.ADMINISTRATOR, but)).fetchone()[0])


def check_not_last(connection: sqlite3.Connection, held: Account) -> None:
    """Raise AccessError where nobody could manage accounts without this one."""
    last = held.role is Role.ADMINISTRATOR and not held.locked
    if last and not administrators(connection, but=held.name):
        raise AccessError(
            "«{name}» is the last administrator: nobody could manage accounts any more; make another one first",
            name=held.name,
        )


def end_sessions(connection: sqlite3.Connection, name: str) -> int:
    """Sign the person out everywhere. Returns how many sessions that ends."""
    return connection.execute("DELETE FROM sessions WHERE name = ?", (name,)).rowcount


def check_grants(role: Role, grants: Sequence[Grant]) -> None:
    """Raise AccessError where such grants mean nothing to the role."""
    if grants and not role.bound:
        raise AccessError(
            "the role {role} takes no regions and no areas: what it sees does not depend on them", role=role.value
        )
    if role is Role.OFFICER and any(grant.region for grant in grants):
        raise AccessError(
            "an officer sees communes: name them one by one as areas. A whole region is for the role {role}",
            role=Role.CHIEF.value,
        )


def _grants(connection: sqlite3.Connection, name: str) -> tuple[Grant, ...]:
    rows = connection.execute(
        "SELECT region, edition, code, first, last FROM grants WHERE name = ? ORDER BY number", (name,)
    )
    return tuple(
        Grant(region, AreaKey(edition, code) if code else None, _day(first), _day(last))
        for region, edition, code, first, last in rows.fetchall()
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
