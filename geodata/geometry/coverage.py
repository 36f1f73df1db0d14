"""Is a set of polygons a valid tiling; mend it; simplify it without gaps. Planar: units are those of the input."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Pair = tuple[int, int]
SLIVER_SHARE = 0.1  # an overlap over a tenth of the smaller polygon is a different map, not a slip of the pen


@dataclass(frozen=True, slots=True, eq=False)
class CoverageReport:
    """What keeps polygons from tiling the ground. Indices are those of the input; shapes are kept for measuring.

    ``invalid`` are (index, reason); ``overlaps`` are (lower index, higher index, shape); ``gaps`` are holes in the
    union, which may be slips or real enclaves; ``unmatched`` are polygons with edges that run along a neighbour's
    without the same vertices, while no area is shared.
    """

    invalid: tuple[tuple[int, str], ...] = ()
    overlaps: tuple[tuple[int, int, object], ...] = ()
    gaps: tuple[object, ...] = ()
    unmatched: tuple[int, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the polygons are valid, do not overlap and share their edges vertex by vertex."""
        return not (self.invalid or self.overlaps or self.unmatched)


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done to polygons: indices of those made valid, emptied or cleaned, and overlaps too large to touch."""

    made_valid: tuple[int, ...] = ()
    emptied: tuple[int, ...] = ()
    cleaned: tuple[int, ...] = ()
    left_overlapping: tuple[tuple[int, int], ...] = ()


def check(polygons: Geometries) -> CoverageReport:
    """Look for invalid geometry, overlaps, gaps and unmatched edges."""
    reasons = shapely.is_valid_reason(polygons)
    bad = np.flatnonzero(~shapely.is_valid(polygons))
    invalid = tuple((int(i), str(reasons[i])) for i in bad if polygons[i] is not None)
    mended = polygonal(polygons)
    if shapely.coverage_is_valid(mended):
        return CoverageReport(invalid, (), _holes(shapely.coverage_union_all(mended)))
    overlaps = _overlaps(mended)
    along = shapely.coverage_invalid_edges(mended)
    touched = {i for pair in overlaps for i in pair[:2]}
    unmatched = tuple(int(i) for i in np.flatnonzero(~shapely.is_empty(along)) if int(i) not in touched)
    return CoverageReport(invalid, overlaps, _holes(shapely.union_all(mended)), unmatched)


def repair(polygons: Geometries, *, gap_width: float = 0.0) -> tuple[Geometries, Repair]:
    """Make polygons valid, give overlapping slivers to the lowest index, close gaps narrower than ``gap_width``.

    A valid coverage comes back as it is, the same array. Overlaps that are no slivers are left and named: the point
    locator gives them to the lowest index, and cutting them could swallow an area whole.
    """
    broken = np.flatnonzero(~shapely.is_valid(polygons) | ~np.isin(shapely.get_type_id(polygons), (3, 6)))
    whole = polygonal(polygons) if len(broken) else polygons
    made_valid = tuple(int(i) for i in broken if not shapely.is_empty(whole[i]))
    emptied = tuple(int(i) for i in np.flatnonzero(shapely.is_empty(whole)))
    if shapely.coverage_is_valid(whole, gap_width=gap_width):
        return whole, Repair(made_valid, emptied)
    overlaps = _overlaps(whole)
    large = {(i, j) for i, j, shape in overlaps if not _is_sliver(shape, whole[i], whole[j])}
    has_gaps = any(_width(gap) < gap_width for gap in _holes(shapely.union_all(whole)))
    if len(large) == len(overlaps) and not has_gaps:
        return whole, Repair(made_valid, emptied, (), tuple(sorted(large)))
    cleaned, left = _cleaned(whole, large, gap_width)
    swallowed = set(np.flatnonzero(shapely.is_empty(cleaned) & ~shapely.is_empty(whole)).tolist())
    if swallowed:  # by many slivers together: then none of them is cut
        large |= {(i, j) for i, j, _ in overlaps if swallowed & {i, j}}
        cleaned, left = _cleaned(whole, large, gap_width)
    cleaned = np.where(shapely.is_empty(cleaned), whole, cleaned)
    moved = ~shapely.equals_identical(shapely.normalize(cleaned), shapely.normalize(whole))
    touched = tuple(int(i) for i in np.flatnonzero(moved))
    return np.where(moved, cleaned, whole), Repair(made_valid, emptied, touched, tuple(sorted(left)))


def simplify(polygons: Geometries, tolerance: float) -> Geometries:
    """Polygons with fewer vertices, shared edges still shared (Visvalingam; ``tolerance`` is the root of an area)."""
    return np.asarray(shapely.coverage_simplify(matched(polygons), tolerance), dtype=object)


def matched(polygons: Geometries, *, gap_width: float = 0.0) -> Geometries:
    """For drawing only: edges shared vertex by vertex, overlaps cut, gaps narrower than ``gap_width`` closed.

    An edge that only one side has a vertex on would be simplified apart. What cutting would swallow stays as it is.
    """
    if shapely.coverage_is_valid(polygons) and not any(_width(gap) < gap_width for gap in gaps(polygons)):
        return polygons
    cleaned, _ = _cleaned(polygonal(polygons), set(), gap_width)
    return np.where(shapely.is_empty(cleaned), polygons, cleaned)


def round_off(polygons: Geometries, decimals: int) -> Geometries:
    """Polygons with coordinates of so many decimals, valid ones, and a valid coverage where they were one.

    Rounding each vertex alone keeps shared edges shared, but may push a vertex over an edge nearby. Then all lines
    are rounded together (snap rounding), and each face between them goes to whom its ground belonged.
    """
    plain = shapely.transform(polygons, lambda xy: np.round(xy, decimals))
    if shapely.is_valid(plain).all() and shapely.coverage_is_valid(plain):
        return np.asarray(plain, dtype=object)
    whole = polygonal(polygons)
    faces = _faces(whole, 10.0**-decimals)
    face, owner = _owners(faces, whole)
    return _joined(faces[face], owner, len(whole))


def union(polygons: Geometries) -> object:
    """One shape for all polygons; the vertices of a valid coverage are kept as they are."""
    whole = polygonal(polygons)
    if shapely.coverage_is_valid(whole):
        return shapely.coverage_union_all(whole)
    return shapely.union_all(whole)


def gaps(polygons: Geometries) -> tuple[object, ...]:
    """The holes in the union of all polygons: slips of digitising or real enclaves."""
    return _holes(union(polygons))


def polygonal(geometries: Geometries) -> Geometries:
    """Valid (multi)polygons: invalid ones mended, lines and points dropped, None and areas of nothing made empty."""
    result = np.full(len(geometries), shapely.Polygon(), dtype=object)
    for i, geometry in enumerate(geometries):
        if geometry is None or shapely.is_empty(geometry):
            continue
        if geometry.geom_type in {"Polygon", "MultiPolygon"} and shapely.is_valid(geometry):
            result[i] = geometry
            continue
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(geometry)))
        parts = parts[shapely.get_type_id(parts) == 3]
        result[i] = shapely.union_all(parts) if len(parts) else shapely.Polygon()
    return result


def _overlaps(polygons: Geometries) -> tuple[tuple[int, int, object], ...]:
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    first, second = first[first < second], second[first < second]
    shared = shapely.intersection(polygons[first], polygons[second])
    found = np.flatnonzero(shapely.area(shared) > 0.0)
    order = sorted((int(first[k]), int(second[k]), int(k)) for k in found)
    return tuple((i, j, polygonal(shared[k : k + 1])[0]) for i, j, k in order)


def _cleaned(polygons: Geometries, large: set[Pair], gap_width: float) -> tuple[Geometries, set[Pair]]:
    """The polygons as a coverage, but for ground that a ``large`` pair shares: it stays with both. And all such pairs.

    Faces are cut here and not by GEOS's coverage_clean, which lost 7 of 9 km2 of an area when given such overlaps.
    """
    faces = _faces(polygons)
    claims: dict[int, list[int]] = {}
    for k, i in zip(*_owners(faces, polygons), strict=True):
        claims.setdefault(int(k), []).append(int(i))
    shares: dict[frozenset[int], list[int]] = {}
    for k, those in claims.items():
        kept = {i for pair in combinations(sorted(those), 2) if pair in large for i in pair}
        shares.setdefault(frozenset(kept or {min(those)}), []).append(k)
    pieces = np.array([_joined(faces[ks], np.zeros(len(ks), dtype=np.intp), 1)[0] for ks in shares.values()])
    if not shapely.coverage_is_valid(pieces, gap_width=gap_width):
        pieces = shapely.coverage_clean(pieces, gap_width=gap_width, snapping_distance=0.0, merge_strategy="min_index")
    pairs = [(k, i) for k, those in enumerate(shares) for i in those if not shapely.is_empty(pieces[k])]
    piece, owner = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    left = {pair for those in shares for pair in combinations(sorted(those), 2)}  # three may share what two pairs do
    return _joined(pieces[piece], owner, len(polygons)), large | left


def _faces(polygons: Geometries, grid_size: float | None = None) -> Geometries:
    """All ground between the polygons' lines, on a grid where one is given."""
    lines = shapely.union_all(shapely.boundary(polygons), grid_size=grid_size)
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))), dtype=object)


def _owners(faces: Geometries, polygons: Geometries) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs (face, polygon its ground belongs to). A face on an edge counts for the lowest index, once."""
    inner, tree = shapely.point_on_surface(faces), shapely.STRtree(polygons)
    face, owner = tree.query(inner, predicate="within")
    left = np.setdiff1d(np.arange(len(faces)), face)
    edge, beside = tree.query(inner[left], predicate="intersects")
    order = np.lexsort((beside, edge))
    edge, first = np.unique(edge[order], return_index=True)
    return np.concatenate([face, left[edge]]), np.concatenate([owner, beside[order][first]])


def _joined(parts: Geometries, owner: NDArray[np.intp], n: int) -> Geometries:
    """For each of ``n`` owners the union of its parts, which share their edges; without parts it is empty."""
    result = np.full(n, shapely.Polygon(), dtype=object)
    for i in np.unique(owner):
        own = parts[owner == i]
        result[i] = own[0] if len(own) == 1 else polygonal(np.array([shapely.coverage_union_all(own)], dtype=object))[0]
    return result


def _holes(whole: object) -> tuple[object, ...]:
    parts = shapely.get_parts(whole)
    return tuple(
        shapely.polygons(ring) for part in parts if part.geom_type == "Polygon" for ring in shapely.get_rings(part)[1:]
    )


def _is_sliver(shape: object, one: object, other: object) -> bool:
    return bool(shapely.area(shape) <= SLIVER_SHARE * min(shapely.area(one), shapely.area(other)))


def _width(shape: object) -> float:
    """The mean width of a long thin shape: twice its area over its perimeter."""
    length = float(shapely.length(shape))
    return 2.0 * float(shapely.area(shape)) / length if length else 0.0
