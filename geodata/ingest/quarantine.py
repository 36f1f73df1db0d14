"""Gathers the faults of a table into one quarantined row each, and words them. Finds no fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Final

from geodata.errors import N_
from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.ingest.wording import words
from geodata.tables import Finding, QuarantinedRow, UnknownWording

UNKNOWN: Final = "unknown_category"
_WHERE: Final = {  # by whether there is a sheet, and a column
    (True, True): N_('«{file}», sheet "{sheet}", row {row}, column "{column}"'),
    (True, False): N_('«{file}», sheet "{sheet}", row {row}'),
    (False, True): N_('«{file}», row {row}, column "{column}"'),
    (False, False): N_("«{file}», row {row}"),
}


def by_row(faults: Iterable[Fault]) -> dict[int, list[Fault]]:
    """The faults of each row, by its position."""
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.at, []).append(fault)
    return found


def quarantine(
    sheet: Sheet, faults: Mapping[int, list[Fault]], cells: Mapping[int, Mapping[str, str]], *, broken: bool = True
) -> tuple[QuarantinedRow, ...]:
    """One row each, with its first fault in the order of the columns and the others as ``facts["further"]``.

    ``broken`` adds the rows that had no cells to clean.
    """
    place = {header.strip(): position for position, header in reversed(list(enumerate(sheet.table.columns)))}
    rows = [
        _quarantined(
            sheet, int(sheet.rows[at]), sorted(found, key=lambda one: place.get(one.column, len(place))),
            cells.get(at, {}),
        )
        for at, found in faults.items()
    ]  # fmt: skip
    rows += [_quarantined(sheet, fault.at, [fault], {}) for fault in (sheet.table.broken if broken else ())]
    return tuple(sorted(rows, key=lambda one: one.row))


def _quarantined(sheet: Sheet, row: int, faults: list[Fault], cells: Mapping[str, str]) -> QuarantinedRow:
    first, *others = faults
    facts = dict(first.facts)
    if others:
        facts["further"] = [{name: value for name, value in asdict(other).items() if name != "at"} for other in others]
    return QuarantinedRow(sheet.file, sheet.table.sheet, row, first.column, first.reason, first.template, facts, cells)


def where(row: QuarantinedRow) -> Finding:
    """Where a quarantined row stands: file, sheet, row and column, as far as there are any."""
    facts = {"file": row.file, "sheet": row.sheet, "row": row.row, "column": row.column}
    return Finding(_WHERE[bool(row.sheet), bool(row.column)], facts)


def describe(row: QuarantinedRow) -> str:
    """A quarantined row in one English line: file, sheet, row, column, what is wrong and what to do."""
    return f"{where(row).message}: {row.message}"


def unknown_wordings(rows: Iterable[QuarantinedRow]) -> tuple[UnknownWording, ...]:
    """The distinct wordings that no category is known for, whole and the most frequent first."""
    found: dict[str, tuple[str, int, tuple[str, ...]]] = {}
    for row in rows:
        wording = row.cells.get("category", "")
        facts = next((each.facts for each in each_fault(row) if each.reason == UNKNOWN), None) if wording else None
        if facts is not None:
            first, n, keys = found.get(words(wording), (wording, 0, ()))
            near = facts.get("keys")
            found[words(wording)] = first, n + 1, keys or (tuple(map(str, near)) if isinstance(near, list) else ())
    return tuple(UnknownWording(*each) for each in sorted(found.values(), key=lambda each: (-each[1], each[0])))


def each_fault(row: QuarantinedRow) -> Iterator[QuarantinedRow]:
    """The row once for each of its faults, the first one first."""
    yield replace(row, facts={name: value for name, value in row.facts.items() if name != "further"})
    further = row.facts.get("further")
    for other in further if isinstance(further, list) else []:
        yield replace(row, **{name: other[name] for name in ("column", "reason", "template", "facts")})
