"""``diemnong clusters``: areas that stand out together, as rows. Judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import basis_facts, number, say_basis, write_result
from dashboard.cli.terminal import say, speech

if TYPE_CHECKING:
    from geodata.answers.clusters import Clusters, ScanMethod

COLUMNS = ("members", "n", "expected", "rr", "llr", "p", "from", "to", "significant", "names", "method")
METHODS = ("poisson_scan", "permutation_scan")


@click.command()
@workspace_option()
@filter_options
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How they are found.")
@format_option("csv", "json")
@json_option
def clusters(workspace: Path, filters: Filters, method: ScanMethod, form: str, as_json: bool) -> None:
    """Find circles of areas with more incidents than chance gives, the likeliest first, whatever their p.

    poisson_scan compares with the inhabitants, over the whole period; permutation_scan finds rises of one to six months
    up to the end, over the last twelve whole months of the period, whatever the place usually has. members are the
    codes of the areas; rr is the risk inside against outside, or recorded against expected for a rise; p is from 999
    simulations and allows for all circles tried. significant: p at most 5 % on five incidents or more, and rr at least
    1.5 by poisson_scan.
    The whole layer is searched: --area and --region only choose what is listed.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    answers = Answers(Warehouse(workspace))
    found = answers.clusters(filters.question(answers.snapshot), method=method)
    write_result(COLUMNS, _rows(found), facts=_facts(found), form=form, as_json=as_json)
    w = speech()
    if not found.enough:
        say(w("too few incidents, areas or whole months to find a cluster in"))
    unknown = len(answers.snapshot.boundaries.layers[found.question.layer].codes) - found.areas
    if found.by == "population" and unknown and not found.question.zones:
        say(w("{n} areas take no part, as their inhabitants are not known", n=unknown))
    say_basis(found)


def _rows(found: Clusters) -> Iterator[tuple[object, ...]]:
    for each in found.clusters:
        yield (
            " ".join(each.codes),
            each.n,
            number(each.expected),
            number(each.rr),
            number(each.llr),
            each.p,
            each.period.start,
            each.period.end,
            each.significant,
            "; ".join(each.names),
            found.method,
        )


def _facts(found: Clusters) -> dict[str, object]:
    return {
        "method": found.method,
        "from": found.question.period.start,
        "to": found.question.period.end,
        "months": found.bins or None,
        "incidents": found.n,
        "areas": found.areas,
        **basis_facts(found),
    }
