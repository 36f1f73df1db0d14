"""Who is signed in: random tokens, kept as digests, that die of age, idleness, a lock or another password.

Knows no cookie and no route. A token is known to the browser alone: whoever reads the file can sign in with none.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.access import account_rows
from dashboard.access.access_file import NAME, AccessFile
from dashboard.access.accounts import plain
from dashboard.access.errors import AccessError

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how often it is written down that somebody is still there
_TOKEN = 43  # letters of 32 bytes


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in, from where, and since when; ``by_office`` is by the office's own sign-in."""

    name: str
    address: str
    began: datetime
    seen: datetime
    by_office: bool = False

    @property
    def ends(self) -> datetime:
        """When it ends if nothing more is asked."""
        return min(self.seen + IDLE, self.began + LONGEST)


class SessionBook:
    """The sessions of one workspace, in the file of its accounts. Safe in many threads and processes."""

    def __init__(self, path: Path) -> None:
        self._file = AccessFile(path)
        self._unwritten: dict[bytes, datetime] = {}  # who was seen while the disk was full

    def begin(
        self, name: str, *, address: str, now: datetime, version: int | None = None, by_office: bool = False
    ) -> str:
        """Sign somebody in. Returns the token for the browser, which nobody can read here again.

        ``version`` is that of the sign-in: where the password has changed since, or the account was locked, it
        raises AccessError.
        """
        token, name, moment = secrets.token_urlsafe(32), plain(name), now.timestamp()
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE seen <= ? OR began <= ?",
                (moment - IDLE.total_seconds(), moment - LONGEST.total_seconds()),
            )
            begun = connection.execute(
                "INSERT INTO sessions SELECT ?, name, ?, ?, ?, ? FROM accounts "
                "WHERE name = ? AND NOT locked AND version = coalesce(?, version)",
                (_digest(token), address[:64], moment, moment, by_office, name, version),
            )
            if begun.rowcount != 1:
                raise AccessError("the account was changed while you signed in; sign in again")
        return token

    def of(self, token: str, now: datetime) -> Session | None:
        """The session of the token; None where there is none, or none any more."""
        if len(token) != _TOKEN or not token.isascii():
            return None
        digest = _digest(token)
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT s.name, s.address, s.began, s.seen, s.by_office "
                "FROM sessions s JOIN accounts a ON a.name = s.name WHERE s.digest = ? AND NOT a.locked",
                (digest,),
            ).fetchone()
        if row is None:
            return None
        began, seen = (datetime.fromtimestamp(moment, UTC) for moment in row[2:4])
        session = Session(row[0], row[1], began, max(seen, self._unwritten.get(digest, seen)), bool(row[4]))
        if now >= session.ends:
            return None
        if now - session.seen >= SEEN_EVERY:
            self._touch(digest, now)
        return session

    def count(self, now: datetime) -> int:
        """How many are signed in."""
        moment = now.timestamp()
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM sessions WHERE seen > ? AND began > ?",
                (moment - IDLE.total_seconds(), moment - LONGEST.total_seconds()),
            ).fetchone()
        return int(row[0])

    def end(self, token: str) -> None:
        """Sign out here; also where the token is none any more."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (_digest(token),))

    def end_all(self, name: str) -> int:
        """Sign the person out everywhere. Returns how many that ends. AccessError where there is no account."""
        with self._file.writing() as connection:
            held = account_rows.account(connection, plain(name))
            return account_rows.end_sessions(connection, held.name)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _touch(self, digest: bytes, now: datetime) -> None:
        """Write down that somebody is there; on a full disk this process remembers it, so that reading goes on."""
        try:
            with self._file.writing() as connection:
                connection.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now.timestamp(), digest))
            self._unwritten.clear()
        except AccessError:
            self._unwritten[digest] = now


def sessions_of(workspace: Path) -> SessionBook:
    """The sessions of a workspace."""
    return SessionBook(workspace / NAME)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
