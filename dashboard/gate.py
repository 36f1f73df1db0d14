"""The one gate: each request is somebody's who may ask for it, or is refused. Deny by default. Knows no page's content.

Every route has its need in :data:`POLICY`, every callback that of its panel; what stands in neither is refused, and the
tests name it. Who asks is found anew at every request: a right that was taken away ends with it.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, NoReturn
from urllib.parse import quote

import flask

from dashboard import recording
from dashboard.access.book import AccountBook, book_of
from dashboard.access.oidc import Oidc, settings_of
from dashboard.access.rights import rights_of
from dashboard.access.secret import secret_of
from dashboard.access.sessions import SessionBook, sessions_of
from dashboard.asker import ALONE, NOBODY, Asker, Need, admit
from dashboard.settings import ServingError, Settings
from dashboard.words import LANGUAGES
from geodata.answers.answers import Answers

COOKIE: Final = "diemnong"
CSRF_COOKIE: Final = "_csrf_token"  # by this name Dash reads it, and sends it as the header
CSRF_HEADER: Final = "X-CSRFToken"
CALLBACKS: Final = "/_dash-update-component"
LOGIN: Final = "/login"
PASSWORD: Final = "/password"  # noqa: S105 - an address
LOGOUT: Final = "/logout"
OFFICE: Final = "/oidc/start"
OFFICE_BACK: Final = "/oidc/back"
ADMIN: Final = "/admin"
POLICY: Final[Mapping[str, Need]] = {  # by rule, as Flask writes it
    "/static/<path:filename>": Need.NOTHING,
    "/assets/<path:filename>": Need.NOTHING,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Need.NOTHING,
    "/_favicon.ico": Need.NOTHING,
    "/library/<name>": Need.NOTHING,
    "/fonts/<name>": Need.NOTHING,
    "/healthz": Need.NOTHING,
    "/readyz": Need.NOTHING,
    "/metrics": Need.NOTHING,  # which answers this machine alone
    LOGIN: Need.NOTHING,
    OFFICE: Need.NOTHING,
    OFFICE_BACK: Need.NOTHING,
    LOGOUT: Need.ACCOUNT,
    PASSWORD: Need.ACCOUNT,
    ADMIN: Need.ACCOUNTS,
    "/": Need.INCIDENTS,
    "/<path:path>": Need.INCIDENTS,
    "/_dash-layout": Need.INCIDENTS,
    "/_dash-dependencies": Need.INCIDENTS,
    "/_reload-hash": Need.INCIDENTS,
    CALLBACKS: Need.INCIDENTS,
    "/boundaries/<name>": Need.INCIDENTS,
    "/shapes/<name>": Need.INCIDENTS,
    "/months.json": Need.INCIDENTS,
    "/frames.json": Need.INCIDENTS,
    "/notebook.json": Need.INCIDENTS,
    "/export/<key>": Need.INCIDENTS,
    "/export/jobs/<token>.json": Need.INCIDENTS,
    "/export/jobs/<token>": Need.INCIDENTS,
    "/export/jobs/<token>/cancel": Need.INCIDENTS,
    "/reconciliation.json": Need.LOADING,
    "/quarantine.csv": Need.LOADING,
    "/quarantine.xlsx": Need.LOADING,
    "/upload": Need.LOADING,
    "/upload/boundaries": Need.LOADING,
}
FORMS: Final = (PASSWORD, ADMIN)  # pages that are sent as forms
MEANWHILE: Final = (PASSWORD, LOGOUT)  # what somebody may ask for who must change the password first


class Doors:
    """The accounts, sessions and secret of a workspace."""

    def __init__(self, settings: Settings) -> None:
        """Raises ServingError where nobody could manage accounts, AccessError where the office's is set up badly."""
        self.book: AccountBook = book_of(settings.workspace)
        self.sessions: SessionBook = sessions_of(settings.workspace)
        if not self.book.has_administrator():
            raise ServingError(
                "nobody manages accounts here yet. Make an administrator first: "
                "diemnong -w {folder} user add NAME --role administrator",
                folder=settings.workspace,
            )
        self._secret = secret_of(settings.workspace)
        office = settings_of(settings.workspace, os.environ)
        self.oidc = None if office is None else Oidc(office, self._secret)  # the office's own sign-in

    def asker(self, token: str, answers: Answers, now: datetime) -> Asker | None:
        """Whoever the token is of, with the rights of this moment; None where nobody is signed in by it."""
        session = self.sessions.of(token, now)
        account = None if session is None else self.book.of(session.name)
        if session is None or account is None:
            return None
        if session.by_office:  # no password was asked for, so none has to be changed
            account = replace(account, must_change=False)
        snapshot = answers.snapshot
        today = now.astimezone(snapshot.profile.zone).date()
        return Asker(rights_of(account, snapshot.boundaries, today), account)

    def csrf(self, token: str) -> str:
        """What the session's own pages send along, and no other site knows."""
        return hmac.new(self._secret, token.encode(), "sha256").hexdigest()


def register(
    server: flask.Flask, answers: Answers, doors: Doors | None, need_of_callback: Callable[[str], Need | None]
) -> None:
    """Stand before every request of the server. ``doors`` are None where this machine's own user is alone."""

    @server.before_request
    def check() -> flask.typing.ResponseReturnValue | None:
        need = _need(need_of_callback)
        if doors is None:
            admit(ALONE)
            return _refused(ALONE, need)
        token = flask.request.cookies.get(COOKIE, "")
        found = doors.asker(token, answers, datetime.now(UTC)) if token else None
        if found is None:
            admit(NOBODY)
            return None if need is Need.NOTHING else _to_the_door()
        admit(found)
        if flask.request.method not in ("GET", "HEAD", "OPTIONS") and not _own(doors.csrf(token)):
            _deny(found, need)
        return _refused(found, need)


def _refused(found: Asker, need: Need | None) -> flask.typing.ResponseReturnValue | None:
    """The answer to who may not ask for it (yet), None where they may."""
    here = flask.request.path
    if need is None:
        if here == CALLBACKS:
            flask.abort(HTTPStatus.BAD_REQUEST)
        _deny(found, need)
    if found.account is not None and found.account.must_change and need is not Need.NOTHING and here not in MEANWHILE:
        return flask.redirect(PASSWORD) if _is_page() else _deny(found, need)
    if found.may(need):
        return None
    return flask.redirect(ADMIN) if _is_page() and found.may(Need.ACCOUNTS) else _deny(found, need)


def _deny(found: Asker, need: Need | None) -> NoReturn:
    """Refuse, and write down of somebody with an account what was asked for: the rule and its need, no value."""
    rule = flask.request.url_rule
    if found.account is not None:
        recording.write_denial_down("" if rule is None else rule.rule, "" if need is None else need.value)
    flask.abort(HTTPStatus.FORBIDDEN)


def _need(of_callback: Callable[[str], Need | None]) -> Need | None:
    """What the request needs; None where it is for nobody."""
    rule = flask.request.url_rule
    if rule is None:
        return Need.INCIDENTS  # there is nothing there, which is told to those only who may look
    if rule.rule == CALLBACKS:
        body = flask.request.get_json(silent=True)
        output = body.get("output") if isinstance(body, dict) else None
        return of_callback(output) if isinstance(output, str) else None
    return POLICY.get(rule.rule)


def _is_page() -> bool:
    return flask.request.method == "GET" and flask.request.accept_mimetypes.accept_html


def _to_the_door() -> flask.typing.ResponseReturnValue:
    if flask.request.path in FORMS and flask.request.method == "POST":  # a person has pressed, and reads what comes
        lang = next((each for each in LANGUAGES if each == flask.request.form.get("lang")), LANGUAGES[0])
        return flask.redirect(f"{LOGIN}?lang={lang}", HTTPStatus.SEE_OTHER)
    if not _is_page():
        return flask.Response(status=HTTPStatus.UNAUTHORIZED)
    wanted = flask.request.full_path.rstrip("?")
    return flask.redirect(LOGIN if wanted == "/" else f"{LOGIN}?next={quote(wanted)}")


def _own(expected: str) -> bool:
    """Whether the request says what only our own pages know."""
    given = flask.request.headers.get(CSRF_HEADER) or flask.request.form.get("csrf", "")
    return hmac.compare_digest(given.encode(), expected.encode())
