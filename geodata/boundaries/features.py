"""Boundary files -> geometries and properties, in lon/lat. Knows file formats and their dangers, no editions.

GeoJSON is read with json and shapely only: GDAL would open other formats behind that name, and follow links.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from geodata.boundaries import gdal
from geodata.errors import BoundaryError
from geodata.geometry import crs

MAX_BYTES = 300_000_000
GEOJSON_SUFFIXES = (".geojson", ".json")
_LONLAT_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326", "OGC:CRS84")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """A file's features in their order: shapely geometries in EPSG:4326 and their properties."""

    file: str
    geometries: NDArray[np.object_]
    properties: tuple[Mapping[str, object], ...]

    def __len__(self) -> int:
        return len(self.geometries)

    @property
    def fields(self) -> tuple[str, ...]:
        """All property names, in order of first appearance."""
        return tuple(dict.fromkeys(name for row in self.properties for name in row))


def read_features(path: Path) -> Features:
    """Read GeoJSON, GeoPackage or a zipped Shapefile; anything else, or anything broken, is a BoundaryError."""
    path = Path(path)
    size = _size(path)
    if size == 0:
        raise BoundaryError("{file}: the file is empty; export the boundaries again", file=path.name)
    if size > MAX_BYTES:
        raise BoundaryError(
            "{file}: {size} MB is more than the {limit} MB a boundary file may have; simplify or split it",
            file=path.name,
            size=size // 1_000_000,
            limit=MAX_BYTES // 1_000_000,
        )
    suffix = path.suffix.lower()
    if suffix in GEOJSON_SUFFIXES:
        return _read_geojson(path)
    if suffix in gdal.SUFFIXES:
        table = gdal.read(path)
        return _in_lonlat(Features(path.name, table.geometries, table.properties), table.crs)
    raise BoundaryError(
        "{file}: boundaries are read from GeoJSON (.geojson), GeoPackage (.gpkg) or a zipped Shapefile (.zip)",
        file=path.name,
    )


def _size(path: Path) -> int:
    try:
        if path.is_file():
            return path.stat().st_size
    except OSError as error:
        raise BoundaryError("{file}: cannot be read ({reason})", file=path.name, reason=error.strerror) from error
    raise BoundaryError("{file}: there is no such file; check the name and the folder", file=str(path))


def _read_geojson(path: Path) -> Features:
    document = _parse(path)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        kind = document.get("type") if isinstance(document, dict) else type(document).__name__
        raise BoundaryError(
            "{file}: expected a GeoJSON FeatureCollection, found {kind}", file=path.name, kind=str(kind)[:40]
        )
    rows = document.get("features")
    if not isinstance(rows, list) or not rows:
        raise BoundaryError("{file}: the FeatureCollection holds no features", file=path.name)
    geometries = np.empty(len(rows), dtype=object)
    properties: list[Mapping[str, object]] = []
    for i, row in enumerate(rows):
        if not isinstance(row, dict) or row.get("type") != "Feature":
            raise BoundaryError("{file}, feature {number}: is not a GeoJSON Feature", file=path.name, number=i + 1)
        geometries[i] = _geometry(path.name, i + 1, row.get("geometry"))
        properties.append(_properties(row))
    return _in_lonlat(Features(path.name, geometries, tuple(properties)), _named_crs(document, path.name))


def _parse(path: Path) -> object:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BoundaryError("{file}: is not UTF-8 text; save it as GeoJSON in UTF-8", file=path.name) from error
    except RecursionError as error:
        raise BoundaryError(
            "{file}: is nested too deep for GeoJSON; export the boundaries again", file=path.name
        ) from error
    except json.JSONDecodeError as error:
        raise BoundaryError(
            "{file}, line {line}: is not JSON ({reason}); export it again as GeoJSON",
            file=path.name,
            line=error.lineno,
            reason=error.msg,
        ) from error
    except ValueError as error:
        raise BoundaryError("{file}: is not JSON ({reason})", file=path.name, reason=str(error)[:80]) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _properties(row: Mapping[str, Any]) -> Mapping[str, object]:
    given = row.get("properties")
    properties = dict(given) if isinstance(given, dict) else {}
    if "id" in row and not isinstance(row["id"], dict | list):
        properties.setdefault("id", row["id"])
    return properties


def _geometry(file: str, number: int, value: object) -> shapely.Geometry | None:
    if value is None:
        return None
    try:
        geometry = shapely.from_geojson(json.dumps(value))
    except (shapely.GEOSException, ValueError, TypeError, RecursionError) as error:
        raise BoundaryError(
            "{file}, feature {number}: the geometry cannot be read ({reason})",
            file=file,
            number=number,
            reason=str(error)[:120],
        ) from error
    return shapely.force_2d(geometry)


def _named_crs(document: Mapping[str, Any], file: str) -> str:
    """The file's legacy ``crs`` member where it names one; a link is never followed."""
    member = document.get("crs")
    if not isinstance(member, dict) or member.get("type") != "name":
        return crs.WGS84
    named = member.get("properties")
    name = named.get("name") if isinstance(named, dict) else None
    if not isinstance(name, str) or name.endswith(_LONLAT_NAMES):
        return crs.WGS84
    number = name.rpartition(":")[2]
    if "EPSG" not in name.upper() or not number.isdigit():
        raise BoundaryError(
            "{file}: unknown coordinate system «{crs}»; export in WGS 84 (EPSG:4326)", file=file, crs=name[:60]
        )
    return f"EPSG:{int(number)}"


def _in_lonlat(features: Features, source: str) -> Features:
    geometries = features.geometries
    if source != crs.WGS84:
        try:
            geometries = crs.to_wgs84(geometries, source)
        except (CRSError, ProjError) as error:
            raise BoundaryError(
                "{file}: unknown coordinate system «{crs}»; export in WGS 84 (EPSG:4326)",
                file=features.file,
                crs=source[:60],
            ) from error
    _check_range(features.file, geometries)
    return Features(features.file, geometries, features.properties)


def _check_range(file: str, geometries: NDArray[np.object_]) -> None:
    bounds = shapely.bounds(geometries)
    limits = np.array([180.0, 90.0, 180.0, 90.0])
    present = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    wrong = np.flatnonzero(present & ~(np.abs(bounds) <= limits).all(axis=1))
    if len(wrong):
        x, y = shapely.get_coordinates(geometries[wrong[0]])[0]
        raise BoundaryError(
            "{file}, feature {number}: the coordinates ({x}, {y}) are not longitude and latitude in degrees; "
            "swap them or export in WGS 84 (EPSG:4326)",
            file=file,
            number=int(wrong[0]) + 1,
            x=round(float(x), 6),
            y=round(float(y), 6),
        )
