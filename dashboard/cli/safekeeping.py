"""``diemnong backup`` and ``restore``: a workspace into one file and back. Copies nothing itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import write_down, written_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, progress_bar, say, speech, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from geodata.safekeeping.restore import Restored

DONE, REFUSED = 0, 2


@click.command()
@workspace_option()
@click.argument("file", metavar="FILE", type=DATA_FILE)
@json_option
def backup(workspace: Path, file: Path, *, as_json: bool) -> None:
    """Write the whole workspace into one FILE, while others read and load.

    It is of one generation, checked on the way, and there whole or not at all. An earlier backup of the same workspace
    gives way to it, any other file does not. A damaged workspace is refused by name: see diemnong doctor.
    """
    from geodata.safekeeping.backup import backup as write_backup

    w = speech()
    with written_down(workspace, "backup", file=file.name) as done, progress_bar(w("Backup")) as told:
        made = write_backup(workspace, file, told=told)
        done(sha256=made.sha256, generation=made.manifest.held.generation)
    held = made.manifest.held
    say(
        w(
            "{file}: {n} incidents of {files} files, version {generation}, {mb} MB. Keep it on another disk; it can be "
            "read by whoever has it",
            file=file,
            n=held.kept,
            files=held.files,
            generation=held.generation,
            mb=round(made.size / 1e6, 1),
        )
    )
    if as_json:
        numbers = {"bytes": made.size, "sha256": made.sha256, "members": len(made.manifest.members)}
        write(json_text({"file": file, **numbers, "made_at": made.manifest.made_at, **asdict(held)}))


@click.command()
@click.option("-w", "--workspace", type=DATA_FILE, metavar="DIR", help="A workspace to mend, or the name of a new one.")
@click.option("--into", type=DATA_FILE, metavar="DIR", help="Make a new workspace there, whatever -w says.")
@click.argument("file", metavar="FILE", type=DATA_FILE)
@json_option
@click.pass_context
def restore(context: click.Context, workspace: Path | None, into: Path | None, file: Path, *, as_json: bool) -> int:
    """Bring a workspace back from a backup.

    Where DIR is not there or empty, all of it: the folder appears when it is proven whole. Where a workspace stands,
    only what is missing or damaged in it comes back, with exactly the content it had; newer data stays as it is. The
    exit status is 2 where something is damaged that this backup does not hold.
    """
    from geodata.safekeeping.archive import Archive
    from geodata.safekeeping.mend import mend
    from geodata.safekeeping.restore import is_workspace, restore_new

    given = workspace or context.find_root().params.get("workspace")
    folder = into or given
    if folder is None:
        raise CommandError("where to? Name a folder: diemnong restore FILE --into DIR, or diemnong -w DIR restore FILE")
    w = speech()
    with Archive(file) as archive, progress_bar(w("Restore")) as told:
        way = mend if into is None and is_workspace(folder) else restore_new
        done = way(archive, folder, told=told)
    write_down(done.folder, "restore", file=file.name, way=done.way, mended=done.mended, lacking=done.lacking)
    _say(done)
    if as_json:
        numbers = {"workspace": done.folder, "way": done.way, **asdict(done.held)}
        names = {"mended": done.mended, "lacking": done.lacking, "set_aside": done.set_aside}
        write(json_text({**numbers, **names}))
    return REFUSED if done.lacking else DONE


def _say(done: Restored) -> None:
    w = speech()
    if done.way == "new":
        say(
            w(
                "{folder} is there again: {n} incidents of {files} files",
                folder=done.folder,
                n=done.held.kept,
                files=done.held.files,
            )
        )
    elif done.mended:
        say(w("{n} files were missing or damaged and are back in {folder}:", n=len(done.mended), folder=done.folder))
    elif not done.lacking:
        say(w("nothing is missing or damaged in {folder}: nothing was changed", folder=done.folder))
    for name in done.mended:
        say(f"  {name}")
    if done.set_aside is not None:
        say(
            w(
                "the catalogue was lost and is the backup's now. What came after it lies in {folder}: load the files "
                "again that are not in the list of: diemnong files",
                folder=done.set_aside,
            )
        )
    for name in done.lacking:
        say(
            w(
                "{file} is missing or damaged, and this backup does not hold it: try a newer backup; if there is none, "
                "diemnong doctor says which file to take out and load again",
                file=name,
            )
        )
