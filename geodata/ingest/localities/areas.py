"""Gives rows without a point the area they name. Asks the gazetteer once for each distinct wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.ingest.distinct import distinct, spread, texts
from geodata.ingest.localities.addresses import Named
from geodata.ingest.localities.contradictions import find_contradictions
from geodata.ingest.localities.gazetteer import AMBIGUOUS, CONTRADICTING, UNKNOWN, Found, Gazetteer
from geodata.ingest.localities.naming import Naming, Said
from geodata.ingest.points.coordinates import Points
from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.ingest.when.times import Moments
from geodata.ingest.wording import says_nothing, shown
from geodata.tables import Finding

FIELDS = ("commune", "district", "commune_code", "district_code")
MANY_UNKNOWN = 20  # rows with a point that name what is not known: fewer may all be slips
_EPOCH = date(1970, 1, 1)
_ANY_DAY = date(2000, 1, 1)


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

    A row with a point is placed by it alone; what it names is only held against the point. After the faults come
    remarks, rows that are kept and yet need a look: a slip in a name, a name that contradicts the point or the code.
    """
    names = [name for name in FIELDS if name in sheet.fields]
    asked = moments.known.copy()
    asked[[fault.at for fault in faulty]] = False
    rows = np.flatnonzero(asked)
    if not names or not len(rows):
        return _areas([Found()], np.zeros(len(sheet), dtype=np.intp)), [], [], []
    gazetteer = Gazetteer(boundaries)
    headers = {name: sheet.header(name) for name in names}
    columns = {name: sheet.column(name) for name in names}
    with_point = points.known[rows]
    naming = _ask(columns, rows, days=moments.day[rows], guess=~with_point, gazetteer=gazetteer)
    elsewhere = _elsewhere(naming, with_point, headers)
    if elsewhere:
        return _areas([Found()], np.zeros(len(sheet), dtype=np.intp)), [], [], elsewhere
    bare, pointed = naming.where(~with_point), naming.where(with_point)
    place = np.zeros(len(sheet), dtype=np.intp)  # position among the answers, the first of which is none
    place[bare.rows] = bare.of + 1
    faults = [_fault(at, said, headers) for at, said in bare.each(lambda said: bool(said.found.reason))]
    slips, slip_findings = _slips(bare, headers, gazetteer)
    codes = [_fault(at, said, headers) for at, said in pointed.each(lambda said: said.found.reason == CONTRADICTING)]
    apart, apart_findings = find_contradictions(pointed, points, headers, boundaries, gazetteer)
    found = _areas([Found(), *(said.found for said in naming.said)], place)
    return found, faults, [*slips, *codes, *apart], [*slip_findings, *apart_findings, *_unknown(pointed)]


def _areas(found: list[Found], place: NDArray[np.intp]) -> Areas:
    return Areas(
        spread([one.edition for one in found], place),
        spread([one.level for one in found], place),
        spread([one.code for one in found], place),
    )


def _ask(
    columns: Mapping[str, pd.Series],
    rows: NDArray[np.intp],
    *,
    days: NDArray[np.int64],
    guess: NDArray[np.bool_],
    gazetteer: Gazetteer,
) -> Naming:
    """What the ``rows`` name, each distinct wording asked once for the days between two reforms."""
    turns = gazetteer.turns
    of = np.searchsorted([(turn - _EPOCH).days for turn in turns], days, side="right") * 2 + guess
    parts: list[tuple[str, ...]] = [("",) * len(FIELDS)] * (2 * len(turns) + 2)
    keys = list(range(len(parts)))
    for position, name in enumerate(FIELDS):
        if name not in columns:
            continue
        values, value_of = distinct(texts(columns[name]))
        values = ["" if says_nothing(value) else value for value in values]
        of, found = pd.factorize(of * len(values) + value_of[rows])
        whole = [(parts[one // len(values)], values[one % len(values)]) for one in found.tolist()]
        keys = [keys[one // len(values)] for one in found.tolist()]
        parts = [(*before[:position], value, *before[position + 1 :]) for before, value in whole]
    begins = [turns[0] - timedelta(days=1) if turns else _ANY_DAY, *turns]
    orders = [gazetteer.order(day) for day in begins]
    said = []
    for cells, key in zip(parts, keys, strict=True):
        commune, district, commune_code, district_code = cells
        named = Named(commune, district, commune_code, district_code)
        said.append(Said(named, gazetteer.find(named, orders[key // 2], guess=bool(key % 2))))
    return Naming(rows, np.asarray(of, dtype=np.intp), tuple(said))


def _elsewhere(naming: Naming, with_point: NDArray[np.bool_], headers: Mapping[str, str]) -> list[Finding]:
    """A finding where the columns speak of areas of another kind, such as a city's wards by number.

    So it is where most rows have a point, those that name something are many, and not one of all names is known.
    """
    pointed, bare = naming.where(with_point), naming.where(~with_point)
    unknown = pointed.which(lambda said: said.found.reason == UNKNOWN)
    nothing = naming.which(lambda said: said.found.reason == UNKNOWN or not said.value)
    few = unknown.sum() < MANY_UNKNOWN or len(pointed.rows) < len(bare.rows)
    if few or not len(bare.rows) or not nothing.all():
        return []
    said = naming.said[pointed.of[unknown][0]]
    facts = {"column": said.header(headers), "value": shown(said.value), "rows": len(bare.rows)}
    return [
        Finding(
            'column "{column}" names no area that is loaded, for example "{value}": it is left aside, and {rows} rows '
            "without a point count as rows without a place",
            facts,
        )
    ]


def _slips(bare: Naming, headers: Mapping[str, str], gazetteer: Gazetteer) -> tuple[list[Fault], list[Finding]]:
    """One remark for each spelling, at its first row, and how many rows there are in all."""
    first: dict[tuple[str, str], tuple[int, int, Said]] = {}
    for at, said in bare.each(lambda said: bool(said.found.read_as)):
        key = (said.value, said.found.read_as)
        row, count, one = first.get(key, (at, 0, said))
        first[key] = (row, count + 1, one)
    if not first:
        return [], []
    _, _, said = next(iter(first.values()))
    facts = {"rows": sum(count for _, count, _ in first.values()), "spellings": len(first)}
    finding = Finding(
        "{rows} rows name their area with a slip ({spellings} spellings) and were placed in the one area that fits, "
        'for example "{value}" in {area}',
        {**facts, "value": shown(said.value), "area": gazetteer.described(said.found)},
    )
    return [_slip(row, count, said, headers) for row, count, said in first.values()], [finding]


def _slip(row: int, count: int, said: Said, headers: Mapping[str, str]) -> Fault:
    return Fault(
        '"{value}" was read as «{name}», in {rows} rows of the sheet: check the spelling',
        row, said.header(headers), "name_corrected",
        {"value": shown(said.value), "name": said.found.read_as, "rows": count},
    )  # fmt: skip


def _unknown(pointed: Naming) -> list[Finding]:
    unclear = pointed.where(pointed.which(lambda said: said.found.reason in (UNKNOWN, AMBIGUOUS)))
    if not len(unclear.rows):
        return []
    return [
        Finding(
            '{rows} rows with a point name an area that is not known or that several share, for example "{value}"; '
            "their points alone place them",
            {"rows": len(unclear.rows), "value": shown(unclear.said[unclear.of[0]].value)},
        )
    ]


def _fault(row: int, said: Said, headers: Mapping[str, str]) -> Fault:
    named, found, header = said.named, said.found, said.header(headers)
    facts: dict[str, object] = {"value": shown(said.value), "proposals": "; ".join(found.proposals[:4])}
    if found.reason == AMBIGUOUS:
        return Fault('"{value}" may be {proposals}. Write the district, or the code', row, header, found.reason, facts)
    if found.reason == CONTRADICTING:
        facts["code"] = shown(named.commune_code or named.district_code)
        return Fault(
            '"{value}" has not the code {code}, which is {proposals}. Mend the name or the code',
            row, header, found.reason, facts,
        )  # fmt: skip
    if found.proposals:
        return Fault('"{value}" is no known area. Is it {proposals}?', row, header, found.reason, facts)
    return Fault('"{value}" is no known area. Mend the name, or load its boundaries', row, header, found.reason, facts)
