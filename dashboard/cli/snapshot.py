"""``diemnong snapshot``: the picture of a View as a file. Reads the query like a page does, draws nothing itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from dashboard.cli.acts import write_export_down
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write, write_file
from dashboard.rows import json_text


@click.command()
@workspace_option()
@click.argument("query", default="")
@click.option("--out", required=True, type=DATA_FILE, metavar="FILE", help="File to write: .png, .svg or .pdf.")
@click.option("--size", default="1920x1080", metavar="WxH", show_default=True, help="Pixels; or 4k, square, portrait.")
@click.option("--user", default="", metavar="NAME", help="Who is named on the picture as the one who printed it.")
@json_option
def snapshot(workspace: Path, query: str, out: Path, size: str, user: str, as_json: bool) -> None:
    """Draw the picture of a view. QUERY is what stands behind the ? of the dashboard's address."""
    import hashlib

    from dashboard.exports import Order, render, size_of
    from dashboard.reading import read
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    form, pixels = _format_of(out), size_of(size)
    answers = Answers(Warehouse(workspace))
    reading = read(query, answers)
    w = speech()
    for part in reading.dropped:
        said = w("«{key}» is not known", key=part.key) if part.unknown_key else f"{part.key}: «{part.value}»"
        say(w("left out of the query: {part}", part=said))
    now = datetime.now(reading.snapshot.profile.zone)
    content = render(Order(reading, now, pixels, user.strip()), form)
    write_export_down(workspace, reading, hashlib.sha256(content).hexdigest(), out=out, fmt=form)
    write_file(out, content)
    say(w("{file} is drawn", file=out))
    if as_json:
        dropped = [{"key": part.key, "value": part.value} for part in reading.dropped]
        asked = reading.view.to_query()
        write(json_text({"file": out, "format": form, "size": pixels, "query": asked, "dropped": dropped}))


def _format_of(out: Path) -> str:
    from dashboard.exports import of_kind

    known = of_kind("picture")
    if out.suffix.lower() not in known:
        raise CommandError("{file}: a picture ends in {known}", file=out, known=", ".join(known))
    return known[out.suffix.lower()].key
