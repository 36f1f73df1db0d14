"""``diemnong ingest`` and ``diemnong quarantine``: files in, a tally out, and what was not taken. Cleans nothing."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import write_rows_down, written_down
from dashboard.cli.options import DATA_FILE, format_option, json_option, workspace_option
from dashboard.cli.terminal import language, progress_bar, say, speech, tell, write, write_file
from dashboard.rows import BOM, csv_text, json_text, rows_text

if TYPE_CHECKING:
    from geodata.warehouse.incoming import FileResult
    from geodata.warehouse.warehouse import Warehouse

NUMBERS = ("read", "kept", "quarantined", "with_point", "area_only", "unplaced")
COLUMNS = ("file", "sheet", "row", "column", "reason", "message")
REFUSED = 2


@click.command()
@workspace_option()
@click.argument("files", nargs=-1, required=True, type=DATA_FILE, metavar="FILE...")
@click.option("--mapping", type=DATA_FILE, metavar="FILE", help="TOML file that says which header means what.")
@click.option("--sheet", metavar="NAME", help="Only this sheet or layer. Default: all whose header is recognised.")
@click.option("--crs", metavar="EPSG:n", help="Coordinate system of the file's coordinates, if not degrees.")
@click.option("--dry-run", is_flag=True, help="Read and tally, store nothing.")
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    *,
    workspace: Path,
    files: tuple[Path, ...],
    mapping: Path | None,
    sheet: str | None,
    crs: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read incident files, clean them, join them to all boundaries and commit them.

    CSV, TSV, Excel (.xlsx, .xlsm, .xls), GeoJSON, GeoPackage, zipped Shapefile, Parquet. A file with the same content
    as one before loads nothing; a refused one changes nothing.
    """
    with _importing():
        from geodata.ingest import fingerprint
        from geodata.ingest.opening import launch

        launch.ahead()  # the process that will read the first file reads while all else is imported
        context.call_on_close(launch.dismiss)
        fingerprint.begin(files[0])
        from geodata import memory

        memory.keep_freed()
        if mapping is None:
            from geodata.ingest.opening import order

            order.begin(files[0], sheet=sheet)
        from geodata.warehouse import incoming  # noqa: F401 - what ``Warehouse.ingest`` imports
        from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    weights = [path.stat().st_size if os.path.isfile(path) else 0 for path in files]  # noqa: PTH113 - see there
    results = []
    w = speech()
    named = [path.name for path in files]
    log = nullcontext(_unheard) if dry_run else written_down(workspace, "load", files=named)
    with log as done, progress_bar(w("Reading")) as progress:
        for i, path in enumerate(files):
            results.append(warehouse.ingest(path, mapping=mapping, sheet=sheet, crs=crs, dry_run=dry_run))
            progress(sum(weights[: i + 1]), sum(weights))
        done(generation=results[-1].generation, results=[result.tally() for result in results])
    if as_json:
        write(json_text({"generation": results[-1].generation, "files": [_plain(result) for result in results]}))
    else:
        _say_table(results)
    if any(result.status == "refused" for result in results):
        context.exit(REFUSED)


def _unheard(**_outcome: object) -> None:
    """Nothing was done, so nothing is written down."""


@contextmanager
def _importing() -> Iterator[None]:
    """Modules stay: to look for garbage among them again and again takes a tenth of the time of their import."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.command()
@workspace_option()
@click.option("--csv", "csv_file", type=DATA_FILE, metavar="FILE", help="Write a CSV file that Excel opens as it is.")
@click.option("--xlsx", "xlsx_file", type=DATA_FILE, metavar="FILE", help="Write the rows that can be mended, to mend.")
@format_option("csv", "json")
@json_option
def quarantine(*, workspace: Path, csv_file: Path | None, xlsx_file: Path | None, form: str, as_json: bool) -> None:
    """List the rows that do not count: file, sheet, row, column, reason and message.

    The workbook of --xlsx holds those that wait to be mended, the reason beside each: mend them there and load it.
    """
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    rows = list(_quarantined(warehouse))
    if csv_file is not None:
        content = BOM + csv_text(COLUMNS, rows).encode()
        write_rows_down(workspace, content, out=csv_file, fmt="quarantine", rows=len(rows))
        write_file(csv_file, content)
        _say_written(len(rows), csv_file)
    if xlsx_file is not None:
        _write_workbook(warehouse, workspace, xlsx_file)
    if as_json:
        write(json_text({"rows": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}))
    elif csv_file is None and xlsx_file is None:
        write(rows_text(COLUMNS, rows, form))


def _write_workbook(warehouse: Warehouse, workspace: Path, path: Path) -> None:
    from geodata.ingest.mending import workbook

    waiting = list(warehouse.outstanding())
    content = workbook(waiting, say=tell, language=language(os.environ))
    write_rows_down(workspace, content, out=path, fmt="to mend", rows=len(waiting))
    write_file(path, content)
    _say_written(len(waiting), path)


def _say_written(n: int, path: Path) -> None:
    w = speech()
    say(w("{n} rows are written to {file}", n=n, file=path))


def _quarantined(warehouse: Warehouse) -> Iterator[tuple[object, ...]]:
    for row in warehouse.quarantine():
        yield row.file, row.sheet, row.row, row.column, row.reason, tell(row)


def _plain(result: FileResult) -> dict[str, object]:
    numbers = {name: getattr(result, name) for name in NUMBERS}
    outcome = {"reasons": dict(result.reasons), "message": tell(result)}
    more = {"remarks": dict(result.remarks), "notes": [tell(finding) for finding in result.findings]}
    return {"file": result.file, "status": result.status, **numbers, **outcome, **more}


def _say_table(results: Sequence[FileResult]) -> None:
    """What became of each file, for a person: a line of numbers, then what there is to say about it."""
    from geodata.ingest.quarantine import where

    w = speech()
    statuses = {"loaded": w("loaded"), "already_loaded": w("already loaded"), "refused": w("refused")}
    heads = (
        w("File"),
        w("Outcome"),
        w("Read"),
        w("Kept"),
        w("Put aside"),
        w("With a point"),
        w("Area only"),
        w("No place"),
    )
    rows = [[each.file, statuses[each.status], *(str(getattr(each, name)) for name in NUMBERS)] for each in results]
    widths = [max(len(row[i]) for row in [list(heads), *rows]) for i in range(len(heads))]
    say(_line(heads, widths))
    for result, row in zip(results, rows, strict=True):
        say(_line(row, widths))
        for reason, n in result.reasons.items():
            say(f"    {n} × {reason}")
        for aside in result.aside:
            say(f"      {tell(where(aside))}: {tell(aside)}")
        for reason, n in result.remarks.items():
            say(f"    {n} × {reason} ({w('kept, but look')})")
        for text in (tell(result), *(tell(finding) for finding in result.findings)):
            if text:
                say(f"    {text}")
    if any(result.quarantined for result in results):
        say(w("Rows put aside, with place and reason: diemnong quarantine"))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    words, numbers = 2, len(cells)
    left = [cell.ljust(width) for cell, width in zip(cells[:words], widths[:words], strict=True)]
    right = [cell.rjust(width) for cell, width in zip(cells[words:numbers], widths[words:], strict=True)]
    return "  ".join((*left, *right))
