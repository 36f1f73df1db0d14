"""Hexagons over a shape, and which of them holds a point. Planar, in metres; knows nothing of what is counted.

Cells have axial coordinates (q, r), rows r and steps q within them, counted from the origin of the coordinate system:
one width always gives the same cells, whatever the shape. With pointy tops and width w (across the flats) the centre
lies at x = w (q + r / 2), y = (sqrt 3 / 2) w r, and a cell's area is (sqrt 3 / 2) w^2. Flat tops swap x and y.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from geodata.geometry.coverage import Geometries, polygonal
from geodata.geometry.neighbours import from_pairs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Numbers = NDArray[np.floating[Any]]
ROW = sqrt(3.0) / 2.0  # of the width, from row to row
MAX_CELLS = 500_000  # a width of 30 m over a province: nobody can see such cells, and few have a case
BLOCK = 10  # cells; 5,400 over an outline of 27,000 vertices take 0.15 s instead of 0.5
FAR = 1e15  # cells from the origin: beyond, steps of one cell are lost to rounding
SLIVER = 1e-9  # of a cell: less ground than this is rounding
_CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))  # in half widths and quarters of the height
_STEPS = ((1, 0), (0, 1), (-1, 1))  # three of the six neighbours; the others see it the other way round


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Cells that hold ground of a shape, row by row.

    ``polygons`` (n,) are clipped to the shape, ``area`` (n,) is theirs in square metres and ``share`` (n,) that part of
    a whole cell, from next to nothing to 1: cells at the edge stay, and whoever compares cells decides what is too
    little. ``centres`` (n, 2) are those of the whole cells. ``q`` and ``r`` (n,) are axial coordinates.
    """

    width_m: float
    flat: bool
    polygons: Geometries
    centres: Floats
    area: Floats
    share: Floats
    q: Integers
    r: Integers
    _table: NDArray[np.int32] = field(repr=False)  # index of cell (q, r), shifted by _corner; -1 for none
    _corner: tuple[int, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.polygons)

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Indices of the cells that hold the points, -1 where no cell does; NaN and infinity lie nowhere.

        The whole cell counts, not what was clipped: a point just outside the shape belongs to the cell at its edge.
        A point on a line between cells belongs to one of them, always the same.
        """
        across, along = _turned(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64), self.flat)
        near = np.maximum(np.abs(across), np.abs(along)) < FAR * self.width_m  # nan is not
        rows = np.where(near, along, 0.0) / (ROW * self.width_m)
        q, r = _rounded(np.where(near, across, 0.0) / self.width_m - rows / 2.0, rows)
        return np.where(near, self._index(q, r), np.int32(-1))

    def neighbours(self) -> sparse.csr_array:
        """Cells with a common edge, as binary weights: up to six each, whole cells again, not what was clipped."""
        here = np.arange(len(self))
        beside = [self._index(self.q + dq, self.r + dr) for dq, dr in _STEPS]
        first, second = np.tile(here, len(_STEPS)), np.concatenate(beside).astype(np.intp)
        return from_pairs(first[second >= 0], second[second >= 0], len(self))

    def _index(self, q: NDArray[np.int64], r: NDArray[np.int64]) -> NDArray[np.int32]:
        column, row = q - self._corner[0], r - self._corner[1]
        columns, rows = self._table.shape
        on = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        return np.where(on, self._table[np.where(on, column, 0), np.where(on, row, 0)], np.int32(-1))


def hexagons(region: object, width_m: float, *, flat: bool = False) -> Lattice:
    """The hexagons of ``width_m`` across the flats that hold ground of ``region``, clipped to it.

    ``region`` is a valid shapely (multi)polygon in metres. ``flat`` puts flats at the top instead of points. Cells
    that only touch the region are left out; an empty region has no cells. Raises ValueError where the width is not
    above 0, or so small that there would be more than half a million cells.
    """
    if not 0 < width_m < np.inf:
        raise ValueError(f"a width above 0 m is needed, not {width_m}")
    q, r = _candidates(region, width_m, flat)
    shapely.prepare(region)
    whole = _cells(q, r, width_m, flat)
    near = np.flatnonzero(shapely.intersects(region, whole))
    clipped = whole[near]
    cut = np.flatnonzero(~shapely.contains_properly(region, clipped))
    clipped[cut] = _clipped(clipped[cut], region, width_m)
    cell = ROW * width_m**2
    area = shapely.area(clipped)
    kept = area > SLIVER * cell
    q, r, area = q[near][kept], r[near][kept], area[kept]
    table, corner = _table(q, r)
    share = np.minimum(area / cell, 1.0)
    return Lattice(width_m, flat, clipped[kept], _centres(q, r, width_m, flat), area, share, q, r, table, corner)


def _candidates(region: object, width: float, flat: bool) -> tuple[Integers, Integers]:
    """Axial coordinates of all cells that may touch the region's box, row by row."""
    box = shapely.bounds(region)
    if not np.isfinite(box).all():
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    (west, east), (south, north) = _turned(box[[0, 2]], box[[1, 3]], flat)
    if (east - west + 2 * width) * (north - south + 2 * width) > MAX_CELLS * ROW * width**2:
        raise ValueError(f"a width of {width} m gives more than {MAX_CELLS:,} cells")
    rows = np.arange(np.floor(south / (ROW * width)) - 1, np.ceil(north / (ROW * width)) + 2).astype(np.int64)
    first = np.floor(west / width - rows / 2.0).astype(np.int64) - 1
    columns = np.arange(int(np.ceil((east - west) / width)) + 4)
    return (first[:, None] + columns).ravel(), np.repeat(rows, len(columns))


def _cells(q: Integers, r: Integers, width: float, flat: bool) -> Geometries:
    """Whole hexagons. Corners are whole multiples of two lengths, so that neighbours share them to the last bit."""
    half, quarter = width / 2.0, width / sqrt(12.0)
    corners = np.array(_CORNERS)
    across = (2 * q + r)[:, None] + corners[:, 0]
    along = (3 * r)[:, None] + corners[:, 1]
    ring = np.stack(_turned(across * half, along * quarter, flat), axis=-1)
    return np.asarray(shapely.polygons(ring), dtype=object)


def _clipped(cells: Geometries, region: object, width: float) -> Geometries:
    """What of the cells lies in the region, block by block: each meets its part of the outline, not all of it."""
    boxes = shapely.bounds(cells)
    _, number = np.unique(boxes[:, :2] // (BLOCK * width), axis=0, return_inverse=True)
    result = np.empty(len(cells), dtype=object)
    for k in range(int(number.max()) + 1 if len(cells) else 0):
        those = np.flatnonzero(number.ravel() == k)
        low, high = boxes[those, :2].min(axis=0) - width, boxes[those, 2:].max(axis=0) + width  # no line in common
        part = shapely.intersection(region, shapely.box(*low, *high))
        result[those] = shapely.intersection(cells[those], part)
    return polygonal(result)


def _centres(q: Integers, r: Integers, width: float, flat: bool) -> Floats:
    return np.stack(_turned((2 * q + r) * (width / 2.0), 3 * r * (width / sqrt(12.0)), flat), axis=-1)


def _turned(x: Numbers, y: Numbers, flat: bool) -> tuple[Numbers, Numbers]:
    return (y, x) if flat else (x, y)


def _rounded(q: Floats, r: Floats) -> tuple[Integers, Integers]:
    """The cell nearest to fractional axial coordinates: of q, r and s = -q - r, the one rounded most gives way."""
    s = -q - r
    near_q, near_r, near_s = np.rint(q), np.rint(r), np.rint(s)
    off_q, off_r, off_s = np.abs(near_q - q), np.abs(near_r - r), np.abs(near_s - s)
    worst_q = (off_q > off_r) & (off_q > off_s)
    worst_r = ~worst_q & (off_r > off_s)
    whole_q = np.where(worst_q, -near_r - near_s, near_q)
    whole_r = np.where(worst_r, -near_q - near_s, near_r)
    return whole_q.astype(np.int64), whole_r.astype(np.int64)


def _table(q: Integers, r: Integers) -> tuple[NDArray[np.int32], tuple[int, int]]:
    if len(q) == 0:
        return np.full((1, 1), -1, dtype=np.int32), (0, 0)
    corner = (int(q.min()), int(r.min()))
    table = np.full((int(q.max()) - corner[0] + 1, int(r.max()) - corner[1] + 1), -1, dtype=np.int32)
    table[q - corner[0], r - corner[1]] = np.arange(len(q))
    return table, corner
