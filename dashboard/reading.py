"""One request's reading of the URL: the View, what was dropped, the names, the language. The way every panel starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.coarsening import coarsened
from dashboard.layers import all_layers
from dashboard.names import Names, name_things
from dashboard.view import Dropped, View
from dashboard.words import Words, of
from geodata.answers.answers import Answers
from geodata.question import Scope
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
    snapshot: Snapshot  # as the asker may see it
    coarser: tuple[str, ...] = ()  # in what the view is coarser than what was asked, marked texts

    @property
    def loaded(self) -> bool:
        """Whether there are boundaries and incidents, so that anything can be told."""
        return bool(self.snapshot.boundaries.layers) and self.answers.facts(self.scope).incidents > 0


def read(search: object, answers: Answers, scope: Scope | None = None) -> Reading:
    """Read a query string against the newest generation. Total: whatever is bad stands in ``dropped``.

    ``scope`` is what the asker may see; left away, all that the answers may tell.

    ``search`` comes from a browser, so it may be anything; what is no text asks for nothing.
    """
    scope = answers.scope if scope is None else scope
    names = _names_now(answers, scope)
    view, dropped = View.from_query(search if isinstance(search, str) else "", names.choices)
    return replace(of_view(view, answers, of(view.lang), scope), dropped=dropped)


def of_view(view: View, answers: Answers, words: Words, scope: Scope | None = None) -> Reading:
    """The reading of a view that is already there, coarser where the asker may not see points."""
    scope = answers.scope if scope is None else scope
    answers = answers.within(scope)  # whoever has the reading asks no further
    snapshot = answers.seen_by(scope)
    view, coarser = coarsened(view, scope, snapshot)
    spoken = words if scope.points else of(words.language, snapshot.profile.disclosure.fewest)
    return Reading(view, (), _names_now(answers, scope), spoken, scope, answers, snapshot, coarser)


def _names_now(answers: Answers, scope: Scope) -> Names:
    snapshot = answers.seen_by(scope)
    layers, today = tuple(all_layers()), datetime.now(snapshot.profile.zone).date()

    def name(now: Snapshot) -> Names:
        return name_things(now, layers=layers, today=today, scope=scope)

    return answers.known(("names", layers, today), scope, name)
