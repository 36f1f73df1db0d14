"""Which column is which field where the headers do not say: by what the cells look like. Keeps no value.

A column is taken where it alone fits. Columns that the dictionary knows as not kept and columns of people are never
looked at; each decision is a Finding, and where two columns fit the file is refused with both named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geodata.errors import N_, FileRefusedError
from geodata.ingest.distinct import texts
from geodata.ingest.headings.columns import (
    CATEGORY_FIELDS,
    DATE_FIELDS,
    Matching,
    is_known,
    made_up,
    named,
    speaks_of_people,
)
from geodata.ingest.headings.dictionary import COORDINATES, FIELDS
from geodata.ingest.headings.looks import Looks
from geodata.ingest.raw import RawTable
from geodata.ingest.wording import says_nothing
from geodata.tables import Finding

SAMPLED_ROWS: Final = 2_000
_DATES: Final = 0.9
_CATEGORIES: Final = 0.8
_NAMES: Final = 0.8
_NUMBERS: Final = 0.9
_AREA_FIELDS: Final = ("commune", "commune_code", "district", "district_code")
_BY_FIELD: Final = {
    "occurred": N_("the column «{column}» has no known header; {share} % of its cells are dates: read as the date"),
    "category": N_(
        "the column «{column}» has no known header; {share} % of its cells are known categories: read as the category"
    ),
    "commune": N_(
        "the column «{column}» has no known header; {share} % of its cells name known communes: read as the commune"
    ),
}
_DEGREES: Final = N_(
    "the columns «{first}» and «{second}» have no known headers; {share} % of their cells are degrees inside the "
    "boundaries: read as longitude and latitude"
)
_METRES: Final = N_(
    "the columns «{first}» and «{second}» have no known headers; {share} % of their cells are metres as they occur "
    "around the boundaries: read as X and Y"
)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A table whose every field has its column, how that was decided, and the findings."""

    table: RawTable
    matching: Matching
    by_content: frozenset[str] = frozenset()  # fields whose column was found by its cells
    findings: tuple[Finding, ...] = ()


def settle(table: RawTable, matching: Matching, looks: Looks, *, mapping: Mapping[str, str], file: str) -> Settled:
    """Give the fields that are missing the columns that hold them. Raises FileRefusedError where two could.

    A field that the mapping takes from no column ("") is not missing.
    """
    place = f"«{file}» › {table.sheet}" if table.sheet else f"«{file}»"
    columns = _Columns(table, matching, place)
    found: dict[str, int] = {}
    findings: list[Finding] = []
    searches: tuple[tuple[str, bool, Callable[[str], bool], float], ...] = (
        ("occurred", _misses(matching, DATE_FIELDS) and not matching.parts, looks.is_day, _DATES),
        ("category", _misses(matching, CATEGORY_FIELDS), looks.is_category, _CATEGORIES),
        ("commune", _misses(matching, _AREA_FIELDS), looks.is_commune, _NAMES),
    )
    for name, missing, fits, least in searches:
        shares = columns.shares(fits, but=found.values()) if missing and name not in mapping else {}
        at = columns.only(name, [position for position, share in shares.items() if share >= least])
        if at is not None:
            found[name] = at
            findings.append(Finding(_BY_FIELD[name], {"column": columns.name(at), "share": int(100 * shares[at])}))
    if _misses(matching, COORDINATES) and not mapping.keys() & set(COORDINATES) and table.points is None:
        findings += _coordinates(columns, looks, found)
    if not found:
        return Settled(table, matching)
    headers = tuple(columns.name(at) for at in range(len(table.columns)))
    taken = {table.columns[position] for position in found.values()}
    dropped = tuple(header for header in matching.dropped if header not in taken)
    matching = replace(matching, fields={**matching.fields, **found}, dropped=dropped)
    return Settled(replace(table, columns=headers), matching, frozenset(found), tuple(findings))


def _misses(matching: Matching, names: Iterable[str]) -> bool:
    return not any(name in matching.fields for name in names)


def _coordinates(columns: _Columns, looks: Looks, found: dict[str, int]) -> list[Finding]:
    """The pair of columns that hold degrees, else metres."""
    for names, template, fits in (
        (("lon", "lat"), _DEGREES, (looks.is_longitude, looks.is_latitude)),
        (("x", "y"), _METRES, (looks.is_easting, looks.is_northing)),
    ):
        both = [columns.shares(fit, but=found.values()) for fit in fits]
        likely = [[position for position, share in one.items() if share >= _NUMBERS] for one in both]
        if not all(likely):
            continue
        pair = [columns.only(name, positions) for name, positions in zip(names, likely, strict=True)]
        if pair[0] is None or pair[1] is None or pair[0] == pair[1]:
            continue
        found.update({names[0]: pair[0], names[1]: pair[1]})
        share = min(both[0][pair[0]], both[1][pair[1]])
        facts = {"first": columns.name(pair[0]), "second": columns.name(pair[1]), "share": int(100 * share)}
        return [Finding(template, facts)]
    return []


class _Columns:
    """The columns of a table that no header explains, each with a sample of its cells."""

    def __init__(self, table: RawTable, matching: Matching, place: str) -> None:
        self._table, self._place = table, place
        taken = {*matching.fields.values(), *matching.parts.values()}
        self._taken = taken.union(*matching.doubled.values())
        self._personal = frozenset(matching.personal)
        rows = len(table.frame)
        self._rows = np.unique(np.linspace(0, rows - 1, min(rows, SAMPLED_ROWS)).astype(np.intp))
        self._cells: dict[int, list[str]] = {}

    def name(self, position: int) -> str:
        """The column's header, or a made-up one where it has none."""
        return self._table.columns[position].strip() or made_up(position)

    def shares(self, fits: Callable[[str], bool], *, but: Iterable[int]) -> dict[int, float]:
        """By position: which share of the cells that are not blank fits. Each distinct text is looked at once."""
        out, found = self._taken.union(but), {}
        for position, header in enumerate(self._table.columns):
            if position in out or header in self._personal or is_known(header) or speaks_of_people(header):
                continue
            cells = self._sample(position)
            answers = {text: fits(text) for text in set(cells)}
            found[position] = sum(answers[text] for text in cells) / len(cells) if cells else 0.0
        return found

    def _sample(self, position: int) -> list[str]:
        if position not in self._cells:
            cells = texts(self._table.frame[position].iloc[self._rows]).tolist()
            self._cells[position] = [text for text in cells if not says_nothing(text)]
        return self._cells[position]

    def only(self, name: str, positions: list[int]) -> int | None:
        """The one column that fits, None where none does. Raises FileRefusedError where several do."""
        if len(positions) > 1:
            headers = tuple(self.name(at) for at in range(len(self._table.columns)))
            raise FileRefusedError(
                "{place}: no header names the field {field}, and the cells of {columns} all could be it. Say which "
                'with --mapping M.toml ([columns] {field} = "{first}"), or name the column «{header}»',
                place=self._place, field=name, columns=named(positions, headers), first=headers[positions[0]],
                header=FIELDS[name][0],
            )  # fmt: skip
        return positions[0] if positions else None
