"""``diemnong export-all``: all files of a meeting in one new folder, of one generation. Draws and counts nothing."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import write_batch_down
from dashboard.cli.atlas import LEVELS, atlas_reading
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.script_choice import choose_script, scripts_of
from dashboard.cli.terminal import CommandError, progress_bar, say, speech, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.batch.making import Failed
    from dashboard.batch.plan import Meeting
    from dashboard.reading import Reading
    from geodata.answers.answers import Answers

DONE, FAULT, REFUSED = 0, 1, 2


@click.command("export-all")
@workspace_option()
@click.option(
    "--script", default="", metavar="S", help="A script that is kept, or its file. Default: made from the data."
)
@click.option("--out", required=True, type=DATA_FILE, metavar="DIR", help="Folder to write: new, or an earlier batch.")
@click.option("--level", type=click.Choice(LEVELS), help="The atlas has a page an area of it. Default: district.")
@click.option("--year", type=click.IntRange(1900, 2200), metavar="Y", help="With the annual report of this year.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language.")
@click.option("--user", default="", metavar="NAME", help="Who is named as the one who made it.")
@json_option
def export_all(
    workspace: Path,
    *,
    script: str,
    out: Path,
    level: str | None,
    year: int | None,
    lang: str,
    user: str,
    as_json: bool,
) -> int:
    """Write everything for a meeting into DIR: slides, a picture and a table of each, an atlas, with --year a report.

    All of it is of the same data, whatever is loaded meanwhile. DIR appears when it is whole; an earlier batch that
    nobody changed gives way to it. index.html and facts.json say of each file what it shows, of how many incidents,
    and its SHA-256. What cannot be made is named, and the rest is written: the exit status is then 2, or 1 where the
    fault is ours.
    """
    from dashboard.batch import folder, index, making
    from dashboard.batch.plan import parts_of

    meeting = _meeting(workspace, script, level=level, year=year, lang=lang, user=user)
    w = speech()
    with progress_bar(w("preparing the meeting")) as told, folder.whole_folder(out) as unfinished:
        made, failed = making.make(parts_of(meeting), unfinished, told)
        for each in failed:
            _tell(each, meeting)
        if not made:
            raise click.exceptions.Exit(_status(failed))  # nothing takes the place of an earlier batch
        facts = index.facts(meeting, made, failed)
        write_batch_down(workspace, meeting.base, facts["files"], out=out)
        folder.seal(unfinished, index.page(facts, meeting.base.words), facts)
    say(w("{folder}: {n} files for the meeting; index.html says what each of them shows", folder=out, n=len(made)))
    if as_json:
        write(json_text({"folder": out, **facts}))
    return _status(failed)


def _status(failed: tuple[Failed, ...]) -> int:
    """1 where anything is a fault of ours, 2 where all can be mended by whoever asked."""
    return DONE if not failed else REFUSED if all(each.refused for each in failed) else FAULT


def _meeting(workspace: Path, script: str, *, level: str | None, year: int | None, lang: str, user: str) -> Meeting:
    """What is wanted, read from one generation. Raises CommandError where it names what is not there."""
    from dashboard.batch.plan import Meeting
    from dashboard.reading import read
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    answers = Answers(warehouse).pinned()
    base = read(f"?lang={lang}", answers)
    if not base.loaded:
        raise CommandError("nothing is loaded yet, so there is nothing to show a meeting; load incidents first")
    given = Path(script) if script and Path(script).is_file() else None
    held = warehouse.notebook() if given is None else scripts_of(given)
    chosen = choose_script(held, "" if given else script, base, given=given is not None)
    now = datetime.now(base.snapshot.profile.zone)
    return Meeting(base, chosen, now, _atlas(answers, base, level), year, user.strip())


def _atlas(answers: Answers, base: Reading, level: str | None) -> Reading:
    """What the atlas is about: the level asked, else the districts or what stands in their place, else all there is."""
    boundaries = answers.snapshot.boundaries
    levels = {level.value for edition in boundaries.editions for level in boundaries.levels(edition)}
    usual = "district" if boundaries.regions or "district" in levels else None
    asked = f"?lang={base.view.lang}"
    return atlas_reading(asked, answers, level=level or usual, edition=None, by_region=False)


def _tell(failed: Failed, meeting: Meeting) -> None:
    from dashboard.batch.index import said

    w = speech()
    say(w("{file} could not be made: {problem}", file=failed.file, problem=said(failed, meeting.base.words)))
    if not failed.refused and os.environ.get("DIEMNONG_DEBUG"):
        traceback.print_exception(failed.error)
