"""``diemnong register``: the register of lasting hot spots as rows. Judges nothing itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options, read_day
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import number, say_left_out, write_result
from dashboard.cli.terminal import CommandError, say, speech

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
    write_result(COLUMNS, map(_cells, found.rows), facts=_facts(found), form=form, as_json=as_json)
    _tell(found)


def _cells(row: RegisterRow) -> tuple[object, ...]:
    found, at, standing = row.found, row.area, row.standing
    now = standing.follow_up.now if standing.follow_up is not None else None
    return (
        row.spot.code,
        row.name,
        row.spot.category,
        row.pattern,
        number(found.probability[at]),
        row.lasting,
        int((found.quarters[at] == 1).sum()),
        found.quarters.shape[1],
        int(found.run[at]),
        found.first_hot[at],
        found.trend[at],
        int(found.n[at]),
        number(found.rr[at]),
        number(found.rr_low[at]),
        number(found.rr_high[at]),
        now and now.step.value,
        now and now.since,
        now and now.measure,
        standing.check and standing.check.value,
        standing.proposed and standing.proposed.value,
    )


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
    say_left_out(found.left_out)
    if found.too_few:
        n, every = found.too_few, found.looked_at
        say(w("{n} of {all} places and categories have too few incidents to tell", n=n, all=every))
    if found.elsewhere:
        say(w("{n} places are followed up in other administrative units", n=found.elsewhere))
