"""Incidents per unit area at any place, by a Gaussian kernel, the region's border allowed for. Knows points, no map.

    lambda(u) = sum_i k(u - x_i) c_i(u),   k(d) = exp(-|d|^2 / 2 h^2) / (2 pi h^2),   h the bandwidth

and, with e(v) the integral of k(w - v) over w in the region (the part of the kernel round v that lies inside):

    none      c_i(u) = 1            too low within about 2 h of the border
    uniform   c_i(u) = 1 / e(u)     unbiased where the intensity is constant (Diggle 1985)
    diggle    c_i(u) = 1 / e(x_i)   integrates to the number of points over the region (Jones 1993)

Diggle 1985, A kernel method for smoothing point process data, Applied Statistics 34, 138-147; Jones 1993, Simple
boundary correction for kernel density estimation, Statistics and Computing 3, 135-146; spatstat's density.ppp has the
same two. e is exact, not integrated on a grid: see ``kernel_mass``.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.special import owens_t

Edge = Literal["none", "uniform", "diggle"]
Numbers = NDArray[np.float64]
Polygon: TypeAlias = shapely.Polygon | shapely.MultiPolygon
PAIRS_AT_ONCE: Final = 4_000_000  # of a place and a point or an edge: 32 MB an array
REACH: Final = 8.5  # bandwidths; the kernel beyond holds 2e-16
TILE: Final = 4.0  # bandwidths


def intensity(
    points: ArrayLike, at: ArrayLike, bandwidth: float, *, region: Polygon | None = None, edge: Edge = "none"
) -> Numbers:
    """Incidents per unit area at each place of ``at``, (m, 2); points (n, 2), all in the unit of the bandwidth.

    Returns (m,). No points: 0 everywhere. With "uniform", nan at a place so far outside the region that nothing of its
    kernel lies inside; with "diggle", a point that far outside takes no part. Points are taken as they come: leave out
    those outside the region, nobody counted there. Every pair is summed, none is cut off.

    Raises ValueError for a bandwidth not above 0, coordinates that are not (n, 2) or not finite, an edge correction of
    another name or without a region, an invalid region.
    """
    x, u = _places(points), _places(at)
    if not 0 < bandwidth < np.inf:
        raise ValueError(f"bandwidth {bandwidth} must be above 0 and finite")
    if edge == "none":
        return _kernel_sum(x, u, bandwidth, np.ones(len(x)))
    if edge not in {"uniform", "diggle"}:
        raise ValueError(f"edge {edge!r} must be none, uniform or diggle")
    if region is None:
        raise ValueError(f"the {edge} correction needs the region")
    if edge == "uniform":
        return _over(_kernel_sum(x, u, bandwidth, np.ones(len(x))), kernel_mass(region, u, bandwidth), np.nan)
    return _kernel_sum(x, u, bandwidth, _over(np.ones(len(x)), kernel_mass(region, x, bandwidth), 0.0))


def kernel_mass(region: Polygon, at: ArrayLike, bandwidth: float) -> Numbers:
    """The part of a Gaussian kernel round each place that lies in the region, exact; at (m, 2), returns (m,) in 0..1.

    A polygon is the signed sum of the triangles that its edges form with the place. In units of the bandwidth an edge
    on a line at distance d, from s1 to s2 along the line counted from the foot of the perpendicular, holds

        V(s2) - V(s1),   V(s) = atan(s / d) / 2 pi - T(d, s / d),   T(d, a) = Owen's T

    (Owen 1956, Tables for computing bivariate normal probabilities, Ann. Math. Stat. 27, 1075-1090). Holes and parts
    of a multipolygon come in by their sense of rotation. A place on a border or a corner needs no care: its own edges
    form flat triangles of mass 0. Empty region: 0. Places are worked off in tiles with the part of the region within
    8.5 bandwidths, outside which lies 2e-16 of the kernel; so a long border costs no more than its near piece.
    """
    u = _places(at)
    if not region.is_valid:
        raise ValueError(f"the region is not valid: {shapely.is_valid_reason(region)}")
    mass = np.zeros(len(u))
    if len(u) == 0 or region.is_empty:
        return mass
    shapely.prepare(region)
    tile, order, starts = _tiles(u, TILE * bandwidth)
    reach = REACH * bandwidth
    for k, some in zip(tile, np.split(order, starts[1:]), strict=True):
        west, south = k * TILE * bandwidth - reach
        east, north = (k + 1) * TILE * bandwidth + reach
        near = shapely.box(west, south, east, north)
        if not region.intersects(near):
            continue
        if region.contains(near):
            mass[some] = 1.0
            continue
        mass[some] = _mass(_edges(region.intersection(near)), u[some], bandwidth)
    return np.clip(mass, 0.0, 1.0)


def _places(values: ArrayLike) -> Numbers:
    places = np.asarray(values, dtype=np.float64)
    if places.size == 0:
        return np.empty((0, 2))
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"places have shape (n, 2), not {places.shape}")
    if not np.isfinite(places).all():
        raise ValueError("coordinates must be finite")
    return places


def _over(values: Numbers, mass: Numbers, otherwise: float) -> Numbers:
    """Values / mass; ``otherwise`` where no mass is left that rounding does not drown."""
    some = mass > 1e-12
    return np.where(some, values / np.where(some, mass, 1.0), otherwise)


def _kernel_sum(points: Numbers, at: Numbers, bandwidth: float, weights: Numbers) -> Numbers:
    """Sum over points of weight * k(u - x), in pieces that bound the memory."""
    total = np.zeros(len(at))
    step = max(1, PAIRS_AT_ONCE // max(1, len(points)))
    for start in range(0, len(at), step):
        piece = at[start : start + step]
        squares = np.subtract.outer(piece[:, 0], points[:, 0]) ** 2
        squares += np.subtract.outer(piece[:, 1], points[:, 1]) ** 2
        squares *= -0.5 / bandwidth**2
        total[start : start + step] = np.exp(squares, out=squares) @ weights
    return total / (2 * np.pi * bandwidth**2)


def _tiles(places: Numbers, side: float) -> tuple[Numbers, NDArray[np.intp], NDArray[np.intp]]:
    """The square tiles that hold places, the places in the order of their tiles, and where each tile starts."""
    tile, of, count = np.unique(np.floor(places / side), axis=0, return_inverse=True, return_counts=True)
    return tile, np.argsort(of.reshape(-1), kind="stable"), np.cumsum(count) - count


def _edges(area: shapely.Geometry) -> Numbers:
    """Every edge of every ring, (e, 4): from x, y to x, y; shells against the clock, holes with it."""
    parts = shapely.get_parts(area)
    polygons = shapely.orient_polygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    corners, ring = shapely.get_coordinates(shapely.get_rings(polygons), return_index=True)
    drawn = (ring[1:] == ring[:-1]) & (corners[1:] != corners[:-1]).any(axis=1)
    return np.asarray(np.hstack([corners[:-1], corners[1:]])[drawn])


def _mass(edges: Numbers, at: Numbers, bandwidth: float) -> Numbers:
    mass = np.zeros(len(at))
    step = max(1, PAIRS_AT_ONCE // max(1, len(edges)))
    for start in range(0, len(at), step):
        u = at[start : start + step, None]
        begin, end = (edges[:, :2] - u) / bandwidth, (edges[:, 2:] - u) / bandwidth
        along = (edges[:, 2:] - edges[:, :2]) / bandwidth
        length = np.hypot(along[:, 0], along[:, 1])
        twice = begin[..., 0] * along[:, 1] - begin[..., 1] * along[:, 0]  # of the triangle's area, signed
        distance = np.abs(twice) / length
        s1, s2 = ((p * along).sum(axis=-1) / length for p in (begin, end))
        mass[start : start + step] = (np.sign(twice) * (_wedge(distance, s2) - _wedge(distance, s1))).sum(axis=1)
    return mass


def _wedge(distance: Numbers, s: Numbers) -> Numbers:
    """V of ``kernel_mass``: the kernel in the right triangle of legs ``distance`` and ``s``; 0 where it is flat."""
    flat = distance == 0
    slope = s / np.where(flat, 1.0, distance)
    return np.where(flat, 0.0, np.arctan(slope) / (2 * np.pi) - owens_t(distance, slope))
