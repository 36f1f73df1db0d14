"""Reads the point layers and tables of a GeoPackage into raw cells. Uses SQLite alone, no GDAL; runs no view.

A GeoPackage is an SQLite file whose schema a stranger wrote: it is opened read-only, its views are refused (one can
loop for ever), and only what was made as a plain table is selected from. Triggers, which every such file has, fire when
it is written to, which never happens.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import FileRefusedError
from geodata.ingest.opening.shapes import Notice, epsg_of, points_of_wkb
from geodata.ingest.opening.sheets import MOST_COLUMNS, check_sheet, recognised
from geodata.ingest.raw import Extract, Reader, Request

LARGEST = 1 << 30
_APPLICATION = slice(68, 72)  # of an SQLite file's first bytes
_LONGEST_CELL = 1 << 24
_ENVELOPES = (0, 32, 48, 48, 64)  # bytes between a geometry's head and its well-known binary
_LARGEST_ROW = (1 << 31) - 1
_OWN_KEYS = ("fid", "ogc_fid", "objectid", "gid")  # the program's own numbers, not the office's


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    columns: tuple[str, ...]
    key: str  # the column of whole numbers SQLite finds rows by, "" where there is none
    geometry: str  # "" for a table without geometry
    system: int


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the layers whose columns are recognised, or the asked one. Raises FileRefusedError where it is no such."""
    file = path.name
    try:
        # A quoted path: names with ? or # stay names. Immutable: no lock, no journal and no file beside it.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as store:
            store.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
            store.execute("PRAGMA trusted_schema = OFF")
            store.text_factory = lambda written: written.decode("utf-8", "replace")
            layers = {layer.name: layer for layer in _layers(store, file)}
            check_sheet(request.sheet, list(layers), file=file)
            whole = [request.sheet] if request.sheet is not None else _recognised(layers, request)
            skipped = tuple(name for name in layers if name not in whole) if request.sheet is None else ()
            for name in whole:
                yield _extract(store, layers[name], skipped)
    except (sqlite3.Error, OverflowError) as error:
        raise FileRefusedError(
            "«{file}» is a damaged GeoPackage ({detail}). Copy it again, or export the layer anew",
            file=file, detail=str(error)[:120],
        ) from None  # fmt: skip


def check(path: Path) -> None:
    """Refuse what is too large, or a database of another kind."""
    if path.stat().st_size > LARGEST:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Export the layer that is meant alone",
            file=path.name, limit=LARGEST >> 20,
        )  # fmt: skip
    with path.open("rb") as stream:
        application = stream.read(100)[_APPLICATION]
    if application not in (b"GPKG", b"GP10", b"GP11"):
        raise FileRefusedError(
            "«{file}» is a database but no GeoPackage. Export the layer as GeoPackage or as CSV", file=path.name
        )


def _layers(store: sqlite3.Connection, file: str) -> Iterator[_Layer]:
    made = {name: (kind, sql or "") for kind, name, sql in store.execute("SELECT type, name, sql FROM sqlite_master")}
    views = [name for name, (kind, _) in made.items() if kind == "view"]
    if views:
        raise FileRefusedError(
            "«{file}» holds views ({views}), which are not run. Export the layer as a table of its own",
            file=file, views=", ".join(views)[:200],
        )  # fmt: skip
    geometries = {}
    if "gpkg_geometry_columns" in made:
        rows = store.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
        geometries = {name: (column, system) for name, column, system in rows}
    listed = store.execute("SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')")
    for (name,) in listed.fetchall():
        kind, sql = made.get(name, ("", ""))
        if kind == "table" and sql.upper().split()[:2] == ["CREATE", "TABLE"]:
            yield _layer(store, name, *geometries.get(name, ("", 0)))


def _layer(store: sqlite3.Connection, name: str, geometry: str, system: int) -> _Layer:
    about = store.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    key = next((column for _, column, kind, _, _, pk in about if pk and kind.upper() == "INTEGER"), "")
    own = {geometry, key if key.lower() in _OWN_KEYS else ""}
    columns = tuple(column for _, column, *_ in about if column not in own)
    return _Layer(name, columns[:MOST_COLUMNS], key, geometry, system)


def _recognised(layers: dict[str, _Layer], request: Request) -> list[str]:
    headers = {name: (layer.columns, request.headers.recognised(layer.columns)) for name, layer in layers.items()}
    return recognised(headers, request)


def _extract(store: sqlite3.Connection, layer: _Layer, skipped: tuple[str, ...]) -> Extract:
    asked = [*layer.columns, *(name for name in (layer.key, layer.geometry) if name)]
    rows = store.execute(f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(layer.name)}").fetchall()  # noqa: S608
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(asked)
    cells = [[None if isinstance(cell, bytes) else cell for cell in column] for column in columns[: len(layer.columns)]]
    numbers = _numbers([row[len(layer.columns)] for row in rows] if layer.key else [], len(rows))
    if not layer.geometry:
        return Extract(layer.name, layer.columns, tuple(cells), numbers, skipped=skipped)
    points = points_of_wkb([_wkb(row[-1]) for row in rows])
    broken = points.faults(numbers)
    taken = np.flatnonzero(points.taken)
    if broken:
        cells = [[column[at] for at in taken] for column in cells]
    crs, findings = _system(store, layer.system)
    return Extract(
        layer.name, layer.columns, tuple(cells), numbers[taken], broken, points.xy[taken], {}, skipped, crs, findings
    )


def _numbers(keys: list[object], size: int) -> NDArray[np.int64]:
    """The numbers a person sees beside the features, where they are such; else they are counted from 1."""
    if keys and all(isinstance(key, int) and 0 < key <= _LARGEST_ROW for key in keys):
        return np.array(keys, dtype=np.int64)
    return np.arange(1, size + 1, dtype=np.int64)


def _wkb(blob: object) -> bytes | None:
    """The well-known binary behind a GeoPackage geometry's head; b"" (no geometry anybody knows) where it has none."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return b""
    if blob[3] & 0b0001_0000:  # marked empty
        return None
    envelope = (blob[3] >> 1) & 0b111
    return blob[8 + _ENVELOPES[envelope] :] if envelope < len(_ENVELOPES) else b""


def _system(store: sqlite3.Connection, number: int) -> tuple[str, tuple[Notice, ...]]:
    found = store.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (number,),
    ).fetchone()
    if found is None or number in (0, -1):  # undefined
        return "", ()
    organization, code, definition = found
    if str(organization).upper() == "EPSG":
        return ("" if code == 4326 else f"EPSG:{code}"), ()
    return epsg_of(str(definition))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


READER = Reader((".gpkg",), frozenset({"sqlite"}), read, check)
