"""Who is next to whom: touching polygons, or points within a distance. Planar: units are those of the input.

Every result is a binary scipy csr_array (n, n), symmetric, nobody next to itself. What touches nothing is an island
and keeps its empty row: no neighbour is made up for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Indices = NDArray[np.intp]


def contiguity(polygons: Sequence[object] | NDArray[np.object_], *, tolerance: float = 0.0) -> sparse.csr_array:
    """Neighbours that share an edge or a single vertex (queen), or come within ``tolerance`` of each other.

    In an exact tiling tolerance 0 finds all; a few metres bridge slips of digitising. Polygons that overlap are
    neighbours. None and empty polygons are islands.
    """
    shapes = np.asarray(polygons, dtype=object)
    if len(shapes) == 0:
        return from_pairs(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), 0)
    tree = shapely.STRtree(shapes)
    if tolerance > 0:
        first, second = tree.query(shapes, predicate="dwithin", distance=tolerance)
    else:
        first, second = tree.query(shapes, predicate="intersects")
    return from_pairs(first, second, len(shapes))


def distance_band(x: ArrayLike, y: ArrayLike, distance: float) -> sparse.csr_array:
    """Neighbours at most ``distance`` apart, the bound included; points at one place are neighbours.

    Points without a finite position are islands. Raises ValueError where the distance is not a number of 0 or more.
    """
    points = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
    if not 0 <= distance < np.inf:
        raise ValueError(f"a distance of 0 or more is needed, not {distance}")
    placed = np.flatnonzero(np.isfinite(points).all(axis=1))
    dots = shapely.points(points[placed])
    first, second = shapely.STRtree(dots).query(dots, predicate="dwithin", distance=distance)
    return from_pairs(placed[first], placed[second], len(points))


def ring(weights: sparse.sparray, members: ArrayLike, order: int = 1) -> Indices:
    """Places ``order`` steps away from the nearest of the ``members`` (indices), rising; members are in no ring.

    Order 1 are the neighbours of the set. No members, or nobody so far away: empty.
    """
    if order < 1:
        raise ValueError(f"rings are counted from 1, not {order}")
    w = sparse.csr_array(weights)
    reached = np.zeros(w.shape[0], dtype=bool)
    edge = np.zeros(w.shape[0], dtype=bool)
    edge[np.asarray(members, dtype=np.intp)] = True
    for _ in range(order):
        reached |= edge
        edge = (w.T @ edge.astype(np.float64) > 0) & ~reached
    return np.flatnonzero(edge)


def from_pairs(first: Indices, second: Indices, n: int) -> sparse.csr_array:
    """The matrix of pairs of indices among ``n`` places, each read both ways; pairs may repeat."""
    apart = first != second
    rows = np.concatenate([first[apart], second[apart]])
    columns = np.concatenate([second[apart], first[apart]])
    pairs = np.unique(rows.astype(np.int64) * max(n, 1) + columns)
    return sparse.csr_array((np.ones(len(pairs)), (pairs // max(n, 1), pairs % max(n, 1))), shape=(n, n))
