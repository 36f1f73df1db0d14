"""Gives rows without a point the area they name. Asks the gazetteer once for each distinct wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.ingest.coordinates import Points
from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.gazetteer import Found, Gazetteer, Named
from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.ingest.times import Moments
from geodata.ingest.wording import says_nothing, shown
from geodata.tables import Finding

FIELDS = ("commune", "district", "commune_code", "district_code")
_BETWEEN = "\x1f"
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Areas:
    """Edition, level and code by row, "" where the row has a point or names no area."""

    edition: pd.Series
    level: pd.Series
    code: pd.Series


def place_areas(
    sheet: Sheet, moments: Moments, points: Points, faulty: list[Fault], boundaries: Boundaries
) -> tuple[Areas, list[Fault], list[Fault], list[Finding]]:
    """Areas by name or code for the rows that have no point, not even a faulty one, and a known day.

    After the faults come remarks: rows that are kept and yet need a look.
    """
    wanted = ~points.known & moments.known
    wanted[[fault.at for fault in faulty]] = False
    names = [name for name in FIELDS if name in sheet.fields]
    found, faults = read_areas(
        {name: sheet.column(name) for name in names},
        {name: sheet.header(name) for name in names},
        wanted=wanted,
        day=moments.day,
        gazetteer=Gazetteer(boundaries),
    )
    return found, faults, [], []


def read_areas(
    columns: Mapping[str, pd.Series],
    headers: Mapping[str, str],
    *,
    wanted: NDArray[np.bool_],
    day: NDArray[np.int64],
    gazetteer: Gazetteer,
) -> tuple[Areas, list[Fault]]:
    """Look up the ``wanted`` rows (no point, a known day). A row with a point is placed by it alone."""
    place = np.zeros(len(wanted), dtype=np.intp)  # position among the answers, the first of which is none
    rows = np.flatnonzero(wanted)
    if not columns or not len(rows):
        return _areas([Found()], place), []
    orders = {value: gazetteer.order(_EPOCH + timedelta(days=int(value))) for value in np.unique(day[rows])}
    blank = pd.Series("", index=range(len(rows)), dtype="str")
    said = [_said(columns[name].iloc[rows]) if name in columns else blank for name in FIELDS]
    order = pd.Series(["\x1e".join(orders[value]) for value in day[rows]], dtype="str")
    asked, asked_of = distinct(_joined([*said, order]))
    answers = [_ask(one, gazetteer) for one in asked]
    place[rows] = asked_of + 1
    wrong = np.array([bool(found.reason) for _, found in answers], dtype=bool)[asked_of]
    faults = []
    for row, number in zip(rows[wrong], asked_of[wrong], strict=True):
        named, found = answers[number]
        faults.append(_fault(int(row), named, found, headers))
    return _areas([Found(), *(found for _, found in answers)], place), faults


def _areas(found: list[Found], place: NDArray[np.intp]) -> Areas:
    return Areas(
        spread([one.edition for one in found], place),
        spread([one.level for one in found], place),
        spread([one.code for one in found], place),
    )


def _joined(parts: list[pd.Series]) -> pd.Series:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + _BETWEEN + part
    return whole


def _said(column: pd.Series) -> pd.Series:
    written = texts(column).reset_index(drop=True)
    return written.str.replace(_BETWEEN, " ", regex=False)


def _ask(text: str, gazetteer: Gazetteer) -> tuple[Named, Found]:
    *parts, order = text.split(_BETWEEN)
    commune, district, commune_code, district_code = ("" if says_nothing(part) else part for part in parts)
    if "," in commune and not district:  # «Xã Tân Bình, huyện Tân Biên»
        commune, district = (part.strip() for part in commune.split(",", 1))
    named = Named(commune, district, commune_code, district_code)
    return named, gazetteer.find(named, tuple(order.split("\x1e")) if order else ())


def _fault(row: int, named: Named, found: Found, headers: Mapping[str, str]) -> Fault:
    name = next(field for field in ("commune", "commune_code", "district", "district_code") if getattr(named, field))
    header = headers[name if name in headers else "commune"]
    facts: dict[str, object] = {"value": shown(getattr(named, name)), "proposals": "; ".join(found.proposals[:4])}
    if found.reason == "ambiguous_area":
        return Fault('"{value}" may be {proposals}. Write the district, or the code', row, header, found.reason, facts)
    if found.reason == "contradicting_area":
        facts["code"] = shown(named.commune_code or named.district_code)
        return Fault(
            '"{value}" has not the code {code}, which is {proposals}. Mend the name or the code',
            row, header, found.reason, facts,
        )  # fmt: skip
    if found.proposals:
        return Fault('"{value}" is no known area. Is it {proposals}?', row, header, found.reason, facts)
    return Fault('"{value}" is no known area. Mend the name, or load its boundaries', row, header, found.reason, facts)
