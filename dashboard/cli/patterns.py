"""``diemnong patterns``: which areas are lastingly, newly or no longer hot, as rows. Judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options, read_day
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import basis_facts, number, say_basis, write_result
from dashboard.cli.terminal import CommandError, say, speech

if TYPE_CHECKING:
    from geodata.answers.patterns import AreaPatterns, Method
    from geodata.answers.series import Bin

_HISTORY = ("pattern", "probability", "hot_bins", "bins", "run", "first_hot", "last_hot")
COLUMNS = ("area_code", "area_name", *_HISTORY, "n", "rr", "rr_low", "rr_high", "enough")
METHODS, BINS = ("risk_path", "exceedance", "gi_star"), ("month", "quarter")


@click.command()
@workspace_option()
@filter_options
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How it is judged.")
@click.option("--bin", "width", type=click.Choice(BINS), help="Default: month for risk_path, quarter for the others.")
@click.option("--until", type=read_day, metavar="DATE", help="Last day looked at. Default: the last of the data.")
@format_option("csv", "json")
@json_option
def patterns(
    workspace: Path,
    filters: Filters,
    method: Method,
    width: Bin | None,
    *,
    until: date | None,
    form: str,
    as_json: bool,
) -> None:
    """Name the history of every area over the last 36 whole months: persistent hot spot, new hot spot, and so on.

    probability is that of the name; hot_bins of bins were hot, run of them without a break up to the last; first_hot
    and last_hot are first days of bins; rr is the relative risk in the last bin against the median area, with its 90 %
    range. enough is false where there were too few incidents to tell. An area is always judged against the whole layer:
    --area and --region only choose what is listed.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    if filters.first is not None:
        raise CommandError(
            "patterns look back over all whole months, at most 36; leave out --from, --until names the end"
        )
    answers = Answers(Warehouse(workspace))
    question = replace(filters, last=until or filters.last).question(answers.snapshot)
    found = answers.patterns(question, method=method, width=width)
    write_result(COLUMNS, _rows(found), facts=_facts(found), form=form, as_json=as_json)
    _tell(found)


def _rows(found: AreaPatterns) -> Iterator[tuple[object, ...]]:
    """Every area asked about, in the order of the layer."""
    for i, code in enumerate(found.codes):
        if found.asked[i]:
            yield (
                code,
                found.names[i],
                found.pattern[i],
                number(found.probability[i]),
                int(found.hot_bins[i]),
                len(found.bins),
                int(found.run[i]),
                found.first_hot[i],
                found.last_hot[i],
                int(found.n[i]),
                number(found.rr[i]),
                number(found.rr_low[i]),
                number(found.rr_high[i]),
                bool(found.enough[i]),
            )


def _facts(found: AreaPatterns) -> dict[str, object]:
    period = found.question.period if found.bins else None
    return {
        "method": found.method,
        "bin": found.width,
        "bins": [day.isoformat() for day in found.bins],
        "from": period and period.start,
        "until": period and period.end,
        **basis_facts(found),
    }


def _tell(found: AreaPatterns) -> None:
    """What the rows do not show."""
    w = speech()
    if not found.bins:
        if found.width == "quarter":
            say(w("the data hold no three whole months until then: nothing can be told by quarter"))
        else:
            say(w("the data hold no whole month until then: nothing can be told"))
        return
    few = int((found.asked & ~found.enough).sum())
    if few:
        say(w("{n} areas have too few incidents to tell, or no known inhabitants", n=few))
    say_basis(found)
