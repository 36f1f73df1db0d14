"""Zones that overlap areas: loaded polygons, buffered places, distance bands from a border line. Knows no edition."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries import fields
from geodata.boundaries.editions import Zone
from geodata.boundaries.features import Features, read_features
from geodata.errors import BoundaryError
from geodata.geometry import coverage, crs
from geodata.vocabulary import ZoneKind

BANDS_KM = ((0, 1), (1, 5), (5, 10))
# 64 segments a quarter circle: against true distances from 368 km of border the bands are right to 0.1 m; GEOS's
# default of 16 is wrong by up to 11 m at 10 km.
_QUARTER_SEGMENTS = 64
# Bands end at the edition's outline, a little outside it: a straight edge in degrees is not one in metres, and a
# point on the outline must not fall out of its band.
_MARGIN_M = 25.0
_MAX_BUFFER_M = 200_000.0
_BITS = 64


def read_zone(
    path: Path,
    *,
    id: str,  # noqa: A002 - the zone's own word for it
    kind: ZoneKind,
    name: str | None = None,
    buffer_m: float = 0.0,
    metric_crs: str,
    bit: int,
) -> Zone:
    """Read a zone: all features of the file as one shape, each widened by ``buffer_m``.

    ``name`` is a property to take the name from, or the name itself; without it the file's own name for a lone
    feature, else ``id``.
    """
    features = read_features(path)
    if not 0 <= bit < _BITS:
        raise BoundaryError(
            "{file}: a workspace holds at most {n} zones; load the file under the id of a zone it may replace",
            file=features.file,
            n=_BITS,
        )
    if not math.isfinite(buffer_m) or not 0 <= buffer_m <= _MAX_BUFFER_M:
        raise BoundaryError(
            "{file}: a buffer of {buffer_m} m; expected 0 to {most} m",
            file=features.file,
            buffer_m=buffer_m,
            most=int(_MAX_BUFFER_M),
        )
    _check_kinds(features, buffer_m)
    present = features.geometries[~shapely.is_missing(features.geometries)]
    shape = _polygon(present, buffer_m, crs.metric_crs_of(present, metric_crs))
    if shapely.is_empty(shape):
        raise BoundaryError("{file}: the features enclose no ground; draw them as polygons", file=features.file)
    return Zone(id, ZoneKind(kind), _named(features, name) or id, bit, shape, float(buffer_m))


def read_border_line(path: Path) -> shapely.Geometry:
    """Read a border as one (multi)line in lon/lat."""
    features = read_features(path)
    for i, geometry in enumerate(features.geometries):
        kind = "nothing" if geometry is None or geometry.is_empty else geometry.geom_type
        if kind not in {"LineString", "MultiLineString"}:
            raise BoundaryError(
                "{file}, feature {number}: expected a line, found {kind}", file=features.file, number=i + 1, kind=kind
            )
    return shapely.multilinestrings(shapely.get_parts(features.geometries))


def distance_bands(
    line: shapely.Geometry, *, within: shapely.Geometry, metric_crs: str, first_bit: int
) -> tuple[Zone, ...]:
    """The bands 0-1, 1-5 and 5-10 km from ``line``, cut to ``within``. A point at 1 km belongs to the nearer band.

    A band without ground inside ``within`` is an empty shape, so that its id is always there.
    """
    if first_bit + len(BANDS_KM) > _BITS:
        raise BoundaryError(
            "a workspace holds at most {n} zones, and the border's distance bands need {needed} of them; a zone can "
            "only be replaced, by loading another file under its id",
            n=_BITS,
            needed=len(BANDS_KM),
        )
    metric = crs.metric_crs_of([line], metric_crs)
    metres = crs.to_metric(line, metric)
    ground = shapely.buffer(shapely.make_valid(crs.to_metric(within, metric)), _MARGIN_M)
    nearer = shapely.Polygon()
    zones = []
    for k, (low, high) in enumerate(BANDS_KM):
        reach = shapely.buffer(metres, high * 1000.0, quad_segs=_QUARTER_SEGMENTS)
        band = shapely.intersection(shapely.difference(reach, nearer), ground)
        shape = coverage.polygonal(np.array([crs.to_wgs84(band, metric)], dtype=object))[0]
        name = f"{low}-{high} km"
        zones.append(Zone(f"border_{low}_{high}km", ZoneKind.DISTANCE_BAND, name, first_bit + k, shape))
        nearer = reach
    return tuple(zones)


def outline(polygons: Sequence[object] | NDArray[np.object_]) -> shapely.Geometry:
    """One shape around all polygons given, of whatever editions: what bands are cut to."""
    return shapely.union_all(coverage.polygonal(np.array(list(polygons), dtype=object)))


def _check_kinds(features: Features, buffer_m: float) -> None:
    if shapely.is_missing(features.geometries).all():
        raise BoundaryError("{file}: holds no features with geometry", file=features.file)
    if buffer_m > 0:
        return
    for i, geometry in enumerate(features.geometries):
        if geometry is not None and geometry.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
            raise BoundaryError(
                "{file}, feature {number}: is a {kind}, which has no ground; give a buffer in metres (--buffer-m 100)",
                file=features.file,
                number=i + 1,
                kind=geometry.geom_type,
            )


def _polygon(geometries: NDArray[np.object_], buffer_m: float, metric: str) -> shapely.Geometry:
    if buffer_m == 0:
        return coverage.union(geometries)
    valid = shapely.make_valid(crs.to_metric(geometries, metric))
    widened = shapely.union_all(shapely.buffer(valid, buffer_m, quad_segs=_QUARTER_SEGMENTS))
    return coverage.polygonal(np.array([crs.to_wgs84(widened, metric)], dtype=object))[0]


def _named(features: Features, name: str | None) -> str:
    if name is not None and name not in features.fields:
        return fields.text(name)
    if name is None and len(features) > 1:
        return ""
    field = name or fields.name_field(features)
    names = dict.fromkeys(fields.text(row.get(field)) for row in features.properties) if field else {}
    return ", ".join([n for n in names if n][:3])
