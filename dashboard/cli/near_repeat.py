"""``diemnong near-repeat``: pairs of incidents by distance and time, as rows. Counts nothing itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import Filters, loose_filter_options
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import number, write_result
from dashboard.cli.terminal import say, speech

if TYPE_CHECKING:
    from geodata.answers.near_repeat import NearRepeat

EDGES = ("meters_from", "meters_to", "days_from", "days_to")
COLUMNS = (*EDGES, "pairs", "expected", "ratio", "p")


def read_edges(text: str) -> tuple[float, ...]:
    """Rising numbers above 0, as 100,200,400."""
    try:
        edges = tuple(float(part) for part in text.split(","))
    except ValueError:
        edges = ()
    known = bool(edges) and all(math.isfinite(edge) for edge in edges)
    if not known or not all(low < high for low, high in zip((0.0, *edges[:-1]), edges, strict=True)):
        raise click.BadParameter(f"«{text}» are not bands; write rising numbers above 0, for example 100,200,400")
    return edges


@click.command("near-repeat")
@workspace_option()
@loose_filter_options
@click.option("--meters", type=read_edges, default="100,200,400", show_default=True, help="Upper edges of distance.")
@click.option("--days", type=read_edges, default="7,14,28", show_default=True, help="Upper edges of time.")
@format_option("csv", "json")
@json_option
def near_repeat(
    workspace: Path, filters: Filters, meters: tuple[float, ...], days: tuple[float, ...], *, form: str, as_json: bool
) -> None:
    """Count pairs of incidents near each other in place and time, against those chance alone would give.

    A row holds pairs more than meters_from and at most meters_to apart, and so in days; the first rows (0 to 0 m) are
    pairs at the same place, and the first band of days holds the same day. expected is what place and time give without
    each other, p comes from 999 shufflings of the times. Incidents known to their commune only are left out.
    """
    from geodata.answers.answers import Answers
    from geodata.warehouse.warehouse import Warehouse

    answers = Answers(Warehouse(workspace))
    found = answers.near_repeat(filters.question(answers.snapshot), meters=meters, days=days)
    facts = {"incidents": found.n, "left_out": found.vague, "permutations": found.permutations}
    write_result(COLUMNS, _rows(found), facts=facts, form=form, as_json=as_json)
    if found.vague:
        w = speech()
        say(w("{n} matching incidents are left out, as their place is not known well enough", n=found.vague))


def _rows(found: NearRepeat) -> Iterator[tuple[object, ...]]:
    for band in found.bands:
        edges = (_plain(getattr(band, name)) for name in EDGES)
        yield *edges, band.pairs, number(band.expected), number(band.ratio), band.p


def _plain(edge: float) -> float:
    """Whole numbers without their point."""
    return int(edge) if edge.is_integer() else edge
