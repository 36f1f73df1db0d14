"""Brings a pair of coordinate columns to lon/lat, in a system that is known. Chooses no system, names no area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import FileRefusedError
from geodata.geometry.crs import WGS84, transform_xy
from geodata.ingest.distinct import spread
from geodata.ingest.points.axes import Axes, both_finite, settle_hemisphere
from geodata.ingest.points.extent import Box
from geodata.ingest.points.point_faults import at_zero, find_faults
from geodata.ingest.raw import Fault
from geodata.ingest.wording import shown
from geodata.vocabulary import Precision

# PROJ is imported where a system is named: it takes 0.06 s, and most files are in degrees.
# ruff: noqa: PLC0415

EARTH: Box = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Points:
    """Longitudes and latitudes, NaN where the row has no point or a faulty one, and how well each is known."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precision: pd.Series  # a vocabulary.Precision value by row
    crs: str = ""  # the system the columns were read in, "" for degrees

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a point."""
        return ~np.isnan(self.lon)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pair of columns gave: points, faults by row, whether the second column is the easting."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    faults: list[Fault]
    turned: bool
    swapped: int  # rows whose coordinates fit only when they change places
    whole: int  # rows with two numbers


def as_points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Points:
    """Points that are exact wherever they are known."""
    known = (~np.isnan(lon)).astype(np.intp)
    return Points(lon, lat, spread([Precision.NONE.value, Precision.EXACT.value], known))


def read_points(axes: Axes, *, crs: str, box: Box | None, either_order: bool = False) -> Reading:
    """Bring a pair of columns to lon/lat (``crs`` "" for degrees); rows that are no point have NaN and a fault.

    With ``either_order`` (columns X and Y) the file's own numbers say which is the easting: Vietnamese sheets have
    X = northing, most others X = easting, and only one of the two falls inside the boundaries.
    """
    if not in_metres(crs):
        axes = _north_or_nam(axes, box)
    finite = both_finite(axes)
    ways = [_to_degrees(one.value, two.value, crs, finite) for one, two in (axes, axes[::-1])]
    turned = False
    if either_order:
        extent = _extent(crs, box)
        turned = bool(_inside(ways[1], extent).sum() > _inside(ways[0], extent).sum())
    if turned:
        ways, axes = ways[::-1], axes[::-1]
    lon, lat = ways[0]
    whole = finite & ~at_zero(axes)
    outside = whole & ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    swapped = whole & _inside(ways[1], box) & ~_inside(ways[0], box)
    if not crs:
        swapped |= outside & (np.abs(lon) <= 90) & (np.abs(lat) <= 180)
    faults = find_faults(axes, swapped=swapped, outside=outside)
    unknown = ~finite
    unknown[[fault.at for fault in faults]] = True
    if unknown.any():
        lon, lat = np.where(unknown, np.nan, lon), np.where(unknown, np.nan, lat)
    return Reading(lon, lat, faults, turned, int(swapped.sum()), int(whole.sum()))


def _north_or_nam(axes: Axes, box: Box | None) -> Axes:
    low, high = (box[1], box[3]) if box is not None else (np.nan, np.nan)
    first, second = axes
    return (
        settle_hemisphere(first, beside=second, low=low, high=high),
        settle_hemisphere(second, beside=first, low=low, high=high),
    )


def in_metres(crs: str) -> bool:
    """Whether the CRS (one that exists, or "") measures in metres or the like, not in degrees."""
    if not crs:
        return False
    from pyproj import CRS

    return bool(CRS.from_user_input(crs).is_projected)


def check_crs(crs: str, *, file: str) -> str:
    """The CRS as given where it names one. Raises FileRefusedError otherwise."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(crs)
    except CRSError:
        raise FileRefusedError(
            "«{file}»: {crs} names no coordinate system. Write it as EPSG:n, for example --crs EPSG:9209",
            file=file, crs=shown(crs),
        ) from None  # fmt: skip
    return crs


_Way = tuple[NDArray[np.float64], NDArray[np.float64]]


def _to_degrees(x: NDArray[np.float64], y: NDArray[np.float64], crs: str, finite: NDArray[np.bool_]) -> _Way:
    if not crs or crs.upper() == WGS84:
        if finite.all():
            return x, y
        return np.where(finite, x, np.nan), np.where(finite, y, np.nan)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if finite.any():
        lon[finite], lat[finite] = transform_xy(x[finite], y[finite], crs, WGS84)
    return lon, lat


def _extent(crs: str, box: Box | None) -> Box:
    """Where points are expected: inside the boundaries; before there are any, where the CRS is meant to be used."""
    if box is not None:
        return box
    if not crs:
        return EARTH
    from pyproj import CRS

    area = CRS.from_user_input(crs).area_of_use
    return EARTH if area is None else (area.west, area.south, area.east, area.north)


def _inside(way: _Way, box: Box | None) -> NDArray[np.bool_]:
    if box is None:
        return np.zeros(len(way[0]), dtype=bool)
    west, south, east, north = box
    lon, lat = way
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.asarray(inside, dtype=bool)
