"""From which data an answer comes. Counts nothing."""

from __future__ import annotations

from geodata.answers.answer import DataFacts
from geodata.warehouse.snapshot import Snapshot


def facts_of(snapshot: Snapshot) -> DataFacts:
    """The facts every picture is stamped with."""
    return DataFacts(
        generation=snapshot.generation,
        committed_at=snapshot.committed_at,
        first_day=snapshot.first_day,
        last_day=snapshot.last_day,
        incidents=len(snapshot.incidents),
        quarantined=snapshot.quarantined,
        unreadable=snapshot.unreadable,
    )
