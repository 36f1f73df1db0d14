"""Each zone of concern and its surroundings: where they are, and what share of every area's ground. Knows no incident.

A venue or a road is a dot or a line among many of its kind, so zones count together by kind as well as one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.terrain import Terrain
from geodata.boundaries.editions import Boundaries, Zone
from geodata.geometry import crs
from geodata.geometry.locate import PointLocator
from geodata.vocabulary import ZoneKind

NEAR_M = 500.0  # how far around a zone is "near": a few minutes' walk
TOLERANCE_M = 10.0  # shares of ground need no finer shapes, and are had ten times sooner
_BAND = ZoneKind.DISTANCE_BAND


@dataclass(frozen=True, slots=True, eq=False)
class Surrounding:
    """A zone, or all zones of a kind together (``zone`` empty), with the ground within ``NEAR_M`` outside it.

    ``inside`` and ``near`` are shares of each area's ground. Distance bands follow one another, so what is near one is
    another: they have no surroundings, and ``near`` is 0.
    """

    zone: str
    kind: ZoneKind
    members: int
    bits: np.uint64
    inside: NDArray[np.float64]
    near: NDArray[np.float64]
    ring: PointLocator  # of degrees


def surroundings_of(boundaries: Boundaries, terrain: Terrain) -> tuple[Surrounding, ...]:
    """The surroundings of every kind that has several zones, then of each zone, in the order of the zones."""
    ground = shapely.simplify(terrain.polygons, TOLERANCE_M)
    return tuple(_surrounding(name, zones, terrain, ground) for name, zones in _gathered(boundaries.zones))


def _gathered(zones: tuple[Zone, ...]) -> Iterator[tuple[str, list[Zone]]]:
    kinds = dict.fromkeys(zone.kind for zone in zones)
    for kind in kinds:
        alike = [zone for zone in zones if zone.kind is kind]
        if len(alike) > 1 and kind is not _BAND:
            yield "", alike
        yield from ((zone.id, [zone]) for zone in alike)


def _surrounding(name: str, zones: list[Zone], terrain: Terrain, ground: NDArray[np.object_]) -> Surrounding:
    shapes = crs.to_metric(np.array([zone.polygon for zone in zones], dtype=object), terrain.crs)
    zone = shapely.simplify(shapely.union_all(shapes), TOLERANCE_M)
    kind = zones[0].kind
    ring = shapely.Polygon() if kind is _BAND else shapely.difference(shapely.buffer(zone, NEAR_M), zone)
    degrees = crs.to_wgs84(ring, terrain.crs)
    return Surrounding(
        zone=name,
        kind=kind,
        members=len(zones),
        bits=np.bitwise_or.reduce(np.array([np.uint64(1) << np.uint64(each.bit) for each in zones])),
        inside=_shares(ground, zone),
        near=_shares(ground, ring),
        ring=PointLocator(np.array([degrees], dtype=object)),
    )


def _shares(ground: NDArray[np.object_], shape: shapely.Geometry) -> NDArray[np.float64]:
    """What part of each piece of ground lies in the shape."""
    shares = np.zeros(len(ground))
    touched = np.flatnonzero(shapely.intersects(shape, ground))
    shares[touched] = shapely.area(shapely.intersection(ground[touched], shape)) / shapely.area(ground[touched])
    return shares
