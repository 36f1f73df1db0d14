"""``diemnong deck``: slides of views or of a script as one file. Reads queries like a page, draws nothing itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import write_export_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.script_choice import choose_script, scripts_of
from dashboard.cli.terminal import CommandError, progress_bar, say, speech, write
from dashboard.cli.whole_file import whole_file
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from geodata.answers.answers import Answers
    from geodata.notebook import Script


@click.command()
@workspace_option()
@click.argument("queries", nargs=-1, metavar="[QUERY]...")
@click.option("--out", required=True, type=DATA_FILE, metavar="FILE", help="File to write: .pptx.")
@click.option("--script", default="", metavar="NAME", help="The slides of a script that is kept.")
@click.option("--script-file", type=DATA_FILE, metavar="FILE", help="The script of a file saved on the page Present.")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language; without it that of the first view.")
@click.option("--user", default="", metavar="NAME", help="Who is named as the one who made it.")
@json_option
def deck(
    workspace: Path,
    queries: tuple[str, ...],
    out: Path,
    *,
    script: str,
    script_file: Path | None,
    lang: str | None,
    user: str,
    as_json: bool,
) -> None:
    """Make slides to be edited in PowerPoint or LibreOffice: one a QUERY, or those of a script.

    A QUERY is what stands behind the ? of the dashboard's address, with the page before it where it is not the map:
    "/targets?level=district". Without any the script is made from the data, as on the page Present.
    """
    from dashboard.exports import Order, export
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    w = speech()
    if out.suffix.lower() != ".pptx":
        raise CommandError("{file}: slides end in .pptx", file=out)
    if queries and (script or script_file):
        raise CommandError("name views or a script, not both")
    warehouse = Warehouse(workspace)
    answers = Answers(warehouse).pinned()  # the first slide and the last are of one data
    held = warehouse.notebook() if script_file is None else scripts_of(script_file)
    reading, dropped = _read(queries, lang, answers)
    for part in dropped:
        say(w("left out of the query: {part}", part=part))
    chosen = _views(queries) if queries else choose_script(held, script, reading, given=script_file is not None)
    with progress_bar(w("making the slides")) as told, whole_file(out) as file:
        now = datetime.now(reading.snapshot.profile.zone)
        export(Order(reading, now, user=user.strip(), script=chosen, told=told), "pptx", file)
        write_export_down(workspace, reading, file, out=out, fmt="pptx", slides=[each.query for each in chosen.slides])
    say(w("{file}: slides of findings: {n}", file=out, n=len(chosen.slides)))
    if as_json:
        slides = [each.query for each in chosen.slides]
        generation = reading.snapshot.generation
        write(
            json_text({"file": out, "format": "pptx", "generation": generation, "slides": slides, "dropped": dropped})
        )


def _read(queries: tuple[str, ...], lang: str | None, answers: Answers) -> tuple[Reading, list[str]]:
    """The first view in the language asked, and what was dropped of any."""
    from dataclasses import replace

    from dashboard.reading import read
    from dashboard.words import of

    w = speech()
    readings = [read(query.partition("?")[2], answers) for query in map(_addressed, queries)] or [read("", answers)]
    dropped = [
        w("«{key}» is not known", key=part.key) if part.unknown_key else f"{part.key}: «{part.value}»"
        for each in readings
        for part in each.dropped
    ]
    first = readings[0]
    language = "en" if lang == "en" else "vi" if lang == "vi" else first.view.lang
    return replace(first, view=replace(first.view, lang=language), words=of(language)), dropped


def _views(queries: tuple[str, ...]) -> Script:
    """A slide a query."""
    from geodata.notebook import Script, Slide

    return Script("", tuple(Slide(_addressed(query)) for query in queries))


def _addressed(query: str) -> str:
    """Page and query. Raises CommandError for a page that makes no slide."""
    from dashboard.slides import PATHS

    page, mark, rest = query.partition("?")
    if not mark and not page.startswith("/"):
        page, rest = "/", page
    if (page or "/") not in PATHS:
        raise CommandError(
            "{page} is no page that makes a slide; there are: {known}", page=page, known=", ".join(PATHS)
        )
    return f"{page or '/'}?{rest}"
