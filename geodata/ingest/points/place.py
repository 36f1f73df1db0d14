"""Where each row's incident happened, as its coordinates say. Knows no area by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest.distinct import texts
from geodata.ingest.points.axes import (
    Axes,
    Axis,
    choose_pair,
    geometry_axis,
    mostly_degrees,
    mostly_metres,
    read_axis,
    read_pair,
)
from geodata.ingest.points.coordinates import Points, Reading, as_points, check_crs, in_metres, read_points
from geodata.ingest.points.detection import Metres, detect, doubt
from geodata.ingest.points.extent import Extent
from geodata.ingest.points.named_shapes import NamedShapes
from geodata.ingest.points.point_faults import no_pair
from geodata.ingest.points.positions import split_positions
from geodata.ingest.points.precision import weigh_precision
from geodata.ingest.raw import Fault
from geodata.ingest.recipe import Recipe
from geodata.ingest.sheet import Sheet
from geodata.tables import Finding

_READABLE: Final = 0.5  # share of a combined column that must be coordinates; else it is free text


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """The coordinates a sheet has, and what their place in the sheet says of them."""

    axes: Axes
    either_order: bool = False  # whether the headers leave open which of the two is the easting
    says_degrees: bool = False
    faults: tuple[Fault, ...] = ()


def place_points(
    sheet: Sheet, boundaries: Boundaries, recipe: Recipe, day: Callable[[], NDArray[np.int64]]
) -> tuple[Points, list[Fault], list[Finding]]:
    """Lon/lat by row from the format's geometry, else from the best pair of columns. Raises where a column is alone.

    A CRS in metres is meant for columns in metres: degrees under headers of degrees, or in a GeoJSON that declares no
    CRS, are read as degrees (EPSG:4326) whatever the recipe says. One --crs is often given for several files. Metres
    without a system get the one that puts them inside the boundaries, where only one does. ``day`` is asked late: days
    may be read at the same time.
    """
    asked = recipe.crs or sheet.table.crs
    crs = check_crs(asked, file=sheet.file) if asked else ""
    source, findings = _find(sheet, recipe, projected=bool(crs))
    if source is None:
        nowhere = np.full(len(sheet), np.nan)
        return as_points(nowhere, nowhere), [], findings
    if recipe.swapped:
        source = replace(source, axes=source.axes[::-1], either_order=False)
    extent = Extent(boundaries)
    reading, more, used = _read(source, crs, extent, NamedShapes(sheet, boundaries, day))
    findings += more
    precision, more = weigh_precision(
        reading.lon,
        reading.lat,
        said=texts(sheet.column("precision")) if "precision" in sheet.fields else None,
        degrees=None if in_metres(used) else source.axes,
        extent=extent,
        day=day(),
    )
    points = Points(reading.lon, reading.lat, precision, used)
    return points, [*source.faults, *reading.faults], [*findings, *more]


def _find(sheet: Sheet, recipe: Recipe, *, projected: bool) -> tuple[_Source | None, list[Finding]]:
    if sheet.points is not None:
        odd = sheet.table.odd_points  # a feature is never a blank row, so positions are those of the table
        axes = (
            geometry_axis(sheet.points[:, 0], {at: written[0] for at, written in odd.items()}),
            geometry_axis(sheet.points[:, 1], {at: written[1] for at, written in odd.items()}),
        )
        return _Source(axes, says_degrees=not sheet.table.crs), []
    pair = choose_pair(sheet.fields, projected=projected)
    if "position" in sheet.fields and not (pair and all(name in sheet.fields for name in pair)):
        source = _find_position(sheet, insist="position" in recipe.columns)
        if source is not None:
            return source, []
        if pair is None:
            return None, [_no_coordinates(sheet.header("position"))]
    if pair is None:
        return None, []
    _require_both(sheet, pair)
    first, second = (read_axis(sheet.column(name), sheet.header(name)) for name in pair)
    axes = read_pair(first, second)
    return _Source(axes, either_order=pair == ("x", "y"), says_degrees=pair == ("lon", "lat")), []


def _find_position(sheet: Sheet, *, insist: bool) -> _Source | None:
    """The column that holds both coordinates, None where it is free text after all: «Vị trí» is often an address."""
    header = sheet.header("position")
    halves = split_positions(sheet.column("position"))
    lat, lon = read_axis(halves.first, header), read_axis(halves.second, header)
    written = ~halves.blank
    readable = written & halves.pair & ~np.isnan(lat.value) & ~np.isnan(lon.value)
    if not insist and readable.sum() < _READABLE * max(int(written.sum()), 1):
        return None
    faults = tuple(no_pair(header, int(at)) for at in np.flatnonzero(written & ~readable))
    axes = read_pair(_only(lon, readable), _only(lat, readable))
    return _Source(axes, either_order=not halves.certain, faults=faults)


def _only(axis: Axis, rows: NDArray[np.bool_]) -> Axis:
    """The axis with all other cells blank."""
    return replace(axis, value=np.where(rows, axis.value, np.nan), blank=axis.blank | ~rows)


def _read(source: _Source, crs: str, extent: Extent, named: NamedShapes) -> tuple[Reading, list[Finding], str]:
    """The points, what is to be said of them, and the system they were read in."""
    axes, either_order = source.axes, source.either_order
    if source.says_degrees and in_metres(crs) and mostly_degrees(axes):
        crs = ""
    findings = []
    far = None if crs else mostly_metres(axes)
    if far is not None:
        found = detect(Metres(axes, far, either_order, named.file), extent, named)
        crs, axes, either_order, findings = found.crs, found.in_order(axes), False, found.findings
    reading = read_points(axes, crs=crs, box=extent.box, either_order=either_order)
    metres = in_metres(crs)
    if far is None:
        findings += _order_finding(reading, axes, metres)
        findings += doubt(axes, crs, reading.lon, reading.lat, extent) if metres else []
    findings += _swapped_finding(reading, axes)
    return reading, findings, crs


def _order_finding(reading: Reading, axes: Axes, metres: bool) -> list[Finding]:
    if not reading.turned:
        return []
    if axes[0].header == axes[1].header:
        return [Finding("«{header}» holds the longitude first: only so points fall inside", {"header": axes[0].header})]
    facts = {"first": axes[0].header, "second": axes[1].header}
    if metres:
        return [Finding("«{first}» is the northing and «{second}» the easting: only so points fall inside", facts)]
    return [Finding("«{first}» is the latitude and «{second}» the longitude: only so points fall inside", facts)]


def _swapped_finding(reading: Reading, axes: Axes) -> list[Finding]:
    if reading.swapped * 2 <= reading.whole:
        return []
    return [
        Finding(
            "{swapped} of {n} rows have «{first}» and «{second}» exchanged. Exchange them in the file, or write "
            "swapped = true under [coordinates] in the mapping",
            {
                "swapped": reading.swapped, "n": reading.whole, "first": axes[0].header, "second": axes[1].header,
            },
        )
    ]  # fmt: skip


def _no_coordinates(header: str) -> Finding:
    return Finding("«{header}» holds no coordinates and was left out", {"header": header})


def _require_both(sheet: Sheet, pair: tuple[str, str]) -> None:
    there = [name for name in pair if name in sheet.fields]
    if len(there) < 2:
        raise FileRefusedError(
            "«{file}»: there is a column «{header}» but none for its other coordinate ({fields}). Name it, say which "
            "it is with --mapping M.toml, or delete the one there is",
            file=sheet.file, header=sheet.header(there[0]), fields=" / ".join(pair),
        )  # fmt: skip
