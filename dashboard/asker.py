"""Who asks now, and what they may: as the gate found out for this request. Finds nothing out itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import flask
from werkzeug.local import LocalProxy

from dashboard.access.accounts import Account
from dashboard.access.rights import NOTHING, Rights
from geodata.answers.answers import Answers
from geodata.errors import ScopeError
from geodata.question import EVERYTHING


class Need(StrEnum):
    """What a route, a page or a callback needs of who asks for it."""

    NOTHING = "nothing"  # styles, the door itself, whether the program is alive
    ACCOUNT = "account"  # to be signed in, whatever for
    INCIDENTS = "incidents"  # to see incidents of some area
    LOADING = "loading"  # to load files and see their rows
    ACCOUNTS = "accounts"  # to manage accounts


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with rights; ``account`` is None for who sits at this machine, where there are no accounts."""

    rights: Rights
    account: Account | None = None

    @property
    def name(self) -> str:
        """The account's name; "" where there are no accounts."""
        return "" if self.account is None else self.account.name

    def may(self, need: Need) -> bool:
        """Whether the need is met."""
        match need:
            case Need.NOTHING | Need.ACCOUNT:
                return True
            case Need.INCIDENTS:
                return self.rights.scope.areas != ()
            case Need.LOADING:
                return self.rights.loads
            case Need.ACCOUNTS:
                return self.rights.administers


ALONE = Asker(Rights(EVERYTHING, loads=True, takes_points=True))
NOBODY = Asker(NOTHING)  # who stands at the door


def admit(found: Asker) -> None:
    """Let this request be answered to that asker. For the gate alone."""
    flask.g.asker = found


def asker() -> Asker:
    """Who asks now. Raises ScopeError in a request that passed no gate; outside of one there is only this machine."""
    if not flask.has_request_context():
        return ALONE
    found = flask.g.get("asker")
    if not isinstance(found, Asker):
        raise ScopeError("nothing is told to who did not pass the gate")
    return found


def answers_to_asker(whole: Answers) -> Answers:
    """The answers as whoever asks now may have them: each use is bound to the rights of its own request."""
    return cast("Answers", LocalProxy(lambda: whole.within(asker().rights.scope)))
