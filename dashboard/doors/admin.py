"""The page of who manages accounts: who there is, what is granted to whom. Shows no incident; decides no right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus

import flask

from dashboard.access import passwords
from dashboard.access.accounts import Account, Grant, plain
from dashboard.access.book import AccountBook
from dashboard.access.errors import AccessError
from dashboard.access.rights import communes
from dashboard.access.roles import LABELS, Role
from dashboard.asker import asker
from dashboard.doors.house import House, now, other_language, words_asked
from dashboard.gate import ADMIN
from dashboard.words import N_, Words
from geodata.boundaries.editions import Boundaries
from geodata.errors import DiemNongError
from geodata.question import Detail
from geodata.vocabulary import AreaKey

LONGEST = 4096  # letters of a field
DETAILS: Mapping[Detail, str] = {
    Detail.POINTS: N_("exact places"),
    Detail.FIVE: N_("rounded, from five"),
    Detail.AGGREGATES: N_("by area only"),
}
Act = Callable[[AccountBook, str, Boundaries], str]  # what is to be shown once: a password, or nothing


def register(server: flask.Flask, house: House) -> None:
    """Add the address."""

    @server.get(ADMIN)
    def admin_page() -> flask.typing.ResponseReturnValue:
        return _page(house, words_asked())

    @server.post(ADMIN)
    def act() -> flask.typing.ResponseReturnValue:
        words, who = words_asked(), asker().account
        act = ACTS.get(_field("act"))
        if act is None:
            flask.abort(HTTPStatus.BAD_REQUEST)
        name = plain(_field("name"))
        book = house.doors.book.telling(lambda event, changed: house.write_down(event, who, of=changed.name))
        try:
            made = act(book, name, house.boundaries())
            if _field("act") == "end_sessions":
                house.write_down("sessions_ended", who, of=name)
                house.doors.sessions.end_all(name)
        except DiemNongError as error:
            return _page(house, words, problem=words.error(error))
        return _page(house, words, made=(name, made) if made else None)


def _add(book: AccountBook, name: str, boundaries: Boundaries) -> str:
    made = passwords.generated()
    role, detail, grants = _granted(boundaries)
    book.add(name, role, password=made, grants=grants, detail=detail, now=now())
    return made


def _grant(book: AccountBook, name: str, boundaries: Boundaries) -> str:
    role, detail, grants = _granted(boundaries)
    book.set_grants(name, grants, role=role, detail=detail)
    return ""


def _lock(book: AccountBook, name: str, _boundaries: Boundaries) -> str:
    book.lock(name)
    return ""


def _unlock(book: AccountBook, name: str, _boundaries: Boundaries) -> str:
    book.unlock(name)
    return ""


def _password(book: AccountBook, name: str, _boundaries: Boundaries) -> str:
    made = passwords.generated()
    book.set_password(name, made, must_change=True)
    return made


def _end_telephone(book: AccountBook, name: str, _boundaries: Boundaries) -> str:
    book.clear_totp(name)
    return ""


def _end_sessions(_book: AccountBook, _name: str, _boundaries: Boundaries) -> str:
    return ""


ACTS: Mapping[str, Act] = {
    "add": _add,
    "grant": _grant,
    "lock": _lock,
    "unlock": _unlock,
    "password": _password,
    "end_telephone": _end_telephone,
    "end_sessions": _end_sessions,
}


def _granted(boundaries: Boundaries) -> tuple[Role, Detail, tuple[Grant, ...]]:
    """Role, closeness and places of the form. Raises AccessError on what the workspace does not have."""
    try:
        role, detail = Role(_field("role")), Detail(_field("detail") or Detail.POINTS)
        start, end = _day("from"), _day("until")
    except ValueError as error:
        raise AccessError("the form holds what cannot be chosen; choose again") from error
    if not role.bound:
        return role, detail, ()
    known = {region.id for region in boundaries.regions}
    regions = [each for each in flask.request.form.getlist("region")[:200] if each in known]
    areas = [_area(each, boundaries) for each in _field("area").replace(";", ",").split(",") if each.strip()]
    return (
        role,
        detail,
        (*(Grant(each, start=start, end=end) for each in regions), *(Grant("", each, start, end) for each in areas)),
    )


def _area(text: str, boundaries: Boundaries) -> AreaKey:
    edition, _, code = text.strip().partition(":")
    if code not in communes(boundaries, edition):
        raise AccessError(
            "«{text}» is no commune here; write edition and code, for example {example}",
            text=text.strip()[:80],
            example=next((f"{e}:{code}" for e in boundaries.editions for code in sorted(communes(boundaries, e))), "-"),
        )
    return AreaKey(edition, code)


def _day(field: str) -> date | None:
    text = _field(field)
    return date.fromisoformat(text) if text else None


def _field(name: str) -> str:
    return flask.request.form.get(name, "")[:LONGEST]


def _page(
    house: House, words: Words, *, problem: str = "", made: tuple[str, str] | None = None
) -> flask.typing.ResponseReturnValue:
    boundaries = house.boundaries()
    return house.page(
        "admin.html",
        words,
        HTTPStatus.OK if not problem else HTTPStatus.UNPROCESSABLE_ENTITY,
        title=words("Accounts"),
        problem=problem,
        made=made,
        rows=[_row(each, words) for each in house.doors.book.all()],
        roles=[(role.value, words(label)) for role, label in LABELS.items()],
        details=[(detail.value, words(label)) for detail, label in DETAILS.items()],
        regions=[(each.id, each.name) for each in {each.id: each for each in boundaries.regions}.values()],
        other=other_language(words),
        text=_texts(words),
    )


def _row(account: Account, words: Words) -> dict[str, object]:
    states = [
        words(label)
        for label, holds in (
            (N_("locked"), account.locked),
            (N_("must choose a password"), account.must_change),
            (N_("with telephone"), account.has_totp),
        )
        if holds
    ]
    return {
        "name": account.name,
        "role": words(LABELS[account.role]),
        "places": [_place(each, words) for each in account.grants],
        "detail": words(DETAILS[account.detail]) if account.role is not Role.ADMINISTRATOR else "",
        "state": ", ".join(states),
        "locked": account.locked,
        "has_totp": account.has_totp,
    }


def _place(grant: Grant, words: Words) -> str:
    if grant.start is None and grant.end is None:
        return grant.place
    first, last = (words.date(day) if day else "…" for day in (grant.start, grant.end))
    return f"{grant.place} ({first} – {last})"


def _texts(words: Words) -> dict[str, str]:
    return {
        "lead": words("Who manages accounts sees no incidents. Every change stands in the log of acts."),
        "made": words("Password of {name}, shown this once:", name="{name}"),
        "name": words("Name"),
        "role": words("Role"),
        "places": words("Areas"),
        "detail": words("Closeness"),
        "state": words("State"),
        "acts": words("Do"),
        "lock": words("Lock"),
        "unlock": words("Unlock"),
        "password": words("New password"),
        "end_sessions": words("Sign out everywhere"),
        "end_telephone": words("End the telephone"),
        "add": words("Add an account"),
        "grant": words("Change role and areas"),
        "regions": words("Areas of responsibility (chief)"),
        "areas": words("Communes, as edition:code with commas between"),
        "from": words("From"),
        "until": words("Until"),
        "save": words("Save"),
        "out": words("Sign out"),
        "own": words("Own password"),
    }
