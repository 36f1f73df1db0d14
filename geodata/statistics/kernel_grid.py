"""Incidents per unit area on a whole grid at once, for a map. Knows points and cells, no region but a mask.

Each point is shared out to the four cell centres round it (linear binning), which adds dx^2 / 6 to the variance of the
kernel along each axis; the kernel is narrowed by as much, h'^2 = h^2 - dx^2 / 6 (Wand 1994, Fast computation of
multivariate kernel estimators, J. Computational and Graphical Statistics 3, 433-445), and laid over the cells by FFT,
padded so that nothing wraps round. ``density.intensity`` is the exact twin at single places.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import fft

from geodata.statistics.density import Edge, Polygon

Numbers = NDArray[np.float64]
REACH: Final = 6.0  # bandwidths; the kernel there is 1.5e-8 of its peak
NARROWEST: Final = 1e-6  # of a kernel inside the mask; below this nothing can be corrected


@dataclass(frozen=True, slots=True)
class Raster:
    """Square cells of side ``cell`` from a south-west corner; row 0 is the southernmost, column 0 the westernmost."""

    west: float
    south: float
    cell: float
    rows: int
    columns: int

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], cell: float) -> Raster:
        """The fewest cells that cover west, south, east, north; at least one. ValueError for a cell not above 0."""
        if not 0 < cell < np.inf:
            raise ValueError(f"cell {cell} must be above 0 and finite")
        west, south, east, north = bounds
        return cls(west, south, cell, max(1, ceil((north - south) / cell)), max(1, ceil((east - west) / cell)))

    def centres(self) -> tuple[Numbers, Numbers]:
        """The x of each column and the y of each row, at the middle of the cells."""
        x = np.arange(0.5, self.columns, dtype=np.float64) * self.cell + self.west
        return x, np.arange(0.5, self.rows, dtype=np.float64) * self.cell + self.south

    def inside(self, region: Polygon) -> NDArray[np.bool_]:
        """Which cells have their centre in the region, (rows, columns)."""
        x, y = self.centres()
        shapely.prepare(region)
        return np.asarray(shapely.contains_xy(region, *np.meshgrid(x, y)), dtype=np.bool_)

    def cell_of(self, points: ArrayLike) -> NDArray[np.int64]:
        """Row * columns + column of the cell that holds each point, (n,); -1 outside, upper borders included there."""
        places = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        column = np.floor((places[:, 0] - self.west) / self.cell)
        row = np.floor((places[:, 1] - self.south) / self.cell)
        known = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(known, row * self.columns + column, -1).astype(np.int64)


def density_grid(
    points: ArrayLike,
    raster: Raster,
    bandwidth: float,
    *,
    mask: ArrayLike | None = None,
    edge: Edge = "none",
    weights: ArrayLike | None = None,
) -> Numbers:
    """Incidents per unit area at the centre of each cell, (rows, columns); points (n, 2) in the unit of the cell.

    ``mask``, (rows, columns) of bool or of shares 0..1, is the region; cells where it is 0 are nan in the result. The
    corrections "uniform" and "diggle" are those of ``density.intensity``, with the part of the kernel inside taken from
    the mask; points with no cell of the mask round them take no part. ``weights`` (n,) tell how many each point stands
    for, None one each. Points off the raster by less than six
    bandwidths still reach in where there is no mask. No points: 0. Costs O(cells log cells + n).

    Raises ValueError for a bandwidth under half a cell (the kernel would fall between the centres), a mask of another
    shape, or a correction without a mask.
    """
    if not raster.cell / 2 <= bandwidth < np.inf:
        raise ValueError(f"bandwidth {bandwidth} must be at least half a cell of {raster.cell} and finite")
    if edge not in {"none", "uniform", "diggle"}:
        raise ValueError(f"edge {edge!r} must be none, uniform or diggle")
    kernel = _Kernel.on(raster, bandwidth)
    spots = _Spots.of(points, kernel, weights)
    if mask is None:
        if edge != "none":
            raise ValueError(f"the {edge} correction needs the mask of the region")
        return kernel.laid_over(spots.binned(spots.n))
    inside = np.asarray(mask, dtype=np.float64)
    if inside.shape != (raster.rows, raster.columns):
        raise ValueError(f"mask of shape {inside.shape} on {raster.rows} rows and {raster.columns} columns")
    return np.where(inside > 0, _corrected(kernel, spots, inside, edge), np.nan)


def _corrected(kernel: _Kernel, spots: _Spots, inside: Numbers, edge: Edge) -> Numbers:
    padded = np.pad(inside, kernel.margin)
    weights = np.where(spots.read(padded) > 0, spots.n, 0.0)
    if edge == "none":
        return kernel.laid_over(spots.binned(weights))
    mass = np.maximum(kernel.laid_over(padded, whole=True) * kernel.cell**2, NARROWEST)
    if edge == "diggle":
        return kernel.laid_over(spots.binned(weights / spots.read(mass)))
    margin = kernel.margin
    return kernel.laid_over(spots.binned(weights)) / mass[margin:-margin, margin:-margin]


@dataclass(frozen=True, slots=True)
class _Kernel:
    """The narrowed Gaussian as two spectra, on the raster with a margin of six bandwidths all round."""

    west: float
    south: float
    cell: float
    rows: int  # margins included
    columns: int
    margin: int
    across: Numbers
    along: Numbers

    @classmethod
    def on(cls, raster: Raster, bandwidth: float) -> _Kernel:
        margin = ceil(REACH * bandwidth / raster.cell)
        rows, columns = raster.rows + 2 * margin, raster.columns + 2 * margin
        width = sqrt(bandwidth**2 - raster.cell**2 / 6) / raster.cell
        return cls(
            raster.west - margin * raster.cell,
            raster.south - margin * raster.cell,
            raster.cell,
            rows,
            columns,
            margin,
            _spectrum(2 * fft.next_fast_len((columns + 1) // 2, real=True), width, half=True),
            _spectrum(fft.next_fast_len(rows), width, half=False),
        )

    def laid_over(self, cells: Numbers, *, whole: bool = False) -> Numbers:
        """Per unit area: the cells' weights spread by the kernel; without the margin unless the ``whole`` is wanted.

        With the whole, what lies within the margin wraps round; the mask ends a margin before, so nothing of it does.
        """
        size = (len(self.along), 2 * (len(self.across) - 1))  # the ring across is even, so its size can be read back
        spread = fft.irfft2(fft.rfft2(cells, s=size) * self.along[:, None] * self.across, s=size)
        edge = 0 if whole else self.margin
        spread = spread[edge : self.rows - edge, edge : self.columns - edge]
        return np.asarray(np.maximum(spread, 0.0) / self.cell**2)


def _spectrum(size: int, width: float, *, half: bool) -> Numbers:
    """Of a Gaussian of ``width`` cells on a ring of ``size`` cells, summing to 1; real because it is symmetric."""
    steps = np.arange(size)
    kernel = np.exp(-0.5 * (np.minimum(steps, size - steps) / width) ** 2)
    kernel /= kernel.sum()
    return np.asarray((fft.rfft(kernel) if half else fft.fft(kernel)).real)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Points as a cell south-west of each and the fractions towards the next column and row, on the kernel's cells."""

    n: Numbers  # incidents at each
    corner: NDArray[np.int64]
    right: Numbers
    up: Numbers
    shape: tuple[int, int]

    @classmethod
    def of(cls, points: ArrayLike, kernel: _Kernel, weights: ArrayLike | None) -> _Spots:
        places = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        n = np.ones(len(places)) if weights is None else np.asarray(weights, dtype=np.float64)
        x = (places[:, 0] - kernel.west) / kernel.cell - 0.5
        y = (places[:, 1] - kernel.south) / kernel.cell - 0.5
        near = (x >= 0) & (x < kernel.columns - 1) & (y >= 0) & (y < kernel.rows - 1)
        x, y = x[near], y[near]
        column, row = x.astype(np.int64), y.astype(np.int64)
        return cls(n[near], row * kernel.columns + column, x - column, y - row, (kernel.rows, kernel.columns))

    def shares(self) -> tuple[tuple[int, Numbers], ...]:
        """Offset and share of the four cells round each point."""
        right, up, columns = self.right, self.up, self.shape[1]
        return (
            (0, (1 - right) * (1 - up)),
            (1, right * (1 - up)),
            (columns, (1 - right) * up),
            (columns + 1, right * up),
        )

    def binned(self, weights: Numbers) -> Numbers:
        size = self.shape[0] * self.shape[1]
        total = sum(np.bincount(self.corner + k, weights * share, size) for k, share in self.shares())
        return np.asarray(total).reshape(self.shape)

    def read(self, cells: Numbers) -> Numbers:
        """The value of ``cells`` at each point, between the four centres round it."""
        flat = cells.reshape(-1)
        return np.asarray(sum(flat[self.corner + k] * share for k, share in self.shares()))
