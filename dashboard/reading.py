"""One request's reading of the URL: the View, what was dropped, the names, the language. The way every panel starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from dashboard.layers import all_layers
from dashboard.names import Names, name_things
from dashboard.view import Dropped, View
from dashboard.words import Words, of
from geodata.answers.answers import Answers
from geodata.question import EVERYTHING, Scope
from geodata.warehouse.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is asked, by whom, of which generation, in which language."""

    view: View
    dropped: tuple[Dropped, ...]
    names: Names
    words: Words
    scope: Scope
    answers: Answers
    snapshot: Snapshot

    @property
    def loaded(self) -> bool:
        """Whether there are boundaries and incidents, so that anything can be told."""
        return bool(self.snapshot.boundaries.layers) and self.answers.facts().incidents > 0


def read(search: object, answers: Answers) -> Reading:
    """Read a query string against the newest generation. Total: whatever is bad stands in ``dropped``.

    ``search`` comes from a browser, so it may be anything; what is no text asks for nothing.
    """
    snapshot = answers.snapshot
    names = _names(snapshot, datetime.now(snapshot.profile.zone).date())
    view, dropped = View.from_query(search if isinstance(search, str) else "", names.choices)
    return Reading(view, dropped, names, of(view.lang), EVERYTHING, answers, snapshot)


def of_view(view: View, answers: Answers, words: Words, scope: Scope = EVERYTHING) -> Reading:
    """The reading of a view that is already there."""
    snapshot = answers.snapshot
    names = _names(snapshot, datetime.now(snapshot.profile.zone).date())
    return Reading(view, (), names, words, scope, answers, snapshot)


@lru_cache(maxsize=4)
def _names(snapshot: Snapshot, today: date) -> Names:
    return name_things(snapshot, layers=tuple(all_layers()), today=today)
