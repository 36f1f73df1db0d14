"""A quarantined row's own cells, as far as they may be kept, and a table made of them again. Judges no cell.

What was read is written in one canonical form: dd/mm/yyyy HH:MM, degrees of WGS 84, "tố giác" or "phát hiện". What was
not is written as it stands, so that a person can mend it. Nothing of a personal or unmapped column is ever here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata import tables
from geodata.ingest.distinct import spread, texts
from geodata.ingest.headings.dictionary import COORDINATES, FIELDS, heading
from geodata.ingest.people.identifiers import concealed
from geodata.ingest.points.coordinates import Points
from geodata.ingest.points.positions import may_be_position
from geodata.ingest.raw import Fault, RawTable
from geodata.ingest.recipe import Recipe
from geodata.ingest.sheet import Sheet
from geodata.ingest.sources import SAID, read_sources
from geodata.ingest.when.spellings import EPOCH, NO_DAY, NO_MINUTE
from geodata.ingest.when.times import Moments
from geodata.ingest.wording import LONGEST_KEPT, cut, says_nothing
from geodata.tables import OutstandingRow

LONGEST: Final = LONGEST_KEPT
DEGREES: Final = "EPSG:4326"
_TIMES: Final = ("occurred", "occurred_to", "received", "hour")
_TWINS: Final = {"lon": "lat", "lat": "lon", "easting": "northing", "northing": "easting", "x": "y", "y": "x"}
_OTHERWISE: Final = frozenset({*_TIMES, *COORDINATES, "source", "origin", "crs"})  # written in ways of their own
_READABLE_DAYS: Final = frozenset({"future_date", "too_old"})  # faults of a day that was read
_MONTH_FIRST: Final = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """What was read of a sheet's rows, whether or not they are kept."""

    moments: Moments
    points: Points
    category: pd.Series
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: what its columns say, and what was read of it, "" for what was not."""

    at: int
    said: Mapping[str, str]
    start: str
    end: str
    lon: str
    lat: str
    category: str
    source: str


def cells_of(sheet: Sheet, understood: Understood, faults: Mapping[int, Sequence[Fault]]) -> dict[int, dict[str, str]]:
    """By position: field -> text of the rows that have faults."""
    if not faults:
        return {}
    times = frozenset(sheet.header(name) for name in _TIMES if name in sheet.fields)
    found: dict[int, dict[str, str]] = {}
    for row in _rows(sheet, understood, np.array(sorted(faults), dtype=np.intp)):
        untimely = any(fault.column in times and fault.reason not in _READABLE_DAYS for fault in faults[row.at])
        cells = {
            **(_moment(row) if row.start and not untimely else _said_of_time(row.said, sheet, understood.recipe)),
            **({"lon": row.lon, "lat": row.lat} if row.lon else _said_of_place(row, sheet, understood)),
            **_wording(row.said, row.category),
            "source": SAID.get(row.source, ""),
        }
        found[row.at] = {name: cut(cells[name]) for name in FIELDS if cells.get(name)}
    return found


def _rows(sheet: Sheet, understood: Understood, at: NDArray[np.intp]) -> Iterator[_Row]:
    """The rows at these positions. Columns are taken whole: a table may consist of faulty rows only."""
    moments, points = understood.moments, understood.points
    raw = [[(name, text) for text in written(sheet.column(name).iloc[at])] for name in sheet.fields]
    columns = (
        _moments(moments.day[at], moments.minute[at]),
        _moments(moments.day_to[at], moments.minute_to[at]),
        [_degrees(value) for value in points.lon[at].tolist()],
        [_degrees(value) for value in points.lat[at].tolist()],
        understood.category.iloc[at].tolist(),
        read_sources(sheet.column("source").iloc[at]).tolist(),
    )
    said = zip(*raw, strict=True) if raw else repeat(())
    for position, cells, read in zip(at.tolist(), said, zip(*columns, strict=True), strict=False):
        yield _Row(position, {name: text for name, text in cells if not says_nothing(text)}, *read)


def written(column: pd.Series) -> list[str]:
    """Cells as text on one line, date cells as a person writes them."""
    if isinstance(column.dtype, pd.StringDtype):
        return [_line(text) for text in texts(column)]
    dates = [_typed_date(value) if isinstance(value, date) else "" for value in column]
    return [day or _line(text) for day, text in zip(dates, texts(column), strict=True)]


def _typed_date(value: date) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m}/{value.year:04d} {value:%H:%M}"
    return f"{value:%d/%m}/{value.year:04d}"


def _line(text: str) -> str:
    if text.isprintable() and len(text) <= LONGEST and "  " not in text:
        return text
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST]).split())


def _moment(row: _Row) -> dict[str, str]:
    return {"occurred": row.start, "occurred_to": row.end if row.end != row.start else ""}


def _said_of_time(said: Mapping[str, str], sheet: Sheet, recipe: Recipe) -> dict[str, str]:
    """What the columns say of the time, day first."""
    first = "occurred" if "occurred" in sheet.fields else "received"
    cells = {"occurred": said.get(first, ""), "occurred_to": said.get("occurred_to", "")}
    if recipe.date_order == "mdy":
        cells = {name: _MONTH_FIRST.sub(r"\3\2\1\2\4", text) for name, text in cells.items()}
    return {name: concealed(text) for name, text in {**cells, "hour": said.get("hour", "")}.items()}


def _moments(days: NDArray[np.int64], minutes: NDArray[np.int64]) -> list[str]:
    """Moments as people write them, "" for those that are not known."""
    pairs = zip(days.tolist(), minutes.tolist(), strict=True)
    return ["" if day == NO_DAY else moment_text(day, minute) for day, minute in pairs]


@lru_cache(maxsize=4096)
def moment_text(day: int, minute: int) -> str:
    """A day since 1970 and a minute of it as a person writes them; the day alone where the minute is not known."""
    written = date.fromordinal(day + EPOCH)
    clock = "" if minute == NO_MINUTE else f" {minute // 60:02d}:{minute % 60:02d}"
    return f"{written:%d/%m}/{written.year:04d}{clock}"


def _degrees(value: float) -> str:
    """Six decimals (10 cm), fewer where the rest are noughts: how many were typed says how well a place is known."""
    return "" if math.isnan(value) else f"{value:.6f}".rstrip("0").rstrip(".")


def _said_of_place(row: _Row, sheet: Sheet, understood: Understood) -> dict[str, str]:
    """What stands in the columns of coordinates, and in which system that is, but for degrees."""
    system = understood.points.crs
    if sheet.points is not None:
        names = ("x", "y") if system else ("lon", "lat")
        numbers = sheet.table.odd_points.get(row.at) or [_degrees(value) for value in sheet.points[row.at].tolist()]
        cells = {name: _line(text) for name, text in zip(names, numbers, strict=True) if text}
    else:
        cells = {name: concealed(row.said[name], number=True) for name in COORDINATES if name in row.said}
        if not may_be_position(cells.get("position", "")):  # free text, which is kept nowhere
            del cells["position"]
        if understood.recipe.swapped:
            cells = {_TWINS.get(name, name): text for name, text in cells.items()}
    if not cells:
        return {}
    return cells if set(cells) <= {"lon", "lat"} and not system else {**cells, "crs": system or DEGREES}


def _wording(said: Mapping[str, str], category: str) -> dict[str, str]:
    """Everything else as it stands. A wording too long to keep gives way to its category; half a number is none."""
    cells = {name: concealed(text) for name, text in said.items() if name not in _OTHERWISE}
    if category and len(cells.get("category", "")) > LONGEST:
        cells["category"] = category
    number = said.get("id", "")
    cells["id"] = "" if len(number) > LONGEST or concealed(number, number=True) != number else number
    return cells


def cells_of_incidents(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The cells of clean incidents that were put aside later: as doubles, or because no boundary holds them."""
    columns = {name: frame[name].tolist() for name in tables.INCIDENT_COLUMNS}
    return [_of_incident(dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def _of_incident(row: Mapping[str, object]) -> dict[str, str]:
    start, end = (
        moment_text(int(str(row[day])), int(str(row[minute])))
        for day, minute in ((tables.DAY, tables.MINUTE), (tables.DAY_TO, tables.MINUTE_TO))
    )
    area = "district_code" if row[tables.AREA_LEVEL] == "district" else "commune_code"
    has_point = row[tables.LON] == row[tables.LON]
    cells = {
        "id": str(row[tables.INCIDENT_ID]),
        "occurred": start,
        "occurred_to": end if end != start else "",
        "category": str(row[tables.CATEGORY]),
        "source": SAID.get(str(row[tables.SOURCE]), ""),
        area: str(row[tables.AREA_CODE]),
        "lon": _degrees(float(str(row[tables.LON]))) if has_point else "",
        "lat": _degrees(float(str(row[tables.LAT]))) if has_point else "",
    }
    return {name: cut(cells[name]) for name in FIELDS if cells.get(name)}


def table_of(rows: Sequence[OutstandingRow]) -> RawTable:
    """The rows' cells as a table that can be cleaned again: row n is the n-th, its key under the field ``origin``."""
    cells = [{**one.row.cells, "origin": one.key} for one in rows]
    names = [name for name in FIELDS if any(name in row for row in cells)]
    codes = np.arange(len(rows), dtype=np.intp)
    frame = pd.DataFrame(
        {place: spread([row.get(name, "") for row in cells], codes) for place, name in enumerate(names)},
        index=range(len(rows)),
    )
    return RawTable("", tuple(heading(name) for name in names), frame, codes.astype(np.int64) + 1)
