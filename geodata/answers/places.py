"""Which areas a question speaks of. Knows codes, parents, regions and zones; counts nothing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries, Layer, Region
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.vocabulary import AreaKey, LayerKey, Level

Positions = dict[LayerKey, list[int]]  # layer -> indices of its areas, ORed
SLIVER = (
    0.05  # old and new boundary lines differ by up to 130 m: less in common than this is the drawing, not the ground
)


def places_of(boundaries: Boundaries, question: Question, scope: Scope) -> list[Positions]:
    """The place filters to be ANDed: the areas asked, the regions asked, the areas the asker may see.

    Raises QuestionError on an area or region the workspace does not have. An area of the scope opens its ground in
    every edition; one the workspace does not have opens nothing.
    """
    filters: list[Positions] = []
    if question.areas:
        filters.append(_positions(boundaries, question))
    if question.regions:
        filters.append(_region_positions(boundaries, question))
    if scope.areas is not None:
        filters.append(_open(boundaries, scope.areas))
    return filters


def asked_areas(boundaries: Boundaries, question: Question, scope: Scope) -> NDArray[np.bool_]:
    """Which areas of the question's layer it speaks of: asked for, part of one asked for, or holding one."""
    layer = boundaries.layers[question.layer]
    asked = np.ones(len(layer.codes), dtype=np.bool_)
    for wanted in places_of(boundaries, question, scope):
        here = np.zeros_like(asked)
        for key, positions in wanted.items():
            here |= _seen_from(boundaries, question.layer, key, positions)
        asked &= here
    if question.zones:
        chosen = [zone.polygon for zone in boundaries.zones if zone.id in question.zones]
        asked &= _overlapping(layer, shapely.union_all(np.array(chosen, dtype=object)), 0.0)
    return asked


def open_areas(boundaries: Boundaries, key: LayerKey, scope: Scope) -> NDArray[np.bool_]:
    """Areas of a layer that share ground with what the asker may see."""
    layer = boundaries.layers[key]
    if scope.areas is None:
        return np.ones(len(layer.codes), dtype=np.bool_)
    found = np.zeros(len(layer.codes), dtype=np.bool_)
    for other, positions in _open(boundaries, scope.areas).items():
        found |= _seen_from(boundaries, key, other, positions)
    return found


def wholly_seen(boundaries: Boundaries, key: LayerKey, scope: Scope) -> NDArray[np.bool_]:
    """Areas of a layer that the asker may see whole: itself, what holds it or all its parts are in scope.

    What is said of an area as a whole (its risk, its pattern) would otherwise tell of ground the asker may not see.
    """
    layer = boundaries.layers[key]
    if scope.areas is None:
        return np.ones(len(layer.codes), dtype=np.bool_)
    seen = np.zeros(len(layer.codes), dtype=np.bool_)
    levels = boundaries.levels(key.edition)
    for other, positions in _open(boundaries, scope.areas).items():
        if other.edition != key.edition:
            seen |= _covered(layer, shapely.union_all(boundaries.layers[other].polygons[positions]))
            continue
        if levels.index(other.level) <= levels.index(key.level):
            seen |= _seen_from(boundaries, key, other, positions)
            continue
        holders, parts = _ancestors(boundaries, other, key.level), set(positions)
        whole = set(holders) - {holder for i, holder in enumerate(holders) if i not in parts}
        seen |= np.array([code in whole for code in layer.codes], dtype=np.bool_)
    return seen


def closed_zones(boundaries: Boundaries, question: Question, scope: Scope) -> frozenset[str]:
    """Zones asked that reach beyond what the asker may see whole.

    Who compares with everything in such a zone would be told of ground outside: "everything" is then somebody else's.
    """
    if scope.areas is None or not question.zones:
        return frozenset()
    beyond = ~wholly_seen(boundaries, question.layer, scope)
    asked = (zone for zone in boundaries.zones if zone.id in question.zones)
    layer = boundaries.layers[question.layer]
    return frozenset(zone.id for zone in asked if (_overlapping(layer, zone.polygon, SLIVER) & beyond).any())


def _open(boundaries: Boundaries, areas: Iterable[AreaKey]) -> Positions:
    """Where the areas of a scope stand, each in its own edition."""
    found: Positions = {}
    for edition, code in areas:
        if edition not in boundaries.editions:
            continue
        for level in boundaries.levels(edition):
            at = boundaries.layers[LayerKey(edition, level)].index().get(code)
            if at is not None:
                found.setdefault(LayerKey(edition, level), []).append(at)
                break
    return found


def _positions(boundaries: Boundaries, question: Question) -> Positions:
    levels = (question.level, *(level for level in boundaries.levels(question.edition) if level != question.level))
    indices = {key: boundaries.layers[key].index() for key in (LayerKey(question.edition, each) for each in levels)}
    found: Positions = {}
    for code in question.areas:
        key = next((key for key, index in indices.items() if code in index), None)
        if key is None:
            raise QuestionError(
                "edition «{edition}» has no area «{area}» at any level ({levels}); areas are asked for by their code",
                edition=question.edition,
                area=code,
                levels=", ".join(level.value for level in boundaries.levels(question.edition)),
            )
        found.setdefault(key, []).append(indices[key][code])
    return found


def _region_positions(boundaries: Boundaries, question: Question) -> Positions:
    found: Positions = {}
    for name in question.regions:
        region = _region(boundaries, name, question.edition)
        level = boundaries.finest(region.edition)
        if level is None:
            raise QuestionError(
                "region «{region}» is made of areas of edition «{edition}», which is not loaded",
                region=name,
                edition=region.edition,
            )
        key = LayerKey(region.edition, level)
        index = boundaries.layers[key].index()
        found.setdefault(key, []).extend(index[code] for code in region.codes if code in index)
    return found


def _region(boundaries: Boundaries, name: str, edition: str) -> Region:
    """The region as the question's edition has it, else as another one has: incidents know their area in all."""
    same = [region for region in boundaries.regions if region.id == name]
    if not same:
        known = ", ".join(dict.fromkeys(region.id for region in boundaries.regions)) or "none"
        raise QuestionError("there is no region «{region}»; there are: {known}", region=name, known=known)
    return next((region for region in same if region.edition == edition), same[0])


def _seen_from(boundaries: Boundaries, target: LayerKey, key: LayerKey, positions: list[int]) -> NDArray[np.bool_]:
    """Areas of ``target`` that share ground with the given areas of another layer."""
    layer, other = boundaries.layers[target], boundaries.layers[key]
    if key == target:
        asked = np.zeros(len(layer.codes), dtype=np.bool_)
        asked[positions] = True
        return asked
    codes = {other.codes[i] for i in positions}
    if key.edition != target.edition:
        return _overlapping(layer, shapely.union_all(other.polygons[positions]), SLIVER)
    levels = boundaries.levels(target.edition)
    if levels.index(key.level) < levels.index(target.level):
        return np.array([code in codes for code in _ancestors(boundaries, target, key.level)], dtype=np.bool_)
    above = _ancestors(boundaries, key, target.level)
    holding = {above[i] for i in positions}
    return np.array([code in holding for code in layer.codes], dtype=np.bool_)


def _ancestors(boundaries: Boundaries, key: LayerKey, level: Level) -> list[str]:
    """For each area of the layer, the code of the area of the coarser ``level`` that holds it, "" where unknown."""
    levels = boundaries.levels(key.edition)
    codes = list(boundaries.layers[key].codes)
    for finer in reversed(levels):
        if levels.index(level) < levels.index(finer) <= levels.index(key.level):
            layer = boundaries.layers[LayerKey(key.edition, finer)]
            parent = dict(zip(layer.codes, layer.parents, strict=True))
            codes = [parent.get(code, "") for code in codes]
    return codes


def _overlapping(layer: Layer, shape: object, share: float) -> NDArray[np.bool_]:
    """Areas that have more than ``share`` of the smaller of the two, area or shape, in common with the shape."""
    shapely.prepare(shape)
    overlap = np.zeros(len(layer.codes), dtype=np.bool_)
    near = np.flatnonzero(shapely.intersects(shape, layer.polygons))
    common = shapely.area(shapely.intersection(layer.polygons[near], shape))
    overlap[near] = common > share * np.minimum(shapely.area(layer.polygons[near]), shapely.area(shape))
    return overlap


def _covered(layer: Layer, shape: object) -> NDArray[np.bool_]:
    """Areas of which no more than a sliver lies outside the shape."""
    return np.asarray(shapely.area(shapely.difference(layer.polygons, shape)) <= SLIVER * shapely.area(layer.polygons))
