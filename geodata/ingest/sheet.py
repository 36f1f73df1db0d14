"""A raw table without its blank rows, its cells reached by field. Reads no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import spread
from geodata.ingest.headings.columns import Matching
from geodata.ingest.raw import RawTable


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
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
        return spread([], np.zeros(len(self), dtype=np.intp))

    def header(self, field: str) -> str:
        """The field's header as the file writes it, else the field's own name."""
        return self.table.columns[self.fields[field]].strip() if field in self.fields else field


def without_blank_rows(table: RawTable, matching: Matching, file: str) -> Sheet:
    """The table as a Sheet. A row whose cells are all blank is no row; a feature always is one."""
    blank = np.full(len(table.rows), table.points is None)
    for name in table.frame.columns:
        if not blank.any():
            break
        column = table.frame[name]
        blank &= np.array((column == "") | column.isna(), dtype=bool)
    if not blank.any():
        return Sheet(table, table.frame, table.rows, table.points, matching.fields, file)
    frame = table.frame[~blank].reset_index(drop=True)
    return Sheet(table, frame, table.rows[~blank], table.points, matching.fields, file)
