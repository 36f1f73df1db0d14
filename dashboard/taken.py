"""What the log of acts says of a view taken out as a file: whose scope, how many rows, which bytes. Writes nothing."""

from __future__ import annotations

from typing import BinaryIO

from dashboard.access.telling import digest_of, scope_facts
from dashboard.reading import Reading


def export_facts(
    reading: Reading, made: BinaryIO | str, *, file: str, fmt: str, rows: int | None = None
) -> dict[str, object]:
    """The facts of one file. ``made`` is the open file, or its SHA-256.

    ``rows`` are a table's; of all else the recorded incidents that it is about are counted.
    """
    if rows is None:
        rows = reading.answers.totals(reading.view.question, reading.scope)[0].recorded if reading.loaded else 0
    return {
        "file": file,
        "format": fmt,
        "rows": rows,
        "sha256": made if isinstance(made, str) else digest_of(made),
        **scope_facts(reading.scope),
        "query": reading.view.to_query(),
        "generation": reading.snapshot.generation,
    }
