"""Reads days and minutes from cells: text in many forms, Excel dates and serials. Knows no other column.

A midnight that Excel adds to a bare date is no time: where no cell of the column has a time of day, date cells and
serials at exactly 00:00 have an unknown minute. Where some cell has one, midnight is an hour like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct, texts, where_nothing
from geodata.ingest.when.layouts import read_usual
from geodata.ingest.when.spans import read_span
from geodata.ingest.when.spellings import (
    BAD_MINUTE,
    EPOCH,
    NO_DAY,
    NO_MINUTE,
    NO_ZONE,
    parse_clock,
    parse_day,
    says_unknown,
)

# The day is all up to the first space (or the T of ISO); what follows is the clock.
_SPLIT_RE2: Final = r"^(?P<day>[^\sT]+)(?:[\sT]+(?P<clock>(?s:.+)))?$"
Four = NDArray[np.int64]  # (n, 4): day, minute, last day, last minute


@dataclass(frozen=True, slots=True)
class Moments:
    """A column read: days since 1970-01-01 (NO_DAY where unreadable), minutes (-1 unknown), which cells were blank.

    ``day_to`` and ``minute_to`` are the last moment of a span; for a moment they are ``day`` and ``minute`` again.
    """

    day: NDArray[np.int64]
    minute: NDArray[np.int64]
    blank: NDArray[np.bool_]
    day_to: NDArray[np.int64]
    minute_to: NDArray[np.int64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a day."""
        return np.asarray(self.day != NO_DAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """A column read both ways: ``moments`` day first, and month first for the rows where that is something else."""

    text: pd.Series
    moments: Moments
    turnable: NDArray[np.intp]
    turned: Four

    def chosen(self, *, month_first: bool) -> Moments:
        """The moments in one order."""
        if not month_first or not len(self.turnable):
            return self.moments
        own = self.moments
        columns = [column.copy() for column in (own.day, own.minute, own.day_to, own.minute_to)]
        for column, values in zip(columns, self.turned.T, strict=True):
            column[self.turnable] = values
        day, minute, day_to, minute_to = columns
        return Moments(day, minute, own.blank, day_to, minute_to)


@dataclass(frozen=True, slots=True)
class _Typed:
    """The date cells of a sheet, which need no reading: where they are, their days and minutes (0 at midnight)."""

    at: NDArray[np.intp]
    day: NDArray[np.int64]
    minute: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The cells in no usual layout, read both ways."""

    day_first: Four
    month_first: Four
    serial: NDArray[np.bool_]  # an Excel serial: it has a minute whether or not it means one
    span: NDArray[np.bool_]  # words: their hours say nothing of the midnights of other cells


def read_moments(column: pd.Series, zone: ZoneInfo) -> Reading:
    """Read a column of dates and spans in both orders. What cannot be read is left NO_DAY, and not blank."""
    if isinstance(column.dtype, pd.StringDtype):
        text, typed = texts(column), None
    else:
        text, typed = _typed(column, zone)
    usual = read_usual(text)
    day, minute, serial = usual.day, usual.minute, np.zeros(len(text), dtype=bool)
    blank = np.array(text == "", dtype=bool)
    rest = np.flatnonzero(usual.unread & ~blank)
    spelled = _read_spelled(text.iloc[rest], zone)
    day[rest], minute[rest], serial[rest] = spelled.day_first[:, 0], spelled.day_first[:, 1], spelled.serial
    if typed is not None:
        day[typed.at], minute[typed.at], blank[typed.at] = typed.day, typed.minute, False
        serial[typed.at] = typed.minute >= 0
    timed = (minute > 0) | ((minute == 0) & ~serial)
    timed[rest[spelled.span]] = False
    if not timed.any():
        minute[serial] = NO_MINUTE
    day_to, minute_to = day, minute
    if spelled.span.any():
        day_to, minute_to = day.copy(), minute.copy()
        at = rest[spelled.span]
        day_to[at], minute_to[at] = spelled.day_first[spelled.span, 2:].T
    other = (spelled.day_first != spelled.month_first).any(axis=1)
    clock = minute[usual.turnable]
    turned = np.column_stack([usual.turned, clock, usual.turned, clock])
    unread = day == NO_DAY
    unread[rest[other]] = unread[usual.turnable] = False
    blank |= where_nothing(text, unread & ~blank) | _where_unknown(text, unread & ~blank)
    return Reading(
        text,
        Moments(day, minute, blank, day_to, minute_to),
        np.concatenate([usual.turnable, rest[other]]),
        np.concatenate([turned, spelled.month_first[other]]),
    )


def _read_spelled(text: pd.Series, zone: ZoneInfo) -> _Spelled:
    if not len(text):
        nothing = np.empty((0, 4), dtype=np.int64)
        return _Spelled(nothing, nothing, np.empty(0, dtype=bool), np.empty(0, dtype=bool))
    days, day_of, clocks, clock_of = _halves(text)
    by_clock = np.array([parse_clock(value) for value in clocks], dtype=np.int64)[clock_of]
    readings = []
    for month_first in (False, True):
        by_day = np.array([parse_day(value, month_first=month_first) for value in days], dtype=np.int64)[day_of]
        readings.append(_joined(by_day, by_clock, zone))
    day_first, month_first_too = readings
    serial = np.array([parse_day(value)[1] != NO_MINUTE for value in days], dtype=bool)[day_of]
    span = (day_first[:, 0] == NO_DAY) & (month_first_too[:, 0] == NO_DAY)
    if span.any():
        values, codes = distinct(text[span])
        pairs = np.array([read_span(value) for value in values], dtype=np.int64)[codes]
        day_first[span], month_first_too[span] = pairs[:, 0], pairs[:, 1]
    return _Spelled(day_first, month_first_too, serial, span)


def _joined(by_day: NDArray[np.int64], by_clock: NDArray[np.int64], zone: ZoneInfo) -> Four:
    minute = np.where(by_day[:, 1] != NO_MINUTE, by_day[:, 1], by_clock[:, 0])
    day = np.where(by_clock[:, 0] == BAD_MINUTE, NO_DAY, by_day[:, 0])
    minute[day == NO_DAY] = NO_MINUTE
    zoned = (day != NO_DAY) & (by_clock[:, 1] != NO_ZONE)
    if zoned.any():
        day[zoned], minute[zoned] = _local(day[zoned], minute[zoned] - by_clock[zoned, 1], zone)
    return np.column_stack([day, minute, day, minute])


def _typed(column: pd.Series, zone: ZoneInfo) -> tuple[pd.Series, _Typed]:
    """The text of a sheet's column (numbers included), and its date cells read apart."""
    rest = [""] * len(column)
    found: list[tuple[int, int, int]] = []
    for at, value in enumerate(column):
        if value is None or value is pd.NaT:
            continue
        if isinstance(value, datetime):
            local = value.astimezone(zone) if value.tzinfo else value
            found.append((at, local.toordinal() - EPOCH, local.hour * 60 + local.minute))
        elif isinstance(value, date):
            found.append((at, value.toordinal() - EPOCH, NO_MINUTE))
        else:
            rest[at] = str(value).strip()
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return pd.Series(rest, index=column.index, dtype="str"), _Typed(
        table[:, 0].astype(np.intp), table[:, 1], table[:, 2]
    )


def _halves(text: pd.Series) -> tuple[list[str], NDArray[np.intp], list[str], NDArray[np.intp]]:
    """Distinct day parts and distinct clock parts: ten years of minutes have 3,652 of the one, 1,440 of the other."""
    column = pa.Table.from_pandas(text.to_frame("text"), preserve_index=False).column(0).cast(pa.large_string())
    parts = pc.extract_regex(column, _SPLIT_RE2)
    return *distinct(_part(parts, "day")), *distinct(_part(parts, "clock"))


def _part(parts: pa.ChunkedArray, name: str) -> pd.Series:
    return pd.Series(pc.fill_null(pc.struct_field(parts, name), "").to_pandas(), dtype="str")


def _where_unknown(text: pd.Series, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the rows ``among`` say in words that the time is not known."""
    unknown = np.zeros(len(text), dtype=bool)
    rows = np.flatnonzero(among)
    if len(rows):
        values, codes = distinct(text.iloc[rows])
        unknown[rows] = np.array([says_unknown(value) for value in values], dtype=bool)[codes]
    return unknown


def _local(
    day: NDArray[np.int64], minute: NDArray[np.int64], zone: ZoneInfo
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """UTC days and minutes as days and minutes of the zone."""
    utc = pd.DatetimeIndex(((day * 1440 + minute) * 60).astype("datetime64[s]"), tz="UTC")
    local = utc.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[m]").astype(np.int64)
    return np.divmod(local, 1440)
