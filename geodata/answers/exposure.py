"""Against what a place is judged: its inhabitants, or its ground where none are known. Counts no incident.

A place is judged against the whole layer, always: the areas and regions asked for, and what the asker may see, decide
which places are shown, never what counts as much. Otherwise the same commune would be hot on one desk and not on the
next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.terrain import Terrain
from geodata.geometry import crs
from geodata.question import Question
from geodata.warehouse.snapshot import Snapshot

Denominator = Literal["population", "area"]


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """What incidents are expected in proportion to, by area of the layer; NaN where the place cannot be judged.

    ``population`` counts inhabitants, ``area`` square kilometres where no area's inhabitants are known. With zones
    asked for, only the share of each area's ground that lies in them counts, as if people were spread evenly.
    """

    by: Denominator
    values: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Areas that can be judged."""
        return np.asarray(np.isfinite(self.values) & (self.values > 0), dtype=np.bool_)


def exposure_of(snapshot: Snapshot, question: Question, terrain: Terrain) -> Exposure:
    """The exposure of the question's layer, and of its zones where some are asked for."""
    layer = snapshot.boundaries.layers[question.layer]
    by: Denominator = "population" if (layer.population > 0).any() else "area"
    values = layer.population if by == "population" else terrain.km2
    if question.zones:
        values = values * _share_in_zones(snapshot, question.zones, terrain)
    return Exposure(by, np.where(values > 0, values, np.nan))


def whole_layer(question: Question) -> Question:
    """The question of all places: what single places are compared with."""
    return replace(question, areas=(), regions=())


def hot_spot_question(snapshot: Snapshot, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question without the categories whose places say little, and those left out; asked for by name they stay.

    They stay as well where there are no others: to leave out all would count all.
    """
    kept = tuple(category.key for category in snapshot.categories if category.hot_spots)
    left_out = tuple(category.key for category in snapshot.categories if not category.hot_spots)
    if question.categories or not left_out or not kept:
        return question, ()
    return replace(question, categories=kept), left_out


def zone_shape(snapshot: Snapshot, zones: Iterable[str], terrain: Terrain) -> object:
    """The ground of all these zones together, in the terrain's CRS; empty where there is none of them."""
    wanted = set(zones)
    chosen = np.array([zone.polygon for zone in snapshot.boundaries.zones if zone.id in wanted], dtype=object)
    return shapely.union_all(crs.to_metric(chosen, terrain.crs) if len(chosen) else chosen)


def _share_in_zones(snapshot: Snapshot, zones: Iterable[str], terrain: Terrain) -> NDArray[np.float64]:
    inside = shapely.area(shapely.intersection(terrain.polygons, zone_shape(snapshot, zones, terrain)))
    return np.asarray(inside / shapely.area(terrain.polygons), dtype=np.float64)
