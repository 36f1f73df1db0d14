"""Geometries of a file as points, and its declared coordinate system as an EPSG number. Knows no file format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import N_
from geodata.ingest.raw import Fault

Notice = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """x and y by feature (NaN for no geometry), and what the others are, by position."""

    xy: NDArray[np.float64]
    others: dict[int, str]

    @property
    def taken(self) -> NDArray[np.bool_]:
        """The features that are points or have no geometry."""
        taken = np.ones(len(self.xy), dtype=bool)
        taken[list(self.others)] = False
        return taken

    def faults(self, rows: NDArray[np.int64]) -> tuple[Fault, ...]:
        """Why the others are not taken, by row number."""
        return tuple(not_a_point(int(rows[at]), found) for at, found in self.others.items())


def not_a_point(row: int, found: str) -> Fault:
    """The fault of a feature of another kind."""
    return Fault(
        "the feature is not a point but {found}. An incident is one point, or has no geometry",
        row, "geometry", "not_a_point", {"found": found},
    )  # fmt: skip


def points_of_wkb(shapes: Sequence[bytes | None]) -> Points:
    """Well-known binary as points; what cannot be understood is "something else"."""
    import shapely  # noqa: PLC0415 - only the processes that read such a file need it

    written = np.fromiter(shapes, dtype=object, count=len(shapes))
    geometries = shapely.from_wkb(written, on_invalid="ignore")
    kinds = shapely.get_type_id(geometries)
    single = (kinds == 4) & (shapely.get_num_geometries(geometries) == 1)
    geometries[single] = shapely.get_geometry(geometries[single], 0)
    absent = np.array([shape is None for shape in shapes], dtype=bool) | shapely.is_empty(geometries)
    point = (kinds == 0) | single
    xy = np.full((len(shapes), 2), np.nan)
    there = point & ~absent
    xy[there] = np.column_stack([shapely.get_x(geometries[there]), shapely.get_y(geometries[there])])
    odd = np.flatnonzero(~point & ~absent)
    return Points(xy, {int(at): geometries[at].geom_type if kinds[at] >= 0 else "something else" for at in odd})


def epsg_of(declared: object) -> tuple[str, tuple[Notice, ...]]:
    """The coordinate system a file declares (WKT, PROJJSON) as "EPSG:n", "" where it is lon/lat or has no number."""
    from pyproj import CRS  # noqa: PLC0415 - only the processes that read such a file need it
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    make: Callable[[Any], CRS] = CRS.from_json_dict if isinstance(declared, dict) else CRS.from_wkt
    try:
        system = make(declared)
        number = system.to_epsg()
    except (CRSError, ValueError, TypeError):
        return "", (_unknown("?"),)
    if number == 4326 or (number is None and system.is_geographic):
        return "", ()
    return (f"EPSG:{number}", ()) if number else ("", (_unknown(system.name),))


def _unknown(name: str) -> Notice:
    template = N_(
        "the coordinate system of the file ({name}) has no EPSG number and was left aside. Check the places on the "
        "map, or say which it is with --crs EPSG:n"
    )
    return template, {"name": name[:60]}
