"""Reads a separate column of hours into minutes of the day, spans of hours included. Knows no date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct
from geodata.ingest.raw import Fault
from geodata.ingest.when.spans import read_hours_span
from geodata.ingest.when.spellings import BAD_MINUTE, NO_MINUTE, parse_clock, says_unknown
from geodata.ingest.wording import says_nothing, shown

_DIGITS: Final = re.compile(r"\d{1,4}")
_NO_HOURS: Final = (NO_MINUTE, NO_MINUTE, 0)
_BAD_HOURS: Final = (BAD_MINUTE, NO_MINUTE, 0)


@dataclass(frozen=True, slots=True)
class HourColumn:
    """First and last minute of the day by row (-1 where blank), and where the last lies on the next day."""

    minute: NDArray[np.int64]
    minute_to: NDArray[np.int64]
    next_day: NDArray[np.bool_]


def read_hours(column: pd.Series, header: str) -> tuple[HourColumn, list[Fault]]:
    """Read "22", "22:15", "22h15", "20h-22h", "tối", an Excel time; where all are digits, 2215 is 22:15."""
    plain = column if isinstance(column.dtype, pd.StringDtype) else pd.Series(
        [_clock_text(value) for value in column], index=column.index, dtype="str"
    )  # fmt: skip
    values, codes = distinct(plain)
    spelled = _with_colons([value.strip() for value in values])
    table = np.array([_hours(value) for value in spelled], dtype=np.int64).reshape(-1, 3)[codes]
    faults = [
        Fault('"{value}" is not an hour. Write 22:15, or leave it blank', int(at), header, "bad_hour",
              {"value": shown(plain.iat[int(at)])})
        for at in np.flatnonzero(table[:, 0] == BAD_MINUTE)
    ]  # fmt: skip
    return HourColumn(np.maximum(table[:, 0], NO_MINUTE), table[:, 1], table[:, 2] == 1), faults


def _hours(text: str) -> tuple[int, int, int]:
    minute = parse_clock(text)[0]
    if minute != BAD_MINUTE:
        return minute, minute, 0
    if says_nothing(text) or says_unknown(text):
        return _NO_HOURS
    span = read_hours_span(text)
    return _BAD_HOURS if span is None else (span.minute, span.minute_to, int(span.next_day))


def _with_colons(values: Sequence[str]) -> list[str]:
    """Where cells are digits and some have three or four (45, 930, 2215), all are hours and minutes without a sign."""
    digits = [value for value in values if _DIGITS.fullmatch(value)]
    if not any(len(value) > 2 for value in digits):
        return list(values)
    return [f"{int(value) // 100}:{int(value) % 100:02d}" if _DIGITS.fullmatch(value) else value for value in values]


def _clock_text(value: object) -> str:
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, datetime | time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, float) and 0 <= value < 1:  # Excel keeps a time as a share of the day
        minutes = int(value * 1440 + 0.5) % 1440
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
