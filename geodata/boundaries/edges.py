"""The ground along a zone's edge, where a point may belong to either side. Knows metres, reads no file.

Apart from ``zones``, which reads files: a server joins and never opens a boundary file.
"""

from __future__ import annotations

import numpy as np
import shapely

from geodata.geometry import coverage, crs

QUARTER_SEGMENTS = 16  # right to 6 cm at 50 m
STEP_DEGREES = 0.01  # an edge of 0.2 degrees, straight in degrees, bends by 7 m in metres; one of 0.01 by 2 cm


def along_edge(polygon: object, reach_m: float) -> shapely.Geometry:
    """The ground within ``reach_m`` of the polygon's edge, inside and outside."""
    metric = crs.metric_crs_of(np.array([polygon], dtype=object))
    line = crs.to_metric(shapely.segmentize(shapely.boundary(polygon), STEP_DEGREES), metric)
    strip = crs.to_wgs84(shapely.buffer(line, reach_m, quad_segs=QUARTER_SEGMENTS), metric)
    return coverage.polygonal(np.array([strip], dtype=object))[0]
