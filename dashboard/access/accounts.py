"""Accounts and what they were granted, as values. Knows no password, no file and no boundary."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from geodata.question import Detail
from geodata.vocabulary import AreaKey

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True, slots=True)
class Grant:
    """A region or a commune, from ``start`` until ``end`` (both included, None = open). It names one of the two."""

    region: str = ""
    area: AreaKey | None = None
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if bool(self.region) == (self.area is not None):
            raise AccessError("a grant names one region or one commune; name one of them")
        if self.start and self.end and self.end < self.start:
            raise AccessError(
                "a grant ends ({end}) before it begins ({start}); turn the days round",
                end=self.end.isoformat(),
                start=self.start.isoformat(),
            )

    def in_force(self, day: date) -> bool:
        """Whether it gives anything on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def kind(self) -> str:
        """``region`` or ``area``."""
        return "area" if self.area else "region"

    @property
    def place(self) -> str:
        """The region's id, or the commune as ``edition:code``."""
        return self.region if self.area is None else f"{self.area.edition}:{self.area.code}"


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account. ``detail`` is how closely the person sees incidents, where the role leaves a choice.

    ``identity`` is what the office's own sign-in (OIDC) calls the person; "" where that is not used.
    """

    name: str
    role: Role
    grants: tuple[Grant, ...]
    detail: Detail
    locked: bool
    must_change: bool
    has_totp: bool
    created: datetime
    identity: str = ""

    def told(self) -> dict[str, object]:
        """What JSON and the log of acts say of it: everything but what it takes to sign in."""
        grants = [
            {"kind": each.kind, "place": each.place, "from": each.start, "until": each.end} for each in self.grants
        ]
        held = {"name": self.name, "role": self.role.value, "precision": self.detail.value, "grants": grants}
        state = {"locked": self.locked, "must_change": self.must_change, "totp": self.has_totp}
        return {**held, **state, "identity": self.identity, "created": self.created}


def plain(name: str) -> str:
    """A name as it is compared: no case, no blanks around it, one form of each letter. Never refuses."""
    whole = name[:256].encode("utf-8", "replace").decode()  # halves of characters come in JSON
    return unicodedata.normalize("NFKC", whole).strip().casefold()


def checked_name(name: str) -> str:
    """The name of a new account. Raises AccessError where it is none."""
    found = plain(name)
    if not _NAME.fullmatch(found):
        raise AccessError(
            "«{name}» cannot be an account's name: take 2 to 64 of the letters a-z without tone marks, of digits "
            "and of . _ @ -, a letter or digit first",
            name=name[:80],
        )
    return found
