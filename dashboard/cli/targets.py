"""``diemnong targets``: every category and group against its target, as rows. Judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.filters import layer_of, read_day
from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.result import number, say_not_placed, write_result
from dashboard.cli.terminal import say, speech
from geodata.vocabulary import Level, Period, Source

if TYPE_CHECKING:
    from geodata.answers.targets import Targets
    from geodata.profile import Profile

STATEMENTS = (
    "category",
    "baseline",
    "current",
    "ratio",
    "low",
    "high",
    "p",
    "arithmetic",
    "change",
    "verdict",
    "on_track",
)
COLUMNS = (*STATEMENTS, "group", "target", "baseline_year", "q", "dispersion", "quota", "power")
PLACE = ("area_code", "area_name")


@click.command()
@workspace_option()
@click.option("--baseline", required=True, metavar="P", help="A year of the profile, or 2024-11-01..2025-10-31.")
@click.option("--period", required=True, metavar="P", help="What is compared with it, written alike.")
@click.option("--level", type=click.Choice([level.value for level in Level]), help="One row an area of this level.")
@click.option("--edition", metavar="ID", help="Edition of the boundaries. Default: the newest with that level.")
@click.option("--region", multiple=True, metavar="ID", help="Only this region; may be repeated.")
@click.option("--area", multiple=True, metavar="CODE", help="Only this area of the edition; may be repeated.")
@click.option("--source", multiple=True, type=click.Choice([Source.REPORTED.value, Source.DISCOVERED.value]))
@format_option("csv", "json")
@json_option
def targets(
    workspace: Path,
    *,
    baseline: str,
    period: str,
    level: str | None,
    edition: str | None,
    region: tuple[str, ...],
    area: tuple[str, ...],
    source: tuple[str, ...],
    form: str,
    as_json: bool,
) -> None:
    """Compare each category, and each group (rows without a category), with its target.

    arithmetic: is the count at or under the target's share of the baseline; change: an exact test of the two counts;
    verdict: met, missed or unclear, by one-sided tests against the target itself. Both tests are widened where months
    spread more than chance (dispersion above 1.3). While a year runs, baseline and current are the same part of both,
    baseline_year is the whole, and on_track the chance of ending at or under the target.
    """
    from geodata.answers.answers import Answers
    from geodata.question import Question
    from geodata.warehouse.warehouse import Warehouse

    answers = Answers(Warehouse(workspace))
    snapshot = answers.snapshot
    before, after = (read_period(text, snapshot.profile) for text in (baseline, period))
    where = layer_of(snapshot, edition, Level(level) if level else None)
    sources = tuple(Source(value) for value in dict.fromkeys(source))
    question = Question(after, *where, areas=area, regions=region, sources=sources)
    found = answers.targets(question, baseline=before, period=after, by_area=level is not None)
    columns = (*PLACE, *COLUMNS) if level else COLUMNS
    rows = [tuple(row[name] for name in columns) for row in _rows(found)]
    told = found.comparison
    compared = [told.before.start, told.before.end, told.so_far.start, told.so_far.end]
    facts = {"compared": compared, "comparable": told.comparable}
    write_result(columns, rows, facts=facts, form=form, as_json=as_json)
    _tell(found)
    lost = set(snapshot.profile.target.regions) - {region.id for region in snapshot.boundaries.regions}
    if lost:
        w = speech()
        say(w("Targets are set for regions that are not loaded: {regions}.", regions=", ".join(sorted(lost))))


def read_period(text: str, profile: Profile) -> Period:
    """A year of the profile as 2024, or two days as 2024-11-01..2025-10-31."""
    if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200:
        return profile.statistical_year(int(text))
    first, dots, last = text.partition("..")
    if not dots:
        raise click.BadParameter(f"«{text}» is not a period; write a year as 2024, or days as 2024-11-01..2025-10-31")
    start, end = read_day(first), read_day(last)
    if end < start:
        raise click.BadParameter(f"«{text}» ends before it starts")
    return Period(start, end)


def _rows(found: Targets) -> Iterator[dict[str, object]]:
    names = dict(found.areas)
    for row in sorted(found.rows, key=lambda row: row.category == ""):  # groups below the categories
        yield {
            "area_code": row.area,
            "area_name": names[row.area],
            "category": row.category,
            "baseline": row.before,
            "current": row.now,
            **{name: number(getattr(row, name)) for name in ("ratio", "low", "high", "p", "q", "power", "target")},
            "arithmetic": "met" if row.reached else "missed",
            "change": row.change,
            "verdict": row.verdict,
            "on_track": number(row.outlook.probability) if row.outlook else None,
            "group": row.group,
            "baseline_year": row.baseline,
            "dispersion": number(row.phi),
            "quota": row.quota if row.outlook else None,
        }


def _days(period: Period) -> str:
    return f"{period.start:%d/%m/%Y}–{period.end:%d/%m/%Y}"


def _tell(found: Targets) -> None:
    w, told = speech(), found.comparison
    if not told.reached:
        say(w("the data do not reach into both periods: nothing can be told"))
    elif not told.comparable:
        say(w("the data do not cover both periods: the figures compare what there is"))
    if told.running:
        say(
            w(
                "the period is still running: {now} is compared with {before}",
                now=_days(told.so_far),
                before=_days(told.before),
            )
        )
    if found.areas != (("", ""),):
        say_not_placed(found.not_placed)
    if told.exposure != 1:
        say(w("the two periods are not equally long: ratios are of incidents a day"))
