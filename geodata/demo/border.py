"""The border of the schematic province: which stretch of its outline it is. Knows the drawn communes, draws none."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.demo.facts import Facts
from geodata.geometry import crs

Geometries = NDArray[np.object_]
METRIC = "EPSG:32648"


def border_line(facts: Facts, communes: Geometries) -> shapely.LineString:
    """The stretch of the outline that runs along the border communes, cut at both ends to the length known."""
    ring = shapely.get_coordinates(shapely.coverage_union_all(communes))[:-1]
    owner = _owners_along(ring, communes)
    on_border = np.array([facts.communes[i].on_border for i in owner])
    runs = _longest_run_off(on_border)
    stretch = np.concatenate([np.arange(runs[1], len(ring)), np.arange(runs[1])])
    stretch = stretch[: len(ring) - runs[2]]
    steps = owner[stretch]
    line = ring[np.append(stretch, (stretch[-1] + 1) % len(ring))]
    for _ in range(2):  # once from each end
        line, steps = line[::-1], steps[::-1]
        line, steps = _trim_end(line, steps, facts.communes[steps[-1]].border_km)
    return shapely.LineString(line)


def _owners_along(ring: NDArray[np.float64], communes: Geometries) -> NDArray[np.int64]:
    """Which commune lies along each segment of the outline."""
    middles = shapely.points((ring + np.roll(ring, -1, axis=0)) / 2)
    return np.asarray(shapely.STRtree(communes).nearest(middles), dtype=np.int64)


def _longest_run_off(flags: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Start, end (exclusive, modulo n) and length of the longest run of False on a ring."""
    n, best = len(flags), (0, 0, 0)
    for start in range(n):
        length = 0
        while length < n and not flags[(start + length) % n]:
            length += 1
        if length > best[2]:
            best = (start, (start + length) % n, length)
    return best


def _trim_end(
    line: NDArray[np.float64], owners: NDArray[np.int64], km: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Shorten the last commune's stretch of the line to ``km``, at the vertex that comes closest."""
    last = len(owners) - 1
    while last > 0 and owners[last - 1] == owners[-1]:
        last -= 1
    tail = shapely.get_coordinates(crs.to_metric(shapely.LineString(line[last:]), METRIC)) / 1000.0
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(tail, axis=0).T)))
    keep = last + max(1, int(np.abs(along - km).argmin()))
    return line[: keep + 1], owners[:keep]
