"""Polygons redrawn with soft, exactly shared edges: noded, densified, bent by a smooth field. Knows no communes."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]
GRID_KM = 0.001
STEP_KM = 0.7
BEND_KM = 0.8  # with the waves below, the steepest place still moves less than its distance: nothing folds
SEED = 72


def draw_pieces(parts: Geometries, outline: shapely.Polygon, fixed: Array) -> Geometries:
    """The parts as a valid coverage with bent inner edges, in kilometres, in their order.

    The outline and the ``fixed`` points (n, 2) stay where they are; since the bend is a one-to-one map of the plane,
    what lay inside a part stays inside.
    """
    lines = shapely.union_all(shapely.boundary(parts), grid_size=GRID_KM)
    noded = shapely.segmentize(shapely.get_parts(lines), STEP_KM)
    faces = shapely.get_parts(shapely.polygonize(noded))
    owner = shapely.STRtree(parts).nearest(shapely.point_on_surface(faces))
    drawn = np.array([shapely.coverage_union_all(faces[owner == i]) for i in range(len(parts))], dtype=object)
    return np.asarray(shapely.transform(drawn, lambda xy: xy + _bend(xy, outline, fixed)), dtype=object)


def _bend(xy: Array, outline: shapely.Polygon, fixed: Array) -> Array:
    """How far each point moves: waves of 6 to 15 km, fading to nothing at the fixed points and at the outline."""
    rng = np.random.default_rng(SEED)
    nearest = np.sqrt(((xy[:, None, :] - fixed[None, :, :]) ** 2).sum(axis=2).min(axis=1))
    edge = shapely.distance(shapely.boundary(outline), shapely.points(xy))
    size = np.minimum(BEND_KM, np.minimum(0.25 * nearest, 0.4 * edge))
    moved = np.zeros_like(xy)
    for length in (6.0, 8.0, 11.0, 15.0):
        for axis in (0, 1):
            turn, phase = rng.uniform(0, 2 * np.pi, 2)
            wave = 2 * np.pi / length * (xy @ np.array([np.cos(turn), np.sin(turn)])) + phase
            moved[:, axis] += 0.25 * np.sin(wave)
    return np.asarray(size[:, None] * moved * 1.3, dtype=float)
