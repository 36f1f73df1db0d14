"""The way to the office's own sign-in and back. Knows cookies and addresses; whose account it is, ``oidc`` decides.

What belongs to one way there and back lies in a cookie of its own, which comes along from the provider's page
(SameSite=Lax) and is good for ten minutes. The session's cookie does not (Strict): so the way back ends on a page of
ours that goes on by itself.
"""

from __future__ import annotations

from http import HTTPStatus
from threading import Semaphore
from typing import Final
from urllib.parse import parse_qsl, urlencode

import flask
from werkzeug.urls import iri_to_uri

from dashboard import recording
from dashboard.access.oidc import Oidc, OidcError
from dashboard.doors import login
from dashboard.doors.house import House, now, other_language, own_page, spoken, wanted_page, words_asked
from dashboard.gate import OFFICE, OFFICE_BACK
from dashboard.recording import address
from dashboard.words import LANGUAGES, N_, Words, of
from geodata.errors import DiemNongError

COOKIE: Final = "diemnong-oidc"
PLACE: Final = "/oidc"
GOOD_FOR_S: Final = 600
LONGEST: Final = 1500  # letters of the page that somebody wants to: a cookie holds 4,096 bytes
AT_ONCE: Final = 4  # ways there or back that wait for the provider: where it is slow, nobody else waits
BUSY: Final = N_("Many are signing in with the office's account just now. Try again, or use name and password.")


def register(server: flask.Flask, house: House) -> None:
    """Add the two addresses."""
    turns = Semaphore(AT_ONCE)

    @server.get(OFFICE)
    def there() -> flask.typing.ResponseReturnValue:
        oidc, words = _oidc(house), words_asked()
        if not turns.acquire(blocking=False):
            return login.page(house, words, problem=words(BUSY))
        try:
            start = oidc.start(_back())
        except OidcError as error:
            return login.page(house, words, problem=words.error(error))
        finally:
            turns.release()
        wanted = wanted_page()
        kept = {"ticket": start.ticket, "next": wanted if len(wanted) <= LONGEST else "/", "lang": words.language}
        answer = flask.make_response(flask.redirect(start.url, HTTPStatus.SEE_OTHER))
        answer.set_cookie(
            COOKIE,
            urlencode(kept),
            max_age=GOOD_FOR_S,
            path=PLACE,
            httponly=True,
            samesite="Lax",
            secure=flask.request.is_secure,
        )
        return answer

    @server.get(OFFICE_BACK)
    def back() -> flask.typing.ResponseReturnValue:
        oidc, kept = _oidc(house), dict(parse_qsl(flask.request.cookies.get(COOKIE, "")))
        words = of(next((each for each in LANGUAGES if each == kept.get("lang")), LANGUAGES[0]))
        if not turns.acquire(blocking=False):
            return login.page(house, words, problem=words(BUSY))
        try:
            answer = _let_in(house, oidc, kept, words)
        except DiemNongError as error:
            answer = login.page(house, words, problem=words.error(error))
        finally:
            turns.release()
        answer.delete_cookie(COOKIE, path=PLACE, httponly=True, samesite="Lax")
        return answer


def _let_in(house: House, oidc: Oidc, kept: dict[str, str], words: Words) -> flask.Response:
    """Begin the session of whom the provider names. Raises OidcError, AuditError, AccessError: then there is none."""
    try:
        account = oidc.finish(
            flask.request.args, kept.get("ticket", ""), back=_back(), book=house.doors.book, now=now()
        )
    except OidcError as error:
        if recording.is_new(address(), OFFICE_BACK):  # a stranger may ask this a thousand times a second
            house.write_down("login_refused", way="oidc", reason=str(error.facts.get("detail", "no account")))
        raise
    house.write_down("login", account, way="oidc")
    token = house.doors.sessions.begin(account.name, address=address(), now=now(), by_office=True)
    wanted = spoken(own_page(kept.get("next", "/")), words)
    answer = house.page(
        "signed_in.html",
        words,
        title=words("You are signed in"),
        problem="",
        wanted=wanted,
        other=other_language(words),
        text={"on": words("Go on")},
    )
    answer.headers["Refresh"] = f"0; url={iri_to_uri(wanted)}"
    return house.handed(token, answer)


def _oidc(house: House) -> Oidc:
    if house.doors.oidc is None:
        flask.abort(HTTPStatus.NOT_FOUND)
    return house.doors.oidc


def _back() -> str:
    """The address that the provider sends the browser back to; it must know it."""
    return flask.request.host_url.rstrip("/") + OFFICE_BACK
