"""What is wrong with a workspace's boundaries, said as findings. Knows no file and mends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations

import numpy as np
import shapely

from geodata.boundaries.editions import Boundaries, Edition, Layer, Succession
from geodata.errors import N_
from geodata.geometry import coverage, crs
from geodata.vocabulary import LayerKey

INSIDE_SHARE = 0.99  # drawings of two levels or editions never agree to the last metre
SAME_SHARE = 0.9  # two areas are the same where so much of each lies in the other
SMALL_M2 = 1.0


class Severity(StrEnum):
    """How much a finding matters: counts may be wrong, something is odd, or merely worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``template`` is English with named places filled by ``facts``, ready for a catalogue.

    ``what`` is one of invalid, overlap, gap, unmatched, orphan, outside_parent, unknown_code, no_successor,
    does_not_nest, undated. ``level`` and ``code`` are "" where it concerns the edition or the layer as a whole.
    """

    severity: Severity
    edition: str
    level: str
    code: str
    what: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.facts)


def check(boundaries: Boundaries) -> tuple[Finding, ...]:
    """Gaps, overlaps, invalid geometry, orphans, and editions that do not nest."""
    found: list[Finding] = []
    for key, layer in boundaries.layers.items():
        found += _tiling(layer)
        levels = boundaries.levels(key.edition)
        coarser = levels[: levels.index(key.level)]
        if coarser:
            found += _children(layer, boundaries.layers[LayerKey(key.edition, coarser[-1])])
    found += _nesting(boundaries)
    found += _undated(boundaries)
    return tuple(found)


def _finding(layer: Layer, severity: Severity, what: str, template: str, /, **facts: object) -> Finding:
    edition, level = layer.key
    return Finding(severity, edition, level.value, str(facts.get("code", "")), what, template, facts)


def _tiling(layer: Layer) -> Iterator[Finding]:
    metric = crs.metric_crs_of(layer.polygons)
    report = coverage.check(layer.polygons)
    for i, reason in report.invalid:
        yield _finding(
            layer,
            Severity.ERROR,
            "invalid",
            "{code} {name}: invalid geometry ({reason})",
            code=layer.codes[i],
            name=layer.names[i],
            reason=reason,
        )
    for i, j, shape in report.overlaps:
        yield _finding(
            layer,
            Severity.WARNING,
            "overlap",
            "{code} and {other} overlap by {m2} m²; points there count for {code}",
            code=layer.codes[i],
            other=layer.codes[j],
            m2=_m2(shape, metric),
        )
    if report.gaps:
        total = round(sum(_m2(gap, metric) for gap in report.gaps), 1)
        yield _finding(
            layer,
            Severity.WARNING if total > SMALL_M2 else Severity.NOTE,
            "gap",
            "{n} gaps between the areas, {m2} m² in all; points there lie nowhere",
            n=len(report.gaps),
            m2=total,
        )
    for i in report.unmatched:
        yield _finding(
            layer,
            Severity.NOTE,
            "unmatched",
            "{code} {name}: an edge runs along a neighbour's without its vertices; no ground is shared or lost",
            code=layer.codes[i],
            name=layer.names[i],
        )


def _children(layer: Layer, above: Layer) -> Iterator[Finding]:
    places = above.index()
    for code, name, parent, polygon in zip(layer.codes, layer.names, layer.parents, layer.polygons, strict=True):
        if parent not in places:
            yield _finding(
                layer,
                Severity.ERROR,
                "orphan",
                "{code} {name}: its parent «{parent}» is not among the areas of level {above}",
                code=code,
                name=name,
                parent=parent,
                above=above.key.level.value,
            )
            continue
        share = _share_inside(polygon, above.polygons[places[parent]])
        if share < INSIDE_SHARE:
            yield _finding(
                layer,
                Severity.WARNING,
                "outside_parent",
                "{code} {name}: only {share} % of it lies in its parent {parent}",
                code=code,
                name=name,
                parent=parent,
                share=round(100 * share, 1),
            )


def _nesting(boundaries: Boundaries) -> Iterator[Finding]:
    """Does the table know the communes and they it, and does each commune that moved whole lie in its successor."""
    table = boundaries.succession
    if not table.pairs:
        return
    old, new = _finest(boundaries, table.old_edition), _finest(boundaries, table.new_edition)
    if old is None or new is None:
        template = N_("the succession table speaks of editions {old} and {new}; both must be loaded")
        facts = {"old": table.old_edition, "new": table.new_edition}
        yield Finding(Severity.ERROR, table.old_edition, "", "", "unknown_code", template, facts)
        return
    yield from _unknown(old, {pair[0] for pair in table.pairs})
    yield from _unknown(new, {pair[1] for pair in table.pairs})
    yield from _without_successor(old, table)
    yield from _not_inside(old, new, table)


def _undated(boundaries: Boundaries) -> Iterator[Finding]:
    """Pairs of editions whose codes mean different areas while no dates say which of them is meant."""
    for one, other in combinations(boundaries.editions.values(), 2):
        old, new = _finest(boundaries, one.id), _finest(boundaries, other.id)
        if old is None or new is None or not _share_days(one, other):
            continue
        before, after = old.index(), new.index()
        changed = [
            code
            for code in before.keys() & after.keys()
            if not _is_same(old.polygons[before[code]], new.polygons[after[code]])
        ]
        if changed:
            yield _finding(
                new,
                Severity.NOTE,
                "undated",
                "{n} codes mean other areas in edition {edition} than in {other}, and no dates say which is in force: "
                "rows without a point may be placed by the wrong one. Load the layers again with --from or --until",
                n=len(changed),
                edition=other.id,
                other=one.id,
            )


def _is_same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    return min(_share_inside(one, other), _share_inside(other, one)) >= SAME_SHARE


def _share_days(one: Edition, other: Edition) -> bool:
    begins = [each.valid_from or date.min for each in (one, other)]
    ends = [each.valid_until or date.max for each in (one, other)]
    return max(begins) <= min(ends)


def _unknown(layer: Layer, codes: set[str]) -> Iterator[Finding]:
    for code in sorted(codes - set(layer.codes)):
        yield _finding(
            layer,
            Severity.ERROR,
            "unknown_code",
            "the succession table names {code}, which edition {edition} does not have",
            code=code,
            edition=layer.key.edition,
        )


def _without_successor(old: Layer, table: Succession) -> Iterator[Finding]:
    moved = {pair[0] for pair in table.pairs}
    for code, name in zip(old.codes, old.names, strict=True):
        if code not in moved:
            yield _finding(
                old,
                Severity.WARNING,
                "no_successor",
                "{code} {name}: the succession table does not say what became of it",
                code=code,
                name=name,
            )


def _not_inside(old: Layer, new: Layer, table: Succession) -> Iterator[Finding]:
    before, after = old.index(), new.index()
    for code, successor, whole in table.pairs:
        if not whole or code not in before or successor not in after:
            continue
        share = _share_inside(old.polygons[before[code]], new.polygons[after[successor]])
        if share < INSIDE_SHARE:
            yield _finding(
                old,
                Severity.WARNING,
                "does_not_nest",
                "{code} {name}: moved whole to {successor}, yet only {share} % of it lies there",
                code=code,
                name=old.names[before[code]],
                successor=successor,
                share=round(100 * share, 1),
            )


def _finest(boundaries: Boundaries, edition: str) -> Layer | None:
    level = boundaries.finest(edition)
    return boundaries.layers[LayerKey(edition, level)] if level else None


def _share_inside(inner: shapely.Geometry, outer: shapely.Geometry) -> float:
    """The share of ``inner``'s area in ``outer``. In degrees: a share does not mind."""
    pair = coverage.polygonal(np.array([inner, outer], dtype=object))
    area = float(shapely.area(pair[0]))
    return float(shapely.area(shapely.intersection(pair[0], pair[1]))) / area if area else 0.0


def _m2(shape: object, metric: str) -> float:
    return round(float(shapely.area(crs.to_metric(shape, metric))), 2)
