"""``diemnong settle``: one answer for all rows whose wording is unknown. Decides nothing."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.acts import written_down
from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.terminal import say, speech, write
from dashboard.rows import json_text


@click.command()
@workspace_option()
@click.argument("wording")
@click.argument("category")
@json_option
def settle(workspace: Path, wording: str, category: str, *, as_json: bool) -> None:
    """Let WORDING mean CATEGORY (a key of the profile), for all rows that wait for it and for all files to come."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "settle", wording=wording, category=category) as done:
        n = warehouse.settle(wording, category)
        done(rows=n)
    if as_json:
        write(json_text({"wording": wording, "category": category, "rows": n}))
        return
    w = speech()
    say(
        w(
            "«{wording}» means {category} from now on: {n} rows that waited are taken in",
            wording=wording,
            category=category,
            n=n,
        )
    )
