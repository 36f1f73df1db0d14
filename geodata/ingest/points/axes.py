"""Coordinate columns as numbers: which pair of columns to read, and how their cells are spelled. Knows no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.ingest.distinct import texts, where_nothing
from geodata.ingest.points.decimals import grouping_mark, read_numbers, regroup
from geodata.ingest.points.sexagesimal import read_angles
from geodata.ingest.wording import shown

PAIRS: Final = (("lon", "lat"), ("easting", "northing"), ("x", "y"))


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One coordinate column read: its header, its texts (None for a geometry), numbers, and which cells are blank."""

    header: str
    text: pd.Series | None
    value: NDArray[np.float64]  # NaN where blank or no number
    blank: NDArray[np.bool_]
    written: Mapping[int, str] = field(default_factory=dict)  # cells of a geometry that are no numbers
    either: NDArray[np.bool_] | None = None  # cells whose letter N is north, or Nam (south): read as north
    vietnamese: bool = False  # whether letters of the hemisphere are Vietnamese for certain

    def shown(self, at: int) -> str:
        """The cell as a message shows it."""
        return shown(self.text.iat[at] if self.text is not None else self.written.get(at, self.value[at]), number=True)


Axes = tuple[Axis, Axis]


def choose_pair(fields: Mapping[str, int], *, projected: bool) -> tuple[str, str] | None:
    """The pair of fields to read: with a CRS given, metres before degrees. A field without its twin still counts."""
    order = (*PAIRS[1:], PAIRS[0]) if projected else PAIRS
    for pair in order:
        if all(name in fields for name in pair):
            return pair
    return next((pair for pair in order if any(name in fields for name in pair)), None)


def read_axis(column: pd.Series, header: str) -> Axis:
    """Numbers with a decimal point or comma, thousands grouped or not, or degrees and minutes; NaN for anything else.

    Marks for a blank ("-", "N/A", "NULL") are blank.
    """
    text = texts(column)
    value = read_numbers(text)
    blank = where_nothing(text, np.isnan(value))
    left = np.flatnonzero(np.isnan(value) & ~blank)
    if not len(left):
        return Axis(header, text, value, blank)
    angles = read_angles(text.iloc[left])
    value[left] = angles.value
    either = np.zeros(len(value), dtype=bool)
    either[left] = angles.either
    return Axis(header, text, value, blank, either=either, vietnamese=angles.vietnamese)


def read_pair(first: Axis, second: Axis) -> Axes:
    """The two axes with what only both together tell: where "580.123" stands beside "1.249.136", thousands."""
    marks = [grouping_mark(axis.text) for axis in (first, second) if axis.text is not None]
    mark = next((mark for mark in marks if mark), "")
    return (_regrouped(first, mark), _regrouped(second, mark)) if mark else (first, second)


def _regrouped(axis: Axis, mark: str) -> Axis:
    return axis if axis.text is None else replace(axis, value=regroup(axis.text, axis.value, mark))


def geometry_axis(values: NDArray[np.float64], written: Mapping[int, str]) -> Axis:
    """A coordinate that a format carries as geometry; ``written`` are those that are no numbers, by position."""
    return Axis("geometry", None, values, np.isnan(values), written)


def settle_hemisphere(axis: Axis, *, beside: Axis, low: float, high: float) -> Axis:
    """Decide whether a bare N is north or Nam: by what falls between ``low`` and ``high``, else by the other letters.

    The bounds are those of the latitude, NaN where nothing is known of the place.
    """
    if axis.either is None or not axis.either.any():
        return axis
    north = axis.value[axis.either]
    fits_north, fits_south = (((side >= low) & (side <= high)).sum() for side in (north, -north))
    south = fits_south > fits_north or (fits_south == fits_north and (axis.vietnamese or beside.vietnamese))
    return replace(axis, value=np.where(axis.either, -axis.value, axis.value)) if south else axis


def both_finite(axes: Axes) -> NDArray[np.bool_]:
    """Where both coordinates are numbers."""
    return np.asarray(np.isfinite(axes[0].value) & np.isfinite(axes[1].value), dtype=bool)


def mostly_degrees(axes: Axes) -> bool:
    """Whether most of the pairs can be degrees, in either order. No projected point lies 180 m from both its axes."""
    first, second = np.abs(axes[0].value), np.abs(axes[1].value)
    finite = both_finite(axes)
    small = finite & (np.maximum(first, second) <= 180) & (np.minimum(first, second) <= 90)
    return bool(small.sum() * 2 > finite.sum())


def mostly_metres(axes: Axes) -> NDArray[np.bool_] | None:
    """Where the pairs are far beyond degrees, or None unless most of them are."""
    finite = both_finite(axes)
    far = finite & ((np.abs(axes[0].value) > 1_000) | (np.abs(axes[1].value) > 1_000))
    return np.asarray(far, dtype=bool) if far.sum() * 2 > finite.sum() else None
