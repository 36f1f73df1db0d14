"""``diemnong boundaries``: editions, zones, border, succession and regions into a workspace, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.acts import written_down
from dashboard.cli.filters import read_day
from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, tell, write
from dashboard.rows import json_text
from geodata.vocabulary import Level, ZoneKind

if TYPE_CHECKING:
    from geodata.boundaries.editions import Zone
    from geodata.boundaries.load import LayerReport

KINDS = [kind.value for kind in ZoneKind if kind is not ZoneKind.DISTANCE_BAND]  # bands are computed, not loaded
file_argument = click.argument("file", type=DATA_FILE, metavar="FILE")


@click.group()
def boundaries() -> None:
    """Load and check administrative units, zones, the border, succession and regions."""


@boundaries.command()
@workspace_option()
@file_argument
@click.option("--edition", required=True, metavar="ID", help="Edition of the administrative map, for example 2025.")
@click.option("--level", required=True, type=click.Choice([level.value for level in Level]), help="Level of the areas.")
@click.option("--from", "begin", type=read_day, metavar="DATE", help="First day the edition is in force.")
@click.option("--until", "end", type=read_day, metavar="DATE", help="Last day the edition is in force.")
@click.option("--code", metavar="FIELD", help="Property with the area's code, where it is not recognised.")
@click.option("--name", metavar="FIELD", help="Property with the area's name.")
@click.option("--parent", metavar="FIELD", help="Property with the code of the area above.")
@click.option("--population", metavar="FIELD", help="Property with the number of inhabitants.")
@json_option
def add(
    *,
    workspace: Path,
    file: Path,
    edition: str,
    level: str,
    begin: date | None,
    end: date | None,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Load one level of an edition: GeoJSON, GeoPackage or a zipped Shapefile. Repairs what it can, and reports."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "boundaries", file=file.name, edition=edition, level=level) as done:
        generation, report = warehouse.add_layer(
            file, edition, Level(level), valid_from=begin, valid_until=end, **fields
        )
        done(generation=generation)
    for line in _layer_lines(report, edition, level):
        say(line)
    if as_json:
        write(json_text({"generation": generation, "edition": edition, "level": level, **asdict(report)}))


@boundaries.command()
@workspace_option()
@file_argument
@click.option("--zone", required=True, metavar="ID", help="Short name of the zone, as filters call it.")
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What the zone is.")
@click.option("--name", metavar="FIELD", help="Property with the zone's name, or the name itself.")
@click.option("--buffer-m", type=float, default=0.0, metavar="N", help="Metres around each feature.")
@json_option
def zone(
    workspace: Path, file: Path, zone: str, *, kind: str, name: str | None, buffer_m: float, as_json: bool
) -> None:
    """Load a zone that overlaps areas, or places of concern with a buffer."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "boundaries", file=file.name, zone=zone) as done:
        generation, made = warehouse.add_zone(file, zone, ZoneKind(kind), name=name, buffer_m=buffer_m)
        done(generation=generation)
    w = speech()
    say(w("Zone {zone} is loaded: {name}", zone=made.id, name=made.name))
    if as_json:
        write(json_text({"generation": generation, **_zone(made)}))


@boundaries.command("border-line")
@workspace_option()
@file_argument
@json_option
def border_line(workspace: Path, file: Path, *, as_json: bool) -> None:
    """Load the border. Its distance bands 0-1, 1-5 and 5-10 km become zones (computed, not decided ones)."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "boundaries", file=file.name) as done:
        generation, bands = warehouse.add_border_line(file)
        done(generation=generation)
    w = speech()
    if bands:
        say(w("The border is loaded; zones: {zones}", zones=", ".join(band.id for band in bands)))
    else:
        say(w("The border is loaded; its distance bands are drawn as soon as an edition is."))
    if as_json:
        write(json_text({"generation": generation, "zones": [_zone(band) for band in bands]}))


@boundaries.command()
@workspace_option()
@file_argument
@json_option
def succession(workspace: Path, file: Path, *, as_json: bool) -> None:
    """Load which old commune became which new one (CSV: old_code, new_code, part)."""
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    with written_down(workspace, "boundaries", file=file.name) as done:
        generation, table = warehouse.add_succession(file)
        done(generation=generation)
    old, whole = {pair[0] for pair in table.pairs}, sum(pair[2] for pair in table.pairs)
    facts = {"old": table.old_edition, "new": table.new_edition, "whole": whole, "split": len(old) - whole}
    w = speech()
    say(w("From {old} to {new}: {whole} communes moved whole, {split} were split", **facts))
    if as_json:
        named = {"old_edition": table.old_edition, "new_edition": table.new_edition, "pairs": len(table.pairs)}
        write(json_text({"generation": generation, **named, "whole": whole, "split": len(old) - whole}))


@boundaries.command()
@workspace_option()
@click.argument("file", type=DATA_FILE, metavar="FILE", required=False)
@click.option("--from-districts", "districts", metavar="EDITION", help="Make this edition's districts regions instead.")
@json_option
def region(workspace: Path, file: Path | None, districts: str | None, *, as_json: bool) -> None:
    """Load named sets of communes (CSV: region, edition, code), or make them of an edition's districts.

    A commune of another edition belongs to the old district that holds more than half of its ground.
    """
    from geodata.warehouse.warehouse import Warehouse

    warehouse = Warehouse(workspace)
    if (file is None) == (districts is None):
        raise CommandError("name a file with regions, or --from-districts EDITION, and not both")
    with written_down(workspace, "boundaries", regions=file.name if file else districts) as done:
        generation, regions = warehouse.add_regions(file) if file else warehouse.add_district_regions(districts or "")
        done(generation=generation)
    w = speech()
    for each in regions:
        say(w("{name}: {n} communes of edition {edition}", name=each.name, n=len(each.codes), edition=each.edition))
    if as_json:
        write(json_text({"generation": generation, "regions": [asdict(each) for each in regions]}))


@boundaries.command()
@workspace_option()
@json_option
def check(workspace: Path, *, as_json: bool) -> None:
    """Find gaps, overlaps, invalid geometry, orphans, and editions that do not nest."""
    from geodata.warehouse.warehouse import Warehouse

    findings = Warehouse(workspace).check_boundaries()
    w = speech()
    severities = {"error": w("error"), "warning": w("warning"), "note": w("note")}
    for each in findings:
        place = " ".join(part for part in (each.edition, each.level) if part)
        say(f"{severities[each.severity.value]}  {place}: {tell(each)}")
    counted = {name: sum(each.severity.value == name for each in findings) for name in severities}
    say(w("{error} errors, {warning} warnings, {note} notes", **counted))
    if as_json:
        names = ("severity", "edition", "level", "code", "what")
        rows = [{**{name: getattr(each, name) for name in names}, "message": tell(each)} for each in findings]
        write(json_text({**{f"{name}s": n for name, n in counted.items()}, "findings": rows}))


def _zone(zone: Zone) -> dict[str, object]:
    return {"zone": zone.id, "kind": zone.kind, "name": zone.name, "buffer_m": zone.buffer_m}


def _layer_lines(report: LayerReport, edition: str, level: str) -> Iterator[str]:
    """What was read and mended, only as many lines as there is to say."""
    from dashboard.claims.layer_report import lines

    w = speech()
    yield w(
        "{file}: {features} features, {areas} areas of level {level} in edition {edition}",
        file=report.file,
        features=report.features,
        areas=report.areas,
        level=level,
        edition=edition,
    )
    yield from lines(report, w)
