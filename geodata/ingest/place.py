"""Where each row's incident happened, as its coordinates say. Knows no area by name."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.boundaries.editions import Boundaries
from geodata.errors import FileRefusedError
from geodata.ingest.coordinates import (
    Axis,
    Box,
    Points,
    check_crs,
    choose_pair,
    geometry_axis,
    in_metres,
    mostly_degrees,
    read_axis,
    read_points,
)
from geodata.ingest.raw import Fault
from geodata.ingest.recipe import Recipe
from geodata.ingest.sheet import Sheet
from geodata.tables import Finding


def place_points(sheet: Sheet, boundaries: Boundaries, recipe: Recipe) -> tuple[Points, list[Fault], list[Finding]]:
    """Lon/lat by row from the format's geometry, else from the best pair of columns. Raises where a column is alone.

    A CRS in metres is meant for columns in metres: degrees under headers of degrees, or in a GeoJSON that declares no
    CRS, are read as degrees (EPSG:4326) whatever the recipe says. One --crs is often given for several files.
    """
    crs = recipe.crs
    named_crs = check_crs(crs or sheet.table.crs, file=sheet.file) if crs or sheet.table.crs else ""
    axes: tuple[Axis, Axis]
    if sheet.points is not None:
        pair = ("easting", "northing")
        odd = sheet.table.odd_points  # a feature is never a blank row, so positions are those of the table
        axes = (
            geometry_axis(sheet.points[:, 0], {at: written[0] for at, written in odd.items()}),
            geometry_axis(sheet.points[:, 1], {at: written[1] for at, written in odd.items()}),
        )
    else:
        chosen = choose_pair(sheet.fields, projected=bool(named_crs))
        if chosen is None:
            nowhere = np.full(len(sheet), np.nan)
            return Points(nowhere, nowhere), [], []
        pair = chosen
        _require_both(sheet, pair)
        axes = (
            read_axis(sheet.column(pair[0]), sheet.header(pair[0])),
            read_axis(sheet.column(pair[1]), sheet.header(pair[1])),
        )
    says_degrees = pair == ("lon", "lat") if sheet.points is None else not sheet.table.crs
    if says_degrees and in_metres(named_crs) and mostly_degrees(axes):
        named_crs = ""
    points, faults = read_points(axes, names=pair, crs=named_crs, box=_box(boundaries), file=sheet.file)
    return points, faults, []


def _require_both(sheet: Sheet, pair: tuple[str, str]) -> None:
    there = [name for name in pair if name in sheet.fields]
    if len(there) < 2:
        raise FileRefusedError(
            "«{file}»: there is a column «{header}» but none for its other coordinate ({fields}). Name it, say which "
            "it is with --mapping M.toml, or delete the one there is",
            file=sheet.file, header=sheet.header(there[0]), fields=" / ".join(pair),
        )  # fmt: skip


def _box(boundaries: Boundaries) -> Box | None:
    boxes = np.array([shapely.total_bounds(layer.polygons) for layer in boundaries.layers.values()])
    if not np.isfinite(boxes).any():
        return None
    west, south = np.nanmin(boxes[:, :2], axis=0)
    east, north = np.nanmax(boxes[:, 2:], axis=0)
    return float(west), float(south), float(east), float(north)
