"""The only place that changes coordinate systems. Knows projections, none of the shapes they are used on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from pyproj import Transformer

# PROJ is imported where coordinates change: it takes 0.06 s, and most files and maps stay in degrees.
# ruff: noqa: PLC0415

WGS84 = "EPSG:4326"
Shapes = Any  # one shapely geometry or an array of them; shapely ships no types


def metric_crs(setting: str, lon: float, lat: float) -> str:
    """The CRS to measure in: ``setting`` itself, or for ``"auto"`` the UTM zone (WGS 84) of the given centre."""
    if setting != "auto":
        return setting
    zone = int((lon + 180.0) // 6.0) % 60 + 1
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def metric_crs_of(geometries: ArrayLike, setting: str = "auto") -> str:
    """:func:`metric_crs` at the centre of the geometries' box (lon/lat); UTM 31N where there are none."""
    shapes = np.asarray(geometries, dtype=object)
    west, south, east, north = shapely.total_bounds(shapes) if shapes.size else (np.nan,) * 4
    if not np.isfinite([west, south, east, north]).all():
        return metric_crs(setting, 0.0, 0.0)
    return metric_crs(setting, float(west + east) / 2, float(south + north) / 2)


def to_metric(geometries: Shapes, crs: str) -> Shapes:
    """Geometries in lon/lat (one or an array) brought to ``crs``."""
    return project(geometries, WGS84, crs)


def to_wgs84(geometries: Shapes, crs: str) -> Shapes:
    """Geometries in ``crs`` (one or an array) brought to lon/lat."""
    return project(geometries, crs, WGS84)


def project(geometries: Shapes, source: str, target: str) -> Shapes:
    """Geometries brought from ``source`` to ``target``. Equal vertices stay equal, so shared edges stay shared."""
    return shapely.transform(geometries, _transformer(source, target).transform, interleaved=False)


def transform_xy(
    x: ArrayLike, y: ArrayLike, source: str, target: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates brought from ``source`` to ``target``, always easting or longitude first; inf where impossible."""
    xs, ys = _transformer(source, target).transform(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    return np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)


def unproject(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """:func:`transform_xy` from a projected ``crs`` to lon/lat in two steps: off the map, then from datum to datum.

    The second step is the one that takes time to prepare (30 ms) and is the same for all systems on one datum.
    """
    datum = _datum(crs)
    lon, lat = transform_xy(x, y, crs, datum)
    return (lon, lat) if datum == WGS84 else transform_xy(lon, lat, datum, WGS84)


@lru_cache(maxsize=64)
def _datum(crs: str) -> str:
    from pyproj import CRS

    geodetic = CRS.from_user_input(crs).geodetic_crs
    return WGS84 if geodetic is None else str(geodetic.to_string())


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Transformer:
    from pyproj import Transformer

    # Building one costs about 20 ms (a database look-up), using it nanoseconds a point.
    return Transformer.from_crs(source, target, always_xy=True)
