"""Rows of which only counts are kept: what is left of them, and how that outlives a new join. Stores nothing.

Such a row has lost its place, its day within the month, its hour, its numbers and its keys: a content key of 0 marks
it. It keeps category, source, month, placement, the zones made of whole communes, and the code of its area in every
layer that was loaded then: with no point left, no later join could find them again.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.errors import N_
from geodata.tables import (
    AREA_CODE,
    AREA_EDITION,
    AREA_LEVEL,
    DAY,
    DAY_TO,
    INCIDENT_ID,
    LAT,
    LON,
    MINUTE,
    MINUTE_TO,
    PRECISION,
    ZONES,
    ZONES_NEAR,
    area_column,
)
from geodata.vocabulary import LayerKey, Precision, ZoneKind
from geodata.warehouse.identity import FEW, FIRST, RUN, TEXT_BIT, is_identity
from geodata.warehouse.joining import OUTSIDE_COLUMN, PLACEMENT_COLUMN
from geodata.warehouse.keys import CASE, CONTENT

WHAT: Final = "retain "  # how the generations that did it are called; the month follows
CLOSED: Final = "closed_month"  # reason of a row that comes too late
TOLD: Final = N_("this row is of a month kept as counts only: what it said is no longer kept")
TOO_LATE: Final = N_(
    "this row is of a month before {month}: those months are kept as counts only, and it can no longer be told whether "
    "it is one of them; it was put aside, and nothing it says was kept"
)
Mask = NDArray[np.bool_]


def is_counted(frame: pd.DataFrame) -> Mask:
    """Which rows are kept as counts only."""
    found: Mask = frame[CONTENT].to_numpy() == 0
    return found


def closed_before(connection: sqlite3.Connection) -> date | None:
    """The first day of the first month that is kept whole; None where all are."""
    found = connection.execute(
        "SELECT max(substr(what, ?)) FROM generations WHERE substr(what, 1, ?) = ?", (len(WHAT) + 1, len(WHAT), WHAT)
    ).fetchone()[0]
    return None if found is None else date.fromisoformat(f"{found}-01")


def coarsen(frame: pd.DataFrame, old: Mask, boundaries: Boundaries) -> pd.DataFrame:
    """A segment's rows, those that are ``old`` without all that is not kept of them."""
    months = frame[DAY].to_numpy(dtype=np.int64)[old].astype("datetime64[D]").astype("datetime64[M]")
    first, last = (each.astype("datetime64[D]").astype(np.int64) for each in (months, months + 1))
    whole = sum(1 << zone.bit for zone in boundaries.zones if zone.kind is ZoneKind.BORDER_COMMUNES)
    blank: dict[str, object] = {
        DAY: first,
        DAY_TO: last - 1,
        MINUTE: -1,
        MINUTE_TO: -1,
        LON: np.nan,
        LAT: np.nan,
        INCIDENT_ID: "",
        PRECISION: Precision.NONE.value,
        ZONES_NEAR: 0,
        CONTENT: 0,
        ZONES: frame[ZONES].to_numpy()[old] & np.uint64(whole),
        CASE: _nameless(frame[CASE].to_numpy())[old],
    }
    frame = _with(frame, old, blank)
    counted = is_counted(frame)
    frame = _named(frame, counted, boundaries)
    codes = {_kept(key): _codes(frame, key, boundaries, counted) for key in boundaries.layers}
    return frame.drop(columns=[name for name in codes if name in frame.columns]).assign(**codes)


def carry_over(joined: pd.DataFrame, held: pd.DataFrame, boundaries: Boundaries) -> pd.DataFrame:
    """Rows joined anew, the first of them those ``held``: what is kept as counts only stays where it was counted.

    A layer that came later finds such rows by the area they are known to lie in, where one of its own holds that whole.
    """
    at = np.zeros(len(joined), dtype=bool)
    at[: len(held)] = is_counted(held)
    if not at.any():
        return joined
    mine = held[at[: len(held)]]
    blank: dict[str, Any] = {name: mine[name].to_numpy() for name in (CASE, CONTENT, PLACEMENT_COLUMN, OUTSIDE_COLUMN)}
    blank[ZONES] = mine[ZONES].to_numpy() | joined[ZONES].to_numpy()[at]
    texts: dict[str, NDArray[np.object_]] = {}
    for key, layer in boundaries.layers.items():
        if _kept(key) in held.columns:
            blank[area_column(key)] = mine[_kept(key)].map({code: i for i, code in enumerate(layer.codes)}).fillna(-1)
    for name in (name for name in held.columns if name.startswith(_KEPT)):
        texts[name] = np.full(len(joined), "", dtype=object)
        texts[name][at] = mine[name].to_numpy(dtype=object)
    return _with(joined, at, blank).assign(**texts)


_KEPT: Final = "kept:"  # beginning of the names of columns with the codes of areas


def _kept(key: LayerKey) -> str:
    return f"{_KEPT}{key.edition}:{key.level.value}"


def _with(frame: pd.DataFrame, at: Mask, values: dict[str, Any]) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for name, value in values.items():
        column = frame[name].to_numpy(copy=True)
        column[at] = value
        columns[name] = pd.Series(column, index=frame.index).astype(frame[name].dtype)
    return frame.assign(**columns)


def _codes(frame: pd.DataFrame, key: LayerKey, boundaries: Boundaries, counted: Mask) -> NDArray[np.object_]:
    codes = np.array([*boundaries.layers[key].codes, ""], dtype=object)  # -1 is the last one: none
    return np.where(counted, codes[frame[area_column(key)].to_numpy()], "")


def _named(frame: pd.DataFrame, counted: Mask, boundaries: Boundaries) -> pd.DataFrame:
    """Let rows that had a point name the finest area they lie in, of the newest edition that holds them."""
    for edition in list(boundaries.editions)[::-1]:
        level = boundaries.finest(edition)
        if level is None:
            continue
        key = LayerKey(edition, level)
        found = frame[area_column(key)].to_numpy()
        at = counted & (frame[AREA_CODE] == "").to_numpy() & (found >= 0)
        codes = np.array(boundaries.layers[key].codes, dtype=object)[found[at]]
        frame = _with(frame, at, {AREA_EDITION: edition, AREA_LEVEL: level.value, AREA_CODE: codes})
    return frame


def _nameless(case: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Keys of case numbers that name no case, and from which the file's others are judged as before."""
    text = (case & TEXT_BIT) != 0
    whole = int(np.count_nonzero(case) - np.count_nonzero(text))
    number = np.uint64(RUN * whole + FEW + 2) if len(case) and is_identity(case) else FIRST
    return np.where(case == 0, np.uint64(0), np.where(text, TEXT_BIT, number))
