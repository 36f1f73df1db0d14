"""``diemnong files``, ``undo`` and ``sources``: what is loaded, how it is read, and back out again. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import written_down
from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.terminal import say, speech, tell, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from geodata.warehouse.snapshot import LoadedFile

FIELDS = ("id", "name", "loaded_at", "read", "kept", "quarantined", "with_point", "area_only", "unplaced", "reasons")


@click.command()
@workspace_option()
@json_option
def files(workspace: Path, *, as_json: bool) -> None:
    """List the loaded files in the order in which they speak: a later one corrects an earlier one."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    held = warehouse.files()
    if as_json:
        rows = [
            {**{name: getattr(each, name) for name in FIELDS}, "notes": [tell(one) for one in each.findings]}
            for each in held
        ]
        write(json_text({"files": rows}))
        return
    w, zone = speech(), warehouse.profile.zone
    heads = (w("Number"), w("File"), w("Loaded"), w("Read"), w("Kept"), w("Put aside"))
    table = [_cells(each, f"{each.loaded_at.astimezone(zone):%d/%m/%Y %H:%M}") for each in held]
    _say_columns([heads, *table])


@click.command()
@workspace_option()
@click.argument("number", type=click.IntRange(min=1), metavar="FILE_ID")
@json_option
def undo(workspace: Path, number: int, *, as_json: bool) -> None:
    """Take one loaded file out again as a whole, by its number in the list of files.

    Rows that it had corrected or stood for count again, rows that it had mended wait again. A reading of the same
    content that it had replaced does not come back: load that file again.
    """
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "undo", file_id=number) as tell_of:
        done = warehouse.undo(number)
        tell_of(file=done.file, kept=done.kept, generation=done.generation)
    if as_json:
        numbers = {"kept": done.kept, "returned": done.returned, "waiting": done.waiting}
        write(json_text({"generation": done.generation, "id": done.id, "file": done.file, **numbers}))
        return
    w = speech()
    say(w("«{file}» is taken out: {n} incidents no longer count", file=done.file, n=done.kept))
    if done.returned:
        say(w("{n} incidents of other files count again", n=done.returned))
    if done.waiting:
        say(w("{n} rows that it had mended wait again", n=done.waiting))


@click.command()
@workspace_option()
@click.option("--forget", metavar="ID", help="Read files with these headers no longer as that one was.")
@json_option
def sources(workspace: Path, *, forget: str | None, as_json: bool) -> None:
    """List the decisions that are used again for files with the same headers."""
    from geodata.warehouse.recipes import told
    from geodata.warehouse.warehouse import Warehouse

    warehouse, w = Warehouse(workspace), speech()
    if forget is not None:
        gone = warehouse.forget(forget)
        say(w("forgotten: {id}, given for «{file}»", id=gone.id, file=gone.name))
    held = warehouse.sources()
    if as_json:
        rows = [{"id": each.id, "file": each.name, "at": each.at, "recipe": told(each.recipe)} for each in held]
        write(json_text({"sources": rows}))
    else:
        _say_columns([(each.id, each.name, told(each.recipe)) for each in held])


def _cells(file: LoadedFile, at: str) -> tuple[str, ...]:
    return str(file.id), file.name, at, str(file.read), str(file.kept), str(file.quarantined)


def _say_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows with their columns one below the other; the last one as long as it is."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)] if rows else []
    for row in rows:
        say("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))
