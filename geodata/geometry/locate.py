"""Points -> polygon index, exactly and fast. Knows planar polygons only, nothing of areas, editions or projections.

A label grid is laid over the polygons' box. Cells that no edge comes near belong to one polygon (or to none) as a
whole and carry its index; only points in the other, mixed cells (about 2 %) are put to GEOS.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

MAX_CELLS = 2_500_000  # int16 labels: 5 MB, which stays in the cache where 10 M cells do not
MIN_CELLS = 65_536  # 256 x 256: a lone polygon leaves 1-2 % of its box in mixed cells, and builds in milliseconds
CELLS_PER_EDGE = 32
INFLATION = 1e-6  # of a cell; a million times the rounding error of grid coordinates
CHUNK = 32_768  # points at a time, so that all temporaries stay in the cache
EDGES_AT_ONCE = 65_536

Labels = NDArray[np.int16] | NDArray[np.int32]

OUTSIDE = -1
_MIXED = -2


class PointLocator:
    """Finds for each point the lowest index among the polygons that hold it, their edges included."""

    def __init__(self, polygons: Sequence[object] | NDArray[np.object_]) -> None:
        """Build the grid. ``polygons`` are valid shapely (multi)polygons; None and empty ones hold no point."""
        self._polygons = _checked(polygons)
        shapely.prepare(self._polygons)
        self._boxes = shapely.bounds(self._polygons)
        self._used = np.flatnonzero(np.isfinite(self._boxes[:, 0]))
        self._labels: Labels = np.full(1, OUTSIDE, dtype=np.int16)
        self._rows = self._columns = 1
        self._origin = self._scale = np.zeros(2)
        if len(self._used):
            self._lay_grid()

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Indices (int32) of the polygons that hold the points, -1 for none; NaN and infinity lie nowhere."""
        xs = np.ascontiguousarray(x, dtype=np.float64).ravel()
        ys = np.ascontiguousarray(y, dtype=np.float64).ravel()
        if xs.shape != ys.shape:
            raise ValueError(f"x has {len(xs)} values and y has {len(ys)}")
        found = np.empty(len(xs), dtype=np.int32)
        for start in range(0, len(xs), CHUNK):
            part = slice(start, start + CHUNK)
            found[part] = self._labels.take(self._cells(xs[part], ys[part]), mode="clip")
        mixed = np.flatnonzero(found == _MIXED)
        found[mixed] = self._test(xs[mixed], ys[mixed])
        return found

    def _lay_grid(self) -> None:
        used = self._boxes[self._used]
        low, high = used[:, :2].min(axis=0), used[:, 2:].max(axis=0)
        edges = _edges(self._polygons[self._used])
        # Never thinner than what a double can tell apart in a few thousand steps.
        size = np.maximum(high - low, 1e-9 * np.maximum(np.abs(low), np.abs(high)) + 1e-12)
        cells = float(np.clip(CELLS_PER_EDGE * len(edges), MIN_CELLS, MAX_CELLS))
        inner = np.clip(np.sqrt(cells * size / size[::-1]), 16, cells / 16).astype(int)
        step = size / inner
        self._origin, self._scale = low - step, 1.0 / step  # one ring of outside cells all around
        self._columns, self._rows = (int(n) + 3 for n in inner)
        mixed = self._mixed_cells(edges)
        self._labels = self._label(mixed)

    def _cells(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """Flat cell numbers; whatever lies off the grid, NaN included, falls into its outer ring."""
        column = self._steps(x, 0, self._columns)
        row = self._steps(y, 1, self._rows)
        row *= self._columns
        row += column
        return row

    def _steps(self, values: NDArray[np.float64], axis: int, count: int) -> NDArray[np.intp]:
        with np.errstate(over="ignore", invalid="ignore"):
            steps = values - self._origin[axis]
            steps *= self._scale[axis]
        np.fmax(steps, 0.0, out=steps)  # fmax and fmin let NaN go to the bound
        np.fmin(steps, count - 1.0, out=steps)
        cells: NDArray[np.intp] = steps.astype(np.intp)
        return cells

    def _mixed_cells(self, edges: NDArray[np.float64]) -> NDArray[np.bool_]:
        mixed = np.zeros(self._rows * self._columns, dtype=bool)
        grid_edges = (edges - np.tile(self._origin, 2)) * np.tile(self._scale, 2)
        for start in range(0, len(grid_edges), EDGES_AT_ONCE):
            rows, first, last = _spans(grid_edges[start : start + EDGES_AT_ONCE])
            begins = rows * self._columns + first
            mixed[_ranges(begins, last - first + 1)] = True
        return mixed

    def _label(self, mixed: NDArray[np.bool_]) -> Labels:
        clean = ~mixed.reshape(self._rows, self._columns)
        clean[0] = clean[-1] = False  # the outer ring is outside, whatever a test at its centre would say
        clean[:, 0] = clean[:, -1] = False
        steps = np.diff(clean.ravel().view(np.int8))
        begins, ends = np.flatnonzero(steps == 1) + 1, np.flatnonzero(steps == -1) + 1
        middle = (begins + ends) // 2
        x = self._origin[0] + (middle % self._columns + 0.5) / self._scale[0]
        y = self._origin[1] + (middle // self._columns + 0.5) / self._scale[1]
        labels: Labels = np.full(mixed.size, OUTSIDE, np.int32)
        if len(self._polygons) < 2**15:
            labels = labels.astype(np.int16)
        labels[clean.ravel()] = np.repeat(self._test(x, y), ends - begins)
        labels[mixed] = _MIXED
        return labels

    def _test(self, x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.int32]:
        """Put each point to every polygon whose box holds it, the lowest index last so that it wins."""
        found = np.full(len(x), OUTSIDE, dtype=np.int32)
        order = np.argsort(x)
        xs, ys = x[order], y[order]
        boxes = self._boxes[self._used]
        first, last = np.searchsorted(xs, boxes[:, 0], "left"), np.searchsorted(xs, boxes[:, 2], "right")
        for k in range(len(self._used) - 1, -1, -1):
            part = slice(first[k], last[k])
            near = np.flatnonzero((ys[part] >= boxes[k, 1]) & (ys[part] <= boxes[k, 3])) + first[k]
            if len(near):
                inside = shapely.intersects_xy(self._polygons[self._used[k]], xs[near], ys[near])
                found[order[near[inside]]] = self._used[k]
        return found


def _checked(polygons: Sequence[object] | NDArray[np.object_]) -> NDArray[np.object_]:
    geometries = np.empty(len(polygons), dtype=object)
    geometries[:] = list(polygons)
    kinds = shapely.get_type_id(geometries)
    wrong = np.flatnonzero(~np.isin(kinds, (-1, 3, 6)) & ~shapely.is_empty(geometries))
    if len(wrong):
        raise ValueError(f"geometry {wrong[0]} is a {geometries[wrong[0]].geom_type}, not a (multi)polygon")
    return geometries


def _edges(polygons: NDArray[np.object_]) -> NDArray[np.float64]:
    """All edges as rows x1, y1, x2, y2."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edges: NDArray[np.float64] = np.hstack([points[:-1], points[1:]])[ring[:-1] == ring[1:]]
    return edges


def _spans(edges: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Rows and first and last columns of all cells that the edges come near (a supercover), one row a span."""
    x1, y1, x2, y2 = edges.T
    bottom = np.floor(np.minimum(y1, y2) - INFLATION).astype(np.intp)
    top = np.floor(np.maximum(y1, y2) + INFLATION).astype(np.intp)
    rows = _ranges(bottom, top - bottom + 1)
    edge = np.repeat(np.arange(len(edges)), top - bottom + 1)
    rise = (y2 - y1)[edge]
    level = rise == 0.0
    rise = np.where(level, 1.0, rise)
    enters = np.clip((rows - INFLATION - y1[edge]) / rise, 0.0, 1.0)
    leaves = np.clip((rows + 1 + INFLATION - y1[edge]) / rise, 0.0, 1.0)
    enters, leaves = np.where(level, 0.0, enters), np.where(level, 1.0, leaves)
    start, run = x1[edge], (x2 - x1)[edge]
    a, b = start + enters * run, start + leaves * run
    first = np.floor(np.minimum(a, b) - INFLATION).astype(np.intp)
    last = np.floor(np.maximum(a, b) + INFLATION).astype(np.intp)
    return rows, first, last


def _ranges(begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """The concatenated ranges ``begins[i] .. begins[i] + lengths[i] - 1``."""
    offsets = np.cumsum(lengths) - lengths
    return np.repeat(begins - offsets, lengths) + np.arange(int(lengths.sum()))
