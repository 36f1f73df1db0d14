"""What those without the right to see points are answered from: the same incidents, counted and rounded once.

No answer to a single question can be protected by itself: whoever may choose days, categories and places asks twice
and subtracts. So there is one table, areas x category x source x month, rounded to fives so that its sums stay near the
true ones (``controlled_rounding``), and every answer is computed from that table as if it were the incidents: whatever
is asked, and however answers are added up or subtracted, gives back multiples of five and nothing that is not in the
table. Who knows the table, how it was made and how far its sums may be off still cannot tell whether a cell holds one,
two, three or four (docs/disclosure.md, tests/geodata/answers/test_disclosure_attack.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from geodata.answers.disclosed_parts import POINT, Parts, parts_of, spread_over
from geodata.statistics.controlled_rounding import Rounded, round_together
from geodata.vocabulary import LayerKey, Placement, Precision
from geodata.warehouse.snapshot import EPOCH, PLACEMENTS, PRECISIONS, SOURCES, Incidents, Snapshot, Spans

MIDDLE = 14  # days after the first: a month's incidents stand in its middle, so that a period holds all or none
SECRET_ROWS = 100  # of the earliest incidents: their exact places are what askers cannot know
MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """The incidents as a table of ``counts``, cells x months; a cell is areas x category x source.

    ``areas`` (cells, layers) hold each cell's area in every layer of ``keys``, -1 where it has none; ``of`` and
    ``month`` say for each incident where it stands in the table; ``first`` is the first month, counted from 1970-01.
    """

    keys: tuple[LayerKey, ...]
    areas: NDArray[np.int64]
    category: NDArray[np.int64]
    source: NDArray[np.int64]
    counts: NDArray[np.int64]
    of: NDArray[np.int64]
    month: NDArray[np.int64]
    first: int


def disclose(snapshot: Snapshot, *, places: bool = True) -> Snapshot:
    """The snapshot for those without the right to see points: multiples of the base, no day and no hour.

    Incidents with a point stand at places inside their commune that at least ``cell_fewest`` incidents share; without
    ``places`` none does. Sensitive categories have no place and only quarters. One generation always gives the same;
    what is disclosed stays as it is.
    """
    first, last = snapshot.first_day, snapshot.last_day
    if snapshot.covers is not None:
        return snapshot
    if first is None or last is None:
        return replace(snapshot, files=())
    table = cell_table(snapshot)
    rounded, base = rounded_table(snapshot, table), snapshot.profile.disclosure.round_to
    parts = parts_of(snapshot, _main(snapshot), _sensitive(snapshot)[snapshot.incidents.category] | (not places))
    chosen = [(np.empty(0, dtype=np.int64),) * 3]
    members = np.split(np.argsort(table.of, kind="stable"), np.cumsum(np.bincount(table.of))[:-1])
    for cell in np.flatnonzero(rounded.shown.any(axis=1)).tolist():
        mine = members[cell]
        months, where = spread_over(parts.of[mine], table.month[mine], rounded.shown[cell], base)
        chosen.append((np.full(len(months), cell), months, where))
    columns = (np.repeat(np.concatenate(each), base) for each in zip(*chosen, strict=True))
    days = (first - EPOCH).days, (last - EPOCH).days
    return replace(snapshot, incidents=_incidents(table, parts, tuple(columns), days), files=(), covers=(first, last))


def cell_table(snapshot: Snapshot) -> CellTable:
    """Count the incidents; those of sensitive categories stand in the middle month of their quarter."""
    held, keys = snapshot.incidents, tuple(snapshot.incidents.area)
    month = held.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    quarter = month // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1
    month = np.where(_sensitive(snapshot)[held.category], quarter, month)
    columns = [column.astype(np.int64) for column in held.area.values()]
    columns += [held.category.astype(np.int64), held.source.astype(np.int64)]
    cells, of = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    of, first = of.ravel(), int(month.min())
    counts = np.zeros((len(cells), int(month.max()) - first + 1), dtype=np.int64)
    np.add.at(counts, (of, month - first), 1)
    return CellTable(keys, cells[:, :-2], cells[:, -2], cells[:, -1], counts, of, month - first, first)


def rounded_table(snapshot: Snapshot, table: CellTable) -> Rounded:
    """The numbers as they are told; those of sensitive categories rise in the middle months of quarters only."""
    middle = (table.first + np.arange(table.counts.shape[1])) % MONTHS_A_QUARTER == 1
    return round_together(
        table.counts,
        sets_of(snapshot, table),
        base=snapshot.profile.disclosure.round_to,
        thresholds=_thresholds(snapshot, table),
        closed=_sensitive(snapshot)[table.category][:, None] & ~middle,
    )


def sets_of(snapshot: Snapshot, table: CellTable) -> list[NDArray[np.int64]]:
    """The sums that stay near: two families, each nested in itself.

    Of the newest edition every commune by category and source, every area by category, and the categories; of the one
    before it, where there is one, every area in all. A third family could not be promised together with two.
    """
    main = _main(snapshot)
    kind = table.category * len(SOURCES) + table.source
    area = {key: table.areas[:, i] + 1 for i, key in enumerate(table.keys)}
    editions = list(dict.fromkeys(key.edition for key in table.keys))
    before = editions[editions.index(main.edition) - 1]
    by_kind = area[main] * (int(kind.max()) + 1) + kind
    by_category = [
        of * len(snapshot.categories) + table.category for key, of in area.items() if key.edition == main.edition
    ]
    in_all = [of for key, of in area.items() if key.edition == before]
    return [by_kind, *by_category, table.category, *in_all, np.zeros_like(kind)]


def _main(snapshot: Snapshot) -> LayerKey:
    """The newest edition's finest layer."""
    edition = list(dict.fromkeys(key.edition for key in snapshot.incidents.area))[-1]
    finest = snapshot.boundaries.finest(edition)
    assert finest is not None  # an incident has areas of it
    return LayerKey(edition, finest)


def _sensitive(snapshot: Snapshot) -> NDArray[np.bool_]:
    """By category, whether it is one of which less is told."""
    return np.array([each.key in snapshot.profile.disclosure.sensitive for each in snapshot.categories], dtype=np.bool_)


def _thresholds(snapshot: Snapshot, table: CellTable) -> NDArray[np.float64]:
    """From which share of the base on each cell rather goes up: near a half, by a secret and the cell's own name.

    The secret is made of exact places and days that only those see who may see points, so it needs no keeping; the
    same cell has the same threshold in the next generation, and what was told of past months does not waver.
    """
    held, some = snapshot.incidents, slice(SECRET_ROWS)
    secret = blake2b(held.day[some].tobytes() + held.lon[some].tobytes() + held.lat[some].tobytes()).digest()
    layers = [snapshot.boundaries.layers[key].codes for key in table.keys]
    keys = [each.key for each in snapshot.categories]
    drawn = np.empty(len(table.areas))
    for cell, areas in enumerate(table.areas.tolist()):
        codes = [codes[at] if at >= 0 else "" for codes, at in zip(layers, areas, strict=True)]
        name = "|".join((*codes, keys[table.category[cell]], SOURCES[table.source[cell]].value))
        drawn[cell] = _triangular(blake2b(name.encode(), key=secret, digest_size=8).digest())
    return drawn


def _triangular(digest: bytes) -> float:
    """A number between 0 and 1, most often near a half: the mean of two even ones."""
    return (int.from_bytes(digest[:4]) + int.from_bytes(digest[4:])) / 2**33


def _incidents(
    table: CellTable, parts: Parts, columns: tuple[NDArray[np.int64], ...], days: tuple[int, int]
) -> Incidents:
    """Rows that stand for the shown numbers, sorted by day; ``columns`` are cell, month and part of each."""
    cell, month, part = columns
    middle = (month + table.first).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + MIDDLE
    day = np.clip(middle, *days)
    order = np.argsort(day, kind="stable")
    day, cell, part = day[order], cell[order], part[order]
    some_area = (table.areas[cell] >= 0).any(axis=1)
    lon, lat = parts.lon[part], parts.lat[part]
    placed = [PLACEMENTS.index(each) for each in (Placement.AREA, Placement.NONE)]
    placement = np.where(np.isfinite(lon), POINT, np.where(some_area, *placed))
    vague = [PRECISIONS.index(each) for each in (Precision.COMMUNE, Precision.NONE)]
    return Incidents(
        day=day.astype(np.int32),
        hour=np.full(len(day), -1, dtype=np.int8),
        weekday=np.zeros(len(day), dtype=np.int8),
        category=table.category[cell].astype(np.int32),
        source=table.source[cell].astype(np.int8),
        placement=placement.astype(np.int8),
        lon=lon,
        lat=lat,
        precision=np.where(np.isfinite(lon), *vague).astype(np.int8),
        zones=parts.zones[part],
        zones_near=np.zeros(len(day), dtype=np.uint64),
        file=np.zeros(len(day), dtype=np.int32),
        spans=Spans.none(),
        area={key: table.areas[cell, i].astype(np.int32) for i, key in enumerate(table.keys)},
    )
