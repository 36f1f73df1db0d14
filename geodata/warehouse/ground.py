"""Boundaries to and from the store: exact polygons in Parquet, the rest in the catalogue. Changes none of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from geodata.boundaries.editions import Boundaries, Edition, Layer, Region, Succession, Zone
from geodata.vocabulary import LayerKey, Level, ZoneKind
from geodata.warehouse import segments

FOLDER = "layers"
WEB_FOLDER = "boundaries"


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The boundaries of one generation, with what the browser draws them from."""

    boundaries: Boundaries
    web_files: dict[LayerKey, str]
    label_files: dict[LayerKey, str]
    zone_files: dict[str, str]
    border_file: str


@dataclass(frozen=True, slots=True, eq=False)
class StoredLayer:
    """A layer, and the parents its own file named: what they become depends on the other layers of the edition."""

    layer: Layer
    given: tuple[str, ...]

    def as_given(self) -> Layer:
        """The layer with its file's own parents."""
        return replace(self.layer, parents=self.given)


def load(connection: sqlite3.Connection, workspace: Path) -> Ground:
    """Everything the catalogue names of the ground. Raises StoreError on a missing or damaged file."""
    editions = _editions(connection)
    rows = connection.execute("SELECT edition, level, web_file, label_file FROM layers").fetchall()
    files = {LayerKey(edition, Level(level)): (web, label) for edition, level, web, label in rows}
    stored = {key: each for edition in editions for key, each in stored_layers(connection, workspace, edition).items()}
    border = connection.execute("SELECT shape, web_file FROM border").fetchone()
    boundaries = Boundaries(
        editions=editions,
        layers={key: each.layer for key, each in stored.items()},
        zones=_zones(connection),
        succession=_succession(connection),
        regions=_regions(connection),
        border=shapely.from_wkb(border[0]) if border else None,
    )
    return Ground(
        boundaries,
        web_files={key: files[key][0] for key in boundaries.layers},
        label_files={key: files[key][1] for key in boundaries.layers},
        zone_files=dict(connection.execute("SELECT id, web_file FROM zones ORDER BY bit").fetchall()),
        border_file=border[1] if border else "",
    )


def stored_layers(connection: sqlite3.Connection, workspace: Path, edition: str) -> dict[LayerKey, StoredLayer]:
    """The edition's layers, coarse to fine."""
    rows = connection.execute("SELECT level, sha256, derived FROM layers WHERE edition = ?", (edition,)).fetchall()
    known = {Level(level): (sha256, bool(derived)) for level, sha256, derived in rows}
    return {
        LayerKey(edition, level): _read_layer(workspace, LayerKey(edition, level), *known[level])
        for level in Level
        if level in known
    }


def write_layer(workspace: Path, stored: StoredLayer) -> str:
    """Store exact polygons, codes and names; return the file's SHA-256."""
    layer = stored.layer
    table = pa.table(
        {
            "code": pa.array(layer.codes, pa.string()),
            "name": pa.array(layer.names, pa.string()),
            "parent": pa.array(layer.parents, pa.string()),
            "given_parent": pa.array(stored.given, pa.string()),
            "population": pa.array(layer.population, pa.float64(), from_pandas=False),
            "geometry": pa.array(shapely.to_wkb(layer.polygons), pa.binary()),
        }
    )
    return segments.write_table(workspace / FOLDER, table)


def write_zone(connection: sqlite3.Connection, zone: Zone, web_file: str) -> None:
    """Put a zone in the catalogue, in place of one of the same id."""
    connection.execute("DELETE FROM zones WHERE id = ?", (zone.id,))
    values = (zone.id, zone.kind.value, zone.name, zone.bit, zone.buffer_m, shapely.to_wkb(zone.polygon), web_file)
    connection.execute("INSERT INTO zones VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def _read_layer(workspace: Path, key: LayerKey, sha256: str, derived: bool) -> StoredLayer:
    columns = segments.read_table(workspace / FOLDER, sha256).to_pydict()
    polygons = np.empty(len(columns["code"]), dtype=object)
    polygons[:] = shapely.from_wkb(columns["geometry"])
    layer = Layer(
        key,
        tuple(columns["code"]),
        tuple(columns["name"]),
        tuple(columns["parent"]),
        np.array(columns["population"], dtype=np.float64),
        polygons,
        derived=derived,
    )
    return StoredLayer(layer, tuple(columns["given_parent"]))


def _editions(connection: sqlite3.Connection) -> dict[str, Edition]:
    rows = connection.execute("SELECT id, valid_from, valid_until FROM editions").fetchall()
    editions = [Edition(name, _day(begin), _day(end)) for name, begin, end in rows]
    return {each.id: each for each in sorted(editions, key=lambda each: (each.valid_from or date.min, each.id))}


def _zones(connection: sqlite3.Connection) -> tuple[Zone, ...]:
    rows = connection.execute("SELECT id, kind, name, bit, shape, buffer_m FROM zones ORDER BY bit")
    return tuple(
        Zone(name, ZoneKind(kind), title, bit, shapely.from_wkb(shape), buffer_m)
        for name, kind, title, bit, shape, buffer_m in rows
    )


def _succession(connection: sqlite3.Connection) -> Succession:
    columns = "old_edition, new_edition, old_code, new_code, whole"
    rows = connection.execute(f"SELECT {columns} FROM succession ORDER BY position").fetchall()  # noqa: S608 - fixed
    if not rows:
        return Succession()
    return Succession(rows[0][0], rows[0][1], tuple((old, new, bool(whole)) for _, _, old, new, whole in rows))


def _regions(connection: sqlite3.Connection) -> tuple[Region, ...]:
    members: dict[tuple[str, str, str], list[str]] = {}
    for name, title, edition, code in connection.execute(
        "SELECT id, name, edition, code FROM regions ORDER BY position"
    ):
        members.setdefault((name, title, edition), []).append(code)
    return tuple(Region(name, title, edition, tuple(codes)) for (name, title, edition), codes in members.items())


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
