"""What a view's tables hold: rows by the batch, and the facts about them. Knows no file format and counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dashboard.extracts.facts import facts_of
from dashboard.extracts.table import Table
from dashboard.reading import Reading
from dashboard.stamp import Fact
from geodata.errors import QuestionError

Rows = Literal["areas", "incidents"]
__all__ = ["Extract", "Rows", "extract", "table_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """A table and what stands beside it."""

    table: Table
    facts: tuple[Fact, ...]


def extract(
    reading: Reading, *, rows: Rows = "areas", by: tuple[str, ...] = (), now: datetime, user: str = ""
) -> Extract:
    """The table of a view with its facts."""
    table = table_of(reading, rows=rows, by=by)
    return Extract(table, facts_of(reading, table, now=now, user=user))


def table_of(reading: Reading, *, rows: Rows = "areas", by: tuple[str, ...] = ()) -> Table:
    """One row an area (a cell, on the layer of hexagons), one an incident, or one a combination of ``by``.

    Raises QuestionError where both incidents and a combination are asked for, or either is not allowed.
    """
    from dashboard.extracts import areas, incidents, long, shared_places  # noqa: PLC0415 - each only where it is asked for

    if by and rows != "areas":
        raise QuestionError("rows are counted by «{by}» or stand for one incident each, not both", by=",".join(by))
    if by:
        return long.table(reading, by)
    if rows == "incidents" and not reading.scope.points:
        return shared_places.table(reading)
    return incidents.table(reading) if rows == "incidents" else areas.table(reading)
