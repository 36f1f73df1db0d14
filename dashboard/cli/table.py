"""``diemnong table``: the numbers of a View as a file. Reads the query like a page does, counts nothing itself."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import write_export_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write
from dashboard.cli.whole_file import whole_file
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.extracts import Rows


@click.command()
@workspace_option()
@click.argument("query", default="")
@click.option(
    "--out",
    required=True,
    type=DATA_FILE,
    metavar="FILE",
    help="File to write: .xlsx, .csv, .geojson, .gpkg, .parquet.",
)
@click.option(
    "--rows",
    type=click.Choice(["areas", "incidents"]),
    default="areas",
    show_default=True,
    help="What one row stands for.",
)
@click.option("--by", default="", metavar="COLUMNS", help="Count by a choice of area,category,month,zone,hour,weekday.")
@json_option
def table(workspace: Path, query: str, out: Path, *, rows: Rows, by: str, as_json: bool) -> None:
    """Write the table of a view. QUERY is what stands behind the ? of the dashboard's address.

    One row an area asked about, also where nothing was recorded, with what the shown layer tells of it; on the layer
    of hexagons one row a hexagon. What was asked, by which method, of which data, and what each column holds stands in
    the file as well: on a sheet of its own, as metadata, beside a CSV in FILE.facts.csv.
    """
    from dashboard.exports import Order, export, extract_of
    from dashboard.exports.csv import BESIDE, write_facts
    from dashboard.reading import read
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    form = _format_of(out)
    answers = Answers(Warehouse(workspace))
    reading = read(query, answers)
    w = speech()
    for part in reading.dropped:
        said = w("«{key}» is not known", key=part.key) if part.unknown_key else f"{part.key}: «{part.value}»"
        say(w("left out of the query: {part}", part=said))
    columns = tuple(part.strip() for part in by.split(",")) if by else ()
    order = Order(reading, datetime.now(reading.snapshot.profile.zone), rows=rows, by=columns)
    made = extract_of(order)
    beside = out.with_name(out.stem + BESIDE) if form == "csv" else None
    with ExitStack() as files:
        file = files.enter_context(whole_file(out))
        if beside is not None:  # a CSV stays a clean table, so what it rests on has a file of its own
            write_facts(made.facts, files.enter_context(whole_file(beside)))
        export(order, form, file)
        write_export_down(workspace, reading, file, out=out, fmt=form, rows=made.table.rows, by=columns, of=rows)
    say(w("{file}: {n} rows", file=out, n=made.table.rows))
    say(made.table.about)
    if beside is not None:
        say(w("the facts about it stand in {file}", file=beside))
    if as_json:
        facts = {fact.key: fact.value for fact in made.facts}
        dropped = [{"key": part.key, "value": part.value} for part in reading.dropped]
        told = {"rows": made.table.rows, "n": made.table.n, "facts_file": beside, "facts": facts}
        write(json_text({"file": out, "format": form, "query": reading.view.to_query(), **told, "dropped": dropped}))


def _format_of(out: Path) -> str:
    from dashboard.exports import of_kind

    known = of_kind("table")
    if out.suffix.lower() not in known:
        raise CommandError("{file}: a table ends in {known}", file=out, known=", ".join(known))
    return known[out.suffix.lower()].key
