"""``diemnong counts``: the numbers of the map as rows. Asks the answers, prints, counts nothing itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options
from dashboard.cli.options import DATA_FILE, format_option, json_option, workspace_option
from dashboard.cli.result import placing, say_not_placed, unreadable_facts
from dashboard.cli.terminal import write, write_file
from dashboard.rows import json_text, rows_text

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@workspace_option()
@filter_options
@click.option(
    "--by",
    default="area",
    show_default=True,
    metavar="COLUMNS",
    help="Choice of area,category,month,zone,hour,weekday.",
)
@format_option("csv", "json", "parquet")
@json_option
@click.option("--out", type=DATA_FILE, metavar="FILE", help="Write to a file instead of standard output.")
def counts(workspace: Path, filters: Filters, by: str, form: str, as_json: bool, out: Path | None) -> None:
    """Count incidents by area, category, month, zone, hour and weekday. An incident counts in every zone it lies in.

    By hour (0-23) and weekday (1 = Monday) an incident that spans several counts in each by its share of the minutes,
    so that n may be a fraction; an hour that is unknown is left empty.

    Rows of zero and incidents without a place in the layer are left out; how many those are is said on standard error.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    answers = Answers(Warehouse(workspace))
    question = filters.question(answers.snapshot)
    table = answers.table(question, tuple(part.strip() for part in by.split(",")))
    totals, _ = answers.totals(question)
    if as_json:
        listed = [dict(zip(table.columns, row, strict=True)) for row in _rows(table)]
        content = json_text(
            {**placing(totals), **unreadable_facts(answers.snapshot.unreadable), "rows": listed}
        ).encode()
    elif form == "parquet":
        content = _parquet(table)
    else:
        content = rows_text(list(table.columns), _rows(table), form).encode()
    if out is None:
        write(content)
    else:
        write_file(out, content)
    say_not_placed(totals.not_placed)


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """The rows, a whole number of incidents without decimals."""
    for row in table.itertuples(index=False, name=None):
        yield tuple(int(value) if isinstance(value, float) and value.is_integer() else value for value in row)


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
