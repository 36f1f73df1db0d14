"""The log of acts as whoever asks now writes it: their name, role and address. Knows no act and decides none.

What somebody with an account does is in the log or is not done. Who sits alone at this machine may take files out of a
workspace that may only be read, as at a terminal: no log could be kept there, and the files are readable without us.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Final, cast

import flask

from dashboard.access.audit import AuditError, AuditLog
from dashboard.access.doing import announced, only_read, system_user
from dashboard.asker import ALONE, asker
from dashboard.words import LANGUAGES, of
from geodata.errors import DiemNongError

DENIED_EVERY_S: Final = 60.0
_EXTENSION, _DENIED = "diemnong.log_of_acts", "diemnong.denied"
LOG = logging.getLogger("diemnong")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Somebody's pen: who, in which role and from where, as it was when they pressed; it may go to another thread."""

    log: AuditLog
    who: str
    role: str
    address: str
    is_alone: bool

    def write_down(self, event: str, **facts: object) -> None:
        """An act, before it is final. Raises AuditError, and then it must not be done."""
        try:
            self.log.append(event, who=self.who, role=self.role, address=self.address, **facts)
        except AuditError as error:
            if not (self.is_alone and only_read(self.log.folder.parent, error)):
                raise
            LOG.warning("the workspace may only be read, so an act is not in its log: %s", event)

    def announced(self, event: str, **facts: object) -> AbstractContextManager[Callable[..., None]]:
        """An act that takes a while: told before it begins, and again with what came of it."""
        return announced(self.write_down, event, **facts)


class Denied:
    """Which denials were written down within the last minute. Safe in many threads; each process has its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def is_new(self, name: str, rule: str) -> bool:
        """Whether nobody was told of the like within the last minute; from now on somebody was."""
        now = self._clock()
        with self._lock:
            self._told = {each: at for each, at in self._told.items() if now - at < DENIED_EVERY_S}
            is_new = (name, rule) not in self._told
            self._told.setdefault((name, rule), now)
        return is_new


def register(server: flask.Flask, workspace: Path, keep_months: Callable[[], int]) -> None:
    """Make the workspace's log known to this server, and have told in words what could not be written into it."""
    server.extensions[_DENIED] = Denied()
    server.extensions[_EXTENSION] = lambda: AuditLog(workspace, keep_months=keep_months())

    @server.errorhandler(AuditError)
    def refuse(error: AuditError) -> flask.Response:
        language = next((each for each in LANGUAGES if flask.request.args.get("lang") == each), LANGUAGES[0])
        said = of(language).error(error)
        answer = flask.Response(said, status=HTTPStatus.SERVICE_UNAVAILABLE, mimetype="text/plain")
        answer.headers["Cache-Control"] = "no-store"
        return answer


def log() -> AuditLog:
    """The log of the workspace that the server shows."""
    return cast("Callable[[], AuditLog]", flask.current_app.extensions[_EXTENSION])()


def recorder() -> Recorder:
    """The pen of who asks now. Within a request only."""
    now = asker()
    role = "" if now.account is None else now.account.role.value
    is_alone = now is ALONE
    return Recorder(log(), system_user() if is_alone else now.name, role, address(), is_alone)


def write_denial_down(rule: str, need: str) -> None:
    """That somebody asked for what they may not. One entry a minute of each account and rule: nobody fills the disk.

    A denial stays one where it cannot be written down.
    """
    if is_new(asker().name, rule):
        try:
            recorder().write_down("denied", rule=rule, need=need)
        except DiemNongError:
            LOG.exception("a denial could not be written down")


def is_new(who: str, rule: str) -> bool:
    """Whether nothing was written down of ``who`` being refused ``rule`` within the last minute."""
    return cast("Denied", flask.current_app.extensions[_DENIED]).is_new(who, rule)


def address() -> str:
    """From where the request comes; behind a proxy the server has put the browser's own address there."""
    return flask.request.remote_addr or ""
