"""Reads points from coordinate columns into lon/lat, or says what is wrong with them. Knows no area by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.errors import FileRefusedError
from geodata.geometry.crs import WGS84, transform_xy
from geodata.ingest.decimals import read_numbers
from geodata.ingest.distinct import spread, texts, where_nothing
from geodata.ingest.raw import Fault
from geodata.ingest.wording import shown
from geodata.vocabulary import Precision

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
PAIRS: Final = (("lon", "lat"), ("easting", "northing"), ("x", "y"))


@dataclass(frozen=True, slots=True)
class Axis:
    """One coordinate column read: its header, its texts (None for a geometry), numbers, and which cells are blank."""

    header: str
    text: pd.Series | None
    value: NDArray[np.float64]  # NaN where blank or no number
    blank: NDArray[np.bool_]
    written: Mapping[int, str] = field(default_factory=dict)  # cells of a geometry that are no numbers

    def shown(self, at: int) -> str:
        """The cell as a message shows it."""
        return shown(self.text.iat[at] if self.text is not None else self.written.get(at, self.value[at]))


@dataclass(frozen=True, slots=True)
class Points:
    """Longitudes and latitudes, NaN where the row has no point or a faulty one."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @property
    def precision(self) -> pd.Series:
        """A vocabulary.Precision value by row."""
        return spread([Precision.NONE.value, Precision.EXACT.value], self.known.astype(np.intp))

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a point."""
        return ~np.isnan(self.lon)


def choose_pair(fields: Mapping[str, int], *, projected: bool) -> tuple[str, str] | None:
    """The pair of fields to read: with a CRS given, metres before degrees. A field without its twin still counts."""
    order = (*PAIRS[1:], PAIRS[0]) if projected else PAIRS
    for pair in order:
        if all(name in fields for name in pair):
            return pair
    return next((pair for pair in order if any(name in fields for name in pair)), None)


def read_axis(column: pd.Series, header: str) -> Axis:
    """Numbers with a decimal point or comma, thousands grouped or not; NaN where the text is none.

    Marks for a blank ("-", "N/A", "NULL") are blank.
    """
    text = texts(column)
    value = read_numbers(text)
    return Axis(header, text, value, where_nothing(text, np.isnan(value)))


def geometry_axis(values: NDArray[np.float64], written: Mapping[int, str]) -> Axis:
    """A coordinate that a format carries as geometry; ``written`` are those that are no numbers, by position."""
    return Axis("geometry", None, values, np.isnan(values), written)


def read_points(
    axes: tuple[Axis, Axis], *, names: tuple[str, str], crs: str, box: Box | None, file: str
) -> tuple[Points, list[Fault]]:
    """Bring a pair of columns to lon/lat (``crs`` "" for degrees); rows that are no point have NaN and a fault.

    Which of X and Y is the easting is taken from the file's own numbers: Vietnamese sheets have X = northing, most
    others X = easting, and only one of the two falls inside the boundaries.
    """
    finite = np.isfinite(axes[0].value) & np.isfinite(axes[1].value)
    if not crs:
        _refuse_metres(axes, finite, file)
    ways = [_to_degrees(one.value, two.value, crs, finite) for one, two in (axes, axes[::-1])]
    if names == ("x", "y") and _inside(ways[1], _extent(crs, box)).sum() > _inside(ways[0], _extent(crs, box)).sum():
        ways, axes = ways[::-1], axes[::-1]
    given, other = ways
    faults = _faults(axes, given, other, box, degrees=not crs)
    wrong = np.zeros(len(finite), dtype=bool)
    wrong[[fault.at for fault in faults]] = True
    unknown = wrong | ~finite
    return Points(np.where(unknown, np.nan, given.lon), np.where(unknown, np.nan, given.lat)), faults


def _refuse_metres(axes: tuple[Axis, Axis], finite: NDArray[np.bool_], file: str) -> None:
    far = finite & ((np.abs(axes[0].value) > 1_000) | (np.abs(axes[1].value) > 1_000))
    if far.sum() * 2 > finite.sum():
        at = int(np.argmax(far))
        raise FileRefusedError(
            "«{file}», columns «{first}» and «{second}»: {x} and {y} are metres, not degrees. Say in which system with "
            "--crs, for example EPSG:9209 (VN-2000, 105°30') or EPSG:32648 (UTM 48N)",
            file=file, first=axes[0].header, second=axes[1].header, x=axes[0].shown(at), y=axes[1].shown(at),
        )  # fmt: skip


def in_metres(crs: str) -> bool:
    """Whether the CRS (one that exists, or "") measures in metres or the like, not in degrees."""
    return bool(crs) and bool(CRS.from_user_input(crs).is_projected)


def mostly_degrees(axes: tuple[Axis, Axis]) -> bool:
    """Whether most of the pairs can be degrees, in either order. No projected point lies 180 m from both its axes."""
    first, second = np.abs(axes[0].value), np.abs(axes[1].value)
    finite = np.isfinite(first) & np.isfinite(second)
    small = finite & (np.maximum(first, second) <= 180) & (np.minimum(first, second) <= 90)
    return bool(small.sum() * 2 > finite.sum())


def _to_degrees(x: NDArray[np.float64], y: NDArray[np.float64], crs: str, finite: NDArray[np.bool_]) -> Points:
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if not finite.any():
        return Points(lon, lat)
    if crs and crs.upper() != WGS84:
        lon[finite], lat[finite] = transform_xy(x[finite], y[finite], crs, WGS84)
    else:
        lon[finite], lat[finite] = x[finite], y[finite]
    return Points(lon, lat)


def check_crs(crs: str, *, file: str) -> str:
    """The CRS as given where it names one. Raises FileRefusedError otherwise."""
    try:
        CRS.from_user_input(crs)
    except CRSError:
        raise FileRefusedError(
            "«{file}»: {crs} names no coordinate system. Write it as EPSG:n, for example --crs EPSG:9209",
            file=file, crs=shown(crs),
        ) from None  # fmt: skip
    return crs


def _extent(crs: str, box: Box | None) -> Box | None:
    """Where points are expected: inside the boundaries; before there are any, where the CRS is meant to be used."""
    if box is not None or not crs:
        return box
    area = CRS.from_user_input(crs).area_of_use
    return None if area is None else (area.west, area.south, area.east, area.north)


def _inside(points: Points, box: Box | None) -> NDArray[np.bool_]:
    if box is None:
        return np.zeros(len(points.lon), dtype=bool)
    west, south, east, north = box
    inside = (points.lon >= west) & (points.lon <= east) & (points.lat >= south) & (points.lat <= north)
    return np.asarray(inside, dtype=bool)


def _faults(axes: tuple[Axis, Axis], given: Points, other: Points, box: Box | None, *, degrees: bool) -> list[Fault]:
    first, second = axes
    bad_first, bad_second = (~axis.blank & ~np.isfinite(axis.value) for axis in axes)
    half = first.blank != second.blank
    zero = (first.value == 0) & (second.value == 0)
    whole = np.isfinite(first.value) & np.isfinite(second.value) & ~zero
    outside = whole & ~((np.abs(given.lon) <= 180) & (np.abs(given.lat) <= 90))
    swapped = whole & _inside(other, box) & ~_inside(given, box)
    if degrees:
        swapped |= outside & (np.abs(given.lon) <= 90) & (np.abs(given.lat) <= 180)
    return [
        *(_not_a_number(first, int(at)) for at in np.flatnonzero(bad_first)),
        *(_not_a_number(second, int(at)) for at in np.flatnonzero(bad_second)),
        *(_half(axes, int(at)) for at in np.flatnonzero(half & ~bad_first & ~bad_second)),
        *(_zero(axes, int(at)) for at in np.flatnonzero(zero)),
        *(_swapped(axes, int(at)) for at in np.flatnonzero(swapped)),
        *(_out_of_range(axes, int(at)) for at in np.flatnonzero(outside & ~swapped)),
    ]


def _not_a_number(axis: Axis, at: int) -> Fault:
    if axis.text is None:
        return Fault(
            "the coordinate {value} of the geometry is not a number. Write numbers without quotation marks, as "
            "106.112, or null as the geometry where the place is not known",
            at, axis.header, "bad_coordinate", {"value": axis.shown(at)},
        )  # fmt: skip
    return Fault(
        '"{value}" is not a number. Write it as 106.112 or 106,112, or leave both coordinates blank',
        at, axis.header, "bad_coordinate", {"value": axis.shown(at)},
    )  # fmt: skip


def _half(axes: tuple[Axis, Axis], at: int) -> Fault:
    blank, there = axes if axes[0].blank[at] else axes[::-1]
    return Fault(
        "«{there}» is {value}, but this one is blank. Fill in both, or leave both blank",
        at, blank.header, "missing_coordinate", {"there": there.header, "value": there.shown(at)},
    )  # fmt: skip


def _zero(axes: tuple[Axis, Axis], at: int) -> Fault:
    return Fault(
        "0, 0 lies in the sea off Africa. Leave both coordinates blank where the place is not known",
        at, axes[0].header, "zero_coordinate",
    )  # fmt: skip


def _pair(axes: tuple[Axis, Axis], at: int) -> dict[str, object]:
    return {
        "first": axes[0].header, "second": axes[1].header, "x": axes[0].shown(at), "y": axes[1].shown(at),
    }  # fmt: skip


def _swapped(axes: tuple[Axis, Axis], at: int) -> Fault:
    return Fault(
        "{x}, {y} lies far outside, and inside when «{first}» and «{second}» change places. Change them in the file",
        at, axes[0].header, "swapped_coordinates", _pair(axes, at),
    )  # fmt: skip


def _out_of_range(axes: tuple[Axis, Axis], at: int) -> Fault:
    return Fault(
        "{x}, {y} («{first}», «{second}») is no place on earth. Longitude runs from -180 to 180, latitude from -90 to "
        "90; for metres name the system with --crs",
        at, axes[0].header, "bad_coordinate", _pair(axes, at),
    )  # fmt: skip
