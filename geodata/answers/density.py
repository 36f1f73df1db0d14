"""Where incidents lie close together, street by street: bands of density from exact locations. Draws nothing.

A Gaussian kernel of fixed bandwidth, corrected at the border (``kernel_grid``). What is said of a place comes from
everything around it that the asker may see; the areas asked only decide which ground is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10, pi, sqrt

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.answers.answer import DataFacts
from geodata.answers.exposure import hot_spot_question, whole_layer
from geodata.answers.facts import facts_of
from geodata.answers.selection import Selection, select
from geodata.answers.shared_ground import SharedGround
from geodata.answers.terrain import M2_PER_KM2, Terrain
from geodata.answers.totals import POINT
from geodata.geometry import contours, crs
from geodata.question import Question, Scope
from geodata.statistics.kernel_grid import Raster, density_grid
from geodata.warehouse.snapshot import WELL_KNOWN, Snapshot

FINEST = 2.5  # cells a bandwidth
COARSE = 1.5  # cells a bandwidth, below which it is said
MOST_CELLS = 400_000  # 0.1 s for a density; a wide province has coarser cells than its bandwidth asks for
BANDS = 5
ALONE = 2  # incidents (or roundings, where few are not told) on one spot that make no dense place
TOP = 0.7  # of the peak, where about the highest band begins
STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8)  # round numbers
_OUTSIDE = 1e-12  # a share of a cell: as good as none for the correction, yet not left out of the result


@dataclass(frozen=True, slots=True, eq=False)
class DensityGround:
    """The cells over one layer for one bandwidth; made once a generation."""

    raster: Raster
    mask: NDArray[np.float64]  # 1 in what the asker may see of the layer, next to nothing outside

    @property
    def cell_m(self) -> float:
        """The side of a cell."""
        return self.raster.cell


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """Incidents per square kilometre over the period, as bands of rising density.

    ``bands`` (EPSG:4326, in the areas asked) hold the ground of at least ``lows``, so each lies on the last. There is
    none where incidents lie nowhere closer together than two on one spot; ``peak`` is the densest place of the layer.
    Of the ``placed`` incidents in the areas asked ``used`` have a point known to the house or hamlet; the others are
    left out. ``shared``: the asker may not see exact locations, so they were spread over ground that several share
    (``shared_ground``), and bands end where that does; ``refused``: there is no such ground either, and no band.
    """

    question: Question
    bandwidth_m: float
    cell_m: float
    lows: tuple[float, ...]
    bands: NDArray[np.object_]
    peak: float
    used: int
    placed: int
    refused: bool
    shared: bool
    left_out: tuple[str, ...]  # categories whose places say little
    facts: DataFacts

    @property
    def coarse(self) -> bool:
        """Whether the cells are so wide that a single kernel is drawn roughly."""
        return self.cell_m > self.bandwidth_m / COARSE


def density_ground(terrain: Terrain, bandwidth_m: float, seen: NDArray[np.bool_]) -> DensityGround:
    """Lay cells of ``bandwidth / 2.5`` over the layer, wider where there would be too many; ``seen`` areas count."""
    west, south, east, north = shapely.total_bounds(terrain.polygons).tolist()
    cell = max(bandwidth_m / FINEST, sqrt((east - west) * (north - south) / MOST_CELLS))
    raster = Raster.over((west, south, east, north), cell)
    region = shapely.simplify(shapely.coverage_union_all(terrain.polygons[seen]), cell / 4)
    return DensityGround(raster, np.where(raster.inside(region), 1.0, _OUTSIDE))


def answer_density(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    *,
    bandwidth_m: float,
    terrain: Terrain,
    ground: DensityGround,
    asked: NDArray[np.bool_],
    shared: SharedGround | None = None,
) -> Density:
    """The density of the question's incidents, shown in the ``asked`` areas.

    ``shared`` is the ground that the disclosed incidents stand for, where the snapshot is a disclosed one.
    """
    question, left_out = hot_spot_question(snapshot, question)
    own = select(snapshot, question, scope)
    here = own.take(own.incidents.area[question.layer]) >= 0
    known = here & (_well_known(own) if shared is None else own.take(shared.of) >= 0)
    refused = shared is not None and not len(shared.shapes)
    some = _Some.of(snapshot, question, scope, terrain=terrain, shared=shared)
    shown = shapely.intersection(shapely.coverage_union_all(terrain.polygons[asked]), some.within)
    per_km2 = some.surface(bandwidth_m, ground) if asked.any() and not refused else np.zeros_like(ground.mask)
    peak = float(per_km2[ground.mask == 1].max(initial=0.0))
    lows = levels(peak, bandwidth_m, alone=ALONE * (1 if shared is None else snapshot.profile.disclosure.round_to))
    return Density(
        question=question,
        bandwidth_m=bandwidth_m,
        cell_m=ground.cell_m,
        lows=lows,
        bands=_bands(per_km2, lows, terrain, ground, shown),
        peak=peak,
        used=int(np.count_nonzero(known)),
        placed=int(np.count_nonzero(here)),
        refused=refused,
        shared=shared is not None,
        left_out=left_out,
        facts=facts_of(snapshot),
    )


def levels(peak: float, bandwidth_m: float, *, alone: float = ALONE) -> tuple[float, ...]:
    """Where bands begin, at most five, each as many times the last, rounded for people.

    The first lies above what ``alone`` incidents on one spot make, the last where only the densest ground reaches.
    """
    least = alone * M2_PER_KM2 / (2 * pi * bandwidth_m**2)
    if peak <= least:
        return ()
    wanted = np.geomspace(least, max(TOP * peak, least), BANDS)
    powers = range(floor(log10(least)) - 1, floor(log10(peak)) + 2)
    steps = np.array([step * 10.0**power for power in powers for step in STEPS])
    nearest = np.abs(np.log(steps) - np.log(wanted)[:, None]).argmin(axis=1)
    return tuple(float(f"{step:.2g}") for step in steps[np.unique(nearest)])


@dataclass(frozen=True, slots=True, eq=False)
class _Some:
    """Incidents of the whole layer: where they stand or over what ground, and ``within`` which something is known.

    Those alone that the asker may see: what smears over a border tells of single incidents beyond it, and the densest
    ground elsewhere of how many lie there.
    """

    points: NDArray[np.float64]  # metric
    ground: SharedGround | None
    n: NDArray[np.int64]  # on each shape of the ground
    within: object  # everything: what lies beyond the areas asked is cut off elsewhere

    @classmethod
    def of(
        cls, snapshot: Snapshot, question: Question, scope: Scope, *, terrain: Terrain, shared: SharedGround | None
    ) -> _Some:
        found = select(snapshot, whole_layer(question), scope)
        if shared is not None:
            on = found.take(shared.of)
            n = np.bincount(on[on >= 0], minlength=len(shared.shapes))
            return cls(np.empty((0, 2)), shared, n, shapely.union_all(shared.shapes[n > 0]))
        rows = np.flatnonzero((found.take(found.incidents.area[question.layer]) >= 0) & _well_known(found))
        lon, lat = found.take(found.incidents.lon)[rows], found.take(found.incidents.lat)[rows]
        points = np.column_stack(crs.transform_xy(lon, lat, crs.WGS84, terrain.crs))
        return cls(points, None, np.empty(0, np.int64), shapely.box(*shapely.total_bounds(terrain.polygons)))

    def surface(self, bandwidth_m: float, ground: DensityGround) -> NDArray[np.float64]:
        """Incidents per square kilometre on every cell, also a little beyond the border, where bands are cut off."""
        points, weights = (self.points, None) if self.ground is None else self.ground.centres(ground.raster, self.n)
        found = density_grid(points, ground.raster, bandwidth_m, mask=ground.mask, edge="uniform", weights=weights)
        return M2_PER_KM2 * found


def _well_known(selection: Selection) -> NDArray[np.bool_]:
    incidents = selection.incidents
    point = selection.take(incidents.placement) == POINT
    return np.asarray(point & np.isin(selection.take(incidents.precision), WELL_KNOWN), dtype=np.bool_)


def _bands(
    per_km2: NDArray[np.float64],
    lows: tuple[float, ...],
    terrain: Terrain,
    ground: DensityGround,
    shown: object,
) -> NDArray[np.object_]:
    if not lows:
        return np.empty(0, dtype=object)
    x, y = ground.raster.centres()
    found = contours.grounds(x, y, per_km2, lows, tolerance=ground.cell_m / 4, within=shown)
    return np.asarray(crs.to_wgs84(found, terrain.crs), dtype=object)
