"""Catalogue and segments -> a Snapshot. Knows columns and codes, decides nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.profile import Profile
from geodata.tables import (
    CATEGORY,
    DAY,
    DAY_TO,
    LAT,
    LON,
    MINUTE,
    MINUTE_TO,
    PRECISION,
    SOURCE,
    ZONES,
    ZONES_NEAR,
    area_column,
)
from geodata.vocabulary import Category, Placement
from geodata.warehouse import segments
from geodata.warehouse.catalogue import Generation
from geodata.warehouse.counted import closed_before
from geodata.warehouse.durable import LostError
from geodata.warehouse.filing import loaded_files
from geodata.warehouse.ground import Ground
from geodata.warehouse.joining import OUTSIDE_COLUMN, PLACEMENT_COLUMN
from geodata.warehouse.snapshot import PLACEMENTS, PRECISIONS, SOURCES, Incidents, Snapshot, Spans, UnreadableFile

Column = NDArray[Any]
PLAIN = (DAY, MINUTE, DAY_TO, MINUTE_TO, PLACEMENT_COLUMN, LON, LAT, ZONES, ZONES_NEAR)
CODED = (CATEGORY, SOURCE, PRECISION)
FILE = "file"  # made here: which of the files an incident came with
POINT, AREA = PLACEMENTS.index(Placement.POINT), np.int8(PLACEMENTS.index(Placement.AREA))
EPOCH_WEEKDAY = 4  # 1970-01-01 was a Thursday


def load_snapshot(
    connection: sqlite3.Connection, workspace: Path, generation: Generation, *, ground: Ground, profile: Profile
) -> Snapshot:
    """Read one generation. A file whose segment is missing or damaged is named in ``unreadable``, the rest is read."""
    held = connection.execute("SELECT id, segment FROM files ORDER BY id").fetchall()
    hidden = _hidden(connection)
    known = known_categories(connection, profile)
    read: dict[int, pa.Table] = {}
    harmed: dict[int, LostError] = {}
    for file, sha256 in held:
        try:
            read[file] = _read(workspace, sha256, ground.boundaries, hidden.get(file))
        except LostError as lost:
            harmed[file] = lost
    files, tables = loaded_files(connection), list(read.values())
    number = np.array([i for i, file in enumerate(files) if file.id in read], dtype=np.int32)
    categories = _in_use(known, tables, profile)
    columns = _columns(tables, ground.boundaries, [each.key for each in categories])
    columns[FILE] = number[columns[FILE]]
    return Snapshot(
        generation=generation.id,
        committed_at=generation.at,
        incidents=_incidents(columns, ground.boundaries),
        categories=categories,
        boundaries=ground.boundaries,
        web_files=ground.web_files,
        zone_files=ground.zone_files,
        files=files,
        quarantined=connection.execute("SELECT coalesce(sum(quarantined), 0) FROM files").fetchone()[0],
        label_files=ground.label_files,
        border_file=ground.border_file,
        profile=profile,
        unreadable=tuple(
            UnreadableFile(each.id, each.name, each.kept, harmed[each.id].path.name, harmed[each.id].missing)
            for each in files
            if each.id in harmed
        ),
        counts_before=closed_before(connection),
    )


def known_categories(connection: sqlite3.Connection, profile: Profile) -> tuple[Category, ...]:
    """The profile's categories, then those made from the files' own wording, in the order they came."""
    own = profile.category_list()
    keys = {category.key for category in own}
    rows = connection.execute("SELECT key, vi, en, category_group FROM categories ORDER BY position")
    return own + tuple(Category(*row) for row in rows if row[0] not in keys)


def _in_use(known: tuple[Category, ...], tables: Sequence[pa.Table], profile: Profile) -> tuple[Category, ...]:
    """The profile's categories, and of the others those that some incident has: a reading may have been replaced.

    A category taken out of the profile still has incidents: it stays, under its key.
    """
    found = {str(key) for table in tables for key in pc.unique(table[CATEGORY]).to_pylist()}
    own, keys = profile.categories, {category.key for category in known}
    held = tuple(category for category in known if category.key in own or category.key in found)
    return held + tuple(Category(key, key, key, key) for key in sorted(found - keys))


def _hidden(connection: sqlite3.Connection) -> dict[int, NDArray[np.int64]]:
    """By file: the positions of rows that another file's rows stand for."""
    pairs = np.array(connection.execute("SELECT file, position FROM hidden").fetchall(), dtype=np.int64).reshape(-1, 2)
    return {int(file): pairs[pairs[:, 0] == file, 1] for file in np.unique(pairs[:, 0])}


def _read(workspace: Path, sha256: str, boundaries: Boundaries, hidden: NDArray[np.int64] | None) -> pa.Table:
    names = [*PLAIN, *CODED, OUTSIDE_COLUMN, *(area_column(key) for key in boundaries.layers)]
    table = segments.read_table(workspace / segments.FOLDER, sha256, names, coded=CODED)
    counts = ~table[OUTSIDE_COLUMN].to_numpy()
    if hidden is not None:
        counts[hidden] = False
    table = table.drop_columns([OUTSIDE_COLUMN])
    return table if counts.all() else table.filter(pa.array(counts))


def _columns(tables: Sequence[pa.Table], boundaries: Boundaries, keys: list[str]) -> dict[str, Column]:
    """All segments' rows as numpy columns in the order of days (and of files, within a day)."""
    codes = {CATEGORY: keys, SOURCE: [each.value for each in SOURCES], PRECISION: [each.value for each in PRECISIONS]}
    names = [*PLAIN, *CODED, *(area_column(key) for key in boundaries.layers)]
    if not tables:
        types: dict[str, type[np.generic]] = {}
        for kind, some in ((np.float64, (LON, LAT)), (np.uint64, (ZONES, ZONES_NEAR)), (np.int8, (SOURCE, PRECISION))):
            types |= dict.fromkeys(some, kind)
        types[PLACEMENT_COLUMN] = np.int8
        return {name: np.empty(0, dtype=types.get(name, np.int32)) for name in (*names, FILE)}
    days = _joined(tables, DAY, codes)
    order = np.argsort(days, kind="stable")
    # One column at a time: what was read is let go before the next is sorted.
    columns = {name: _joined(tables, name, codes)[order] for name in names}
    of_file = np.repeat(np.arange(len(tables), dtype=np.int32), [len(table) for table in tables])
    return columns | {FILE: of_file[order]}


def _joined(tables: Sequence[pa.Table], name: str, codes: dict[str, list[str]]) -> Column:
    parts = [_coded(table[name], codes[name]) if name in codes else table[name].to_numpy() for table in tables]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _coded(column: pa.ChunkedArray, keys: list[str]) -> Column:
    """Positions in ``keys``; each chunk has a dictionary of its own."""
    position = {key: i for i, key in enumerate(keys)}
    parts = [
        np.array([position[key] for key in chunk.dictionary.to_pylist()], dtype=np.int32)[chunk.indices.to_numpy()]
        for chunk in column.chunks
    ]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)


def _incidents(columns: dict[str, Column], boundaries: Boundaries) -> Incidents:
    day, minute = columns[DAY].astype(np.int32, copy=False), columns[MINUTE]
    nowhere = (columns[PLACEMENT_COLUMN] == POINT) & np.isnan(columns[LON])  # kept as counts: known to their area
    incidents = Incidents(
        day=day,
        hour=np.where(minute < 0, -1, minute // 60).astype(np.int8),
        weekday=((day + EPOCH_WEEKDAY - 1) % 7 + 1).astype(np.int8),
        category=columns[CATEGORY].astype(np.int32, copy=False),
        source=columns[SOURCE].astype(np.int8),
        placement=np.where(nowhere, AREA, columns[PLACEMENT_COLUMN]) if nowhere.any() else columns[PLACEMENT_COLUMN],
        lon=columns[LON],
        lat=columns[LAT],
        precision=columns[PRECISION].astype(np.int8),
        zones=columns[ZONES],
        zones_near=columns[ZONES_NEAR],
        file=columns[FILE],
        spans=_spans(columns),
        area={key: columns[area_column(key)] for key in boundaries.layers},
    )
    for column in columns.values():
        column.setflags(write=False)  # a snapshot is shared by all askers
    return incidents


def _spans(columns: dict[str, Column]) -> Spans:
    """The incidents whose first and last minute lie in different hours, or whose days differ."""
    hour_known = (columns[MINUTE] >= 0) & (columns[MINUTE_TO] >= 0)
    start = columns[DAY].astype(np.int64) * 1440 + np.where(hour_known, columns[MINUTE], 0)
    end = columns[DAY_TO].astype(np.int64) * 1440 + np.where(hour_known, columns[MINUTE_TO], 1439)
    long = np.where(hour_known, start // 60 != end // 60, columns[DAY_TO] > columns[DAY])
    row = np.flatnonzero(long)
    return Spans(row, start[row], end[row], hour_known[row])
