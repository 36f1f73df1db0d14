"""How often a password may be tried: by name and by address. Knows numbers and times, no password and no account.

A try is counted before the password is looked at and taken back when it was right, so that a hundred tries at once
are no more than five. Names are kept as digests: people type passwords into the wrong field.
"""

from __future__ import annotations

import hashlib
import ipaddress
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

OF_A_NAME = 5
OF_AN_ADDRESS = 30  # an office behind one address has many people who mistype
PAUSE_S = 600.0


@dataclass(frozen=True, slots=True)
class Try:
    """One counted try of a name from an address."""

    name: str
    address: str

    @classmethod
    def of(cls, name: str, address: str) -> Try:
        """The keys under which it is counted."""
        return cls("name:" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest(), "address:" + _net(address))


def blocked(connection: sqlite3.Connection, tried: Try, now: datetime) -> datetime | None:
    """Until when this name, or this address, has to wait; None where it may try."""
    moment, until = now.timestamp(), 0.0
    for key, most, column in ((tried.name, OF_A_NAME, "last"), (tried.address, OF_AN_ADDRESS, "since")):
        row = connection.execute(f"SELECT failed, {column} FROM tries WHERE key = ?", (key,)).fetchone()  # noqa: S608
        if row is not None and row[0] >= most:
            until = max(until, row[1] + PAUSE_S)
    return datetime.fromtimestamp(until, UTC) if until > moment else None


def count(connection: sqlite3.Connection, tried: Try, now: datetime) -> None:
    """Count the try as a failure until it is known to be none; what lies longer back than the pause is forgotten.

    A name's five count from the last one of them, an address's thirty from the first.
    """
    moment = now.timestamp()
    connection.execute(
        "DELETE FROM tries WHERE CASE WHEN key LIKE 'name:%' THEN last ELSE since END <= ?", (moment - PAUSE_S,)
    )
    for key in (tried.name, tried.address):
        connection.execute(
            "INSERT INTO tries VALUES (?, 1, ?, ?) ON CONFLICT (key) DO UPDATE SET failed = failed + 1, last = ?",
            (key, moment, moment, moment),
        )


def take_back(connection: sqlite3.Connection, tried: Try) -> None:
    """The try was no guess: it does not count, those before it still do."""
    for key in (tried.name, tried.address):
        connection.execute("UPDATE tries SET failed = failed - 1 WHERE key = ? AND failed > 0", (key,))


def forgive(connection: sqlite3.Connection, tried: Try) -> None:
    """The name's owner is here: the name's failures are over, the address's stay but for this try."""
    take_back(connection, tried)
    connection.execute("DELETE FROM tries WHERE key = ?", (tried.name,))


def _net(address: str) -> str:
    """The address; of IPv6 the network, as one machine has as many addresses there as it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
