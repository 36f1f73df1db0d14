"""What the doors' pages share: how they look, in which language, and who is told of what is done. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import flask
from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboard import library
from dashboard.access.accounts import Account
from dashboard.gate import COOKIE, CSRF_COOKIE, Doors
from dashboard.library import Library
from dashboard.recording import address, log
from dashboard.words import LANGUAGES, Language, Words, of
from geodata.boundaries.editions import Boundaries
from geodata.errors import DiemNongError


@dataclass(frozen=True, slots=True)
class House:
    """The doors, the files a page loads, and the boundaries that there are now."""

    doors: Doors
    library: Library
    boundaries: Callable[[], Boundaries]

    def page(self, template: str, words: Words, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> flask.Response:
        """A page of its template; no browser keeps it."""
        token = flask.request.cookies.get(COOKIE, "")
        csrf = self.doors.csrf(token) if token else ""
        head = library.styles(self.library)
        text = _templates().get_template(template).render(w=words, lang=words.language, head=head, csrf=csrf, **facts)
        answer = flask.Response(text, status=status, mimetype="text/html")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def write_down(self, event: str, account: Account | None = None, *, who: str = "", **facts: object) -> None:
        """An act of who asks now, before it is final. Raises AuditError, and then it must not be done."""
        role = "" if account is None else account.role.value
        name = who or ("" if account is None else account.name)
        log().append(event, who=name, role=role, address=address(), **facts)

    def let_in(self, account: Account, version: int, wanted: str) -> flask.Response:
        """Begin a session and go where the person wanted to. Raises AccessError."""
        token = self.doors.sessions.begin(account.name, address=address(), now=now(), version=version)
        return self.handed(token, flask.make_response(flask.redirect(wanted, HTTPStatus.SEE_OTHER)))

    def handed(self, token: str, answer: flask.Response) -> flask.Response:
        """The answer with the session's cookies."""
        safe = flask.request.is_secure
        answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=safe)
        answer.set_cookie(CSRF_COOKIE, self.doors.csrf(token), samesite="Strict", secure=safe)
        return answer


def words_asked() -> Words:
    """The language of the page: that of its address, Vietnamese where it says none."""
    asked = flask.request.values.get("lang", "")
    if not asked and "lang=en" in flask.request.values.get("next", ""):
        asked = "en"
    return of(next((each for each in LANGUAGES if each == asked), LANGUAGES[0]))


def other_language(words: Words) -> Language:
    """The one that is not spoken."""
    return "en" if words.language == "vi" else "vi"


def said(error: DiemNongError, words: Words) -> str:
    """Why something was refused."""
    return words.error(error)


def wanted_page() -> str:
    """Where the person was going: a page of this program, or the map."""
    return own_page(flask.request.values.get("next", "/"))


def own_page(asked: str) -> str:
    """The address where it is a page of this program, else the map's."""
    parts = urlsplit(asked)
    own = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return asked if own and asked.isprintable() else "/"


def spoken(page: str, words: Words) -> str:
    """The address of a page in the language that is spoken, where it does not say one itself."""
    parts = urlsplit(page)
    if words.language == LANGUAGES[0] or "lang" in parse_qs(parts.query):
        return page
    return f"{page}{'&' if parts.query else '?'}lang={words.language}"


def now() -> datetime:
    """The moment of the request."""
    return datetime.now(UTC)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard.doors"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
