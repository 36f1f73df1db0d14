"""GeoPackage and zipped Shapefile through GDAL, once they are known to be what they say. Knows no editions."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from geodata.errors import BoundaryError
from geodata.geometry import crs

SUFFIXES = (".gpkg", ".zip")
_DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile"}
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_MAX_UNPACKED = 1_000_000_000
_MAX_RATIO = 200  # a Shapefile of real boundaries packs to a third; a bomb to a thousandth


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Features as GDAL gives them: geometries in ``crs``, and properties."""

    geometries: NDArray[np.object_]
    properties: tuple[Mapping[str, object], ...]
    crs: str


def read(path: Path) -> Table:
    """Read a ``.gpkg`` or a ``.zip`` holding one Shapefile."""
    if path.suffix.lower() == ".gpkg":
        return _read(path, path.name, _table_of(path))
    with tempfile.TemporaryDirectory(prefix="diemnong-") as folder:
        return _read(_unpack(path, Path(folder)), path.name, None)


def _read(path: Path, file: str, layer: str | None) -> Table:
    try:
        driver = pyogrio.read_info(path, layer=layer)["driver"]
        if driver != _DRIVERS[path.suffix.lower()]:
            raise BoundaryError("{file}: holds {driver}, not what its name says", file=file, driver=driver)
        meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, force_2d=True, datetime_as_string=True)
        geometries = np.asarray(shapely.from_wkb(shapes if shapes is not None else []), dtype=object)
    except (RuntimeError, ValueError, OSError, shapely.GEOSException) as error:
        raise BoundaryError("{file}: cannot be read ({reason})", file=file, reason=str(error)[:120]) from error
    if not len(geometries):
        raise BoundaryError("{file}: holds no features with geometry", file=file)
    names = [str(name) for name in meta["fields"]]
    rows = zip(*(_plain(column) for column in columns), strict=True) if names else [() for _ in geometries]
    properties = tuple(dict(zip(names, row, strict=True)) for row in rows)
    return Table(geometries, properties, meta["crs"] or crs.WGS84)


def _plain(column: NDArray[Any]) -> list[object]:
    return [None if isinstance(v, float) and np.isnan(v) else v for v in column.tolist()]


def _table_of(path: Path) -> str:
    """The one feature table of a GeoPackage. Views are refused: one can loop for ever, or read what it should not."""
    try:
        # A quoted path, read-only: names with ? or # stay names.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as store:
            views = store.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view'").fetchone()[0]
            tables = store.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'").fetchall()
    except sqlite3.Error as error:
        raise BoundaryError("{file}: is not a GeoPackage ({reason})", file=path.name, reason=str(error)) from error
    if views:
        raise BoundaryError("{file}: holds views; export the layer as a table of its own", file=path.name)
    if len(tables) != 1:
        raise BoundaryError(
            "{file}: holds {n} feature tables, expected one; export the layer alone", file=path.name, n=len(tables)
        )
    return str(tables[0][0])


def _unpack(path: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if Path(e.filename).suffix.lower() in _PARTS and not e.is_dir()]
            entries = [e for e in entries if "__MACOSX" not in e.filename]
            _check_archive(path.name, entries)
            for entry in entries:
                # Written under our own name: whatever path the archive gives is not used.
                (folder / f"layer{Path(entry.filename).suffix.lower()}").write_bytes(archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise BoundaryError("{file}: is not a readable zip file ({reason})", file=path.name, reason=error) from error
    return folder / "layer.shp"


def _check_archive(file: str, entries: list[zipfile.ZipInfo]) -> None:
    shapes = [e for e in entries if e.filename.lower().endswith(".shp")]
    stems = {Path(e.filename).stem.lower() for e in entries}
    if len(shapes) != 1 or len(stems) != 1:
        raise BoundaryError(
            "{file}: holds {n} Shapefiles, expected one (.shp, .shx, .dbf, .prj of one name)", file=file, n=len(shapes)
        )
    unpacked = sum(e.file_size for e in entries)
    packed = max(1, sum(e.compress_size for e in entries))
    if unpacked > _MAX_UNPACKED or (unpacked > 10_000_000 and unpacked / packed > _MAX_RATIO):
        raise BoundaryError(
            "{file}: unpacks to {size} MB; at most {limit} MB are read, and at most {ratio} times the packed size; "
            "simplify the boundaries or split the file, then zip it again",
            file=file,
            size=unpacked // 1_000_000,
            limit=_MAX_UNPACKED // 1_000_000,
            ratio=_MAX_RATIO,
        )
