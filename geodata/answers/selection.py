"""Question x Scope -> the rows that match. Knows coded columns only: a slice by day, then masks by lookup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.answers.places import places_of
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.statistics.aoristic import share_within
from geodata.vocabulary import LayerKey, Level, Period
from geodata.warehouse.snapshot import EPOCH, SOURCES, Incidents, Snapshot

Mask = NDArray[np.bool_]
MOST_RUNS = 8
HALF = 0.5  # of a span must lie in the hours asked
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Matching rows: a slice of the columns (sorted by day) and a mask over it, None where the whole slice matches."""

    incidents: Incidents
    rows: slice
    mask: Mask | None

    def take(self, column: NDArray[T]) -> NDArray[T]:
        """The column's values in the matching rows, in time order."""
        part = column[self.rows]
        return part if self.mask is None else part[self.mask]

    def spans(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The matching rows that are spans: their positions among the matching rows, and among the spans."""
        row = self.incidents.spans.row
        first, last = np.searchsorted(row, [self.rows.start, self.rows.stop])
        number, at = np.arange(first, last), row[first:last] - self.rows.start
        if self.mask is None or not len(at):
            return at, number
        matching = self.mask[at]
        position = np.cumsum(self.mask)[at[matching]] - 1
        return position, number[matching]

    def __len__(self) -> int:
        return self.rows.stop - self.rows.start if self.mask is None else int(np.count_nonzero(self.mask))


def select(snapshot: Snapshot, question: Question, scope: Scope) -> Selection:
    """Find the rows. Raises QuestionError naming what the workspace does not have, and what it has."""
    check_layer(snapshot, question.edition, question.level)
    if question.hours is not None or question.weekdays:
        check_clock(snapshot)
    rows = slice_of(snapshot.incidents, question.period)
    masks = [*_plain_masks(snapshot, question, rows), *_place_masks(snapshot, question, scope, rows)]
    if not masks:
        return Selection(snapshot.incidents, rows, None)
    mask = masks[0]
    for other in masks[1:]:
        mask &= other
    return Selection(snapshot.incidents, rows, mask)


def check_clock(snapshot: Snapshot) -> None:
    """Raise QuestionError where hours and weekdays are not told."""
    if snapshot.covers is not None:
        raise QuestionError("hours and weekdays are only for those who may see exact places; ask without them")


def slice_of(incidents: Incidents, period: Period) -> slice:
    """The rows of the period's days."""
    edges = [(period.start - EPOCH).days, (period.end - EPOCH).days + 1]
    first, last = np.searchsorted(incidents.day, edges)
    return slice(int(first), int(last))


def check_layer(snapshot: Snapshot, edition: str, level: Level) -> None:
    """Raise QuestionError where the layer is not loaded."""
    boundaries = snapshot.boundaries
    if edition not in boundaries.editions:
        known = listed(boundaries.editions)
        raise QuestionError("there is no edition «{edition}»; loaded are: {known}", edition=edition, known=known)
    if LayerKey(edition, level) not in boundaries.layers:
        known = listed(each.value for each in boundaries.levels(edition))
        raise QuestionError(
            "edition «{edition}» has no level «{level}»; it has: {known}",
            edition=edition,
            level=level.value,
            known=known,
        )


def listed(names: Iterable[str]) -> str:
    """Names for a message, the first twenty of them."""
    every = list(names)
    return ", ".join(every[:20]) + (", ..." if len(every) > 20 else "") if every else "none"


def _plain_masks(snapshot: Snapshot, question: Question, rows: slice) -> list[Mask]:
    incidents = snapshot.incidents
    masks: list[Mask] = []
    if question.categories:
        wanted = [_category(snapshot, key) for key in question.categories]
        masks.append(_among(incidents.category[rows], wanted, len(snapshot.categories)))
    if question.sources:
        masks.append(_among(incidents.source[rows], [SOURCES.index(each) for each in question.sources], len(SOURCES)))
    if question.hours is not None or question.weekdays:
        masks.append(_time_mask(incidents, question, rows))
    return masks


def _time_mask(incidents: Incidents, question: Question, rows: slice) -> Mask:
    """Which rows lie in the hours and weekdays asked: of a span at least half its minutes, in both at once.

    A span of days without hours has weekdays and no hours.
    """
    hours = _asked_hours(question.hours)
    masks = [] if question.hours is None else [_among(incidents.hour[rows], hours, 24)]
    if question.weekdays:
        masks.append(_among(incidents.weekday[rows], question.weekdays, 8))
    mask = masks[0] if len(masks) == 1 else masks[0] & masks[1]
    spans = incidents.spans
    first, last = np.searchsorted(spans.row, [rows.start, rows.stop])
    if first < last:
        some = slice(int(first), int(last))
        wanted = np.zeros((7, 24), dtype=np.bool_)
        days = [day - 1 for day in question.weekdays] or list(range(7))
        wanted[np.ix_(days, hours)] = True
        inside = share_within(spans.start[some], spans.end[some], wanted) >= HALF
        if question.hours is not None:
            inside &= spans.hour_known[some]
        mask[spans.row[some] - rows.start] = inside
    return mask


def _asked_hours(hours: tuple[int, int] | None) -> list[int]:
    if hours is None:
        return list(range(24))
    first, last = hours
    return list(range(first, last + 1)) if first <= last else [*range(first, 24), *range(last + 1)]


def _place_masks(snapshot: Snapshot, question: Question, scope: Scope, rows: slice) -> list[Mask]:
    incidents = snapshot.incidents
    masks: list[Mask] = []
    for wanted in places_of(snapshot.boundaries, question, scope):
        mask = np.zeros(rows.stop - rows.start, dtype=np.bool_)
        for key, positions in wanted.items():
            mask |= _among(incidents.area[key][rows], positions, len(snapshot.boundaries.layers[key].codes))
        masks.append(mask)
    if question.zones:
        bits = {zone.id: zone.bit for zone in snapshot.boundaries.zones}
        asked = np.uint64(0)
        for name in question.zones:
            if name not in bits:
                raise QuestionError("there is no zone «{zone}»; loaded are: {known}", zone=name, known=listed(bits))
            asked |= np.uint64(1) << np.uint64(bits[name])
        masks.append((incidents.zones[rows] & asked) != 0)
    return masks


def _category(snapshot: Snapshot, key: str) -> int:
    keys = [category.key for category in snapshot.categories]
    if key not in keys:
        raise QuestionError("there is no category «{category}»; there are: {known}", category=key, known=listed(keys))
    return keys.index(key)


def _among(codes: NDArray[np.signedinteger[Any]], wanted: Iterable[int], size: int) -> Mask:
    """Which codes are wanted.

    Runs of neighbouring codes are compared, about 0.1 ms each at a million int8 codes; only many runs are looked up in
    a table (4 ms), where code -1 (unknown) reads the last place, which stays False.
    """
    positions = np.unique(np.fromiter(wanted, dtype=np.int64))
    runs = np.split(positions, np.flatnonzero(np.diff(positions) > 1) + 1)
    if len(runs) > MOST_RUNS:
        table = np.zeros(size + 1, dtype=np.bool_)
        table[positions] = True
        return np.asarray(table[codes], dtype=np.bool_)
    mask = np.zeros(len(codes), dtype=np.bool_)
    for run in runs:
        if len(run) == 1:
            mask |= codes == codes.dtype.type(run[0])
        elif len(run):
            mask |= (codes >= codes.dtype.type(run[0])) & (codes <= codes.dtype.type(run[-1]))
    return mask
