"""Reads a separate column of hours into minutes of the day. Knows no date."""

from __future__ import annotations

from datetime import datetime, time

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import distinct
from geodata.ingest.raw import Fault
from geodata.ingest.spellings import BAD_MINUTE, NO_MINUTE, parse_clock
from geodata.ingest.wording import says_nothing, shown


def read_hours(column: pd.Series, header: str) -> tuple[NDArray[np.int64], list[Fault]]:
    """Minutes of the day from a separate column of hours ("22", "22:15", "22h15", an Excel time); -1 where blank."""
    plain = column if isinstance(column.dtype, pd.StringDtype) else pd.Series(
        [_clock_text(value) for value in column], index=column.index, dtype="str"
    )  # fmt: skip
    values, codes = distinct(plain)
    minutes = np.array([_minute(value.strip()) for value in values], dtype=np.int64)[codes] if values else codes
    faults = [
        Fault('"{value}" is not an hour. Write 22:15, or leave it blank', int(at), header, "bad_hour",
              {"value": shown(plain.iat[int(at)])})
        for at in np.flatnonzero(minutes == BAD_MINUTE)
    ]  # fmt: skip
    return np.where(minutes == BAD_MINUTE, NO_MINUTE, minutes).astype(np.int64), faults


def _minute(text: str) -> int:
    minute = parse_clock(text)[0]
    return NO_MINUTE if minute == BAD_MINUTE and says_nothing(text) else minute


def _clock_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, float) and 0 <= value < 1:  # Excel keeps a time as a share of the day
        minutes = int(value * 1440 + 0.5) % 1440
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
