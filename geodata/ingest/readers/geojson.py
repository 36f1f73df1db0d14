"""Reads GeoJSON points into raw cells: properties as columns, the geometry as coordinates. Uses no GDAL."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geodata.errors import FileRefusedError
from geodata.ingest.letters.encoding import utf8
from geodata.ingest.opening.shapes import not_a_point
from geodata.ingest.opening.sheets import check_width
from geodata.ingest.raw import Extract, Fault, Reader, Request

LARGEST = 300 << 20
_EPSG = re.compile(r"EPSG:{1,2}(\d+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A point's x and y: NaN for no geometry, inf for numbers that are none (refused later, in words)."""

    numbers: tuple[float, float]
    written: tuple[str, str] | None = None  # as the file has them, where one is no number


_NOWHERE = _Place((math.nan, math.nan))


def read(path: Path, request: Request) -> Iterator[Extract]:
    """Yield the collection's one table; row is the feature's number. Raises FileRefusedError where it is no GeoJSON."""
    file = path.name
    if request.sheet is not None:
        raise FileRefusedError("«{file}» has no sheets: leave --sheet out", file=file)
    if path.stat().st_size > LARGEST:
        raise FileRefusedError(
            "«{file}» is larger than {limit} MB. Split it by year, or save it as CSV with the columns lon and lat",
            file=file, limit=LARGEST >> 20,
        )  # fmt: skip
    text = utf8(path.read_bytes(), file=file)
    document = _document(text.payload, file)
    if not document["features"]:
        raise FileRefusedError(
            "«{file}» holds no features: its list is empty. Was the right layer exported, without a filter?", file=file
        )
    properties, places, rows, broken = _split(document["features"])
    names = tuple(dict.fromkeys(name for row in properties for name in row))
    check_width(len(names), file=file)
    cells = tuple([_flat(row.get(name)) for row in properties] for name in names)
    points = np.array([place.numbers for place in places], dtype=np.float64).reshape(-1, 2)
    odd = {at: place.written for at, place in enumerate(places) if place.written}
    columns, numbers = tuple(_sound(name) for name in names), np.array(rows, dtype=np.int64)
    yield Extract("", columns, cells, numbers, broken, points, odd, crs=_crs(document, file), findings=text.findings)


def _document(payload: bytes, file: str) -> dict[str, Any]:
    try:
        document = json.loads(payload)
    except json.JSONDecodeError as error:
        raise FileRefusedError(
            "«{file}», line {line}: not valid JSON ({detail}). Was it saved to the end?",
            file=file, line=error.lineno, detail=error.msg,
        ) from None  # fmt: skip
    except (RecursionError, ValueError):
        raise FileRefusedError(
            "«{file}» is not GeoJSON: its values are nested too deep or too large", file=file
        ) from None
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"type": "FeatureCollection", "features": [document]}
    if not (isinstance(document, dict) and isinstance(document.get("features"), list)):
        raise FileRefusedError(
            "«{file}» is JSON but no GeoJSON feature collection. Export the points as GeoJSON, or as CSV", file=file
        )
    return document


def _split(features: list[Any]) -> tuple[list[dict[str, Any]], list[_Place], list[int], tuple[Fault, ...]]:
    properties: list[dict[str, Any]] = []
    places: list[_Place] = []
    rows: list[int] = []
    broken: list[Fault] = []
    for number, feature in enumerate(features, start=1):
        row = feature.get("properties") if isinstance(feature, dict) else None
        place = _place(feature.get("geometry")) if isinstance(feature, dict) else None
        if place is None or not (row is None or isinstance(row, dict)):
            broken.append(not_a_point(number, _kind(feature)))
            continue
        properties.append(row or {})
        places.append(place)
        rows.append(number)
    return properties, places, rows, tuple(broken)


def _place(geometry: object) -> _Place | None:
    """The point, or None where the geometry is no point."""
    if geometry is None:
        return _NOWHERE
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Point", "MultiPoint"):
        return None
    inner = geometry.get("coordinates")
    if geometry["type"] == "MultiPoint":
        inner = inner[0] if isinstance(inner, list) and len(inner) == 1 else None
    if not isinstance(inner, list):
        return None
    if not inner:  # "coordinates": [] is how an empty point is written
        return _NOWHERE
    if len(inner) < 2:
        return None
    x, y = inner[:2]
    numbers = _number(x), _number(y)
    return _Place(numbers, (json.dumps(x), json.dumps(y)) if math.inf in numbers else None)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.inf
    try:
        number = float(value)
    except OverflowError:
        return math.inf
    return number if math.isfinite(number) else math.inf


def _kind(feature: object) -> str:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    return kind if isinstance(kind, str) and kind.isalpha() and len(kind) < 20 else "something else"


def _flat(value: object) -> object:
    if isinstance(value, str):
        return _sound(value)
    return None if isinstance(value, list | dict) else value


def _sound(text: str) -> str:
    """The text without halves of letters: JSON can write them, no store can keep them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _crs(document: dict[str, Any], file: str) -> str:
    """The declared CRS as "EPSG:n", "" for lon/lat. Only names are understood: a link would have to be fetched."""
    declared = document.get("crs")
    if declared is None:
        return ""
    inner = declared.get("properties") if isinstance(declared, dict) else None
    name = inner.get("name") if isinstance(inner, dict) else None
    if isinstance(name, str) and name.upper().endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        return ""
    found = _EPSG.search(name) if isinstance(name, str) else None
    if found is None:
        raise FileRefusedError(
            "«{file}» declares a coordinate system in a way that is not understood. Export it in WGS 84 (EPSG:4326)",
            file=file,
        )
    return f"EPSG:{found.group(1)}"


READER = Reader((".geojson", ".json"), frozenset({"json"}), read)
