"""Single incidents by the batch, for a file that leaves the house. Place and time only; knows no file format.

Nothing is kept: a million incidents take the room of one batch. Who may not see points gets none at all, as a commune,
a day and an hour together tell of one case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.answers.selection import select
from geodata.answers.totals import POINT
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import Snapshot

BATCH = 20_000  # incidents; ten times as many are no faster to write


@dataclass(frozen=True, slots=True, eq=False)
class IncidentRows:
    """Some incidents in time order, all arrays aligned, coded as in the snapshot.

    ``lon`` and ``lat`` are NaN where no point was recorded; ``area`` holds -1 where the incident has no area there.
    """

    day: NDArray[np.int32]  # days since 1970-01-01, local; the first of a span
    hour: NDArray[np.int8]  # of the start, -1 unknown
    weekday: NDArray[np.int8]
    category: NDArray[np.int32]
    source: NDArray[np.int8]
    placement: NDArray[np.int8]
    precision: NDArray[np.int8]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    zones: NDArray[np.uint64]
    area: Mapping[LayerKey, NDArray[np.int32]]

    def __len__(self) -> int:
        return len(self.day)


def answer_incidents(
    snapshot: Snapshot, question: Question, scope: Scope, *, layers: tuple[LayerKey, ...], size: int = BATCH
) -> Iterator[IncidentRows]:
    """All incidents the question finds, placed or not, at most ``size`` at once, with their areas in ``layers``.

    Raises QuestionError, before the first batch, where the scope allows no exact places.
    """
    if not scope.points:
        raise QuestionError("single incidents are only for those who may see exact places; ask for counts instead")
    selection = select(snapshot, question, scope)
    return _batches(snapshot, selection.rows, selection.mask, layers, size)


def _batches(
    snapshot: Snapshot, rows: slice, mask: NDArray[np.bool_] | None, layers: tuple[LayerKey, ...], size: int
) -> Iterator[IncidentRows]:
    for start in range(rows.start, rows.stop, size):
        stop = min(start + size, rows.stop)
        at = np.arange(start, stop)
        found = at if mask is None else at[mask[start - rows.start : stop - rows.start]]
        if len(found):
            yield _taken(snapshot, found, layers)


def _taken(snapshot: Snapshot, at: NDArray[np.int64], layers: tuple[LayerKey, ...]) -> IncidentRows:
    held = snapshot.incidents
    placement = held.placement[at]
    lon, lat = (np.where(placement == POINT, axis[at], np.nan) for axis in (held.lon, held.lat))
    return IncidentRows(
        day=held.day[at],
        hour=held.hour[at],
        weekday=held.weekday[at],
        category=held.category[at].astype(np.int32, copy=False),
        source=held.source[at],
        placement=placement,
        precision=held.precision[at],
        lon=lon,
        lat=lat,
        zones=held.zones[at],
        area={key: held.area[key][at] for key in layers},
    )
