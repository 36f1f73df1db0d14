"""Editions and their layers as values: which areas tile the ground, from when until when. Reads no file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.vocabulary import LayerKey, Level, ZoneKind


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One tiling: areas in the order of the file (features sharing a code are one area, at the first one's place).

    ``polygons`` are shapely geometries in EPSG:4326; ``population`` is NaN where unknown; ``parents`` are codes of
    the next coarser level of the edition, "" where unknown. ``derived`` marks a union made here of a finer layer.
    """

    key: LayerKey
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    population: NDArray[np.float64]
    polygons: NDArray[np.object_]
    derived: bool = False

    def index(self) -> dict[str, int]:
        """Area code -> position in the layer."""
        return {code: i for i, code in enumerate(self.codes)}

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self.bounds_of(self.codes)

    def bounds_of(self, codes: Collection[str]) -> tuple[float, float, float, float]:
        """West, south, east, north of the areas with these codes."""
        some = self.polygons[[code in codes for code in self.codes]]
        west, south, east, north = shapely.total_bounds(some).tolist()
        return west, south, east, north

    def centres(self, most: int) -> tuple[tuple[float, float, str], ...]:
        """Longitude, latitude (a point inside) and name of the ``most`` largest areas."""
        largest = np.argsort(-shapely.area(self.polygons), kind="stable")[:most]
        inside = shapely.get_coordinates(shapely.point_on_surface(self.polygons[largest])).round(4).tolist()
        return tuple((lon, lat, self.names[i]) for (lon, lat), i in zip(inside, largest.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Edition:
    """The administrative map in force from ``valid_from`` until ``valid_until`` (both included, None = open)."""

    id: str
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the edition was the valid one on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A set of polygons that overlaps areas and other zones. ``bit`` is its place in the 64-bit zone sets."""

    id: str
    kind: ZoneKind
    name: str
    bit: int
    polygon: object  # one shapely (multi)polygon, EPSG:4326, buffers applied
    buffer_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of each commune: pairs old -> new, ``whole`` where the old one moved undivided."""

    old_edition: str = ""
    new_edition: str = ""
    pairs: tuple[tuple[str, str, bool], ...] = ()  # (old code, new code, whole)


@dataclass(frozen=True, slots=True)
class Region:
    """A named set of communes of one edition: the area a chief answers for."""

    id: str
    name: str
    edition: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Everything a workspace knows of the ground."""

    editions: Mapping[str, Edition] = field(default_factory=dict)  # in order of valid_from, undated first
    layers: Mapping[LayerKey, Layer] = field(default_factory=dict)
    zones: tuple[Zone, ...] = ()
    succession: Succession = Succession()
    regions: tuple[Region, ...] = ()
    border: object | None = None  # the border as one shapely (multi)line, EPSG:4326; None where none was loaded

    def regions_in(self, edition: str) -> dict[str, Region]:
        """Region id -> the region, made of this edition's communes where it is, of another edition's where not."""
        own = {region.id: region for region in self.regions if region.edition == edition}
        return {region.id: own.get(region.id, region) for region in self.regions}

    def finest(self, edition: str) -> Level | None:
        """The finest level loaded for the edition, None where it has no layer."""
        for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE):
            if LayerKey(edition, level) in self.layers:
                return level
        return None

    def levels(self, edition: str) -> tuple[Level, ...]:
        """The levels loaded for the edition, coarse to fine."""
        return tuple(level for level in Level if LayerKey(edition, level) in self.layers)
