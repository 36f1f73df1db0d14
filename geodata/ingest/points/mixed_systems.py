"""Takes a table apart whose rows name different coordinate systems in a column. Transforms no coordinate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct, texts
from geodata.ingest.headings.columns import Headers
from geodata.ingest.headings.dictionary import COORDINATES
from geodata.ingest.raw import RawTable
from geodata.ingest.wording import plain

_EPSG: Final = re.compile(r"(?:epsg\s*:*\s*)?(\d{4,6})", re.IGNORECASE)
_DEGREES: Final = frozenset({"wgs84", "gps"})


def apart(table: RawTable, headers: Headers) -> Iterator[RawTable]:
    """One table a system, in the order they appear; the whole table where no column names any."""
    fields = headers.match(table.columns).fields
    if "crs" not in fields or not len(table.rows):
        yield table
        return
    values, codes = distinct(texts(table.frame[fields["crs"]]))
    systems = [system_in(value) for value in values]
    places = [position for name, position in fields.items() if name in COORDINATES]
    for number, system in enumerate(dict.fromkeys(systems)):
        rows = np.flatnonzero(np.array([one == system for one in systems], dtype=bool)[codes])
        part = _part(table, rows, places)
        yield replace(part, crs=system or table.crs, broken=table.broken if number == 0 else ())


def system_in(text: str) -> str:
    """The system a cell names as "EPSG:n", "" where it names none that is understood."""
    if found := _EPSG.fullmatch(text.strip()):
        return f"EPSG:{found[1]}"
    return "EPSG:4326" if plain(text).replace(" ", "") in _DEGREES else ""


def _part(table: RawTable, rows: NDArray[np.intp], places: list[int]) -> RawTable:
    """These rows alone, without the coordinate columns that are blank in all of them."""
    frame = table.frame.iloc[rows].reset_index(drop=True)
    blank = {place for place in places if (texts(frame[place]) == "").all()}
    kept = [place for place in range(len(table.columns)) if place not in blank]
    frame = frame[kept]
    frame.columns = pd.RangeIndex(len(kept))
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        frame=frame,
        rows=table.rows[rows],
        points=None if table.points is None else table.points[rows],
        odd_points={new: table.odd_points[int(old)] for new, old in enumerate(rows) if int(old) in table.odd_points},
    )
