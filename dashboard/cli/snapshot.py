"""``diemnong snapshot``: the picture of a View as a file. Reads the query like a page does, draws nothing itself."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write, write_file
from dashboard.rows import json_text


def read_size(text: str) -> tuple[int, int]:
    """A picture's width and height in pixels, as 1920x1080."""
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", text)
    if match is None:
        raise click.BadParameter(f"«{text}» is no size in pixels; write it as 1920x1080")
    return int(match[1]), int(match[2])


@click.command()
@workspace_option()
@click.argument("query", default="")
@click.option("--out", required=True, type=DATA_FILE, metavar="FILE", help="File to write: .png, .svg or .pdf.")
@click.option("--size", type=read_size, default="1920x1080", metavar="WxH", show_default=True, help="Pixels.")
@json_option
def snapshot(workspace: Path, query: str, out: Path, size: tuple[int, int], as_json: bool) -> None:
    """Draw the picture of a view. QUERY is what stands behind the ? of the dashboard's address."""
    from dashboard.exports import Order, render
    from dashboard.reading import read
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    form = _format_of(out)
    answers = Answers(Warehouse(workspace))
    reading = read(query, answers)
    w = speech()
    for part in reading.dropped:
        said = w("«{key}» is not known", key=part.key) if part.unknown_key else f"{part.key}: «{part.value}»"
        say(w("left out of the query: {part}", part=said))
    now = datetime.now(reading.snapshot.profile.zone)
    write_file(out, render(Order(reading, now, size), form))
    say(w("{file} is drawn", file=out))
    if as_json:
        dropped = [{"key": part.key, "value": part.value} for part in reading.dropped]
        write(
            json_text({"file": out, "format": form, "size": size, "query": reading.view.to_query(), "dropped": dropped})
        )


def _format_of(out: Path) -> str:
    from dashboard.exports import of_kind

    known = of_kind("picture")
    if out.suffix.lower() not in known:
        raise CommandError("{file}: a picture ends in {known}", file=out, known=", ".join(known))
    return known[out.suffix.lower()].key
