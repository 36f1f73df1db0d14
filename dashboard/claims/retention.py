"""What is said of months that are kept as counts only. Counts no question."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import numpy as np

from geodata.errors import N_
from geodata.warehouse.snapshot import EPOCH, Snapshot

KEPT = N_(
    "{n} incidents before {month} are kept as counts only: by area, category, source and month. Their points, days and "
    "hours are no longer kept"
)
SOME = N_(
    "incidents before {month} are kept as counts only: by area, category, source and month. Their points, days and "
    "hours are no longer kept"
)


class Says(Protocol):
    """A language: the English text with its facts in, the words out."""

    def __call__(self, text: str, /, **facts: object) -> str: ...  # noqa: D102


def line(snapshot: Snapshot, since: date, words: Says, *, whole: bool = True) -> str:
    """What is lacking in a period that begins ``since``, nothing where all of it is kept; ``whole`` tells how many."""
    before = snapshot.counts_before
    if before is None or since >= before:
        return ""
    if not whole:
        return words(SOME, month=f"{before:%m/%Y}")
    n = int(np.searchsorted(snapshot.incidents.day, (before - EPOCH).days))
    return words(KEPT, n=n, month=f"{before:%m/%Y}")
