"""``diemnong reconciliation``: every row read and where it went. Asks the answers, adds nothing up itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.result import say_unreadable
from dashboard.cli.terminal import say, speech, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from geodata.answers.answer import Reconciliation


@click.command()
@workspace_option()
@json_option
def reconciliation(workspace: Path, *, as_json: bool) -> None:
    """Add up every row read: kept or put aside, with a point or not, by file, month, category and edition."""
    from dashboard.reckoning import plain_values
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    whole = Answers(Warehouse(workspace)).reconciliation()
    say_unreadable(whole.facts.unreadable)
    if as_json:
        write(json_text(plain_values(whole)))
        return
    for line in _lines(whole):
        say(line)


def _lines(whole: Reconciliation) -> Iterator[str]:
    w, placed = speech(), whole.placed
    yield w(
        "{read} rows read = {kept} incidents kept + {aside} rows put aside",
        read=whole.read,
        kept=placed.kept,
        aside=whole.quarantined,
    )
    if whole.unreadable:
        yield w("and {n} incidents that cannot be read now, as the store is damaged", n=whole.unreadable)
    yield w(
        "{kept} incidents kept = {points} with coordinates + {areas} known to their area only + {none} without a place",
        kept=placed.kept,
        points=placed.with_point,
        areas=placed.area_only,
        none=placed.unplaced,
    )
    for each in whole.editions:
        yield w(
            "edition {edition}: {placed} placed, {split} not placeable because their commune was split or joined, "
            "{district} known to no commune, {unknown} without a successor, {outside} outside, {none} without a place",
            edition=each.edition,
            placed=each.placed,
            split=each.split,
            district=each.district_only,
            unknown=each.no_successor,
            outside=each.outside,
            none=each.no_place,
        )
    yield w("by file, month and category: diemnong reconciliation --json")
