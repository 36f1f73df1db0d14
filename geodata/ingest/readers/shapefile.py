"""Reads a zipped Shapefile of points into raw cells. Nothing is unpacked to the disk; uses no GDAL.

A Shapefile is three files or more: points as eight bytes a number after a fixed head, the table as text of fixed width.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import numpy as np

from geodata.errors import FileRefusedError
from geodata.ingest.opening.containers import DAMAGE, opened
from geodata.ingest.opening.dbase import read_dbase
from geodata.ingest.opening.shapes import Points, epsg_of
from geodata.ingest.raw import Extract, Reader, Request

_PARTS = (".shp", ".dbf", ".prj", ".cpg")
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".geojson", ".json", ".gpkg", ".parquet")
_HEAD = 100
_RECORD = struct.Struct(">ii")
_NULL, _MULTIPOINTS = 0, (8, 18, 28)
_POINTS = (1, 11, 21)
_NAMES = {3: "LineString", 5: "Polygon", 13: "LineString", 15: "Polygon", 23: "LineString", 25: "Polygon"}
_PLACE = struct.Struct("<dd")


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the Shapefile's one table; row is the record's number. Raises FileRefusedError where it is damaged."""
    file = path.name
    if request.sheet is not None:
        raise FileRefusedError("«{file}» has no sheets: leave --sheet out", file=file)
    with opened(path) as container:
        parts = _parts(container.infolist(), file)
        try:
            payloads = {suffix: container.read(part) for suffix, part in parts.items()}
        except DAMAGE:
            raise _damaged(file) from None
    table = read_dbase(payloads[".dbf"], code_page=payloads.get(".cpg", b"").decode("ascii", "replace"), file=file)
    points = _points(payloads[".shp"], file)
    if len(points.xy) != len(table.deleted):
        raise _damaged(file)
    rows = np.arange(1, len(points.xy) + 1, dtype=np.int64)
    kept = points.taken & ~table.deleted
    broken = tuple(fault for fault in points.faults(rows) if not table.deleted[fault.at - 1])
    at = np.flatnonzero(kept).tolist()
    cells = table.cells if kept.all() else tuple([column[i] for i in at] for column in table.cells)
    declared = payloads.get(".prj", b"").decode("utf-8", "replace").strip()
    crs, notices = epsg_of(declared) if declared else ("", ())
    findings = (*table.findings, *notices)
    yield Extract("", table.columns, cells, rows[kept], broken, points.xy[kept], crs=crs, findings=findings)


def check(path: Path) -> None:
    """Refuse a container that holds no Shapefile, or several."""
    with opened(path) as container:
        _parts(container.infolist(), path.name)


def _parts(entries: Sequence[zipfile.ZipInfo], file: str) -> dict[str, zipfile.ZipInfo]:
    """The Shapefile's files by suffix. The paths they are given in the container are never used."""
    files = [entry for entry in entries if not entry.is_dir() and "__MACOSX" not in entry.filename]
    shapes = [entry for entry in files if entry.filename.lower().endswith(".shp")]
    tables = [PurePosixPath(entry.filename).name for entry in files if entry.filename.lower().endswith(_TABLES)]
    if not shapes and tables:
        raise FileRefusedError(
            "«{file}» is a zip container with «{inside}». Unpack it first and load that file", file=file,
            inside=tables[0][:80],
        )  # fmt: skip
    if len(shapes) != 1:
        raise FileRefusedError(
            "«{file}» holds {n} Shapefiles, one is expected (.shp, .dbf, .prj of one name). Zip each by itself",
            file=file, n=len(shapes),
        )  # fmt: skip
    stem = shapes[0].filename[: -len(".shp")].lower()
    parts = {suffix: entry for entry in files for suffix in _PARTS if entry.filename.lower() == stem + suffix}
    if ".dbf" not in parts:
        raise FileRefusedError(
            "«{file}» holds a Shapefile without its table (.dbf). Zip all its files together", file=file
        )
    return parts


def _points(payload: bytes, file: str) -> Points:
    places: list[tuple[float, float]] = []
    others: dict[int, str] = {}
    start = _HEAD
    try:
        while start < len(payload):
            _, words = _RECORD.unpack_from(payload, start)
            start += _RECORD.size
            kind = struct.unpack_from("<i", payload, start)[0]
            place, found = (np.nan, np.nan), ""
            if kind in _POINTS:
                place = _PLACE.unpack_from(payload, start + 4)
            elif kind in _MULTIPOINTS and struct.unpack_from("<i", payload, start + 36)[0] == 1:
                place = _PLACE.unpack_from(payload, start + 40)
            elif kind != _NULL:
                found = "MultiPoint" if kind in _MULTIPOINTS else _NAMES.get(kind, "something else")
            if found:
                others[len(places)] = found
            places.append(place)
            start += max(2 * words, 4)
    except struct.error:
        raise _damaged(file) from None
    return Points(np.array(places, dtype=np.float64).reshape(-1, 2), others)


def _damaged(file: str) -> FileRefusedError:
    return FileRefusedError("«{file}»: the Shapefile in it is cut off or damaged. Export the layer anew", file=file)


READER = Reader((".zip",), frozenset({"zip"}), read, check)
