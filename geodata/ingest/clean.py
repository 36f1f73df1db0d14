"""From one table of raw cells to clean incidents and quarantined rows, none lost. Reads no file, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest import areas as places
from geodata.ingest.categories import read_categories, wordings_of
from geodata.ingest.columns import Headers, Matching, require
from geodata.ingest.coordinates import (
    Axis,
    Box,
    Points,
    check_crs,
    choose_pair,
    geometry_axis,
    read_axis,
    read_points,
)
from geodata.ingest.distinct import texts
from geodata.ingest.gazetteer import Gazetteer
from geodata.ingest.raw import Fault, RawTable
from geodata.ingest.sources import read_sources
from geodata.ingest.spellings import NO_MINUTE
from geodata.ingest.times import Moments, check_range, read_hours, read_moments
from geodata.profile import Profile
from geodata.tables import QuarantinedRow, check_incidents
from geodata.vocabulary import Category, Source


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """What became of the rows read: ``read == len(frame) + len(quarantine)``. Headers of what stayed out are named."""

    frame: pd.DataFrame  # tables.INCIDENT_COLUMNS
    quarantine: tuple[QuarantinedRow, ...]
    read: int
    new_categories: tuple[Category, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    personal_columns: tuple[str, ...] = ()
    skipped_sheets: tuple[str, ...] = ()  # sheets of the file without a header that is recognised
    id_column: str = ""  # the header of the case number


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """A table without its blank rows, with a field's column and header at hand."""

    table: RawTable
    frame: pd.DataFrame
    rows: NDArray[np.int64]
    points: NDArray[np.float64] | None
    fields: Mapping[str, int]
    file: str

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, field: str) -> pd.Series:
        """The field's raw cells, blank text where the sheet has no such column."""
        if field in self.fields:
            return self.frame[self.fields[field]]
        return pd.Series("", index=self.frame.index, dtype="str")

    def header(self, field: str) -> str:
        """The field's header as the file writes it, else the field's own name."""
        return self.table.columns[self.fields[field]].strip() if field in self.fields else field


def clean(
    table: RawTable,
    *,
    file: str,
    profile: Profile,
    boundaries: Boundaries,
    mapping: Mapping[str, str] | None = None,
    crs: str | None = None,
    today: date,
) -> Cleaned:
    """Clean one table. Raises FileRefusedError where its columns cannot be understood; rows are never refused aloud."""
    headers = Headers(mapping or {})
    matching = headers.match(table.columns)
    require(matching, table.columns, headers, file=f"«{file}»", sheet=table.sheet)
    sheet = _without_blank_rows(table, matching, file)
    moments, faults = _read_times(sheet, profile, today)
    category, made, category_faults = read_categories(
        sheet.column("category"),
        sheet.column("article"),
        headers=(sheet.header("category"), sheet.header("article")),
        known=wordings_of(profile.category_list()),
        own=profile.unknown_categories == "own",
    )
    points, point_faults = _read_points(sheet, boundaries, crs)
    faults += category_faults + point_faults
    found, area_faults = _read_areas(sheet, moments, points, point_faults, boundaries)
    quarantine = _quarantine(sheet, faults + area_faults)
    kept = np.ones(len(sheet), dtype=bool)
    kept[[fault.at for fault in faults + area_faults]] = False
    frame = pd.DataFrame(
        {
            "sheet": pd.Series(table.sheet, index=range(len(sheet)), dtype="str"),
            "row": sheet.rows,
            "incident_id": texts(sheet.column("id")).to_numpy(),
            "day": moments.day,
            "minute": moments.minute,
            "category": category,
            "source": read_sources(sheet.column("source")) if "source" in matching.fields else Source.UNKNOWN.value,
            "lon": points.lon,
            "lat": points.lat,
            "area_edition": found.edition,
            "area_level": found.level,
            "area_code": found.code,
        }
    )
    return Cleaned(
        check_incidents(frame[kept].reset_index(drop=True)),
        quarantine,
        len(sheet) + len(table.broken),
        _used(made, category[kept]),
        matching.dropped,
        matching.personal,
        table.skipped,
        sheet.header("id") if "id" in matching.fields else "",
    )


def _without_blank_rows(table: RawTable, matching: Matching, file: str) -> _Sheet:
    blank = np.full(len(table.rows), table.points is None)
    for name in table.frame.columns:
        if not blank.any():
            break
        column = table.frame[name]
        blank &= np.array((column == "") | column.isna(), dtype=bool)
    if not blank.any():
        return _Sheet(table, table.frame, table.rows, table.points, matching.fields, file)
    frame = table.frame[~blank].reset_index(drop=True)
    return _Sheet(table, frame, table.rows[~blank], table.points, matching.fields, file)


def _read_times(sheet: _Sheet, profile: Profile, today: date) -> tuple[Moments, list[Fault]]:
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
    return Moments(day, minute, blank), faults


def _end_before_start(sheet: _Sheet, start: Moments, end: Moments) -> list[Fault]:
    begins, ends = (moments.day * 1440 + np.maximum(moments.minute, 0) for moments in (start, end))
    timed = (start.minute != NO_MINUTE) & (end.minute != NO_MINUTE)
    early = start.known & end.known & np.where(timed, ends < begins, end.day < start.day)
    return [
        Fault("the end lies before the start («{start}»). Mend one of them", int(at), sheet.header("occurred_to"),
              "end_before_start", {"start": sheet.header("occurred")})
        for at in np.flatnonzero(early)
    ]  # fmt: skip


def _read_points(sheet: _Sheet, boundaries: Boundaries, crs: str | None) -> tuple[Points, list[Fault]]:
    named_crs = check_crs(crs or sheet.table.crs, file=sheet.file) if crs or sheet.table.crs else ""
    axes: tuple[Axis, Axis]
    if sheet.points is not None:
        pair = ("easting", "northing")
        axes = (geometry_axis(sheet.points[:, 0]), geometry_axis(sheet.points[:, 1]))
    else:
        chosen = choose_pair(sheet.fields, projected=bool(named_crs))
        if chosen is None:
            nowhere = np.full(len(sheet), np.nan)
            return Points(nowhere, nowhere), []
        pair = chosen
        _require_both(sheet, pair)
        axes = (
            read_axis(sheet.column(pair[0]), sheet.header(pair[0])),
            read_axis(sheet.column(pair[1]), sheet.header(pair[1])),
        )
    return read_points(axes, names=pair, crs=named_crs, box=_box(boundaries), file=sheet.file)


def _require_both(sheet: _Sheet, pair: tuple[str, str]) -> None:
    there = [name for name in pair if name in sheet.fields]
    if len(there) < 2:
        raise FileRefusedError(
            "«{file}»: there is a column «{header}» but none for its other coordinate ({fields}). Name it, say which "
            "it is with --mapping M.toml, or delete the one there is",
            file=sheet.file, header=sheet.header(there[0]), fields=" / ".join(pair),
        )  # fmt: skip


def _box(boundaries: Boundaries) -> Box | None:
    boxes = np.array([shapely.total_bounds(layer.polygons) for layer in boundaries.layers.values()])
    if not len(boxes) or not np.isfinite(boxes).all():
        return None
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _read_areas(
    sheet: _Sheet, moments: Moments, points: Points, faulty: list[Fault], boundaries: Boundaries
) -> tuple[places.Areas, list[Fault]]:
    wanted = ~points.known & moments.known
    wanted[[fault.at for fault in faulty]] = False
    names = [name for name in places.FIELDS if name in sheet.fields]
    return places.read_areas(
        {name: sheet.column(name) for name in names},
        {name: sheet.header(name) for name in names},
        wanted=wanted,
        day=moments.day,
        gazetteer=Gazetteer(boundaries),
    )


def _quarantine(sheet: _Sheet, faults: list[Fault]) -> tuple[QuarantinedRow, ...]:
    """One row each, with its first fault in the order of the columns and the others as ``facts["further"]``."""
    place = {header.strip(): position for position, header in reversed(list(enumerate(sheet.table.columns)))}
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.at, []).append(fault)
    rows = [
        _quarantined(sheet, int(sheet.rows[at]), sorted(found, key=lambda one: place.get(one.column, len(place))))
        for at, found in by_row.items()
    ]
    rows += [_quarantined(sheet, fault.at, [fault]) for fault in sheet.table.broken]
    return tuple(sorted(rows, key=lambda one: one.row))


def _quarantined(sheet: _Sheet, row: int, faults: list[Fault]) -> QuarantinedRow:
    first, *others = faults
    facts = dict(first.facts)
    if others:
        facts["further"] = [{name: value for name, value in asdict(other).items() if name != "at"} for other in others]
    return QuarantinedRow(sheet.file, sheet.table.sheet, row, first.column, first.reason, first.template, facts)


def _used(made: tuple[Category, ...], kept: NDArray[np.object_]) -> tuple[Category, ...]:
    """Only the new categories that some kept row has."""
    used = set(kept)
    return tuple(category for category in made if category.key in used)


def describe(row: QuarantinedRow) -> str:
    """A quarantined row in one English line: file, sheet, row, column, what is wrong and what to do."""
    parts = [f"«{row.file}»"]
    if row.sheet:
        parts.append(f'sheet "{row.sheet}"')
    parts.append(f"row {row.row}")
    if row.column:
        parts.append(f'column "{row.column}"')
    return f"{', '.join(parts)}: {row.message}"
