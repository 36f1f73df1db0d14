"""The same risk in hexagons instead of areas, and what the change of unit does to what stands out. Words nothing.

What is said of areas depends on where their borders happen to run (the modifiable areal unit problem, Openshaw 1984).
Hexagons of one size have other borders, and none that anybody drew: what is hot in both does not hang on the unit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse

from geodata.answers.answer import DataFacts, Totals
from geodata.answers.exposure import Denominator, exposure_of, whole_layer, zone_shape
from geodata.answers.risk import HIGH, HOT, QUADRANTS, AreaRisk, Floats, Judged, RiskMethod, judge, only
from geodata.answers.selection import select
from geodata.answers.terrain import M2_PER_KM2, Terrain
from geodata.geometry import crs
from geodata.geometry.lattice import ROW, Lattice, hexagons
from geodata.geometry.mesh import many_to_metric
from geodata.question import EVERYTHING, Question, Scope
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import WELL_KNOWN, Snapshot

MOST = 8_000  # cells; a browser draws no more at once, and nobody can tell them apart
COMMON = 0.05  # of the smaller of the two: less ground in common is the edge of a cell, not the same place
STANDS_OUT = (HIGH, HOT, QUADRANTS["HH"])
SEEN = 1 - 1e-6  # of a cell's ground must be in the scope: what is said of it tells of all of it


@dataclass(frozen=True, slots=True, eq=False)
class HexGround:
    """Cells over one layer, and which of them holds each incident; made once a generation and width."""

    width_m: float  # the width asked for, doubled until there are at most MOST cells
    lattice: Lattice
    polygons: NDArray[np.object_]  # EPSG:4326, clipped to the layer
    cell: NDArray[np.int32]  # of each incident of the snapshot; -1 without a well-known point in the layer
    weights: sparse.csr_array  # cells with a common edge
    shared: sparse.csr_array  # (cells, areas) square metres in common
    home: NDArray[np.int64]  # the area each cell shares most ground with


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """What stands out by areas and by cells, among the areas asked: high risks or hot spots, as the method has it.

    ``faded`` areas hold no cell that stands out; ``elsewhere`` counts cells that stand out in no such area.
    """

    areas: tuple[int, ...]  # positions in the layer
    faded: tuple[int, ...]
    cells: int
    elsewhere: int


@dataclass(frozen=True, slots=True, eq=False)
class HexRisk(Judged):
    """Cells judged; what was not asked is 0, NaN or "". Only incidents whose point is well known are counted.

    The inhabitants of each area of the edition's finest layer are spread evenly over its ground. A cell belongs to the
    area it shares most ground with (``home``).
    """

    question: Question  # at the finest level
    method: RiskMethod
    width_m: float  # may be more than was asked for
    polygons: NDArray[np.object_]  # EPSG:4326
    asked: NDArray[np.bool_]
    home: NDArray[np.int64]
    names: tuple[str, ...]  # of the layer's areas
    area_only: int  # incidents of the question left out, as only their area is known
    unit: UnitEffect
    by: Denominator
    left_out: tuple[str, ...]
    totals: Totals
    facts: DataFacts


def hex_ground(snapshot: Snapshot, key: LayerKey, terrain: Terrain, width_m: float) -> HexGround:
    """Lay cells over the layer: 0.15 s for 5,000 cells over 96 communes, and 0.3 s for a million incidents."""
    while terrain.km2.sum() * M2_PER_KM2 > MOST * ROW * width_m**2:
        width_m *= 2
    lattice = hexagons(shapely.union_all(terrain.polygons), width_m)
    incidents = snapshot.incidents
    known = np.isin(incidents.precision, WELL_KNOWN) & (incidents.area[key] >= 0) & np.isfinite(incidents.lon)
    cell = np.full(len(incidents), -1, dtype=np.int32)
    x, y = many_to_metric(incidents.lon[known], incidents.lat[known], terrain.crs)
    cell[known] = lattice.locate(x, y)
    shared = shared_ground(lattice, terrain.polygons)
    return HexGround(
        width_m=width_m,
        lattice=lattice,
        polygons=crs.to_wgs84(lattice.polygons, terrain.crs),
        cell=cell,
        weights=lattice.neighbours(),
        shared=shared,
        home=np.asarray(shared.argmax(axis=1), dtype=np.int64).ravel(),
    )


def shared_ground(lattice: Lattice, shapes: NDArray[np.object_]) -> sparse.csr_array:
    """Square metres that each cell (row) has in common with each shape (column)."""
    shapely.prepare(shapes)
    shape, cell = shapely.STRtree(lattice.polygons).query(shapes, predicate="intersects")
    common = lattice.area[cell]
    cut = ~shapely.contains_properly(shapes[shape], lattice.polygons[cell])
    common[cut] = shapely.area(shapely.intersection(shapes[shape[cut]], lattice.polygons[cell[cut]]))
    return sparse.csr_array((common, (cell, shape)), shape=(len(lattice), len(shapes)))


def answer_hexagons(
    snapshot: Snapshot, areas: AreaRisk, scope: Scope, *, ground: HexGround, terrain: Terrain
) -> HexRisk:
    """Judge the cells as ``areas`` were judged: the same question and method, at the edition's finest level."""
    question = areas.question
    exposure = exposure_of(snapshot, question, terrain)
    n = _counted(snapshot, question, ground, exposure.known)
    judged = judge(n, _spread(snapshot, question, ground, terrain, exposure.values), ground.weights, areas.method)
    asked = _shown(ground, areas.asked, scope)
    judged = only(judged, asked)
    mine = select(snapshot, question, scope)
    return HexRisk(
        **{field.name: getattr(judged, field.name) for field in fields(Judged)},
        question=question,
        method=areas.method,
        width_m=ground.width_m,
        polygons=ground.polygons,
        asked=asked,
        home=ground.home,
        names=areas.names,
        area_only=areas.totals.placed - int(np.count_nonzero(mine.take(ground.cell) >= 0)),
        unit=unit_effect(ground, terrain, areas.classes, judged.classes),
        by=areas.by,
        left_out=areas.left_out,
        totals=areas.totals,
        facts=areas.facts,
    )


def unit_effect(
    ground: HexGround, terrain: Terrain, areas: NDArray[np.object_], cells: NDArray[np.object_]
) -> UnitEffect:
    """Compare the classes of areas with those of cells: whether what stands out by the one does so by the other."""
    hot_areas, hot_cells = (np.isin(classes, STANDS_OUT) for classes in (areas, cells))
    shared = ground.shared.tocoo()
    cell, area = shared.coords
    smaller = np.minimum(ground.lattice.area[cell], terrain.km2[area] * M2_PER_KM2)
    same = shared.data > COMMON * smaller
    met = np.zeros(len(areas), dtype=np.bool_)
    met[area[same & hot_cells[cell]]] = True
    meeting = np.zeros(len(cells), dtype=np.bool_)
    meeting[cell[same & hot_areas[area]]] = True
    return UnitEffect(
        areas=tuple(np.flatnonzero(hot_areas).tolist()),
        faded=tuple(np.flatnonzero(hot_areas & ~met).tolist()),
        cells=int(hot_cells.sum()),
        elsewhere=int((hot_cells & ~meeting).sum()),
    )


def _counted(snapshot: Snapshot, question: Question, ground: HexGround, known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Incidents by cell; those in areas nothing is known of are left out, as their ground is."""
    found = select(snapshot, whole_layer(question), EVERYTHING)
    cell, area = found.take(ground.cell), found.take(snapshot.incidents.area[question.layer])
    if not known.all():
        cell = np.where(np.append(known, False)[area], cell, np.int32(-1))
    return np.bincount(cell + 1, minlength=len(ground.lattice) + 1)[1:].astype(np.int64, copy=False)


def _spread(snapshot: Snapshot, question: Question, ground: HexGround, terrain: Terrain, exposure: Floats) -> Floats:
    """What is expected in proportion to, by cell: each area's spread evenly over its ground, or that in the zones."""
    shared = ground.shared
    if question.zones:
        zone = zone_shape(snapshot, question.zones, terrain)
        shared = shared_ground(ground.lattice, shapely.intersection(terrain.polygons, zone))
    whole = shared.sum(axis=0)
    density = np.divide(exposure, whole, out=np.zeros(len(exposure)), where=np.isfinite(exposure) & (whole > 0))
    return np.asarray(shared @ density, dtype=np.float64)


def _shown(ground: HexGround, areas: NDArray[np.bool_], scope: Scope) -> NDArray[np.bool_]:
    """Cells mostly in the areas asked; within a scope, wholly. Who may see no points sees no cells of them."""
    inside = ground.shared @ areas.astype(np.float64)
    share = SEEN if scope.areas is not None else 0.5
    return np.asarray((inside >= share * ground.shared.sum(axis=1)) & scope.points, dtype=np.bool_)
