"""Segments of an older store version, written anew with what this version reads. Knows columns, asks no file again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.join import Join
from geodata.tables import DAY, DAY_TO, LAT, LON, MINUTE, MINUTE_TO, PRECISION, check_incidents
from geodata.vocabulary import Precision
from geodata.warehouse import ground, segments
from geodata.warehouse.joining import join_incidents, put_segment
from geodata.warehouse.keys import rows_digest, with_keys
from geodata.warehouse.reckoning import reckon_again


def bring_forward(connection: sqlite3.Connection, workspace: Path) -> None:
    """Give all files of version 2 segments of today, and find which of their rows count."""
    files = connection.execute("SELECT id, name, segment FROM files").fetchall()
    if not files:
        return
    join = Join(ground.load(connection, workspace).boundaries)
    for file, name, segment in files:
        frame = with_keys(_completed(segments.read_incidents(workspace, segment)))
        put_segment(connection, workspace, file, join_incidents(frame, join, name))
        connection.execute("UPDATE files SET rows_digest = ? WHERE id = ?", (rows_digest(frame), file))
    reckon_again(connection, workspace)


def _completed(frame: pd.DataFrame) -> pd.DataFrame:
    """Version 2 knew moments and exact points only."""
    if DAY_TO in frame.columns:
        return frame
    has_point = np.isfinite(frame[LON]) & np.isfinite(frame[LAT])
    precision = pd.Series(np.where(has_point, Precision.EXACT.value, Precision.NONE.value), index=frame.index)
    return check_incidents(frame.assign(**{DAY_TO: frame[DAY], MINUTE_TO: frame[MINUTE], PRECISION: precision}))
