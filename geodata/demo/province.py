"""The schematic province: both editions drawn from facts alone, nested by construction. Knows no incident.

Cells around the communes' middles, sized by their areas, inside a coarse outline. A drawing, not official boundaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.demo.border import METRIC, border_line
from geodata.demo.cells import fit_cells
from geodata.demo.facts import Facts, read_facts
from geodata.demo.linework import draw_pieces
from geodata.geometry import crs

Geometries = NDArray[np.object_]
SMALLEST_SHARE = 0.04  # a part that the reform cut off is drawn at least this large, or nobody could see it
OLD_PROVINCE, NEW_PROVINCE = "72", "80"


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Ground that lies in one commune of 2024 and one of 2025: positions in the facts, shape, area."""

    commune: int
    unit: int
    polygon: shapely.Polygon
    km2: float


@dataclass(frozen=True, slots=True, eq=False)
class Province:
    """The drawing in lon/lat. ``communes``, ``districts`` and ``units`` are in the order of the facts."""

    facts: Facts
    pieces: tuple[Piece, ...]
    communes: Geometries
    districts: Geometries
    units: Geometries
    whole: shapely.Polygon
    border: shapely.LineString

    def unit_populations(self) -> NDArray[np.int64]:
        """Inhabitants of the units of 2025; a split commune's are shared out by area, to the last person."""
        result = np.zeros(len(self.facts.units), dtype=np.int64)
        for i, commune in enumerate(self.facts.communes):
            parts = [piece for piece in self.pieces if piece.commune == i]
            edges = np.cumsum([0.0, *(piece.km2 for piece in parts)])
            shares = np.diff(np.rint(edges / edges[-1] * commune.population)).astype(np.int64)
            for piece, share in zip(parts, shares, strict=True):
                result[piece.unit] += share
        return result

    def estimated_units(self) -> NDArray[np.bool_]:
        """Which units of 2025 hold a part of a split commune, so that their population is an estimate."""
        split = [sum(piece.commune == i for piece in self.pieces) > 1 for i in range(len(self.facts.communes))]
        result = np.zeros(len(self.facts.units), dtype=bool)
        result[[piece.unit for piece in self.pieces if split[piece.commune]]] = True
        return result

    def unit_districts(self) -> tuple[str, ...]:
        """The old district that holds most of each unit's area: who answers for it goes on as before."""
        codes = [code for code, _ in self.facts.districts]
        km2 = np.zeros((len(self.facts.units), len(codes)))
        for piece in self.pieces:
            km2[piece.unit, codes.index(self.facts.communes[piece.commune].district)] += piece.km2
        return tuple(codes[k] for k in km2.argmax(axis=1))


def draw_province(facts: Facts | None = None) -> Province:
    """Draw both editions. The same facts give the same drawing to the last digit."""
    facts = facts or read_facts()
    middles, outline = _on_the_plane(facts)
    cells = fit_cells(middles, np.array([c.area_km2 for c in facts.communes]), outline)
    owners, parts = _split(facts, cells)
    drawn = draw_pieces(parts, outline, middles)
    pieces = tuple(
        Piece(commune, unit, polygon, float(km2))
        for (commune, unit), polygon, km2 in zip(owners, _in_degrees(drawn), shapely.area(drawn), strict=True)
    )
    districts = [facts.communes[piece.commune].district for piece in pieces]
    communes = _unite(pieces, [piece.commune for piece in pieces], range(len(facts.communes)))
    return Province(
        facts=facts,
        pieces=pieces,
        communes=communes,
        districts=_unite(pieces, districts, [code for code, _ in facts.districts]),
        units=_unite(pieces, [piece.unit for piece in pieces], range(len(facts.units))),
        whole=shapely.coverage_union_all(communes),
        border=border_line(facts, communes),
    )


def _on_the_plane(facts: Facts) -> tuple[NDArray[np.float64], shapely.Polygon]:
    """Middles and outline in kilometres."""
    lon, lat = [c.lon for c in facts.communes], [c.lat for c in facts.communes]
    middles = np.column_stack(crs.transform_xy(lon, lat, crs.WGS84, METRIC)) / 1000.0
    outline = crs.to_metric(shapely.Polygon(facts.outline), METRIC)
    return middles, shapely.transform(outline, lambda xy: xy / 1000.0)


def _in_degrees(polygons: Geometries) -> Geometries:
    metres = shapely.transform(polygons, lambda xy: xy * 1000.0)
    # Rounding each vertex by itself keeps shared vertices shared; 1e-6 degrees are 0.1 m.
    return np.asarray(shapely.transform(crs.to_wgs84(metres, METRIC), lambda xy: np.round(xy, 6)), dtype=object)


def _split(facts: Facts, cells: Geometries) -> tuple[list[tuple[int, int]], Geometries]:
    """(commune, unit) pairs and their ground: whole cells, and cells cut in two where the reform divided a commune."""
    unit = {code: i for i, (code, _) in enumerate(facts.units)}
    place = {commune.code: i for i, commune in enumerate(facts.communes)}
    whole = {(place[move.old], unit[move.new]): cells[place[move.old]] for move in facts.moves if move.whole}
    ground = [shapely.union_all([cell for (_, u), cell in whole.items() if u == k]) for k in range(len(unit))]
    pairs = dict(whole)
    for old in dict.fromkeys(move.old for move in facts.moves if not move.whole):
        small, large = sorted((m for m in facts.moves if m.old == old), key=lambda move: move.share)
        cell, neighbour = cells[place[old]], ground[unit[small.new]]
        cut = _cut_towards(cell, neighbour, max(small.share, SMALLEST_SHARE))
        pairs[place[old], unit[small.new]] = cut
        pairs[place[old], unit[large.new]] = shapely.difference(cell, cut)
    return list(pairs), np.array(list(pairs.values()), dtype=object)


def _cut_towards(cell: shapely.Polygon, neighbour: object, share: float) -> shapely.Polygon:
    """The part of a cell that holds ``share`` of its area on the side of its common edge with ``neighbour``."""
    edge = shapely.intersection(shapely.buffer(cell, 0.01), neighbour)
    towards = shapely.centroid(neighbour if shapely.is_empty(edge) else edge)
    direction = np.array([towards.x - cell.centroid.x, towards.y - cell.centroid.y])
    direction /= np.hypot(*direction)
    across = np.array([-direction[1], direction[0]])
    depth = shapely.get_coordinates(cell) @ direction
    low, high = float(depth.min()), float(depth.max())
    far = 10 * (high - low + shapely.length(cell))
    side = shapely.Point()
    for _ in range(40):
        middle = (low + high) / 2
        near = direction * middle + across * (shapely.get_coordinates(cell.centroid)[0] @ across)
        half_plane = [near - far * across, near + far * across]
        corners = [*half_plane, half_plane[1] + far * direction, half_plane[0] + far * direction]
        side = shapely.intersection(cell, shapely.Polygon(corners))
        low, high = (middle, high) if side.area > share * cell.area else (low, middle)
    return side


def _unite(pieces: tuple[Piece, ...], owner: Sequence[object], order: Iterable[object]) -> Geometries:
    shapes = np.array([piece.polygon for piece in pieces], dtype=object)
    of_key = [[each == key for each in owner] for key in order]
    return np.asarray([shapely.coverage_union_all(shapes[mine]) for mine in of_key], dtype=np.object_)
