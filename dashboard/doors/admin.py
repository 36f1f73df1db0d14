"""The page of who manages accounts: who there is, what is granted to whom. Shows no incident; decides no right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus

import flask

from dashboard.access import passwords
from dashboard.access.accounts import Grant, plain
from dashboard.access.book import AccountBook
from dashboard.access.errors import AccessError
from dashboard.access.rights import communes
from dashboard.access.roles import LABELS, Role
from dashboard.asker import asker
from dashboard.doors.house import House, now, other_language, words_asked
from dashboard.doors.listing import DETAILS, Filled, filled_with, row, texts
from dashboard.gate import ADMIN
from dashboard.words import N_, Words
from geodata.boundaries.editions import Boundaries
from geodata.errors import DiemNongError
from geodata.question import Detail
from geodata.vocabulary import AreaKey

LONGEST = 4096  # letters of a field
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
        done = words(DONE[_field("act")], name=name) if not made else ""
        return _page(house, words, done=done, made=(name, made) if made else None)


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


DONE: Mapping[str, str] = {
    "grant": N_("Role and areas of {name} are changed."),
    "lock": N_("{name} is locked, and signed out everywhere."),
    "unlock": N_("{name} may sign in again."),
    "end_telephone": N_("The telephone of {name} is not asked for any more."),
    "end_sessions": N_("{name} is signed out everywhere."),
}  # what is told once it is done; the others show a password


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


def _typed() -> Filled:
    """What was typed, to stand there again where it was refused."""
    regions = tuple(flask.request.form.getlist("region")[:200])
    rest = (_field(each) for each in ("area", "from", "until"))
    return Filled(_field("name"), _field("role"), _field("detail"), regions, *rest)


def _page(
    house: House, words: Words, *, problem: str = "", done: str = "", made: tuple[str, str] | None = None
) -> flask.typing.ResponseReturnValue:
    boundaries, accounts = house.boundaries(), house.doors.book.all()
    act, chosen = _field("act"), flask.request.args.get("edit", "")
    edited = next((filled_with(each) for each in accounts if each.name == chosen), None)
    return house.page(
        "admin.html",
        words,
        HTTPStatus.OK if not problem else HTTPStatus.UNPROCESSABLE_ENTITY,
        title=words("Accounts"),
        problem=problem,
        done=done,
        made=made,
        rows=[row(each, boundaries, words) for each in accounts],
        added=_typed() if problem and act == "add" else Filled(),
        edited=_typed() if problem and act == "grant" else edited,
        roles=[(role.value, words(label)) for role, label in LABELS.items()],
        details=[(detail.value, words(label)) for detail, label in DETAILS.items()],
        regions=[(each.id, each.name) for each in {each.id: each for each in boundaries.regions}.values()],
        other=other_language(words),
        text=texts(words),
    )
