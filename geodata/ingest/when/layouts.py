"""Reads moments in the layouts most files have, a whole column at once. Leaves every other spelling to spellings.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import arrow_texts
from geodata.ingest.when.spellings import NO_DAY, NO_MINUTE

_DAYS: Final = ("dddd-dd-dd", "dd/dd/dddd")
_CLOCKS: Final = ("", " dd:dd", " dd:dd:dd", " dd:dd:dd.ddd")  # a T may stand for the space
_MONTH_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int32)
_ROWS: Final = 1 << 17  # at a time, so that the letters fit in the processor's cache


@dataclass(frozen=True, slots=True)
class Usual:
    """What the usual layouts gave: days read day first (NO_DAY elsewhere) and minutes.

    ``turnable`` are the rows written dd/dd/dddd that the other order makes another day of, or that have a day in one
    order only; ``turned`` are their days read month first.
    """

    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    turnable: NDArray[np.intp]
    turned: NDArray[np.int64]

    @property
    def unread(self) -> NDArray[np.bool_]:
        """The rows that are in no usual layout."""
        unread = np.asarray(self.day == NO_DAY)
        unread[self.turnable] = False
        return unread


def read_usual(text: pd.Series) -> Usual:
    """Read the cells of a column of stripped texts that are a day, or a day and a time, in a usual layout."""
    day = np.full(len(text), NO_DAY, dtype=np.int64)
    minute = np.full(len(text), NO_MINUTE, dtype=np.int64)
    letters, starts, lengths = _letters(text)
    turnable, turned = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.int64)]
    for layout in (one + clock for one in _DAYS for clock in _CLOCKS):
        rows = np.flatnonzero((lengths == len(layout)) & (day == NO_DAY))
        for start in range(0, len(rows), _ROWS):
            at = rows[start : start + _ROWS]
            cells = _cells(letters, starts[at], len(layout))
            fits, minute_of_day = _clock(cells, layout)
            if layout[2] == "/":
                day[at] = _days(cells, fits, (6, 3, 0))
                month_first = _days(cells, fits, (6, 0, 3))
                other = month_first != day[at]
                turnable.append(at[other])
                turned.append(month_first[other])
                minute[at] = np.where((day[at] == NO_DAY) & (month_first == NO_DAY), NO_MINUTE, minute_of_day)
            else:
                day[at] = _days(cells, fits, (0, 5, 8))
                minute[at] = np.where(day[at] == NO_DAY, NO_MINUTE, minute_of_day)
    return Usual(day, minute, np.concatenate(turnable), np.concatenate(turned))


def _letters(text: pd.Series) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """All cells' UTF-8 bytes one after the other, where each begins and how long it is."""
    column = arrow_texts(text)
    if not len(column) or column.buffers()[2] is None:
        nothing = np.zeros(len(column), dtype=np.int64)
        return np.zeros(0, dtype=np.uint8), nothing, nothing
    bounds = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(column.buffers()[2], dtype=np.uint8), bounds[:-1], np.diff(bounds)


def _cells(letters: NDArray[np.uint8], starts: NDArray[np.int64], length: int) -> NDArray[np.uint8]:
    """The letters of cells of one length, a cell a column: each is taken whole, which is quicker than by letters."""
    at_each_byte = len(letters) - length + 1
    windows = np.ndarray(at_each_byte, dtype=f"V{length}", buffer=letters, strides=(1,))
    return np.ascontiguousarray(windows[starts].view(np.uint8).reshape(-1, length).T)


def _clock(cells: NDArray[np.uint8], layout: str) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which cells (one a column of ``cells``) fit the layout, and their minutes of the day."""
    fits = np.ones(cells.shape[1], dtype=bool)
    for sign, row in zip(layout, cells, strict=True):
        if sign == "d":
            fits &= (row - np.uint8(48)) <= 9
        elif sign == " ":
            fits &= (row == 32) | (row == 84)
        else:
            fits &= row == ord(sign)
    if len(layout) == 10:
        return fits, np.full(len(fits), NO_MINUTE, dtype=np.int64)
    hour, minute = _number(cells, 11), _number(cells, 14)
    fits &= (hour <= 23) & (minute <= 59)
    if len(layout) > 16:
        fits &= _number(cells, 17) <= 60
    return fits, (hour * 60 + minute).astype(np.int64)


def _days(cells: NDArray[np.uint8], fits: NDArray[np.bool_], places: tuple[int, int, int]) -> NDArray[np.int64]:
    """Days since 1970 of the cells that fit and are days of the calendar, by where year, month and day stand."""
    year_at, month_at, day_at = places
    year = _number(cells, year_at) * 100 + _number(cells, year_at + 2)
    month, day_of_month = _number(cells, month_at), _number(cells, day_at)
    real = fits & (year >= 1) & (month >= 1) & (month <= 12) & (day_of_month >= 1)
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    real &= day_of_month <= _MONTH_DAYS[np.where(real, month, 0)] + leap
    months = np.where(real, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    day = months.astype("datetime64[D]").astype(np.int64) + day_of_month - 1
    return np.where(real, day, NO_DAY)


def _number(cells: NDArray[np.uint8], at: int) -> NDArray[np.int32]:
    """The two digits at a place (nonsense where there are none)."""
    tens, ones = cells[at].astype(np.int32) - 48, cells[at + 1].astype(np.int32) - 48
    return np.asarray(tens * 10 + ones, dtype=np.int32)
