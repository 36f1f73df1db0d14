"""Whether something is older than what is kept of it. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from geodata import profile as profiles
from geodata.errors import N_, DiemNongError
from geodata.safekeeping.findings import Found, Severity
from geodata.warehouse import segments
from geodata.warehouse.counted import WHAT
from geodata.warehouse.retaining import first_kept, look

RUN: Final = N_("see what it would do: diemnong -w {folder} retain --dry-run; then run it without --dry-run")
NEWEST: Final = "SELECT what FROM generations ORDER BY id DESC LIMIT 1"


def check_retention(connection: sqlite3.Connection, workspace: Path, today: date) -> Iterator[Found]:
    """What is due by the profile, and a run that was cut off before it had deleted what held the points."""
    try:
        months = profiles.load(workspace).retention.points_months
        due = look(connection, workspace, first_kept(months, today)) if months else None
    except DiemNongError:  # a faulty profile or segment is told by its own check
        return
    if due:
        text = N_("{n} incidents before {month} are older than the {months} months that the profile keeps them whole")
        facts = {"n": sum(due.incidents.values()), "month": f"{due.before:%m/%Y}", "months": months}
        yield Found(Severity.WARNING, "retention", "", text, RUN, {**facts, "folder": workspace})
    newest = connection.execute(NEWEST).fetchone()
    if newest is None or not newest[0].startswith(WHAT):
        return
    named = {segments.file_name(sha256) for (sha256,) in connection.execute("SELECT sha256 FROM segments")}
    rest = [path for path in (workspace / segments.FOLDER).glob("*") if path.name not in named]
    if rest:
        text = N_("{n} files still hold incidents that are kept as counts only: deleting them was cut off")
        remedy = N_("run it to its end: diemnong -w {folder} retain")
        facts = {"n": len(rest), "folder": workspace}
        yield Found(Severity.WARNING, "retention", f"{segments.FOLDER}/{rest[0].name}", text, remedy, facts)
