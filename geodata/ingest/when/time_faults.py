"""Words for what is wrong with a time: no date, after today, too old, ends before it starts. Reads no cell."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import N_
from geodata.ingest.raw import Fault
from geodata.ingest.when.spellings import (
    BAD_MINUTE,
    EPOCH,
    NO_DAY,
    ONLY_YEAR,
    SHORT_YEAR,
    YEAR_FIRST,
    YEAR_LAST,
    parse_clock,
    parse_day,
    says_unknown,
    written,
)
from geodata.ingest.when.times import Moments, Reading
from geodata.ingest.wording import shown

LONGEST_DAYS: Final = 366  # a span over more says nothing of when, and is mostly a mistyped year
_SPLIT: Final = re.compile(r"([^\sT]+)(?:[\sT]+(.+))?", re.DOTALL)


def unread(reading: Reading, moments: Moments, *, header: str, month_first: bool) -> list[Fault]:
    """Faults of the cells that say something and no date."""
    wrong = np.flatnonzero(~moments.known & ~moments.blank)
    return [_bad_date(int(at), str(reading.text.iat[int(at)]), header, month_first=month_first) for at in wrong]


def missing(text: pd.Series, moments: Moments, *, header: str) -> list[Fault]:
    """Faults of the cells that say nothing, or in words that the time is not known."""
    faults = []
    for at in np.flatnonzero(moments.blank):
        value = str(text.iat[int(at)])
        if says_unknown(value):
            faults.append(_bad_date(int(at), value, header, month_first=False))
        else:
            faults.append(Fault("the date is blank. Write it as dd/mm/yyyy", int(at), header, "missing_date"))
    return faults


def out_of_range(day: NDArray[np.int64], *, header: str, today: date, earliest: date) -> list[Fault]:
    """Faults for known days after ``today`` or before ``earliest``."""
    last, first = today.toordinal() - EPOCH, earliest.toordinal() - EPOCH
    late = [
        Fault("{value} is after today ({today}). Was the year mistyped?", int(at), header, "future_date",
              {"value": written(int(day[at])), "today": written(last)})
        for at in np.flatnonzero(day > last)
    ]  # fmt: skip
    old = [
        Fault("{value} is before {earliest}, the first day the profile takes (earliest)", int(at), header, "too_old",
              {"value": written(int(day[at])), "earliest": written(first)})
        for at in np.flatnonzero((day != NO_DAY) & (day < first))
    ]  # fmt: skip
    return late + old


def backwards(moments: Moments) -> NDArray[np.bool_]:
    """Which known spans end before they start."""
    if moments.day_to is moments.day:
        return np.zeros(len(moments.day), dtype=bool)
    same_day = (moments.day_to == moments.day) & (moments.minute_to < moments.minute) & (moments.minute_to >= 0)
    return np.asarray(moments.known & ((moments.day_to < moments.day) | same_day))


def odd_spans(moments: Moments, early: NDArray[np.bool_], *, header: str, start: str) -> list[Fault]:
    """Faults of the spans that end before they start (``early``, said of the column ``header``) or are too long."""
    if header == start:
        words, facts = N_("the end lies before the start. Mend one of them"), {}
    else:
        words, facts = N_("the end lies before the start («{start}»). Mend one of them"), {"start": start}
    faults = [Fault(words, int(at), header, "end_before_start", dict(facts)) for at in np.flatnonzero(early)]
    days = moments.day_to - moments.day
    return faults + [
        Fault("the time goes over {days} days, more than {most}: it says nothing of when. Mend the start or the end",
              int(at), header, "span_too_long", {"days": int(days[at]), "most": LONGEST_DAYS})
        for at in np.flatnonzero(moments.known & (days > LONGEST_DAYS))
    ]  # fmt: skip


def _bad_date(at: int, value: str, header: str, *, month_first: bool) -> Fault:
    found = _SPLIT.fullmatch(value)
    day, clock = (found[1], found[2] or "") if found else ("", "")
    facts: dict[str, object] = {"value": shown(value)}
    if SHORT_YEAR.fullmatch(day):
        return Fault(
            '"{value}" has a year of two digits. Write the year in full, dd/mm/yyyy', at, header, "bad_date", facts
        )
    if ONLY_YEAR.fullmatch(value):
        return Fault(
            '"{value}" is only a year. Write at least the month (03/2025), or the day as dd/mm/yyyy',
            at, header, "bad_date", facts,
        )  # fmt: skip
    if parse_clock(clock)[0] == BAD_MINUTE and parse_day(day, month_first=month_first)[0] != NO_DAY:
        return Fault('the time in "{value}" is not one. Write dd/mm/yyyy HH:MM', at, header, "bad_date", facts)
    if YEAR_LAST.fullmatch(day) and month_first:
        return Fault(
            '"{value}" is not a day of the calendar: this column is written month first (mm/dd/yyyy). Mend it, or '
            "write it as yyyy-mm-dd",
            at, header, "bad_date", facts,
        )  # fmt: skip
    if YEAR_LAST.fullmatch(day) or YEAR_FIRST.fullmatch(day):
        return Fault('"{value}" is not a day of the calendar. Write it as dd/mm/yyyy', at, header, "bad_date", facts)
    return Fault('"{value}" is not a date. Write it as dd/mm/yyyy or yyyy-mm-dd', at, header, "bad_date", facts)
