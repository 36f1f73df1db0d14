"""``diemnong hotspots``: the areas where more, or less, was recorded than their inhabitants lead to expect, as rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, filter_options
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import basis_facts, number, say_basis, write_result
from dashboard.cli.terminal import say, speech

if TYPE_CHECKING:
    from geodata.answers.risk import AreaRisk

COLUMNS = ("area_code", "area_name", "n", "expected", "rr", "rr_low", "rr_high", "z", "p", "q", "class")
METHODS = ("relative_risk", "gi_star", "local_moran")
MOST_NAMED = 8


@click.command()
@workspace_option()
@filter_options
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="How it is judged.")
@format_option("csv", "json")
@json_option
def hotspots(workspace: Path, filters: Filters, method: str, form: str, as_json: bool) -> None:
    """Compare each area's incidents with what its inhabitants lead to expect, the worst area first.

    expected adds up to n over all areas of the layer; rr is the relative risk, steadied by all areas, with its 90 %
    range. An area is always judged against the whole layer: --area and --region only choose what is listed. p is
    two-sided, q the false discovery rate over all areas.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    answers = Answers(Warehouse(workspace))
    risk = answers.risk(filters.question(answers.snapshot), method=method)  # type: ignore[arg-type]
    write_result(COLUMNS, _rows(risk), facts=_facts(risk), form=form, as_json=as_json)
    _say_without(risk)
    say_basis(risk)


def _rows(risk: AreaRisk) -> Iterator[tuple[object, ...]]:
    """The areas asked, the highest first; an area nothing is known of comes last."""
    by = risk.rr if risk.method == "relative_risk" else risk.z
    order = sorted(range(len(risk.codes)), key=lambda i: (math.isnan(by[i]), 0.0 if math.isnan(by[i]) else -by[i]))
    floats = (risk.expected, risk.rr, risk.low, risk.high, risk.z, risk.p, risk.q)
    for i in order:
        if risk.asked[i]:
            numbers = (number(each[i]) for each in floats)
            yield risk.codes[i], risk.names[i], int(risk.n[i]), *numbers, str(risk.classes[i])


def _facts(risk: AreaRisk) -> dict[str, object]:
    return {
        "method": risk.method,
        "tests": risk.tests,
        "without_population": [risk.codes[i] for i in risk.without],
        **basis_facts(risk),
    }


def _say_without(risk: AreaRisk) -> None:
    """Say which areas cannot be judged, the first few by their codes."""
    if not risk.without:
        return
    w = speech()
    some = ", ".join(risk.codes[i] for i in risk.without[:MOST_NAMED])
    rest = ", ..." if len(risk.without) > MOST_NAMED else ""
    say(
        w(
            "{areas} areas are not judged, as their inhabitants are not known: {codes} ({n} incidents)",
            areas=len(risk.without),
            codes=some + rest,
            n=sum(int(risk.n[i]) for i in risk.without),
        )
    )
