"""Where in a commune simulated incidents happen: settlements, and places that draw incidents again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.demo.border import METRIC
from geodata.demo.province import Province
from geodata.geometry import crs

Array = NDArray[np.float64]
DECIMALS = 5  # of a degree: about a metre
# Share of a category's incidents in a commune that happen at each kind of place it has.
DRAW: Mapping[str, Mapping[str, float]] = {
    "theft": {"market": 0.10, "industrial_park": 0.14},
    "assault": {"market": 0.05, "industrial_park": 0.05},
    "drugs": {"border_crossing": 0.25, "industrial_park": 0.06},
    "gambling": {"border_crossing": 0.30, "market": 0.06},
    "black_credit": {"industrial_park": 0.10},
    "fraud": {},
}
INDUSTRIAL_PARKS = 6
HAMLETS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One commune to draw points in: its shape, clusters of houses (metres: x, y, spread), and venues by kind."""

    shape: shapely.Polygon
    clusters: Array
    weights: Array
    venues: Mapping[str, Array]


def lay_out(province: Province, rng: np.random.Generator) -> tuple[Ground, ...]:
    """The grounds of all communes: a centre where most people live, a few hamlets, markets, parks, crossings."""
    parks = _park_communes(province)
    grounds = []
    for i, commune in enumerate(province.facts.communes):
        shape = province.communes[i]
        shapely.prepare(shape)
        reach = 1000.0 * np.sqrt(commune.area_km2)
        centre = np.column_stack(crs.transform_xy([commune.lon], [commune.lat], crs.WGS84, METRIC))
        hamlets = _scatter(shape, HAMLETS, rng)
        spread = np.array([0.20 * reach, *np.full(HAMLETS, 0.08 * reach)])
        clusters = np.column_stack([np.vstack([centre, hamlets]), spread])
        venues = {"market": _degrees(centre + rng.normal(0.0, 0.05 * reach, (1, 2)))}
        if i in parks:
            venues["industrial_park"] = _degrees(hamlets[:1])
        if commune.on_border:
            venues["border_crossing"] = _crossings(province, shape)
        held = {kind: at[shapely.contains_xy(shape, at[:, 0], at[:, 1])] for kind, at in venues.items()}
        weights = np.array([0.6, *np.full(HAMLETS, 0.4 / HAMLETS)])
        grounds.append(Ground(shape, clusters, weights, {kind: at for kind, at in held.items() if len(at)}))
    return tuple(grounds)


def draw_places(ground: Ground, category: str, count: int, rng: np.random.Generator) -> Array:
    """``count`` points (lon, lat) inside the commune: venues by their share, the rest among houses."""
    places = _houses(ground, count, rng)
    chance, below = rng.random(count), 0.0
    for kind, share in DRAW[category].items():
        at = ground.venues.get(kind)
        if at is not None:
            there = (chance >= below) & (chance < below + share)
            places[there] = at[rng.integers(0, len(at), int(there.sum()))]
        below += share
    return places


def step_aside(place: Array, ground: Ground, metres: float, rng: np.random.Generator) -> Array:
    """A point within ``metres`` of a place and in the same commune; the place itself where there is none."""
    centre = np.column_stack(crs.transform_xy(place[:1], place[1:], crs.WGS84, METRIC))
    turn, far = rng.uniform(0, 2 * np.pi, 8), metres * np.sqrt(rng.uniform(0.02, 0.95, 8))
    around = _degrees(centre + far[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]))
    inside = around[shapely.contains_xy(ground.shape, around[:, 0], around[:, 1])]
    return np.asarray(inside[0] if len(inside) else place, dtype=float)


def _houses(ground: Ground, count: int, rng: np.random.Generator) -> Array:
    """One in seven anywhere, the others in a cluster; what falls outside the commune is drawn again."""
    found = np.empty((0, 2))
    while len(found) < count:
        more = 2 * (count - len(found)) + 8
        which = rng.choice(len(ground.weights), size=more, p=ground.weights)
        at = ground.clusters[which, :2] + rng.normal(size=(more, 2)) * ground.clusters[which, 2:]
        anywhere = rng.random(more) < 1 / 7
        at[anywhere] = _scatter(ground.shape, int(anywhere.sum()), rng)
        lonlat = _degrees(at)
        found = np.vstack([found, lonlat[shapely.contains_xy(ground.shape, lonlat[:, 0], lonlat[:, 1])]])
    return found[:count]


def _scatter(shape: shapely.Polygon, count: int, rng: np.random.Generator) -> Array:
    """Points evenly over a shape, in metres."""
    west, south, east, north = shapely.bounds(shape)
    found = np.empty((0, 2))
    while len(found) < count:
        lon, lat = rng.uniform(west, east, 4 * count + 8), rng.uniform(south, north, 4 * count + 8)
        inside = shapely.contains_xy(shape, lon, lat)
        found = np.vstack([found, np.column_stack([lon[inside], lat[inside]])])
    lon, lat = found[:count].T
    return np.column_stack(crs.transform_xy(lon, lat, crs.WGS84, METRIC))


def _degrees(metres: Array) -> Array:
    lon, lat = crs.transform_xy(metres[:, 0], metres[:, 1], METRIC, crs.WGS84)
    return np.asarray(np.round(np.column_stack([lon, lat]), DECIMALS), dtype=float)


def _crossings(province: Province, shape: shapely.Polygon) -> Array:
    """Two places some hundred metres inside the border, at a third and two thirds of the commune's stretch of it."""
    stretch = shapely.intersection(shapely.buffer(shape, 0.004), province.border)
    longest = max(shapely.get_parts(stretch), key=shapely.length, default=None)
    if longest is None:
        return np.empty((0, 2))
    at = shapely.get_coordinates(shapely.line_interpolate_point(longest, [1 / 3, 2 / 3], normalized=True))
    inside = shapely.get_coordinates(shapely.point_on_surface(shape))
    steps = 0.004 * (inside - at) / np.hypot(*(inside - at).T)[:, None]
    return np.asarray(np.round(at + steps, DECIMALS), dtype=float)


def _park_communes(province: Province) -> frozenset[int]:
    """Large populous communes away from the border: where industrial parks are."""
    facts = province.facts.communes
    roomy = [i for i, commune in enumerate(facts) if commune.area_km2 >= 20 and not commune.on_border]
    return frozenset(sorted(roomy, key=lambda i: -facts[i].population)[:INDUSTRIAL_PARKS])
