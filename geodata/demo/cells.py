"""Weighted Voronoi cells whose areas and middles are given. Plane geometry only; knows nothing of communes.

A weighted (power) diagram is the lower convex hull of the sites lifted to z = x^2 + y^2 - w (Aurenhammer 1987): each
corner is computed once, for one hull facet, so that neighbours share it to the last bit.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.spatial import ConvexHull

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]
FAR = 20.0  # the frame of helper sites stands this many times the region's size away
STIFFNESS = 2.0  # how firmly a site is held at its middle; less lets cells follow their middles more freely
ROUNDS = 60  # all but two or three areas are within 1 % by then


def fit_cells(middles: Array, areas: Array, region: shapely.Polygon) -> Geometries:
    """Cells of ``region`` (n polygons) with the given areas, each holding its middle and lying around it as it can.

    ``middles`` (n, 2) and ``areas`` (n,) in the units of the region. Where a small cell would be pushed off its middle
    by a large neighbour it is cut out of the others as a hexagon: a market town within its rural commune.
    """
    wanted = areas * region.area / areas.sum()
    kept = np.arange(len(middles))
    while True:
        cells = _clip(_balanced(middles[kept], wanted[kept], region), region)
        holds = shapely.contains_xy(cells, middles[kept, 0], middles[kept, 1])
        if holds.all():
            break
        lost = kept[~holds]
        kept = np.setdiff1d(kept, lost[np.argmin(wanted[lost])])  # the smallest: the others may find room without it
    towns = np.setdiff1d(np.arange(len(middles)), kept)
    hexagons = _hexagons(middles[towns], wanted[towns])
    result = np.empty(len(middles), dtype=object)
    result[kept] = shapely.difference(cells, shapely.union_all(hexagons))
    result[towns] = _clip(hexagons, region)
    return result


def _balanced(middles: Array, wanted: Array, region: shapely.Polygon) -> Geometries:
    """Power cells of exact areas: sites s and weights w that minimise a convex function.

    F = int_region max_i (s_i.x - h_i) dx - sum_i A_i (s_i.m_i - h_i) + stiffness/2 sum_i A_i |s_i - m_i|^2

    with h = (|s|^2 - w) / 2, whose gradient is the lack of area and of first moment (after Aurenhammer, Hoffmann,
    Aronov 1998): areas are met, centroids as far as the stiffness allows.
    """
    origin, n = middles.mean(axis=0), len(middles)
    at, ground = middles - origin, shapely.transform(region, lambda xy: xy - origin)
    wanted = wanted * region.area / wanted.sum()
    scale = np.sqrt(wanted)  # of sites, so that the search is as steep for small cells as for large ones

    def unpack(flat: Array) -> tuple[Array, Array]:
        moved = flat.reshape(n, 3)
        return at + moved[:, :2] / scale[:, None], moved[:, 2]

    def cost(flat: Array) -> tuple[float, Array]:
        sites, weights = unpack(flat)
        cells = _clip(power_cells(sites, weights), ground)
        area, centroid = shapely.area(cells), _centroids(cells)
        height, stretch = ((sites**2).sum(axis=1) - weights) / 2, sites - at
        value = (area * ((sites * centroid).sum(axis=1) - height)).sum()
        value -= (wanted * ((sites * at).sum(axis=1) - height)).sum()
        value += STIFFNESS / 2 * (wanted * (stretch**2).sum(axis=1)).sum()
        by_site = area[:, None] * (centroid - sites) + wanted[:, None] * (1 + STIFFNESS) * stretch
        return float(value), np.column_stack([by_site / scale[:, None], (area - wanted) / 2]).ravel()

    found = minimize(cost, np.zeros(3 * n), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 30})
    sites, weights = unpack(found.x)
    return power_cells(sites + origin, weights)


def _hexagons(middles: Array, areas: Array) -> Geometries:
    turn = np.linspace(0.0, 2 * np.pi, 6, endpoint=False) + 0.3
    radius = np.sqrt(areas / (1.5 * np.sqrt(3.0)))
    corners = np.column_stack([np.cos(turn), np.sin(turn)])
    rings = middles[:, None, :] + radius[:, None, None] * corners
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def power_cells(sites: Array, weights: Array) -> Geometries:
    """Unbounded power cells cut by a far frame: n convex polygons, empty where a site is swallowed by others."""
    n = len(sites)
    middle = sites.mean(axis=0)
    reach = FAR * float(np.ptp(sites, axis=0).max())
    turn = np.linspace(0.0, 2 * np.pi, 12, endpoint=False)
    frame = reach * np.column_stack([np.cos(turn), np.sin(turn)])
    at = np.vstack([sites - middle, frame])
    lifted = np.column_stack([at, (at**2).sum(axis=1) - np.append(weights, np.zeros(len(frame)))])
    hull = ConvexHull(lifted)
    below = hull.equations[:, 2] < -1e-12
    planes = hull.equations[below]
    corners = -planes[:, :2] / (2.0 * planes[:, 2:3]) + middle
    cells = np.full(n, shapely.Polygon(), dtype=object)
    of_site: list[list[int]] = [[] for _ in range(len(at))]
    for facet, members in enumerate(hull.simplices[below]):
        for member in members:
            of_site[member].append(facet)
    for i in range(n):
        if len(of_site[i]) >= 3:
            ring = corners[of_site[i]]
            around = ring - ring.mean(axis=0)
            cells[i] = shapely.Polygon(ring[np.argsort(np.arctan2(around[:, 1], around[:, 0]))])
    return cells


def _clip(cells: Geometries, region: shapely.Polygon) -> Geometries:
    return np.asarray(shapely.intersection(cells, region), dtype=object)


def _centroids(cells: Geometries) -> Array:
    somewhere = np.where(shapely.is_empty(cells), shapely.points(0.0, 0.0), shapely.centroid(cells))
    return np.asarray(shapely.get_coordinates(somewhere), dtype=float)
