"""A view's table as CSV: UTF-8 with its mark for Excel, no cell a formula. A clean table: its facts stand elsewhere."""

from __future__ import annotations

import io
from itertools import chain
from typing import BinaryIO

from dashboard.exports import Format, Order, extract_of
from dashboard.rows import BOM, write_csv
from dashboard.stamp import Fact
from dashboard.words import N_

BESIDE = ".facts.csv"  # ends the name of the file of facts, which begins as the table's


def write(order: Order, out: BinaryIO) -> None:
    """The rows below a line of their columns."""
    table = extract_of(order).table
    rows = chain.from_iterable(batch.rows() for batch in table.batches())
    _write(out, [column.key for column in table.columns], rows)


def write_facts(facts: tuple[Fact, ...], out: BinaryIO) -> None:
    """What is to stand in a file of its own beside the table."""
    _write(out, ["key", "label", "value"], ((fact.key, fact.label, fact.value) for fact in facts))


def _write(out: BinaryIO, columns: list[str], rows: object) -> None:
    out.write(BOM)
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=False)
    write_csv(text, columns, rows)  # type: ignore[arg-type]
    text.flush()
    text.detach()  # the file stays open, as it was given


FORMAT = Format("csv", N_("CSV table"), "text/csv", ".csv", "table", write)
