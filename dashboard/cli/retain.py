"""``diemnong retain``: months that are past become counts. Changes nothing itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import written_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, tell, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from datetime import date

    from geodata.safekeeping.retention import Retained, Rewritten

DONE, TO_DO = 0, 2


@click.command()
@workspace_option()
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--backups", type=DATA_FILE, metavar="DIR", help="Write this workspace's backups in DIR anew as well.")
@json_option
def retain(workspace: Path, *, dry_run: bool, backups: Path | None, as_json: bool) -> int:
    """Keep of old incidents counts only, as profile.toml says: [retention] points_months = 36.

    Months before lose place, day, hour, case numbers and all wordings of their rows, for good. Counts by area,
    category, source and month stay as they are, and so does the reconciliation. Nothing is asked. The exit status is 2
    where something could not be deleted yet or a backup was left as it is.
    """
    from geodata import profile as profiles
    from geodata.safekeeping.retention import retain as retain_old
    from geodata.safekeeping.retention import retain_backups
    from geodata.warehouse.retaining import first_kept

    profile = profiles.load(workspace)
    months = profile.retention.points_months
    if not months:
        raise CommandError(
            "profile.toml says nothing of how long single incidents are kept, so all are. To keep them for three "
            "years: [retention] points_months = 36"
        )
    if backups is not None and not backups.is_dir():
        raise CommandError("{folder} is no folder", folder=backups)
    before = first_kept(months, datetime.now(profile.zone).date())
    rewritten: tuple[Rewritten, ...] = ()
    if dry_run:
        done = retain_old(workspace, before, dry_run=True)
        rewritten = retain_backups(workspace, backups, before, dry_run=True) if backups else ()
    else:
        with written_down(workspace, "retain", before=before.isoformat(), backups=str(backups or "")) as note:
            done = retain_old(workspace, before)
            rewritten = retain_backups(workspace, backups, before) if backups else ()
            facts = {"incidents": done.incidents, "put_aside": done.aside, "generation": done.generation}
            note(**facts, rewritten=[each.file.name for each in rewritten if each.incidents and not each.refused])
    _say(done, rewritten, dry_run=dry_run)
    w = speech()
    if (workspace / "source").is_dir():
        say(w("the files in {folder} are yours: they are left as they are", folder=workspace / "source"))
    if as_json:
        write(json_text(_facts(done, rewritten, dry_run=dry_run)))
    return TO_DO if done.left or any(each.refused for each in rewritten) else DONE


def _say(done: Retained, rewritten: tuple[Rewritten, ...], *, dry_run: bool) -> None:
    w = speech()
    facts = {"n": done.incidents, "files": done.files, "m": done.aside, "month": _month(done.before)}
    if not (done.incidents or done.aside or done.recipes):
        say(w("nothing is older than {month} that is not kept as counts already", month=_month(done.before)))
    elif dry_run:
        say(
            w(
                "{n} incidents before {month}, of {files} files, would be kept as counts only, and what {m} rows put "
                "aside say would be deleted. Nothing was changed",
                **facts,
            )
        )
    else:
        say(
            w(
                "{n} incidents before {month}, of {files} files, are kept as counts only now, and what {m} rows put "
                "aside said is deleted",
                **facts,
            )
        )
    for name in done.left:
        say(w("{file} is in use and could not be deleted yet: run the same again later", file=name))
    for each in rewritten:
        if each.refused:
            say(w("{file} was left as it is: {problem}", file=each.file, problem=tell(each.refused)))
        elif dry_run:
            say(w("{file}: {n} incidents would become counts", file=each.file, n=each.incidents))
        else:
            say(w("{file}: {n} incidents became counts", file=each.file, n=each.incidents))


def _month(day: date) -> str:
    return f"{day:%m/%Y}"


def _facts(done: Retained, rewritten: tuple[Rewritten, ...], *, dry_run: bool) -> dict[str, object]:
    backups = [
        {
            "file": each.file,
            "incidents": each.incidents,
            "refused": None if each.refused is None else tell(each.refused),
        }
        for each in rewritten
    ]
    numbers = {"incidents": done.incidents, "files": done.files, "put_aside": done.aside, "recipes": done.recipes}
    said = {"before": done.before.isoformat(), "dry_run": dry_run, "generation": done.generation}
    return {**said, **numbers, "left": list(done.left), "backups": backups}
