"""``diemnong report``: the annual report of a year, and the file of its author's words. Counts and words nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from dashboard.cli.acts import write_export_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, progress_bar, say, speech, write
from dashboard.cli.whole_file import whole_file
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from dashboard.report.authored import Authored
    from geodata.answers.answers import Answers


@click.command()
@workspace_option()
@click.option("--year", required=True, type=click.IntRange(1900, 2200), metavar="Y", help="A statistical year.")
@click.option("--out", required=True, type=DATA_FILE, metavar="FILE", help="File to write: .docx.")
@click.option("--edition", metavar="ID", help="Edition of the boundaries. Default: the newest.")
@click.option("--region", multiple=True, metavar="ID", help="Only this region; may be repeated.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language.")
@click.option("--words", "words_file", type=DATA_FILE, metavar="FILE", help="The author's words. Default: beside FILE.")
@click.option("--user", default="", metavar="NAME", help="Who is named as the one who made it.")
@json_option
def report(
    workspace: Path,
    *,
    year: int,
    out: Path,
    edition: str | None,
    region: tuple[str, ...],
    lang: str,
    words_file: Path | None,
    user: str,
    as_json: bool,
) -> None:
    """Write the annual report in the form of Decree 30/2020: figures and sentences, and places for its author's words.

    What the author writes is kept in a text file beside it (report.docx: report.words.md). It is made where there is
    none and never written over. A report that was changed since it was written is kept under another name.
    """
    from dashboard.exports import Order
    from dashboard.exports import docx as form
    from dashboard.report.due import due_day
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    w = speech()
    if out.suffix.lower() != ".docx":
        raise CommandError("{file}: a report ends in .docx", file=out)
    answers = Answers(Warehouse(workspace)).pinned()
    reading = _read(answers, edition, region, lang)
    kept_in = words_file or out.with_suffix(".words.md")
    authored = _authored(kept_in)
    with progress_bar(w("writing the report")) as told, whole_file(out) as file:
        now = datetime.now(reading.snapshot.profile.zone)
        form.write(Order(reading, now, year=year, user=user.strip(), told=told), file, authored)
        write_export_down(workspace, reading, file, out=out, fmt="docx", year=year)
        copy = _keep(out, now)
    made = authored is None and _begin(kept_in, reading, year)
    if due := due_day(reading.snapshot.profile, year):
        day = f"{due:%d/%m/%Y}"
        say(w("{file}: the report of {year}, to be handed in by {day}", file=out, year=str(year), day=day))
    else:
        say(w("{file}: the report of {year}", file=out, year=str(year)))
    if copy:
        say(w("{file} had been changed since it was written; it is kept as {copy}", file=out, copy=copy))
    say(w("the author's words: {file}", file=kept_in))
    for heading in authored.unknown if authored else ():
        say(w("«{heading}» is no heading of the report; its words stand at the end", heading=heading))
    if as_json:
        period = reading.snapshot.profile.statistical_year(year)
        facts = {"file": out, "format": "docx", "year": year, "from": period.start, "to": period.end, "due": due}
        written = sorted(authored.words) if authored else []
        kept = {"words": kept_in, "words_made": made, "written": written, "kept_copy": copy}
        write(json_text({**facts, "generation": reading.snapshot.generation, **kept}))


def _read(answers: Answers, edition: str | None, region: tuple[str, ...], lang: str) -> Reading:
    from dashboard.reading import read

    asked = [("edition", edition or ""), *(("region", each) for each in region), ("lang", lang)]
    reading = read("?" + urlencode([pair for pair in asked if pair[1]]), answers)
    for part in reading.dropped:  # a report about something else than was asked helps nobody
        boundaries = reading.snapshot.boundaries
        regions = boundaries.regions_in(reading.view.edition)
        known = ", ".join(boundaries.editions if part.key == "edition" else regions) or "–"
        raise CommandError("no {key} «{value}»; there are: {known}", key=part.key, value=part.value, known=known)
    return reading


def _authored(file: Path) -> Authored | None:
    from dashboard.report import authored

    return authored.read(file) if file.exists() else None


def _begin(file: Path, reading: Reading, year: int) -> bool:
    """Make the file of the author's words, unless somebody made it meanwhile."""
    from dashboard.report import authored

    try:
        with file.open("x", encoding="utf-8", newline="\n") as made:
            made.write(authored.blank(reading.words, str(year)))
    except FileExistsError:
        return False
    except OSError as error:
        raise CommandError("{file} cannot be written: {detail}", file=file, detail=error.strerror or "") from error
    return True


def _keep(out: Path, now: datetime) -> Path | None:
    """Give a file that is not as we wrote it another name, and say which; None where there is none."""
    from dashboard.report.parcel import untouched

    try:
        if not out.exists() or untouched(out.read_bytes()):
            return None
        for n in range(1, 100):
            copy = out.with_name(f"{out.stem}.{now:%Y%m%d-%H%M}{f'-{n}' if n > 1 else ''}{out.suffix}")
            if not copy.exists():
                out.rename(copy)
                return copy
    except OSError as error:
        raise CommandError(
            "{file} was changed and cannot be put aside ({detail}); close it, or name another file",
            file=out,
            detail=error.strerror or str(error),
        ) from error
    raise CommandError("{file} was changed, and there are many copies of it; name another file", file=out)
