"""What a table is stamped with: the view's facts, what its rows are, what each column holds. Knows no file format."""

from __future__ import annotations

from datetime import datetime

from dashboard.extracts.table import Table
from dashboard.reading import Reading
from dashboard.stamp import Fact, stamp, told

COLUMN = "column."  # begins the key of a fact that explains a column


def facts_of(reading: Reading, table: Table, *, now: datetime, user: str = "") -> tuple[Fact, ...]:
    """The stamp, then the table's own facts, then a line a column."""
    words = reading.words
    total = told(int(table.n), words) if float(table.n).is_integer() else f"{table.n:.3f}"
    own = (
        Fact("about", words("Rows"), table.about),
        Fact("rows", words("Number of rows"), table.rows),
        Fact("sum_n", words("Sum of n"), total),
    )
    columns = (Fact(f"{COLUMN}{each.key}", each.key, each.meaning) for each in table.columns)
    return (*stamp(reading, now=now, user=user), *own, *columns)
