"""Which columns hold people by what their cells look like, whatever the header says. Never passes a value on.

A column is personal where at least half of its distinct cells, of up to 2,000 rows looked at, are citizen numbers,
phones, plates, e-mail addresses or names of persons; for identity numbers of nine digits and for birth dates, which
look like other numbers and dates, nine and eight in ten. A column of a field is free text, which may tell anything of
people, where half of its cells are longer than the longest name of an offence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.ingest.headings.columns import DATE_FIELDS, Matching
from geodata.ingest.headings.dictionary import COORDINATES
from geodata.ingest.localities.names import name_key
from geodata.ingest.people.identifiers import PATTERNS
from geodata.ingest.people.person_names import looks_like_name
from geodata.ingest.raw import RawTable
from geodata.ingest.wording import says_nothing, text_of, words

SAMPLED_ROWS: Final = 2_000
LEAST_SHARE: Final = {
    "citizen_id": 0.5, "phone": 0.5, "plate": 0.5, "email": 0.5, "name": 0.5, "old_id": 0.9, "birth_date": 0.8,
    "free_text": 0.5,
}  # fmt: skip
# So few say nothing; one citizen number, phone or address of e-mail is enough.
FEWEST_CELLS: Final = {"plate": 2, "name": 2, "birth_date": 2, "old_id": 5}
_MANY: Final = 5  # so many differ from each other where they are people's
_NEAR: Final = 100  # the usual step between numbers that are given out one after the other
_LONGEST_WORDING: Final = 150  # characters; an offence of the Penal Code with its article has about 100
_BORN: Final = range(1925, 2016)
_AREA_FIELDS: Final = frozenset({"commune", "district", "commune_code", "district_code"})
_TIME_FIELDS: Final = frozenset({"occurred", "occurred_to", "received", "hour"})
_NOT_LOOKED_AT: Final = frozenset({*COORDINATES, "crs", "origin"})
# Headers that say date and not of what; all others of the dictionary say that it is the incident's.
_ANY_DATE: Final = frozenset({"ngày", "ngày tháng", "ngày tháng năm", "date", "datetime", "date time", "timestamp"})
# Streets and hamlets bear the names of people.
_PLACE: Final = re.compile(
    r"\b(đường|phố|ấp|thôn|tổ|khu|xã|phường|huyện|tỉnh|địa điểm|địa chỉ|địa bàn|nơi|tuyến|chợ|trường|cầu|đơn vị|street|"
    r"road|location|block|place|address|area|commune|ward|district|neighbou?rhood|unit|station|beat|city|province)\b"
)
_LOST: Final = {"citizen_id": re.compile(r"\d{11}"), "phone": re.compile(r"[35789]\d{8}")}
_YEAR: Final = re.compile(r"(?:\d{1,2}[/.-]){0,2}(19\d\d|20\d\d)|(19\d\d|20\d\d)[/.-]\d{1,2}[/.-]\d{1,2}(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class People:
    """What a column holds of people, a key of LEAST_SHARE, and the share of its cells that look so."""

    kind: str
    share: float


def personal_columns(
    table: RawTable, matching: Matching, *, areas: Callable[[], frozenset[str]], earliest: date
) -> dict[int, People]:
    """Position -> what the column holds of people. Columns that the header names as personal are left out."""
    rows = np.unique(np.linspace(0, max(len(table.rows) - 1, 0), SAMPLED_ROWS).astype(np.intp))
    field_of = {position: name for name, position in (*matching.parts.items(), *matching.fields.items())}
    by_header = {header.strip() for header in matching.personal}
    years = _years(table, matching, rows)
    found: dict[int, People] = {}
    for position, header in enumerate(table.columns):
        name = field_of.get(position, "")
        if name in _NOT_LOOKED_AT or name in matching.parts or header.strip() in by_header:
            continue
        cells = _sample(table.frame[position], rows)
        kinds = _kinds_for(name, header, earliest)
        for kind in (kind for kind in kinds if len(cells) >= FEWEST_CELLS.get(kind, 1)):
            share = _share(kind, _with_noughts(cells, kind, name), years, areas)
            if share >= LEAST_SHARE[kind]:
                found[position] = People(kind, share)
                break
    return found


def _kinds_for(name: str, header: str, earliest: date) -> tuple[str, ...]:
    if name in _TIME_FIELDS:
        asked = name in DATE_FIELDS and words(header) in _ANY_DATE and earliest.year >= 2000
        return ("citizen_id", "phone", "birth_date") if asked else ("citizen_id", "phone")
    kinds = ("citizen_id", "phone", "email", "plate", "old_id", *(("free_text",) if name else ()))
    if name in _AREA_FIELDS or _PLACE.search(words(header)):
        return kinds
    return (*kinds, "name") if name else (*kinds, "name", "birth_date")


def _sample(column: pd.Series, rows: NDArray[np.intp]) -> list[str]:
    """The distinct texts among the rows looked at, those that say nothing left out."""
    if len(column) == 0:
        return []
    return [text for text in dict.fromkeys(map(_text, column.iloc[rows].tolist())) if not says_nothing(text)]


def _text(value: object) -> str:
    if value is None or value is pd.NaT:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year:04d}"
    return text_of(value)


def _share(kind: str, cells: Sequence[str], years: frozenset[str], areas: Callable[[], frozenset[str]]) -> float:
    if kind == "name":
        return _share_of_names(cells, areas)
    if kind == "birth_date":
        return _share_of_births(cells)
    if kind == "free_text":
        return sum(len(cell) > _LONGEST_WORDING for cell in cells) / len(cells)
    matched = pc.match_substring_regex(pa.array(cells, pa.string()), f"^(?:{PATTERNS[kind]})$")
    alike = [cell for cell, fits in zip(cells, matched.to_pylist(), strict=True) if fits]
    counted = kind in ("citizen_id", "old_id", "phone") and _are_counted(alike, years)
    return 0.0 if counted else len(alike) / len(cells)


def _with_noughts(cells: Sequence[str], kind: str, name: str) -> Sequence[str]:
    """The cells with the nought that Excel takes from 072085001234, and from 0912345678 in a column of no field."""
    lost = _LOST.get(kind)
    if lost is None or (kind == "phone" and name):
        return cells
    bare = [lost.fullmatch(cell) is not None for cell in cells]
    if kind == "phone" and sum(bare) < LEAST_SHARE["old_id"] * len(cells):  # other numbers have nine digits too
        return cells
    return [f"0{cell}" if short else cell for cell, short in zip(cells, bare, strict=True)]


def _are_counted(numbers: Sequence[str], years: frozenset[str]) -> bool:
    """Whether numbers follow each other, are round sums, or hold the years of the file: people's do not."""
    values = [int(re.sub(r"\D", "", number)) for number in numbers]
    in_order = sum(later > earlier for earlier, later in pairwise(values))
    steps = sorted(later - earlier for earlier, later in pairwise(sorted(values)))
    most = 0.9 * (len(values) - 1)
    if steps and steps[len(steps) // 2] <= _NEAR:
        return True
    if len(values) >= _MANY and not len(values) - 1 - most < in_order < most:
        return True
    round_sums = sum(value % 1_000 == 0 for value in values)
    dated = sum(number[:2] in years or number[3:5] in years for number in numbers)
    return len(values) > 0 and max(round_sums, dated) >= 0.9 * len(values)


def _years(table: RawTable, matching: Matching, rows: NDArray[np.intp]) -> frozenset[str]:
    """The last two digits of the years that the file's dates name."""
    named: set[str] = set()
    for name in DATE_FIELDS:
        if name in matching.fields:
            for cell in _sample(table.frame[matching.fields[name]], rows):
                named.update(year[2:] for year in re.findall(r"20\d\d", cell))
    return frozenset(named)


def _share_of_names(cells: Sequence[str], areas: Callable[[], frozenset[str]]) -> float:
    names = [cell for cell in cells if looks_like_name(cell)]
    if len(names) < FEWEST_CELLS["name"] or len(names) < LEAST_SHARE["name"] * len(cells):
        return 0.0
    known = areas()
    people = [name for name in names if name_key(name)[1] not in known]
    # A list of places has several that are on the map; among people it is one by chance.
    return 0.0 if len(names) - len(people) > 0.1 * len(cells) else len(people) / len(cells)


def _share_of_births(cells: Sequence[str]) -> float:
    """The share of years of life, but only where they reach far back and lie apart as people's do."""
    found = [match for cell in cells if (match := _YEAR.fullmatch(cell.strip()))]
    years = [int(match[1] or match[2]) for match in found]
    born = [year for year in years if year in _BORN]
    if len(born) < FEWEST_CELLS["birth_date"] or sum(year < 2000 for year in born) < 0.6 * len(born):
        return 0.0
    return len(born) / len(cells) if len(set(born)) >= min(_MANY, len(born)) else 0.0
