"""Gathers the faults of a table into one quarantined row each, and words them. Finds no fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from geodata.ingest.raw import Fault
from geodata.ingest.sheet import Sheet
from geodata.tables import QuarantinedRow


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


def describe(row: QuarantinedRow) -> str:
    """A quarantined row in one English line: file, sheet, row, column, what is wrong and what to do."""
    parts = [f"«{row.file}»"]
    if row.sheet:
        parts.append(f'sheet "{row.sheet}"')
    parts.append(f"row {row.row}")
    if row.column:
        parts.append(f'column "{row.column}"')
    return f"{', '.join(parts)}: {row.message}"
