"""Reads moments in the layouts most files have, a whole column at once. Leaves every other spelling to spellings.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.spellings import NO_DAY, NO_MINUTE

_DAYS: Final = ("dddd-dd-dd", "dd/dd/dddd")
_CLOCKS: Final = ("", " dd:dd", " dd:dd:dd", " dd:dd:dd.ddd")  # a T may stand for the space
_MONTH_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int32)
_ROWS: Final = 1 << 17  # at a time, so that the letters fit in the processor's cache


@dataclass(frozen=True, slots=True)
class Usual:
    """What the usual layouts gave: days (NO_DAY elsewhere), minutes, and of those written day first how many."""

    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    day_first: int
    month_first_too: bool  # whether all of those make sense month first as well

    @property
    def known(self) -> NDArray[np.bool_]:
        """The rows read."""
        return np.asarray(self.day != NO_DAY)


def read_usual(text: pd.Series) -> Usual:
    """Read the cells of a column of stripped texts that are a day, or a day and a time, in a usual layout."""
    day = np.full(len(text), NO_DAY, dtype=np.int64)
    minute = np.full(len(text), NO_MINUTE, dtype=np.int64)
    letters, starts, lengths = _letters(text)
    day_first, late = 0, False
    for layout in (one + clock for one in _DAYS for clock in _CLOCKS):
        rows = np.flatnonzero((lengths == len(layout)) & (day == NO_DAY))
        for start in range(0, len(rows), _ROWS):
            at = rows[start : start + _ROWS]
            cells = letters[starts[at][:, None] + np.arange(len(layout))].T
            fits, day_of_month, day[at], minute[at] = _read(np.ascontiguousarray(cells), layout)
            if layout[2] == "/":
                day_first += int(fits.sum())
                late |= bool((fits & (day_of_month > 12)).any())
    return Usual(day, minute, day_first, not late)


def _letters(text: pd.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """All cells' UTF-8 bytes one after the other, where each begins and how long it is."""
    chunks = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0)
    column = pc.fill_null(chunks.cast(pa.large_string()), "").combine_chunks()
    if not len(column) or column.buffers()[2] is None:
        nothing = np.zeros(len(column), dtype=np.int64)
        return np.zeros(0, dtype=np.uint8), nothing, nothing
    bounds = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(column.buffers()[2], dtype=np.uint8), bounds[:-1], np.diff(bounds)


def _read(
    cells: NDArray[np.uint8], layout: str
) -> tuple[NDArray[np.bool_], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Which cells (one a column of ``cells``) fit the layout, their days of the month, days and minutes."""
    fits = np.ones(cells.shape[1], dtype=bool)
    for sign, row in zip(layout, cells, strict=True):
        if sign == "d":
            fits &= (row - np.uint8(48)) <= 9
        elif sign == " ":
            fits &= (row == 32) | (row == 84)
        else:
            fits &= row == ord(sign)
    year_at, month_at, day_at = (6, 3, 0) if layout[2] == "/" else (0, 5, 8)
    year = _number(cells, year_at) * 100 + _number(cells, year_at + 2)
    month, day_of_month = _number(cells, month_at), _number(cells, day_at)
    fits &= (year >= 1) & (month >= 1) & (month <= 12) & (day_of_month >= 1)
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    fits &= day_of_month <= _MONTH_DAYS[np.where(fits, month, 0)] + leap
    minute = np.full(len(fits), NO_MINUTE, dtype=np.int64)
    if len(layout) > 10:
        hour, clock_minute = _number(cells, 11), _number(cells, 14)
        fits &= (hour <= 23) & (clock_minute <= 59)
        if len(layout) > 16:
            fits &= _number(cells, 17) <= 60
        minute = np.where(fits, hour * 60 + clock_minute, NO_MINUTE)
    months = np.where(fits, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    day = months.astype("datetime64[D]").astype(np.int64) + day_of_month - 1
    return fits, day_of_month, np.where(fits, day, NO_DAY), minute.astype(np.int64)


def _number(cells: NDArray[np.uint8], at: int) -> NDArray[np.int32]:
    """The two digits at a place (nonsense where there are none)."""
    tens, ones = cells[at].astype(np.int32) - 48, cells[at + 1].astype(np.int32) - 48
    return np.asarray(tens * 10 + ones, dtype=np.int32)
