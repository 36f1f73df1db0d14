"""What the files of the store hold: their rows' keys, and which rows do not count. Compares nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.tables import AREA_CODE, AREA_EDITION, AREA_LEVEL, CATEGORY, DAY, LAT, LON, MINUTE, ROW, SHEET
from geodata.warehouse import segments
from geodata.warehouse.aside import OUTSIDE, REASONS
from geodata.warehouse.counted import is_counted
from geodata.warehouse.identity import Rows
from geodata.warehouse.joining import OUTSIDE_COLUMN, PLACEMENT_COLUMN
from geodata.warehouse.keys import CASE, CONTENT, text_keys
from geodata.warehouse.snapshot import PLACEMENTS

Kind = Literal["repeated", "corrected"]
Keys = NDArray[np.uint64]
Positions = NDArray[np.int64]
Place = tuple[int, str, int]  # file, sheet, row
AREA: Final = (AREA_EDITION, AREA_LEVEL, AREA_CODE)
FEATURES: Final = (
    *(CASE, CONTENT, SHEET, ROW, DAY, MINUTE, CATEGORY, LON, LAT),
    *(*AREA, OUTSIDE_COLUMN, PLACEMENT_COLUMN),
)
SETTLE: Final = "UPDATE quarantine SET settled_by = ?, settled_sheet = ?, settled_row = ?"


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of one file: kept = with_point + area_only + unplaced."""

    kept: int
    with_point: int
    area_only: int
    unplaced: int


class Holdings:
    """The files one transaction sees. What is hidden here is written by :meth:`write`, or forgotten."""

    def __init__(self, connection: sqlite3.Connection, workspace: Path, *, without: Collection[int] = ()) -> None:
        self._connection = connection
        self._workspace = workspace
        found = connection.execute("SELECT id, name, segment FROM files ORDER BY id").fetchall()
        found = [row for row in found if row[0] not in without]
        self.names: dict[int, str] = {file: name for file, name, _ in found}
        self._segments: dict[int, str] = {file: segment for file, _, segment in found}
        self._keys: dict[int, tuple[Keys, Keys]] = {}
        self._frames: dict[int, pd.DataFrame] = {}
        self._hidden: dict[int, NDArray[np.bool_]] = {}
        self._news: list[tuple[Any, ...]] = []
        self._settled: list[tuple[Any, ...]] = []
        self._instead: dict[tuple[int, int] | int, Place] = {}  # what is not written yet, of single rows
        self._rising: dict[int, Positions] = {}
        self._stood_for: list[tuple[Any, ...]] = []
        self._touched: set[int] = set()

    def add(self, file: int, name: str, frame: pd.DataFrame) -> None:
        """Take in a file that is not in the catalogue yet, or whose rows have just been read."""
        self.names[file] = name
        self._frames[file] = frame
        self._keys.pop(file, None)
        self._rising.pop(file, None)
        counted = is_counted(frame)
        if counted.any():  # what was found of these stays
            self._hidden.pop(file, None)
            counted &= self.hidden(file)
        self._hidden[file] = counted
        self._touched.add(file)

    def keys(self, file: int) -> tuple[Keys, Keys]:
        """The keys of a file's case numbers and contents."""
        if file not in self._keys:
            held = self._frames[file] if file in self._frames else self._read(file, (CASE, CONTENT))
            self._keys[file] = held[CASE].to_numpy(), held[CONTENT].to_numpy()
        return self._keys[file]

    def frame(self, file: int) -> pd.DataFrame:
        """A file's rows, those features that tell them apart."""
        if file not in self._frames:
            self._frames[file] = self._read(file, FEATURES)
        return self._frames[file]

    def rows(self, file: int) -> Rows:
        """A file's rows as they are compared."""
        frame = self.frame(file)
        has_area = (frame[AREA_CODE] != "").to_numpy()
        area = np.zeros(len(frame), dtype=np.uint64)
        if has_area.any():
            named = frame[has_area]
            area[has_area] = text_keys(named[AREA_EDITION] + "\n" + named[AREA_LEVEL] + "\n" + named[AREA_CODE])
        lon, lat = frame[LON].to_numpy(), frame[LAT].to_numpy()
        return Rows(
            case=frame[CASE].to_numpy(),
            content=frame[CONTENT].to_numpy(),
            day=frame[DAY].to_numpy(),
            category=text_keys(frame[CATEGORY]),
            area=area,
            lon=lon,
            lat=lat,
            precise=(frame[MINUTE].to_numpy() >= 0) & np.isfinite(lon) & np.isfinite(lat),
            inside=~frame[OUTSIDE_COLUMN].to_numpy(),
            free=~self.hidden(file) & ~is_counted(frame),
        )

    def hidden(self, file: int) -> NDArray[np.bool_]:
        """Which rows of a file do not count, because another file's do."""
        if file not in self._hidden:
            mask = np.zeros(len(self.keys(file)[0]), dtype=bool)
            found = self._connection.execute("SELECT position FROM hidden WHERE file = ?", (file,)).fetchall()
            mask[[position for (position,) in found]] = True
            self._hidden[file] = mask
        return self._hidden[file]

    def hide(self, file: int, positions: Positions, kind: Kind, by: tuple[int, pd.Series, pd.Series]) -> None:
        """Let rows of a file not count: each stands in another file, on the sheet and in the row given."""
        self.hidden(file)[positions] = True
        self._touched.add(file)
        here = self.frame(file).iloc[positions]
        by_file, sheets, rows = by
        columns = (positions.tolist(), here[SHEET].tolist(), here[ROW].tolist(), sheets.tolist(), rows.tolist())
        news = [
            (file, position, sheet, row, kind, by_file, by_sheet, by_row)
            for position, sheet, row, by_sheet, by_row in zip(*columns, strict=True)
        ]
        self._news += news
        if len(news) == 1:  # one by one: by keys of rows, which may lead from row to row
            self._instead[file, news[0][1]] = news[0][5:]
        for at in np.flatnonzero(here[OUTSIDE_COLUMN].to_numpy()).tolist():  # these stand in the quarantine too
            _, _, sheet, row, _, *place = news[at]
            self._stood_for.append((*place, file, sheet, row))

    def settle(self, aside: int, by: Place) -> None:
        """Let a row of the quarantine be mended by a row of another file."""
        self._settled.append((*by, aside))
        self._instead[aside] = by

    def aside(self, place: Place) -> tuple[int, Place | None] | None:
        """The number of a row that cleaning put aside, and the row that mends it; None for other rows."""
        found = self._connection.execute(
            "SELECT id, settled_by, settled_sheet, settled_row FROM quarantine "
            "WHERE file = ? AND sheet = ? AND row = ? AND reason != ?",
            (*place, OUTSIDE),
        ).fetchone()
        if found is None:
            return None
        return found[0], self._instead.get(found[0], None if found[1] is None else found[1:])

    def counts_instead(self, file: int, position: int) -> Place | None:
        """The row that stands for a row of a segment."""
        if not self.hidden(file)[position]:
            return None
        if (file, position) in self._instead:
            return self._instead[file, position]
        stored = "SELECT by_file, by_sheet, by_row FROM hidden WHERE file = ? AND position = ?"
        found: Place | None = self._connection.execute(stored, (file, position)).fetchone()
        return found

    def is_outside(self, file: int, position: int) -> bool:
        """Whether a row lies outside of all boundaries."""
        return bool(self.frame(file)[OUTSIDE_COLUMN].iat[position])

    def position(self, place: Place) -> int:
        """Where a row lies in its file's segment, -1 where it was not kept."""
        file, sheet, row = place
        rows = self.frame(file)[ROW].to_numpy()
        if file not in self._rising:
            self._rising[file] = np.argsort(rows, kind="stable")
        rising = self._rising[file]
        first, end = (int(np.searchsorted(rows, row, side, sorter=rising)) for side in ("left", "right"))
        sheets = self.frame(file)[SHEET]
        return next((int(at) for at in rising[first:end] if sheets.iat[at] == sheet), -1)

    def tally(self, file: int) -> Tally:
        """How many rows of a file count, and how they are placed."""
        frame = self.frame(file)
        counts = frame[PLACEMENT_COLUMN].to_numpy()[~frame[OUTSIDE_COLUMN].to_numpy() & ~self.hidden(file)]
        with_point, area_only, unplaced = (int(n) for n in np.bincount(counts, minlength=len(PLACEMENTS)))
        return Tally(with_point + area_only + unplaced, with_point, area_only, unplaced)

    def reasons(self, file: int) -> Counter[str]:
        """How many rows of a file's segment do not count, and why."""
        outside = self.frame(file)[OUTSIDE_COLUMN].to_numpy() & ~self.hidden(file)
        stored = self._connection.execute("SELECT kind, count(*) FROM hidden WHERE file = ? GROUP BY kind", (file,))
        kinds = Counter({REASONS[kind]: n for kind, n in stored})
        kinds.update(REASONS[row[4]] for row in self._news if row[0] == file)
        return kinds + Counter({OUTSIDE: int(np.count_nonzero(outside))})

    def write(self) -> None:
        """Store which rows do not count, and the tallies of the files touched."""
        self._connection.executemany("INSERT INTO hidden VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._news)
        self._connection.executemany(f"{SETTLE} WHERE id = ?", self._settled)
        self._connection.executemany(f"{SETTLE} WHERE file = ? AND sheet = ? AND row = ?", self._stood_for)
        for each in (self._news, self._settled, self._stood_for):
            each.clear()
        self._instead.clear()
        for file in sorted(self._touched):
            tally = self.tally(file)
            self._connection.execute(
                "UPDATE files SET kept = ?, quarantined = read - ?, with_point = ?, area_only = ?, unplaced = ? "
                "WHERE id = ?",
                (tally.kept, tally.kept, tally.with_point, tally.area_only, tally.unplaced, file),
            )
        self._touched.clear()

    def _read(self, file: int, columns: tuple[str, ...]) -> pd.DataFrame:
        table = segments.read_table(self._workspace / segments.FOLDER, self._segments[file], columns)
        frame: pd.DataFrame = table.to_pandas()
        return frame
