"""What somebody is told who may not have a page: why, in words, and where to go on. Refuses nothing itself."""

from __future__ import annotations

from http import HTTPStatus

import flask
from werkzeug.exceptions import Forbidden

from dashboard.asker import Need, asker
from dashboard.doors.house import House, other_language, words_asked
from dashboard.gate import ADMIN, LOGIN
from dashboard.words import Words


def register(server: flask.Flask, house: House) -> None:
    """Put words in the place of an empty refusal, where a person reads it; a script gets the refusal alone."""

    @server.errorhandler(Forbidden)
    def refuse(error: Forbidden) -> flask.typing.ResponseReturnValue:
        is_read = "text/html" in set(flask.request.accept_mimetypes.values())  # not just anything, as scripts ask for
        return _page(house, words_asked()) if is_read else error


def _page(house: House, words: Words) -> flask.Response:
    now = asker()
    title, why, target, on = _why(words)
    return house.page(
        "refused.html",
        words,
        HTTPStatus.FORBIDDEN,
        title=title,
        problem="",
        why=why,
        target=f"{target}?lang={words.language}" if target else "",
        on=on,
        account=now.account,
        other=other_language(words),
        text={
            "signed_in": words("Signed in as {name}", name=now.name),
            "own": words("Own password"),
            "out": words("Sign out"),
        },
    )


def _why(words: Words) -> tuple[str, str, str, str]:
    """Title, reason, where to go on, and what that is called."""
    now, was_sent = asker(), flask.request.method == "POST"
    if now.account is None or was_sent:
        again = words("This was not sent from a page of the session that is open now. Open the page again, then try.")
        return words("Not done"), again, LOGIN if now.account is None else _home(), words("Open the page again")
    if not now.may(Need.INCIDENTS) and not now.may(Need.ACCOUNTS):
        nothing = words(
            "No area is open to this account today: the time of its areas is over, has not begun, or none was granted. "
            "The administrator of accounts can open areas."
        )
        return words("No area is open to you"), nothing, "", ""
    other = words("This page is for another role than yours.")
    return words("Not for this account"), other, _home(), words("To the page for your role")


def _home() -> str:
    return ADMIN if asker().may(Need.ACCOUNTS) else "/"
