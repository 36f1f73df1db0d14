"""When each row's incident happened, from the columns that say so. Knows no category and no place."""

from __future__ import annotations

from datetime import date

import numpy as np

from geodata.ingest.hours import read_hours
from geodata.ingest.raw import Fault
from geodata.ingest.recipe import DateOrder
from geodata.ingest.sheet import Sheet
from geodata.ingest.spellings import NO_MINUTE
from geodata.ingest.times import Moments, check_range, read_moments
from geodata.profile import Profile
from geodata.tables import Finding


def read_occurrence(
    sheet: Sheet, profile: Profile, today: date, order: DateOrder
) -> tuple[Moments, list[Fault], list[Finding]]:
    """Day and minute: of the start, else of the end; of receipt only where the file has no other date."""
    field = "occurred" if "occurred" in sheet.fields else "received"
    header = sheet.header(field)
    start, faults = read_moments(sheet.column(field), header=header, zone=profile.zone, file=sheet.file)
    day, minute, blank = start.day.copy(), start.minute.copy(), start.blank.copy()
    if field == "occurred" and "occurred_to" in sheet.fields:
        end, _ = read_moments(
            sheet.column("occurred_to"), header=sheet.header("occurred_to"), zone=profile.zone, file=sheet.file
        )
        faults += _end_before_start(sheet, start, end)
        fill = blank & end.known
        day[fill], minute[fill], blank[fill] = end.day[fill], end.minute[fill], False
    if "hour" in sheet.fields:
        hours, hour_faults = read_hours(sheet.column("hour"), sheet.header("hour"))
        minute = np.where(minute == NO_MINUTE, hours, minute)
        faults += hour_faults
    faults += [
        Fault("the date is blank. Write it as dd/mm/yyyy", int(at), header, "missing_date")
        for at in np.flatnonzero(blank)
    ]
    faults += check_range(day, header=header, today=today, earliest=profile.earliest)
    return Moments(day, minute, blank, day, minute), faults, []


def _end_before_start(sheet: Sheet, start: Moments, end: Moments) -> list[Fault]:
    begins, ends = (moments.day * 1440 + np.maximum(moments.minute, 0) for moments in (start, end))
    timed = (start.minute != NO_MINUTE) & (end.minute != NO_MINUTE)
    early = start.known & end.known & np.where(timed, ends < begins, end.day < start.day)
    return [
        Fault("the end lies before the start («{start}»). Mend one of them", int(at), sheet.header("occurred_to"),
              "end_before_start", {"start": sheet.header("occurred")})
        for at in np.flatnonzero(early)
    ]  # fmt: skip
