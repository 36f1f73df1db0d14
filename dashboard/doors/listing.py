"""The accounts as the page of who manages them shows and fills them in. Reads no form and changes no account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.access.accounts import Account, Grant
from dashboard.access.roles import LABELS, Role
from dashboard.words import N_, Words
from geodata.boundaries.editions import Boundaries
from geodata.question import Detail
from geodata.vocabulary import LayerKey

DETAILS: Mapping[Detail, str] = {
    Detail.POINTS: N_("exact places"),
    Detail.FIVE: N_("rounded, from five"),
    Detail.AGGREGATES: N_("by area only"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields of a form before anything is typed."""

    name: str = ""
    role: str = Role.OFFICER.value
    detail: str = Detail.POINTS.value
    regions: tuple[str, ...] = ()
    areas: str = ""
    start: str = ""
    end: str = ""


def filled_with(account: Account) -> Filled:
    """What the account is granted now; its days where all its grants have the same."""
    first, last = ({getattr(each, side) for each in account.grants} for side in ("start", "end"))
    return Filled(
        account.name,
        account.role.value,
        account.detail.value,
        tuple(dict.fromkeys(each.region for each in account.grants if each.region)),
        ", ".join(each.place for each in account.grants if each.area),
        _only(first),
        _only(last),
    )


def _only(days: set[date | None]) -> str:
    day = next(iter(days)) if len(days) == 1 else None
    return "" if day is None else day.isoformat()


def row(account: Account, boundaries: Boundaries, words: Words) -> dict[str, object]:
    """A row of the list."""
    states = [
        words(label)
        for label, holds in (
            (N_("locked"), account.locked),
            (N_("no area granted yet"), account.role.bound and not account.grants),
            (N_("must choose a password"), account.must_change),
            (N_("with telephone"), account.has_totp),
        )
        if holds
    ]
    detail = Detail.POINTS if account.role is Role.DATA else account.detail
    return {
        "name": account.name,
        "role": words(LABELS[account.role]),
        "places": [_place(each, boundaries, words) for each in account.grants],
        "detail": "" if account.role is Role.ADMINISTRATOR else words(DETAILS[detail]),
        "state": ", ".join(states),
        "locked": account.locked,
        "has_totp": account.has_totp,
    }


def _place(grant: Grant, boundaries: Boundaries, words: Words) -> str:
    """A grant by name; what was taken out of the boundaries by what it was called in the form."""
    name = _called(grant, boundaries)
    if grant.start is None and grant.end is None:
        return name
    first, last = (words.date(day) if day else "…" for day in (grant.start, grant.end))
    return f"{name} ({first} – {last})"


def _called(grant: Grant, boundaries: Boundaries) -> str:
    if grant.area is None:
        return next((region.name for region in boundaries.regions if region.id == grant.region), grant.region)
    edition, code = grant.area
    level = boundaries.finest(edition)
    layer = None if level is None else boundaries.layers[LayerKey(edition, level)]
    name = "" if layer is None or code not in layer.codes else layer.names[layer.codes.index(code)]
    return f"{name} ({grant.place})" if name else grant.place


def texts(words: Words) -> dict[str, str]:
    """Everything the page says beside what happened."""
    return {
        "lead": words("Who manages accounts sees no incidents. Every change stands in the log of acts."),
        "made": words("Password of {name}, shown this once:", name="{name}"),
        "accounts": words("All accounts"),
        "name": words("Name"),
        "role": words("Role"),
        "places": words("Areas"),
        "detail": words("Closeness"),
        "state": words("State"),
        "acts": words("Do"),
        "edit": words("Change"),
        "lock": words("Lock"),
        "unlock": words("Unlock"),
        "password": words("New password"),
        "end_sessions": words("Sign out everywhere"),
        "end_telephone": words("End the telephone"),
        "add": words("Add an account"),
        "grant": words("Change role and areas of {name}", name="{name}"),
        "regions": words("Areas of responsibility (chief)"),
        "areas": words("Communes, as edition:code with commas between"),
        "from": words("From"),
        "until": words("Until"),
        "days": words("Left empty, the areas are granted from now on, without an end."),
        "save": words("Save"),
        "cancel": words("Cancel"),
        "out": words("Sign out"),
        "own": words("Own password"),
    }
