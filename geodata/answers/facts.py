"""From which data an answer comes, as far as the asker may know. Counts nothing of a question."""

from __future__ import annotations

from geodata.answers.answer import DataFacts
from geodata.answers.selection import select
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import Snapshot


def facts_of(snapshot: Snapshot, scope: Scope = EVERYTHING) -> DataFacts:
    """The facts every picture is stamped with; of incidents those alone that the asker may see.

    Rows that were put aside have no place, so who answers for some areas only is told of none.
    """
    whole = scope.areas is None
    return DataFacts(
        generation=snapshot.generation,
        committed_at=snapshot.committed_at,
        first_day=snapshot.first_day,
        last_day=snapshot.last_day,
        incidents=len(snapshot.incidents) if whole else _seen(snapshot, scope),
        quarantined=snapshot.quarantined if whole else 0,
        unreadable=snapshot.unreadable,
    )


def _seen(snapshot: Snapshot, scope: Scope) -> int:
    """How many of the incidents lie in the areas of the scope."""
    first, last = snapshot.first_day, snapshot.last_day
    if first is None or last is None or not snapshot.boundaries.layers:
        return 0
    key = next(iter(snapshot.boundaries.layers))
    return len(select(snapshot, Question(Period(first, last), key.edition, key.level), scope))
