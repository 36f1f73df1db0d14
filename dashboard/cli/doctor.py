"""``diemnong doctor``: what is wrong with a workspace and what to do about it. Looks at nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.terminal import progress_bar, say, speech, tell, write
from dashboard.rows import json_text
from geodata.errors import N_, DiemNongError

if TYPE_CHECKING:
    from geodata.safekeeping.findings import Found

DONE, TO_DO = 0, 2
SEVERITIES: Final = {"error": N_("ERROR"), "warning": N_("to do"), "note": N_("note")}


@click.command()
@workspace_option()
@json_option
def doctor(workspace: Path, *, as_json: bool) -> int:
    """Look a workspace through and say what to do. Changes nothing.

    Checked are: every segment and boundary file by its SHA-256, the catalogue, that all sums hold, files that nothing
    refers to, boundaries, notebook, follow-ups, what cut-off runs left, rights and free disk. The exit status is 0
    where nothing is to be done, else 2.
    """
    from geodata.safekeeping.doctor import examine

    w = speech()
    with progress_bar(w("Doctor")) as told:
        seen = examine(workspace, today=datetime.now().astimezone().date(), told=told)
    for each in seen.found:
        problem, remedy = _words(each)
        say(f"{w(SEVERITIES[each.severity.value])}: {problem}\n    {remedy}")
    if seen.sound:
        say(
            w(
                "{folder} is sound: {n} segments and {m} layers checked, version {generation}",
                folder=workspace,
                n=seen.checked["segments"],
                m=seen.checked["layers"],
                generation=seen.generation,
            )
        )
    if as_json:
        rows = [_row(each) for each in seen.found]
        write(
            json_text({"sound": seen.sound, "generation": seen.generation, "checked": seen.checked, "findings": rows})
        )
    return DONE if seen.sound else TO_DO


def _row(found: Found) -> dict[str, object]:
    problem, remedy = _words(found)
    about = {"severity": found.severity.value, "check": found.check, "file": found.where}
    return {**about, "message": problem, "remedy": remedy}


def _words(found: Found) -> tuple[str, str]:
    w, facts = speech(), _told(found.facts)
    return w(found.template, **facts), w(found.remedy, **facts)


def _told(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: tell(fact) if isinstance(fact, DiemNongError) else fact for name, fact in facts.items()}
