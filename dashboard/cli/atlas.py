"""``diemnong atlas``: a page an area as one PDF. Reads the query like a page does, draws nothing itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import click

from dashboard.cli.acts import write_export_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, progress_bar, say, speech, write
from dashboard.cli.whole_file import whole_file
from dashboard.rows import json_text
from geodata.vocabulary import Level

if TYPE_CHECKING:
    from dashboard.reading import Reading
    from geodata.answers.answers import Answers
    from geodata.boundaries.editions import Boundaries

LEVELS = ("commune", "district", "province")
REGION = "region"


@click.command()
@workspace_option()
@click.argument("query", default="")
@click.option("--level", type=click.Choice(LEVELS), help="A page an area of this level. Default: that of QUERY.")
@click.option("--by", type=click.Choice([REGION]), help="region: a page an area of responsibility instead.")
@click.option("--edition", metavar="ID", help="Administrative units. Default: the newest that have the level.")
@click.option("--out", required=True, type=DATA_FILE, metavar="FILE", help="File to write: .pdf.")
@click.option("--user", default="", metavar="NAME", help="Who is named in it as the one who printed it.")
@json_option
def atlas(
    workspace: Path,
    query: str,
    out: Path,
    *,
    level: str | None,
    by: str | None,
    edition: str | None,
    user: str,
    as_json: bool,
) -> None:
    """Print a page for each district, commune or area of responsibility, with contents, bookmarks and glossary.

    QUERY is what stands behind the ? of the dashboard's address: it chooses period, categories, map layer, language.
    """
    from dashboard.exports import Order, export
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    w = speech()
    if out.suffix.lower() != ".pdf":
        raise CommandError("{file}: an atlas ends in .pdf", file=out)
    if by and level:
        raise CommandError("name a level or --by region, not both")
    answers = Answers(Warehouse(workspace)).pinned()
    reading = atlas_reading(query, answers, level=level, edition=edition, by_region=by == REGION)
    dropped = [
        w("«{key}» is not known", key=part.key) if part.unknown_key else f"{part.key}: «{part.value}»"
        for part in reading.dropped
    ]
    for part in dropped:
        say(w("left out of the query: {part}", part=part))
    pages = 0
    with progress_bar(w("drawing the atlas")) as told, whole_file(out) as file:

        def drawn(done: int, of: int) -> None:
            nonlocal pages
            pages = of
            told(done, of)

        now = datetime.now(reading.snapshot.profile.zone)
        export(Order(reading, now, user=user.strip(), told=drawn), "atlas", file)
        write_export_down(workspace, reading, file, out=out, fmt="atlas", pages=pages)
    say(w("{file}: an atlas of {n} pages", file=out, n=pages))
    if as_json:
        generation, asked = reading.snapshot.generation, reading.view.to_query()
        facts = {"file": out, "format": "atlas", "pages": pages, "generation": generation, "query": asked}
        write(json_text({**facts, "dropped": dropped}))


def atlas_reading(query: str, answers: Answers, *, level: str | None, edition: str | None, by_region: bool) -> Reading:
    """The reading with the level and the edition chosen. Raises CommandError where there are no such areas."""
    from dashboard.reading import read

    boundaries = answers.snapshot.boundaries
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    named = edition or dict(pairs).get("edition", "")
    if named not in boundaries.editions:
        if edition:
            w = speech()
            known = ", ".join(boundaries.editions) or w("none")
            raise CommandError("there is no edition «{edition}»; there are: {known}", edition=edition, known=known)
        named = ""
    if by_region and not boundaries.regions:
        raise CommandError("there are no areas of responsibility; load them: diemnong boundaries region FILE")
    chosen = _edition(boundaries, named, level)
    wanted = _level(boundaries, chosen, level, by_region=by_region)
    kept = [(key, value) for key, value in pairs if key != "edition" and not (wanted and key == "level")]
    if wanted:
        kept.append(("level", wanted))
    reading = read("?" + urlencode([*kept, ("edition", chosen)]), answers)
    if wanted == Level.PROVINCE.value:  # areas of responsibility need no province of their own on the map
        reading = replace(reading, view=replace(reading.view, level=Level.PROVINCE))
    return reading


def _edition(boundaries: Boundaries, named: str, level: str | None) -> str:
    """The edition named, else the newest that has the level, else the newest."""
    newest_first = list(reversed(list(boundaries.editions)))
    if named or not newest_first:
        return named
    fit = (each for each in newest_first if level in {at.value for at in boundaries.levels(each)})
    return next(fit, newest_first[0])


def _level(boundaries: Boundaries, edition: str, level: str | None, *, by_region: bool) -> str | None:
    """The view's level: that of the whole province has a page an area of responsibility."""
    has = {each.value for each in boundaries.levels(edition)}
    if by_region:
        return "province"
    if level is None or level in has or not has:
        return level
    if boundaries.regions:
        w = speech()
        say(
            w(
                "edition «{edition}» has no level «{level}»: a page an area of responsibility",
                edition=edition,
                level=level,
            )
        )
        return "province"
    raise CommandError(
        "edition «{edition}» has no areas of the level «{level}»; it has: {known}",
        edition=edition,
        level=level,
        known=", ".join(sorted(has)),
    )
