"""From one table of raw cells to clean incidents and quarantined rows, none lost. Reads no file, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata import tables
from geodata.boundaries.editions import Boundaries
from geodata.ingest.at_once import both
from geodata.ingest.cells import Understood, cells_of
from geodata.ingest.crimes.categories import Categories, read_categories
from geodata.ingest.crimes.wordings import wordings_of
from geodata.ingest.distinct import spread, texts
from geodata.ingest.headings.assignment import assign
from geodata.ingest.localities.areas import Areas, place_areas
from geodata.ingest.points.coordinates import Points
from geodata.ingest.points.place import place_points
from geodata.ingest.quarantine import by_row, quarantine
from geodata.ingest.raw import Fault, RawTable
from geodata.ingest.recipe import Recipe
from geodata.ingest.sheet import Sheet, without_blank_rows
from geodata.ingest.sources import read_sources
from geodata.ingest.totals import find_totals
from geodata.ingest.when.occurrence import read_occurrence
from geodata.ingest.when.times import Moments
from geodata.ingest.wording import USUAL_MARKS
from geodata.profile import Profile
from geodata.tables import Finding, QuarantinedRow
from geodata.vocabulary import Category


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
    remarks: tuple[QuarantinedRow, ...] = ()  # rows that were kept and yet need a look
    findings: tuple[Finding, ...] = ()  # what was decided about the file as a whole
    origins: Mapping[tuple[str, int], str] = field(default_factory=dict)  # (sheet, row) -> the row aside it mends


def clean(
    table: RawTable,
    *,
    file: str,
    profile: Profile,
    boundaries: Boundaries,
    recipe: Recipe,
    today: date,
) -> Cleaned:
    """Clean one table. Raises FileRefusedError where its columns cannot be understood; rows are never refused aloud."""
    assigned = assign(table, recipe.columns, file=file, profile=profile, boundaries=boundaries, today=today)
    table, matching = assigned.table, assigned.matching
    sheet = without_blank_rows(table, matching, file)
    (moments, time_faults, time_findings, categories), (points, point_faults, point_findings) = both(
        lambda: _when_and_what(sheet, profile, recipe, today),
        lambda timed: place_points(sheet, boundaries, recipe, lambda: timed()[0].day),
    )
    category = categories.keys
    found, area_faults, remarks, area_findings = place_areas(sheet, moments, points, point_faults, boundaries)
    totals = find_totals(sheet, {fault.at for fault in time_faults if fault.reason in {"bad_date", "missing_date"}})
    faults = _instead([*time_faults, *categories.faults, *point_faults, *area_faults], totals)
    faulty = by_row(faults)
    kept = np.ones(len(sheet), dtype=bool)
    kept[list(faulty)] = False
    return Cleaned(
        _incidents(sheet, moments, category, points, found, kept),
        quarantine(sheet, faulty, cells_of(sheet, Understood(moments, points, category, recipe), faulty)),
        len(sheet) + len(table.broken),
        _used(categories.made, category[kept]),
        matching.dropped,
        matching.personal,
        table.skipped,
        sheet.header("id") if "id" in matching.fields else "",
        quarantine(
            sheet, by_row(remark for remark in (*categories.remarks, *remarks) if kept[remark.at]), {}, broken=False
        ),
        (*assigned.findings, *time_findings, *point_findings, *area_findings),
        _origins(sheet),
    )


def _when_and_what(
    sheet: Sheet, profile: Profile, recipe: Recipe, today: date
) -> tuple[Moments, list[Fault], list[Finding], Categories]:
    order = recipe.date_order or ("dmy" if "origin" in sheet.fields else "")  # rows to mend are written day first
    moments, faults, findings = read_occurrence(sheet, profile, today, order)
    categories = read_categories(
        sheet.column("category"),
        sheet.column("article"),
        day=moments.day,
        headers=(sheet.header("category"), sheet.header("article")),
        known=wordings_of(profile.category_list()),
        own=profile.unknown_categories == "own",
        answers=recipe.categories,
    )
    return moments, faults, findings, categories


def _instead(faults: list[Fault], totals: list[Fault]) -> list[Fault]:
    """The faults, but for a row that is a sum that alone: what its cells lack is no fault of theirs."""
    summed = {fault.at for fault in totals}
    return [*totals, *(fault for fault in faults if fault.at not in summed)] if totals else faults


def _incidents(
    sheet: Sheet, moments: Moments, category: pd.Series, points: Points, found: Areas, kept: NDArray[np.bool_]
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            tables.SHEET: spread([sheet.table.sheet], np.zeros(len(sheet), dtype=np.intp)),
            tables.ROW: sheet.rows,
            tables.INCIDENT_ID: _ids(sheet),
            tables.DAY: moments.day,
            tables.MINUTE: moments.minute,
            tables.DAY_TO: moments.day_to,
            tables.MINUTE_TO: moments.minute_to,
            tables.CATEGORY: category,
            tables.SOURCE: read_sources(sheet.column("source")),
            tables.LON: points.lon,
            tables.LAT: points.lat,
            tables.PRECISION: points.precision,
            tables.AREA_EDITION: found.edition,
            tables.AREA_LEVEL: found.level,
            tables.AREA_CODE: found.code,
        },
        copy=False,
    )
    return tables.check_incidents(frame if kept.all() else frame[kept].reset_index(drop=True))


def _ids(sheet: Sheet) -> pd.Series:
    """The case numbers. A mark for blank is none: else all rows with "-" but the first would be doubles."""
    ids = texts(sheet.column("id"))
    marks = np.array(ids.isin(USUAL_MARKS), dtype=bool)
    return ids.mask(marks, "") if marks.any() else ids


def _origins(sheet: Sheet) -> dict[tuple[str, int], str]:
    """By sheet and row: the key of the row aside that a row mends, where it names one."""
    if "origin" not in sheet.fields:
        return {}
    keys = texts(sheet.column("origin"))
    return {(sheet.table.sheet, int(row)): key for row, key in zip(sheet.rows, keys, strict=True) if key}


def _used(made: tuple[Category, ...], kept: pd.Series) -> tuple[Category, ...]:
    """Only the new categories that some kept row has."""
    used = set(kept.unique()) if made else set()
    return tuple(category for category in made if category.key in used)
