"""Reads days and minutes from cells: text in many forms, Excel dates and serials. Knows no other column.

A midnight that Excel adds to a bare date is no time: where no cell of the column has a time of day, date cells and
serials at exactly 00:00 have an unknown minute. Where some cell has one, midnight is an hour like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.errors import FileRefusedError
from geodata.ingest.distinct import distinct, texts, where_nothing
from geodata.ingest.layouts import Usual, read_usual
from geodata.ingest.raw import Fault
from geodata.ingest.spellings import (
    BAD_MINUTE,
    DAY_FIRST,
    EPOCH,
    NO_DAY,
    NO_MINUTE,
    NO_ZONE,
    SHORT_YEAR,
    YEAR_FIRST,
    day_number,
    parse_clock,
    parse_day,
)
from geodata.ingest.wording import shown

# The day is all up to the first space (or the T of ISO); what follows is the clock.
_SPLIT: Final = re.compile(r"([^\sT]+)(?:[\sT]+(.+))?", re.DOTALL)
_SPLIT_RE2: Final = r"^(?P<day>[^\sT]+)(?:[\sT]+(?P<clock>(?s:.+)))?$"


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
class _Typed:
    """The date cells of a sheet, which need no reading: where they are, their days and minutes (0 at midnight)."""

    at: NDArray[np.intp]
    day: NDArray[np.int64]
    minute: NDArray[np.int64]


def read_moments(column: pd.Series, *, header: str, zone: ZoneInfo, file: str) -> tuple[Moments, list[Fault]]:
    """Read a column of dates. Raises FileRefusedError where it is written month first; other faults are by row."""
    if isinstance(column.dtype, pd.StringDtype):
        text, typed = texts(column), None
    else:
        text, typed = _typed(column, zone)
    day, minute, serial = _read_text(text, zone, header=header, file=file)
    blank = np.array(text == "", dtype=bool)
    if typed is not None:
        day[typed.at], minute[typed.at], blank[typed.at] = typed.day, typed.minute, False
        serial[typed.at] = typed.minute >= 0
    if not ((minute > 0) | ((minute == 0) & ~serial)).any():
        minute[serial] = NO_MINUTE
    blank |= where_nothing(text, (day == NO_DAY) & ~blank)
    moments = Moments(day, minute, blank, day, minute)
    wrong = np.flatnonzero(~moments.known & ~blank)
    return moments, [_bad_date(int(at), str(text.iat[int(at)]), header) for at in wrong]


def _read_text(
    text: pd.Series, zone: ZoneInfo, *, header: str, file: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Days, minutes, and which are Excel serials: those have a minute whether or not they mean one."""
    usual = read_usual(text)
    day, minute, serial = usual.day, usual.minute, np.zeros(len(text), dtype=bool)
    rest = np.flatnonzero(~usual.known & np.array(text != "", dtype=bool))
    if len(rest):
        day[rest], minute[rest], serial[rest] = _read_spelled(text.iloc[rest], zone, usual, header=header, file=file)
    return day, minute, serial


def _read_spelled(
    text: pd.Series, zone: ZoneInfo, usual: Usual, *, header: str, file: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    days, day_of, clocks, clock_of = _halves(text)
    _refuse_month_first(days, np.bincount(day_of, minlength=len(days)), usual, header=header, file=file)
    by_day = np.array([parse_day(value) for value in days], dtype=np.int64).reshape(-1, 2)[day_of]
    by_clock = np.array([parse_clock(value) for value in clocks], dtype=np.int64).reshape(-1, 2)[clock_of]
    serial = by_day[:, 1] != NO_MINUTE
    minute = np.where(serial, by_day[:, 1], by_clock[:, 0])
    day = np.where(by_clock[:, 0] == BAD_MINUTE, NO_DAY, by_day[:, 0])
    zoned = (day != NO_DAY) & (by_clock[:, 1] != NO_ZONE)
    if zoned.any():
        day[zoned], minute[zoned] = _local(day[zoned], minute[zoned] - by_clock[zoned, 1], zone)
    return day, minute, serial


def _typed(column: pd.Series, zone: ZoneInfo) -> tuple[pd.Series, _Typed]:
    """The text of a sheet's column (numbers included), and its date cells read apart."""
    rest = [""] * len(column)
    found: list[tuple[int, int, int]] = []
    for at, value in enumerate(column):
        if isinstance(value, datetime):
            local = value.astimezone(zone) if value.tzinfo else value
            found.append((at, local.toordinal() - EPOCH, local.hour * 60 + local.minute))
        elif isinstance(value, date):
            found.append((at, value.toordinal() - EPOCH, NO_MINUTE))
        elif value is not None:
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


def _split(value: str) -> tuple[str, str]:
    found = _SPLIT.fullmatch(value)
    return (found[1], found[2] or "") if found else ("", "")


def _local(
    day: NDArray[np.int64], minute: NDArray[np.int64], zone: ZoneInfo
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """UTC days and minutes as days and minutes of the zone."""
    utc = pd.DatetimeIndex(((day * 1440 + minute) * 60).astype("datetime64[s]"), tz="UTC")
    local = utc.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[m]").astype(np.int64)
    return np.divmod(local, 1440)


def _refuse_month_first(
    spelled: Sequence[str], times: NDArray[np.intp], usual: Usual, *, header: str, file: str
) -> None:
    """Raise where most dates make no sense day first, and all make sense month first."""
    written = [
        (int(found[1]), int(found[2]), int(found[3]), int(count))
        for value, count in zip(spelled, times, strict=True)
        if (found := DAY_FIRST.fullmatch(value))
    ]
    total = usual.day_first + sum(count for *_, count in written)
    wrong = sum(count for first, second, year, count in written if day_number(year, second, first) == NO_DAY)
    if (
        wrong * 2 > total
        and usual.month_first_too
        and all(day_number(year, first, second) != NO_DAY for first, second, year, _ in written)
    ):
        raise FileRefusedError(
            '{file}, column "{column}": {wrong} of {total} dates are written month first (mm/dd/yyyy). Here the day '
            "comes first: write dd/mm/yyyy or yyyy-mm-dd",
            file=f"«{file}»", column=header, wrong=wrong, total=total,
        )  # fmt: skip


def _bad_date(at: int, value: str, header: str) -> Fault:
    day, clock = _split(value)
    facts: dict[str, object] = {"value": shown(value)}
    if SHORT_YEAR.fullmatch(day):
        return Fault(
            '"{value}" has a year of two digits. Write the year in full, dd/mm/yyyy', at, header, "bad_date", facts
        )
    if parse_clock(clock)[0] == BAD_MINUTE and parse_day(day)[0] != NO_DAY:
        return Fault('the time in "{value}" is not one. Write dd/mm/yyyy HH:MM', at, header, "bad_date", facts)
    if DAY_FIRST.fullmatch(day) or YEAR_FIRST.fullmatch(day):
        return Fault('"{value}" is not a day of the calendar. Write it as dd/mm/yyyy', at, header, "bad_date", facts)
    return Fault('"{value}" is not a date. Write it as dd/mm/yyyy or yyyy-mm-dd', at, header, "bad_date", facts)


def check_range(day: NDArray[np.int64], *, header: str, today: date, earliest: date) -> list[Fault]:
    """Faults for known days after ``today`` or before ``earliest``."""
    last, first = today.toordinal() - EPOCH, earliest.toordinal() - EPOCH
    late = [
        Fault("{value} is after today ({today}). Was the year mistyped?", int(at), header, "future_date",
              {"value": _dmy(int(day[at])), "today": _dmy(last)})
        for at in np.flatnonzero(day > last)
    ]  # fmt: skip
    old = [
        Fault("{value} is before {earliest}, the first day the profile takes (earliest)", int(at), header, "too_old",
              {"value": _dmy(int(day[at])), "earliest": _dmy(first)})
        for at in np.flatnonzero((day != NO_DAY) & (day < first))
    ]  # fmt: skip
    return late + old


def _dmy(day: int) -> str:
    moment = date.fromordinal(day + EPOCH)
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year:04d}"
