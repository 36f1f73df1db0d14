"""Changes of boundaries inside a writing transaction: layers, zones, border. Joins no incidents and commits nothing."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import shapely

from geodata.boundaries.editions import Layer, Region, Succession, Zone
from geodata.boundaries.features import read_features
from geodata.boundaries.load import assign_parents, derive_province
from geodata.boundaries.web import (
    border_geojson,
    label_points,
    web_file_name,
    web_geojson,
    web_layers,
    zone_file_name,
    zone_geojson,
)
from geodata.boundaries.zones import distance_bands, outline
from geodata.errors import BoundaryError
from geodata.profile import Profile
from geodata.vocabulary import LayerKey, Level, ZoneKind
from geodata.warehouse import durable, ground
from geodata.warehouse.ground import StoredLayer

BITS = 64
NAME = re.compile(r"[\w.-]{1,64}")


def check_name(name: str) -> None:
    """Raise BoundaryError where an edition or a zone could not stand in an address by this name."""
    if not NAME.fullmatch(name):
        raise BoundaryError(
            "«{name}» cannot name an edition or a zone; use letters, digits, dot, hyphen and underscore, at most 64",
            name=name,
        )


def put_edition(connection: sqlite3.Connection, edition: str, begin: date | None, end: date | None) -> None:
    """Add the edition, or set the dates given of one that is there."""
    check_name(edition)
    known = connection.execute("SELECT valid_from, valid_until FROM editions WHERE id = ?", (edition,)).fetchone()
    dates = [day.isoformat() if day else old for day, old in zip((begin, end), known or (None, None), strict=True)]
    if dates[0] and dates[1] and dates[1] < dates[0]:
        raise BoundaryError(
            "edition «{edition}» would end ({end}) before it begins ({begin})",
            edition=edition,
            begin=dates[0],
            end=dates[1],
        )
    connection.execute(
        "INSERT INTO editions VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET valid_from = ?, valid_until = ?",
        (edition, *dates, *dates),
    )


def put_layer(
    connection: sqlite3.Connection, workspace: Path, layer: Layer, province: tuple[str, str], *, name_given: bool
) -> None:
    """Store a layer in place of the one of its key, and bring the rest of its edition in line with it.

    The province level is the union of the finest layer unless one was loaded. ``province`` is its code and name;
    ``name_given`` says that the layer's file named it (then it replaces an earlier derived one).
    """
    edition = layer.key.edition
    stored = ground.stored_layers(connection, workspace, edition)
    stored[layer.key] = StoredLayer(layer, layer.parents)
    own = {key: each.as_given() for key, each in stored.items() if not each.layer.derived}
    top = LayerKey(edition, Level.PROVINCE)
    if top not in own:
        finest = own[max(own, key=lambda key: list(Level).index(key.level))]
        before = stored.get(top)
        if before is not None and not name_given:
            province = (before.layer.codes[0], before.layer.names[0])
        own[top] = derive_province(finest, *province)
    _write_edition(connection, workspace, own)


def province_named_in(path: Path) -> tuple[str, str] | None:
    """Code and name of the province where all features of the file agree on them."""
    rows = [row for row in read_features(path).properties if isinstance(row, dict)]
    codes = {str(row.get("province_code") or "").strip() for row in rows}
    names = {str(row.get("province_name") or "").strip() for row in rows}
    if len(codes) != 1 or len(names) != 1 or "" in codes | names:
        return None
    return codes.pop(), names.pop()


def put_zone(connection: sqlite3.Connection, workspace: Path, zone: Zone) -> None:
    """Store a zone and its drawing."""
    content = zone_geojson(zone)
    name = zone_file_name(zone, content)
    durable.put(workspace / ground.WEB_FOLDER, name, content)
    ground.write_zone(connection, zone, name)


def free_bit(connection: sqlite3.Connection, zone: str, *, count: int = 1) -> int:
    """The first of ``count`` free places in a row of the zone sets; a zone loaded again keeps its place."""
    taken = dict(connection.execute("SELECT bit, id FROM zones").fetchall())
    kept = next((bit for bit, name in taken.items() if name == zone), None)
    if kept is not None:
        return int(kept)
    for bit in range(BITS - count + 1):
        if not any(bit + k in taken for k in range(count)):
            return bit
    raise BoundaryError("there is no room for zone «{zone}»: a workspace holds {most} zones", zone=zone, most=BITS)


def put_border(connection: sqlite3.Connection, workspace: Path, line: shapely.Geometry) -> None:
    """Store the border line and its drawing."""
    content = border_geojson(line)
    name = f"border.{durable.digest(content)[:12]}.json"
    durable.put(workspace / ground.WEB_FOLDER, name, content)
    connection.execute("INSERT OR REPLACE INTO border VALUES (1, ?, ?)", (shapely.to_wkb(line), name))


def put_bands(connection: sqlite3.Connection, workspace: Path, profile: Profile) -> tuple[Zone, ...]:
    """Draw the distance bands anew: they end where the loaded editions end. Nothing where there is no border or area.

    They keep their places in the zone sets, which are three in a row.
    """
    border = connection.execute("SELECT shape FROM border").fetchone()
    now = ground.load(connection, workspace).boundaries
    levels = {edition: now.levels(edition) for edition in now.editions}
    coarsest = [now.layers[LayerKey(edition, each[0])] for edition, each in levels.items() if each]
    if border is None or not coarsest:
        return ()
    within = outline([polygon for layer in coarsest for polygon in layer.polygons])
    first_bit = free_bit(connection, "border_0_1km", count=3)
    zones = distance_bands(
        shapely.from_wkb(border[0]), within=within, metric_crs=profile.metric_crs, first_bit=first_bit
    )
    for zone in zones:
        put_zone(connection, workspace, zone)
    return zones


def check_zone_name(zone: str, kind: ZoneKind) -> None:
    """Raise BoundaryError on a name that is none, or one that the computed bands own."""
    check_name(zone)
    if kind is ZoneKind.DISTANCE_BAND or re.fullmatch(r"border_\d+_\d+km", zone):
        raise BoundaryError(
            "zone «{zone}»: distance bands are computed; load the border with: diemnong boundaries border-line FILE",
            zone=zone,
        )


def put_succession(connection: sqlite3.Connection, succession: Succession) -> None:
    """Store the table in place of the one before."""
    connection.execute("DELETE FROM succession")
    rows = [(succession.old_edition, succession.new_edition, old, new, whole) for old, new, whole in succession.pairs]
    connection.executemany(
        "INSERT INTO succession (old_edition, new_edition, old_code, new_code, whole) VALUES (?, ?, ?, ?, ?)", rows
    )


def put_regions(connection: sqlite3.Connection, regions: tuple[Region, ...]) -> None:
    """Add the regions, in place of those of the same id."""
    connection.executemany("DELETE FROM regions WHERE id = ?", {(region.id,) for region in regions})
    rows = [(region.id, region.name, region.edition, code) for region in regions for code in region.codes]
    connection.executemany("INSERT INTO regions (id, name, edition, code) VALUES (?, ?, ?, ?)", rows)


def _write_edition(connection: sqlite3.Connection, workspace: Path, own: dict[LayerKey, Layer]) -> None:
    keys = sorted(own, key=lambda key: list(Level).index(key.level))
    given = {key: own[key].parents for key in keys}
    layers = {keys[0]: replace(own[keys[0]], parents=("",) * len(own[keys[0]].codes))}
    for above, key in pairwise(keys):
        layers[key] = _with_parents(own[key], layers[above])
    drawn = web_layers(layers)
    for key, layer in layers.items():
        sha256 = ground.write_layer(workspace, StoredLayer(layer, given[key]))
        shapes, labels = web_geojson(layer, drawn[key]), label_points(layer)
        names = web_file_name(layer, shapes), web_file_name(layer, labels)
        for name, content in zip(names, (shapes, labels), strict=True):
            durable.put(workspace / ground.WEB_FOLDER, name, content)
        connection.execute(
            "INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?, ?)", (*key, sha256, layer.derived, *names)
        )


def _with_parents(layer: Layer, above: Layer) -> Layer:
    if len(above.codes) == 1 and above.derived:  # the union of everything is everyone's parent, without measuring
        return replace(layer, parents=above.codes * len(layer.codes))
    return assign_parents(layer, above)
