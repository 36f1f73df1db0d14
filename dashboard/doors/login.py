"""The page that lets people in, and the way out. Knows forms; who is let in, the account book decides."""

from __future__ import annotations

from http import HTTPStatus
from threading import BoundedSemaphore
from urllib.parse import urlencode

import flask

from dashboard.access.entrance import SAID, Reason, Refused
from dashboard.asker import asker
from dashboard.doors.house import House, now, other_language, spoken, wanted_page, words_asked
from dashboard.gate import COOKIE, CSRF_COOKIE, LOGIN, LOGOUT, OFFICE, PASSWORD
from dashboard.recording import address
from dashboard.words import Words
from geodata.errors import DiemNongError

LONGEST = 1024  # letters of a field
AT_ONCE = 8  # who sign in at the same time; a password takes a tenth of a second, and the threads are for all others


def register(server: flask.Flask, house: House) -> None:
    """Add the two addresses."""
    free = BoundedSemaphore(AT_ONCE)

    @server.get(LOGIN)
    def login_page() -> flask.typing.ResponseReturnValue:
        return page(house, words_asked())

    @server.post(LOGIN)
    def login() -> flask.typing.ResponseReturnValue:
        words = words_asked()
        if not free.acquire(blocking=False):
            crowded = words("Many people are signing in just now. Try again in a few seconds.")
            answer = page(house, words, problem=crowded, name=flask.request.form.get("name", "")[:LONGEST])
            answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
            return answer
        try:
            return let_in(words)
        finally:
            free.release()

    def let_in(words: Words) -> flask.typing.ResponseReturnValue:
        name, password, code = (flask.request.form.get(each, "")[:LONGEST] for each in ("name", "password", "code"))
        try:
            found = house.doors.book.sign_in(name, password, code=code, address=address(), now=now())
            if isinstance(found, Refused):
                known = house.doors.book.of(name)  # what else is typed there may be a password
                house.write_down("login_refused", known, reason=found.reason.value)
                return page(house, words, found, name=name)
            house.write_down("login", found.account)
            wanted = PASSWORD if found.account.must_change else wanted_page()
            return house.let_in(found.account, found.version, spoken(wanted, words))
        except DiemNongError as error:
            return page(house, words, problem=words.error(error), name=name)

    @server.post(LOGOUT)
    def logout() -> flask.typing.ResponseReturnValue:
        house.write_down("logout", asker().account)
        house.doors.sessions.end(flask.request.cookies.get(COOKIE, ""))
        answer = flask.redirect(spoken(LOGIN, words_asked()), HTTPStatus.SEE_OTHER)
        for cookie in (COOKIE, CSRF_COOKIE):
            answer.delete_cookie(cookie, samesite="Strict")
        return answer


def page(
    house: House, words: Words, refused: Refused | None = None, *, problem: str = "", name: str = ""
) -> flask.Response:
    """The door, with why somebody was not let in."""
    problem = problem or ("" if refused is None else words(SAID[refused.reason]))
    status = HTTPStatus.OK if not problem else HTTPStatus.UNAUTHORIZED
    if refused is not None and refused.reason is Reason.WAIT:
        status = HTTPStatus.TOO_MANY_REQUESTS
    return house.page(
        "login.html",
        words,
        status,
        title=words("Sign in"),
        name=name,
        problem=problem,
        wants_code=refused is not None and refused.reason in {Reason.CODE_NEEDED, Reason.WRONG_CODE},
        next=wanted_page(),
        office=""
        if house.doors.oidc is None
        else f"{OFFICE}?{urlencode({'next': wanted_page(), 'lang': words.language})}",
        other=other_language(words),
        text={
            "lead": words("Hot spots of recorded crime. Only for those who have an account here."),
            "name": words("Name"),
            "password": words("Password"),
            "code": words("Six digits of the telephone"),
            "enter": words("Sign in"),
            "office": words("Sign in with the office's account"),
        },
    )
