"""What a new file says of months that are kept as counts only. Stores nothing, knows no segment's rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.tables import DAY, ROW, SHEET, QuarantinedRow
from geodata.warehouse import segments
from geodata.warehouse.counted import CLOSED, TOLD, TOO_LATE
from geodata.warehouse.keys import CONTENT
from geodata.warehouse.retaining import day_of
from geodata.warehouse.snapshot import EPOCH


def without_closed(cleaned: Cleaned, before: date | None, file: str) -> Cleaned:
    """Put rows aside that are of months before: whether they are counted there already can no longer be told."""
    if before is None:
        return cleaned
    late = cleaned.frame[DAY].to_numpy() < (before - EPOCH).days
    waiting = tuple(_bare(row) if _is_before(row, before) else row for row in cleaned.quarantine)
    if not late.any():
        return replace(cleaned, quarantine=waiting)
    rows = cleaned.frame[late]
    facts: dict[str, object] = {"month": f"{before:%m/%Y}"}
    aside = [
        QuarantinedRow(file, str(sheet), int(row), "", CLOSED, TOO_LATE, facts)
        for sheet, row in zip(rows[SHEET], rows[ROW], strict=True)
    ]
    places = {(row.sheet, row.row) for row in aside}
    return replace(
        cleaned,
        frame=cleaned.frame[~late].reset_index(drop=True),
        quarantine=(*waiting, *aside),
        remarks=tuple(row for row in cleaned.remarks if (row.sheet, row.row) not in places),
        origins={place: origin for place, origin in cleaned.origins.items() if place not in places},
    )


def check_readable_again(connection: sqlite3.Connection, workspace: Path, files: Iterable[int], name: str) -> None:
    """Raise FileRefusedError where another reading would take the place of rows that are kept as counts only."""
    for file in files:
        (segment,) = connection.execute("SELECT segment FROM files WHERE id = ?", (file,)).fetchone()
        table = segments.read_table(workspace / segments.FOLDER, segment, (CONTENT,))
        if n := int(np.count_nonzero(table[CONTENT].to_numpy() == 0)):
            raise FileRefusedError(
                "«{file}» cannot be read anew: {n} of its incidents are kept as counts only, and would be lost; "
                "nothing was changed",
                file=name,
                n=n,
            )


def _is_before(row: QuarantinedRow, before: date) -> bool:
    day = day_of(row.cells.get("occurred", ""))
    return day is not None and day < before


def _bare(row: QuarantinedRow) -> QuarantinedRow:
    return replace(row, template=TOLD, facts={}, cells={})
