"""When each row's incident happened, from the columns that say so. Knows no category and no place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from geodata.ingest.raw import Fault
from geodata.ingest.recipe import DateOrder
from geodata.ingest.sheet import Sheet
from geodata.ingest.when import time_faults
from geodata.ingest.when.date_order import Evidence, Rules, decide, gather
from geodata.ingest.when.hours import HourColumn, read_hours
from geodata.ingest.when.spellings import NO_DAY, NO_MINUTE
from geodata.ingest.when.times import Moments, Reading, read_moments
from geodata.profile import Profile
from geodata.tables import Finding


def read_occurrence(
    sheet: Sheet, profile: Profile, today: date, order: DateOrder
) -> tuple[Moments, list[Fault], list[Finding]]:
    """First and last moment: of the start and the end; of receipt only where the file has no other date.

    Raises FileRefusedError where the order of day and month cannot be decided.
    """
    field = "occurred" if "occurred" in sheet.fields else "received"
    fields = [field, *(["occurred_to"] if field == "occurred" and "occurred_to" in sheet.fields else [])]
    readings = [read_moments(sheet.column(each), profile.zone) for each in fields]
    rules = Rules.of(order, profile.date_order, earliest=profile.earliest, today=today)
    evidence = [_evidence(reading, sheet.header(each), rules) for each, reading in zip(fields, readings, strict=True)]
    place = f"«{sheet.file}» › {sheet.table.sheet}" if sheet.table.sheet else f"«{sheet.file}»"
    month_first, findings = decide(evidence, rules, place=place)
    columns: list[Moments] = []
    faults: list[Fault] = []
    for each, reading, turned in zip(fields, readings, month_first, strict=True):
        moments, own = _checked(reading, header=sheet.header(each), month_first=turned)
        columns.append(moments)
        faults += own
    moments, own = _joined(sheet, columns) if len(columns) == 2 else (columns[0], [])
    faults += own
    if "hour" in sheet.fields:
        hours, own = read_hours(sheet.column("hour"), sheet.header("hour"))
        moments = _with_hours(moments, hours)
        faults += own
    faults += time_faults.missing(readings[0].text, moments, header=sheet.header(field))
    faults += time_faults.out_of_range(moments.day, header=sheet.header(field), today=today, earliest=profile.earliest)
    return moments, faults, findings


def _evidence(reading: Reading, header: str, rules: Rules) -> Evidence:
    day_first = reading.moments.day[reading.turnable]
    found = gather(header, day_first, reading.turned[:, 0], rules)
    known = int(np.count_nonzero(reading.moments.known)) + found.month_first
    example = next(iter(np.flatnonzero((day_first != NO_DAY) & (reading.turned[:, 0] != NO_DAY))), None)
    text = "" if example is None else str(reading.text.iat[int(reading.turnable[example])])
    return replace(found, total=known, example=text[:40])


def _checked(reading: Reading, *, header: str, month_first: bool) -> tuple[Moments, list[Fault]]:
    """The column in its order, with the faults of its cells. A span in one cell that cannot be is no moment."""
    moments = reading.chosen(month_first=month_first)
    faults = time_faults.unread(reading, moments, header=header, month_first=month_first)
    odd = time_faults.odd_spans(moments, time_faults.backwards(moments), header=header, start=header)
    return _without(moments, [fault.at for fault in odd]), faults + odd


def _joined(sheet: Sheet, columns: list[Moments]) -> tuple[Moments, list[Fault]]:
    """Start and end as one span; the end alone where the start is blank, the start alone where the end is."""
    start, end = columns
    only_end = start.blank & end.known
    both = start.known & end.known
    day, minute = np.where(only_end, end.day, start.day), np.where(only_end, end.minute, start.minute)
    day_to, minute_to = np.where(both, end.day_to, start.day_to), np.where(both, end.minute_to, start.minute_to)
    day_to, minute_to = np.where(only_end, end.day_to, day_to), np.where(only_end, end.minute_to, minute_to)
    moments = Moments(day, minute, start.blank & ~only_end, day_to, minute_to)
    early = time_faults.backwards(moments)
    faults = time_faults.odd_spans(moments, early, header=sheet.header("occurred_to"), start=sheet.header("occurred"))
    return _bounded(_without(moments, [fault.at for fault in faults])), faults


def _without(moments: Moments, rows: list[int]) -> Moments:
    """The moments, those of the rows unknown."""
    if not rows:
        return moments
    columns = [column.copy() for column in (moments.day, moments.minute, moments.day_to, moments.minute_to)]
    for column, nothing in zip(columns, (NO_DAY, NO_MINUTE, NO_DAY, NO_MINUTE), strict=True):
        column[rows] = nothing
    day, minute, day_to, minute_to = columns
    return Moments(day, minute, moments.blank, day_to, minute_to)


def _with_hours(moments: Moments, hours: HourColumn) -> Moments:
    """The hours of their own column where the date has none."""
    fill = moments.known & (moments.minute == NO_MINUTE) & (moments.minute_to == NO_MINUTE)
    minute = np.where(fill, hours.minute, moments.minute)
    minute_to = np.where(fill, hours.minute_to, moments.minute_to)
    later = fill & hours.next_day & (moments.day_to == moments.day)
    return Moments(moments.day, minute, moments.blank, moments.day_to + later, minute_to)


def _bounded(moments: Moments) -> Moments:
    """Where one hour of a span is known, the other as far from it as can be: so both minutes are known, or none."""
    half: NDArray[np.bool_] = (moments.minute < 0) != (moments.minute_to < 0)
    if not half.any():
        return moments
    minute = np.where(half & (moments.minute < 0), 0, moments.minute)
    minute_to = np.where(half & (moments.minute_to < 0), 1439, moments.minute_to)
    return Moments(moments.day, minute, moments.blank, moments.day_to, minute_to)
