"""Joined incidents to and from segments, and which of them lie outside. Counts nothing, reads no incident file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.errors import N_
from geodata.join import Join
from geodata.tables import (
    AREA_CODE,
    AREA_LEVEL,
    INCIDENT_COLUMNS,
    LAT,
    LON,
    ROW,
    SHEET,
    QuarantinedRow,
)
from geodata.vocabulary import Placement
from geodata.warehouse import segments
from geodata.warehouse.aside import OUTSIDE, write_quarantine
from geodata.warehouse.keys import CASE, CONTENT
from geodata.warehouse.snapshot import PLACEMENTS

OUTSIDE_COLUMN = "outside"  # bool, rows kept in the segment but in quarantine while no loaded boundary holds them
PLACEMENT_COLUMN = "placement"  # int8, index into PLACEMENTS
OUTSIDE_TEMPLATE = N_(
    "the point {lon}, {lat} lies {km} km outside all loaded boundaries; check the coordinates and their system, or "
    "load the boundaries it lies in"
)


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A file's incidents as a segment stores them, and those of them that go to quarantine."""

    frame: pd.DataFrame
    outside: tuple[QuarantinedRow, ...]


def join_incidents(frame: pd.DataFrame, join: Join, file: str) -> Joined:
    """Place incidents with keys. Points outside all boundaries stay in the segment, marked: others may hold them."""
    placed = join.place(frame[[*INCIDENT_COLUMNS, CASE, CONTENT]])
    outside = np.zeros(len(frame), dtype=np.bool_)
    outside[placed.outside] = True
    segment = placed.frame.assign(**{PLACEMENT_COLUMN: _placement(frame), OUTSIDE_COLUMN: outside})
    return Joined(segment, tuple(_outside_rows(file, frame.iloc[placed.outside], placed.distance_m)))


def write_joined(connection: sqlite3.Connection, workspace: Path, joined: Joined) -> str:
    """Store the segment and name it in the catalogue."""
    sha256 = segments.write_incidents(workspace, joined.frame)
    connection.execute("INSERT OR IGNORE INTO segments VALUES (?, ?)", (sha256, len(joined.frame)))
    return sha256


def put_segment(connection: sqlite3.Connection, workspace: Path, file: int, joined: Joined) -> None:
    """Give a file another segment; which of its rows count is to be reckoned again."""
    sha256 = write_joined(connection, workspace, joined)
    connection.execute("UPDATE files SET segment = ? WHERE id = ?", (sha256, file))
    connection.execute("DELETE FROM quarantine WHERE file = ? AND reason = ? AND facts != '{}'", (file, OUTSIDE))
    write_quarantine(connection, file, joined.outside)
    connection.execute("DELETE FROM segments WHERE sha256 NOT IN (SELECT segment FROM files)")


def _placement(frame: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    has_point = (np.isfinite(frame[LON]) & np.isfinite(frame[LAT])).to_numpy()
    has_area = ((frame[AREA_CODE] != "") & (frame[AREA_LEVEL] != "")).to_numpy()
    codes = [PLACEMENTS.index(each) for each in (Placement.POINT, Placement.AREA, Placement.NONE)]
    return np.select([has_point, has_area], codes[:2], codes[2]).astype(np.int8)


def _outside_rows(file: str, rows: pd.DataFrame, distance_m: Iterable[float]) -> Iterator[QuarantinedRow]:
    columns = (rows[SHEET], rows[ROW], rows[LON], rows[LAT])
    for (sheet, row, lon, lat), metres in zip(zip(*columns, strict=True), distance_m, strict=True):
        km = round(metres / 1000, 3 if metres < 1000 else 1)
        # Coordinates as text: written with a point in every language. A distance is a number like any other.
        facts: dict[str, object] = {"lon": str(round(float(lon), 6)), "lat": str(round(float(lat), 6)), "km": km}
        yield QuarantinedRow(file, str(sheet), int(row), LON, OUTSIDE, OUTSIDE_TEMPLATE, facts)
