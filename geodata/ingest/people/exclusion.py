"""What becomes of columns that hold people: dropped and named, or the whole file refused. Never passes a value on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.boundaries.editions import Boundaries
from geodata.errors import N_, FileRefusedError, PeopleRefusedError
from geodata.ingest.distinct import texts
from geodata.ingest.headings.columns import Matching
from geodata.ingest.localities.names import name_key
from geodata.ingest.people.identifiers import PATTERNS
from geodata.ingest.people.personal_content import People, personal_columns
from geodata.ingest.raw import RawTable
from geodata.profile import Profile
from geodata.tables import Finding

KINDS: Final = {
    "citizen_id": N_("«{column}» stays out: {share} % of its cells look like citizen numbers (CCCD)"),
    "old_id": N_("«{column}» stays out: {share} % of its cells look like identity card numbers (CMND)"),
    "phone": N_("«{column}» stays out: {share} % of its cells look like telephone numbers"),
    "plate": N_("«{column}» stays out: {share} % of its cells look like number plates"),
    "email": N_("«{column}» stays out: {share} % of its cells look like e-mail addresses"),
    "name": N_("«{column}» stays out: {share} % of its cells look like names of persons"),
    "birth_date": N_("«{column}» stays out: {share} % of its cells look like dates of birth"),
    "free_text": N_("«{column}» stays out: {share} % of its cells are free text, which is never kept"),
}
_OF_ONE: Final = "|".join(PATTERNS[kind] for kind in ("citizen_id", "phone", "plate", "email"))
_A_PERSONS: Final = rf"^\s*(?:{_OF_ONE})\s*$"
_SHORTEST: Final = 8  # bytes: a plate


def keep_out(
    table: RawTable,
    matching: Matching,
    *,
    file: str,
    profile: Profile,
    boundaries: Boundaries,
    mapping: Mapping[str, str],
) -> tuple[RawTable, Matching, tuple[Finding, ...]]:
    """The table and matching without columns that hold people, and a Finding for each of them.

    Raises FileRefusedError where the profile refuses such files, and where a column is needed or mapped that holds
    people. No value is ever named.
    """
    found = personal_columns(table, matching, areas=lambda: _area_names(boundaries), earliest=profile.earliest)
    place = f"«{file}» › {table.sheet}" if table.sheet else f"«{file}»"
    headers = {position: table.columns[position].strip() for position in found}
    if profile.personal_columns == "refuse" and (matching.personal or found):
        raise PeopleRefusedError(
            "{place} has columns that speak of people: {columns}. The profile refuses such files "
            '(personal_columns = "refuse"). Delete these columns, save and load again',
            place=place, columns=_quoted([*matching.personal, *headers.values()]),
        )  # fmt: skip
    without = _without(matching, {position: table.columns[position] for position in found}) if found else matching
    needed = [*mapping, *(() if without.complete or not matching.complete else matching.fields)]
    _refuse_needed({name: matching.fields[name] for name in needed if name in matching.fields}, found, headers, place)
    findings = tuple(
        Finding(KINDS[people.kind], {"column": headers[position], "share": int(100 * people.share)})
        for position, people in found.items()
    )
    table, blanked = _without_single(table, without.fields.get("id"))
    return table, without, (*findings, *blanked)


def leave_out(table: RawTable, matching: Matching, profile: Profile, boundaries: Boundaries) -> Matching:
    """The matching without columns that hold people, refusing nothing: for looking at a table, not for taking it."""
    found = personal_columns(table, matching, areas=lambda: _area_names(boundaries), earliest=profile.earliest)
    return _without(matching, {position: table.columns[position] for position in found}) if found else matching


def _refuse_needed(
    needed: Mapping[str, int], found: Mapping[int, People], headers: Mapping[int, str], place: str
) -> None:
    for name, position in needed.items():
        if position in found:
            raise FileRefusedError(
                "{place}: «{header}» would be the field {field}, but {share} % of its cells look like data of people: "
                "names, numbers of documents or phones, dates of birth, or free text. Such a column never enters. Is "
                "the header over the right column? Name another for this field",
                place=place, header=headers[position], field=name, share=int(100 * found[position].share),
            )  # fmt: skip


def _without_single(table: RawTable, position: int | None) -> tuple[RawTable, tuple[Finding, ...]]:
    """The table without the few case numbers that are a person's; where most look so, they were found to be none."""
    if position is None:
        return table, ()
    raw = table.frame[position]
    column = raw if isinstance(raw.dtype, pd.StringDtype) else texts(raw)
    cells = pa.Table.from_pandas(column.to_frame("text"), preserve_index=False).column(0)
    if (pc.max(pc.binary_length(cells)).as_py() or 0) < _SHORTEST:
        return table, ()
    personal = pc.match_substring_regex(cells, _A_PERSONS)
    rows = pc.sum(personal).as_py() or 0
    if rows == 0 or 2 * rows >= len(column):
        return table, ()
    frame = table.frame.copy(deep=False)
    frame[position] = column.mask(pc.fill_null(personal, False).to_numpy(), "")
    finding = Finding(
        "«{column}»: {rows} cells look like data of people (a document, a telephone, a plate, an e-mail address) and "
        "were left out. These rows have no case number",
        {"column": table.columns[position].strip(), "rows": rows},
    )
    return replace(table, frame=frame), (finding,)


def _quoted(headers: Iterable[str]) -> str:
    return ", ".join(f"«{header.strip()}»" for header in headers)[:600]


def _without(matching: Matching, headers: Mapping[int, str]) -> Matching:
    out = {header.strip() for header in headers.values()}
    return replace(
        matching,
        fields={name: position for name, position in matching.fields.items() if position not in headers},
        dropped=tuple(header for header in matching.dropped if header.strip() not in out),
        personal=(*matching.personal, *headers.values()),
        doubled={
            name: kept
            for name, positions in matching.doubled.items()
            if len(kept := tuple(position for position in positions if position not in headers)) > 1
        },
        parts={name: position for name, position in matching.parts.items() if position not in headers},
    )


def _area_names(boundaries: Boundaries) -> frozenset[str]:
    return frozenset(name_key(name)[1] for layer in boundaries.layers.values() for name in layer.names)
