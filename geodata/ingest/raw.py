"""What a reader hands over: tables of raw cells with their row numbers, and the shape of a reader. Cleans nothing.

A reader runs in a process of its own (see ``child``) and gives Extracts, without pandas, whose import would cost that
process half a second; the process that asked makes RawTables of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geodata.ingest.headings.columns import Headers

if TYPE_CHECKING:
    import pandas as pd

    from geodata.tables import Finding

# A column: text as Arrow has it, or where the format has types plain Python values with None for blank.
Cells: TypeAlias = pa.ChunkedArray | NDArray[np.object_] | Sequence[object]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row is not taken. ``template`` is a literal English text with the named places of ``facts``.

    ``at`` is the row's position in the table's frame; for a row the reader could not even split into cells it is
    the row number of the file.
    """

    template: str
    at: int
    column: str
    reason: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """One sheet, layer or text file as a reader hands it over: a RawTable whose columns are no frame yet."""

    sheet: str
    columns: tuple[str, ...]
    cells: tuple[Cells, ...]
    rows: NDArray[np.int64]
    broken: tuple[Fault, ...] = ()
    points: NDArray[np.float64] | None = None
    odd_points: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    crs: str = ""
    findings: tuple[tuple[str, dict[str, object]], ...] = ()  # literal English template and its facts


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """One sheet, layer or text file as it stands.

    ``frame`` has one column a header, labelled 0, 1, 2 ... because headers may repeat; cells are text or, where the
    format has types, plain Python values with None for blank. ``rows`` is each row's number as a person sees it.
    """

    sheet: str
    columns: tuple[str, ...]
    frame: pd.DataFrame
    rows: NDArray[np.int64]
    broken: tuple[Fault, ...] = ()  # rows that have no cells to clean: ragged lines, features that are no points
    points: NDArray[np.float64] | None = None  # (n, 2) x, y where the format carries geometry, NaN for none
    odd_points: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # by position: as written, no numbers
    skipped: tuple[str, ...] = ()  # sheets beside this one that hold no such table, or are hidden
    crs: str = ""  # of ``points``, where the file declares one
    findings: tuple[Finding, ...] = ()  # what the reader has to say about the file as a whole

    @property
    def first_row(self) -> int:
        """The number of the first data row, 0 where there is none."""
        return int(self.rows[0]) if len(self.rows) else 0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a reader: which headers are known, and which sheet (None: all whose header is recognised)."""

    headers: Headers
    sheet: str | None = None


def unchecked(path: Path) -> None:
    """The check of a format that can be opened at once: its reader refuses in the child what is too large."""
    del path


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of the readers' rack: suffixes it answers to, kinds of content it accepts, and how it reads.

    ``check`` runs before a process is started for the file and looks at sizes and signatures only. ``read`` imports
    the libraries of its format when it is called: only the process that reads needs them.
    """

    suffixes: tuple[str, ...]
    kinds: frozenset[str]  # see content.kind_of
    read: Callable[[Path, Request], Iterator[Extract]]
    check: Callable[[Path], None] = unchecked
