"""A boundary file -> a layer of an edition, repaired and reported. Knows no store; reads through ``features``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.boundaries import fields
from geodata.boundaries.editions import Layer
from geodata.boundaries.features import Features, read_features
from geodata.errors import BoundaryError
from geodata.geometry import coverage, crs
from geodata.vocabulary import LayerKey, Level

GAP_WIDTH_DEGREES = 1e-5  # gaps narrower than about a metre are slips of digitising, not enclaves


@dataclass(frozen=True, slots=True)
class LayerReport:
    """What was read and what was done to it. Plain values only, so that it can be printed and kept as JSON."""

    file: str
    features: int
    areas: int
    code_field: str
    name_field: str
    parent_field: str
    population_field: str
    merged: tuple[str, ...]  # codes that several features share
    made_valid: tuple[tuple[str, str], ...]  # (code, reason)
    cleaned: tuple[str, ...]  # codes whose edges were brought in line with a neighbour's
    overlaps: tuple[tuple[str, str, float], ...]  # (code, code, m2) in the file
    left_overlapping: tuple[tuple[str, str], ...]  # too large to be slips: points there go to the first
    gaps: int  # holes in the union after the repair, enclaves included
    gaps_m2: float
    unmatched: tuple[str, ...]  # edges along a neighbour's without its vertices, no area shared


def read_layer(
    path: Path,
    *,
    edition: str,
    level: Level,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    population: str | None = None,
) -> tuple[Layer, LayerReport]:
    """Read one level of an edition. Fields not named are recognised; areas keep the order of the file."""
    key = LayerKey(edition, Level(level))
    return layer_of(read_features(path), key, code=code, name=name, parent=parent, population=population)


def layer_of(
    features: Features,
    key: LayerKey,
    *,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    population: str | None = None,
) -> tuple[Layer, LayerReport]:
    """The same of a file that was read already."""
    level = key.level
    chosen = fields.choose(features, level, code=code, name=name, parent=parent, population=population)
    codes = _codes(features, chosen.code)
    groups = _groups(codes)
    _check_shapes(features)
    counts = _counts(features, chosen.population)
    polygons = np.full(len(groups), None, dtype=object)
    for i, rows in enumerate(groups.values()):
        polygons[i] = features.geometries[rows[0]] if len(rows) == 1 else _joined(features.geometries[rows])
    before = coverage.check(polygons)
    mended, done = coverage.repair(polygons, gap_width=GAP_WIDTH_DEGREES)
    first = [rows[0] for rows in groups.values()]
    layer = Layer(
        key,
        tuple(groups),
        tuple(_name(features, i, chosen.name) or codes[i] for i in first),
        tuple(_name(features, i, chosen.parent) for i in first),
        np.array([_people(counts[rows]) for rows in groups.values()], dtype=np.float64),
        mended,
    )
    if done.emptied:
        raise BoundaryError(
            "{file}: area «{code}» has no polygon; draw it or take it out of the file",
            file=features.file,
            code=layer.codes[done.emptied[0]],
        )
    merged = tuple(c for c, rows in groups.items() if len(rows) > 1)
    return layer, _report(features, chosen, layer, merged, before, done)


def derive_province(layer: Layer, code: str, name: str) -> Layer:
    """The province as the union of all areas of a finer layer."""
    polygons = np.array([coverage.union(layer.polygons)], dtype=object)
    people = np.array([layer.population.sum()], dtype=np.float64)  # NaN where one area's is unknown
    return Layer(LayerKey(layer.key.edition, Level.PROVINCE), (code,), (name,), ("",), people, polygons, derived=True)


def assign_parents(child: Layer, parent: Layer) -> Layer:
    """``child`` with parents that are codes of ``parent``: the file's own, else the one it shares most ground with."""
    known = set(parent.codes)
    lost = [i for i, code in enumerate(child.parents) if code not in known]
    if not lost:
        return child
    parents = list(child.parents)
    tree = shapely.STRtree(parent.polygons)
    for i in lost:
        near = np.sort(tree.query(child.polygons[i], predicate="intersects"))
        shared = shapely.area(shapely.intersection(parent.polygons[near], child.polygons[i]))
        parents[i] = parent.codes[near[int(shared.argmax())]] if shared.size and shared.max() > 0 else ""
    return replace(child, parents=tuple(parents))


def _codes(features: Features, field: str) -> list[str]:
    codes = [fields.text(row.get(field)) for row in features.properties]
    for i, code in enumerate(codes):
        if not code:
            raise BoundaryError(
                "{file}, feature {number}: no code in «{field}»; fill it in or name another property with --code, "
                "there are: {fields}",
                file=features.file,
                number=i + 1,
                field=field,
                fields=", ".join(features.fields[:30]),
            )
    return codes


def _groups(codes: Sequence[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        groups.setdefault(code, []).append(i)
    return groups


def _check_shapes(features: Features) -> None:
    for i, geometry in enumerate(features.geometries):
        kind = "nothing" if geometry is None or geometry.is_empty else geometry.geom_type
        if kind not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
            raise BoundaryError(
                "{file}, feature {number}: expected a polygon, found {kind}",
                file=features.file,
                number=i + 1,
                kind=kind,
            )


def _counts(features: Features, field: str | None) -> NDArray[np.float64]:
    counts = np.full(len(features), np.nan)
    for i, row in enumerate(features.properties if field else ()):
        try:
            counts[i] = fields.number(row.get(field or ""))
        except ValueError as error:
            raise BoundaryError(
                "{file}, feature {number}: «{value}» in «{field}» is not a number of people",
                file=features.file,
                number=i + 1,
                value=str(row.get(field or ""))[:40],
                field=field,
            ) from error
    return counts


def _people(counts: NDArray[np.float64]) -> float:
    """Parts of one area either repeat the whole area's figure or carry their own: equal ones count once."""
    given = counts[~np.isnan(counts)]
    if not len(given):
        return float("nan")
    return float(given[0] if (given == given[0]).all() else given.sum())


def _joined(parts: NDArray[np.object_]) -> object:
    return coverage.union(parts)


def _name(features: Features, i: int, field: str | None) -> str:
    return fields.text(features.properties[i].get(field)) if field else ""


def _report(
    features: Features,
    chosen: fields.Fields,
    layer: Layer,
    merged: tuple[str, ...],
    before: coverage.CoverageReport,
    done: coverage.Repair,
) -> LayerReport:
    metric = crs.metric_crs_of(layer.polygons)
    reasons = dict(before.invalid)
    gaps = coverage.gaps(layer.polygons)
    return LayerReport(
        features.file,
        len(features),
        len(layer.codes),
        chosen.code,
        chosen.name or "",
        chosen.parent or "",
        chosen.population or "",
        merged,
        tuple((layer.codes[i], reasons.get(i, "not a polygon alone")) for i in done.made_valid),
        tuple(layer.codes[i] for i in done.cleaned),
        tuple((layer.codes[i], layer.codes[j], _square_metres([s], metric)) for i, j, s in before.overlaps),
        tuple((layer.codes[i], layer.codes[j]) for i, j in done.left_overlapping),
        len(gaps),
        _square_metres(gaps, metric),
        tuple(layer.codes[i] for i in before.unmatched),
    )


def _square_metres(shapes: Sequence[object], metric: str) -> float:
    return round(float(shapely.area(crs.to_metric(np.array(shapes, dtype=object), metric)).sum()), 3) if shapes else 0.0
