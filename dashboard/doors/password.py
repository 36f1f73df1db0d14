"""One's own password and telephone: changed by oneself, the old password at hand. Knows nobody else's."""

from __future__ import annotations

from http import HTTPStatus

import flask

from dashboard.access import totp
from dashboard.access.accounts import Account
from dashboard.access.entrance import SAID, Reason, Refused
from dashboard.asker import Need, asker
from dashboard.doors.house import House, now, other_language, spoken, words_asked
from dashboard.gate import PASSWORD
from dashboard.recording import address
from dashboard.words import Words
from geodata.errors import DiemNongError

LONGEST = 1024  # letters of a field


def register(server: flask.Flask, house: House) -> None:
    """Add the address."""

    @server.get(PASSWORD)
    def password_page() -> flask.typing.ResponseReturnValue:
        return _page(house, _account(), words_asked())

    @server.post(PASSWORD)
    def change() -> flask.typing.ResponseReturnValue:
        account, words = _account(), words_asked()
        try:
            if flask.request.form.get("act") == "telephone":
                return _with_telephone(house, account, words)
            return _with_password(house, account, words)
        except DiemNongError as error:
            return _page(house, account, words, problem=words.error(error))


def _account() -> Account:
    found = asker().account
    if found is None:
        flask.abort(HTTPStatus.NOT_FOUND)
    return found


def _with_password(house: House, account: Account, words: Words) -> flask.typing.ResponseReturnValue:
    """Another password, and a new session in place of all that there were."""
    old, new, again = (flask.request.form.get(each, "")[:LONGEST] for each in ("old", "new", "again"))
    if new != again:
        return _page(house, account, words, problem=words("The new password was not typed twice alike."))
    book = house.doors.book.telling(lambda event, changed: house.write_down(event, account, of=changed.name))
    found = book.change_password(account.name, old, new, address=address(), now=now())
    if isinstance(found, Refused):
        told = words("The password of now is not right.") if found.reason is Reason.WRONG else words(SAID[found.reason])
        return _page(house, account, words, problem=told)
    return house.let_in(found.account, found.version, spoken("/", words))


def _with_telephone(house: House, account: Account, words: Words) -> flask.typing.ResponseReturnValue:
    """Ask for the telephone's digits from now on, once it has shown the right ones."""
    secret, code = (flask.request.form.get(each, "")[:LONGEST] for each in ("secret", "code"))
    if account.has_totp or len(secret) != len(totp.new_secret()) or not secret.isalnum():
        flask.abort(HTTPStatus.BAD_REQUEST)
    if totp.step_of(secret, code, now()) is None:
        return _page(house, account, words, problem=words(SAID[Reason.WRONG_CODE]), secret=secret)
    book = house.doors.book.telling(lambda event, changed: house.write_down(event, account, of=changed.name))
    book.set_totp(account.name, secret)
    return flask.redirect(spoken(PASSWORD, words), HTTPStatus.SEE_OTHER)


def _page(house: House, account: Account, words: Words, *, problem: str = "", secret: str = "") -> flask.Response:
    secret = secret or totp.new_secret()
    lead = (
        words("This password was given to you by the administrator. Choose your own before you go on.")
        if account.must_change
        else words("Signed in as {name}", name=account.name)
    )
    return house.page(
        "password.html",
        words,
        HTTPStatus.OK if not problem else HTTPStatus.UNPROCESSABLE_ENTITY,
        title=words("Own password"),
        problem=problem,
        account=account,
        secret=secret,
        picture="" if account.has_totp or account.must_change else totp.picture(secret, account.name),
        other=other_language(words),
        text={
            "lead": lead,
            "old": words("Password of now"),
            "new": words("New password"),
            "again": words("New password once more"),
            "rule": words("At least 12 letters; a sentence of four or five words is best. Not a common password."),
            "change": words("Change the password"),
            "telephone": words("Six digits of a telephone"),
            "why": words(
                "With a telephone beside the password, who learns the password alone does not get in. Read the picture "
                "with any authenticator app, then type the digits that it shows."
            ),
            "has": words("The telephone's digits are asked for at each sign-in. The administrator can end this."),
            "code": words("Six digits of the telephone"),
            "begin": words("Ask for the digits from now on"),
            "map": words("Accounts") if asker().may(Need.ACCOUNTS) else words("To the map"),
            "out": words("Sign out"),
        },
    )
