"""``diemnong register``: the register of lasting hot spots as rows. Judges nothing itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options, read_day
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write
from dashboard.rows import json_text, rows_text

if TYPE_CHECKING:
    from geodata.answers.register import Register, RegisterRow

_HISTORY = ("pattern", "probability", "lasting", "hot_quarters", "quarters", "run", "first_hot", "trend")
_STANDING = ("step", "since", "measure", "check", "proposed")
COLUMNS = ("area_code", "area_name", "category", *_HISTORY, "n", "rr", "rr_low", "rr_high", *_STANDING)


@click.command()
@workspace_option()
@filter_options
@click.option("--until", type=read_day, metavar="DATE", help="Last day looked at. Default: the last of the data.")
@format_option("csv", "json")
@json_option
def register(workspace: Path, filters: Filters, *, until: date | None, form: str, as_json: bool) -> None:
    """List the lasting hot spots, the worst first: one row a place and category, with what is done there.

    lasting is the rule of the workspace's profile; hot_quarters of quarters were hot, and run bins up to the last
    without a break. step is what was last written down, since that day; check says whether the numbers agree that a
    place has calmed, and proposed is the step they propose.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    if filters.first is not None:
        raise CommandError(
            "the register looks back over all whole months, at most 36; leave out --from, --until names the end"
        )
    answers = Answers(Warehouse(workspace))
    found = answers.register(replace(filters, last=until or filters.last).question(answers.snapshot))
    if as_json:
        listed = [dict(zip(COLUMNS, _cells(row), strict=True)) for row in found.rows]
        write(json_text({**_facts(found), "rows": listed}))
    elif form == "json":
        write(rows_text(COLUMNS, map(_cells, found.rows), form))
    else:
        write(rows_text(COLUMNS, _written(found), form))
    _tell(found)


def _cells(row: RegisterRow) -> tuple[object, ...]:
    found, at, standing = row.found, row.area, row.standing
    now = standing.follow_up.now if standing.follow_up is not None else None
    return (
        row.spot.code,
        row.name,
        row.spot.category,
        row.pattern,
        _number(found.probability[at]),
        row.lasting,
        int((found.quarters[at] == 1).sum()),
        found.quarters.shape[1],
        int(found.run[at]),
        found.first_hot[at],
        found.trend[at],
        int(found.n[at]),
        _number(found.rr[at]),
        _number(found.rr_low[at]),
        _number(found.rr_high[at]),
        now and now.step.value,
        now and now.since,
        now and now.measure,
        standing.check and standing.check.value,
        standing.proposed and standing.proposed.value,
    )


def _written(found: Register) -> Iterator[tuple[object, ...]]:
    """Rows for CSV, where true and false are words."""
    for row in found.rows:
        yield tuple(str(cell).lower() if isinstance(cell, bool) else cell for cell in _cells(row))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)


def _facts(found: Register) -> dict[str, object]:
    return {
        "categories": list(found.categories),
        "categories_left_out": list(found.left_out),
        "looked_at": found.looked_at,
        "too_few": found.too_few,
        "followed_elsewhere": found.elsewhere,
        "quarters_hot": found.rule.quarters_hot,
        "of_quarters": found.rule.of_quarters,
    }


def _tell(found: Register) -> None:
    """What the rows do not show."""
    w = speech()
    if found.left_out:
        say(w("left out, as their places say little: {keys}; --category names them", keys=", ".join(found.left_out)))
    if found.too_few:
        n, every = found.too_few, found.looked_at
        say(w("{n} of {all} places and categories have too few incidents to tell", n=n, all=every))
    if found.elsewhere:
        say(w("{n} places are followed up in other administrative units", n=found.elsewhere))
