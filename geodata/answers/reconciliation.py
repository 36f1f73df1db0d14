"""Every row read and where it went, added up by file, month, category and edition. Knows no question: it is about all.

Counted from the incidents themselves; only what was read and put aside comes from the files' own tallies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geodata.answers.answer import Coverage, FileTally, Reconciliation, Tally
from geodata.answers.facts import facts_of
from geodata.boundaries.editions import Boundaries
from geodata.boundaries.succession import candidates
from geodata.errors import QuestionError
from geodata.question import Scope
from geodata.vocabulary import LayerKey, Level, Placement, Precision
from geodata.warehouse.aside import NOTHING_TO_MEND
from geodata.warehouse.snapshot import PLACEMENTS, PRECISIONS, Incidents, Snapshot

POINT, AREA, NONE = (PLACEMENTS.index(each) for each in (Placement.POINT, Placement.AREA, Placement.NONE))

Counts = NDArray[np.int64]


def answer_reconciliation(snapshot: Snapshot, scope: Scope) -> Reconciliation:
    """Add everything up. A file is the whole province's and a row is a case, so who may not see all is refused."""
    if scope.areas is not None:
        raise QuestionError("the reconciliation adds up whole files; it is for those who may see the whole province")
    if not scope.points:
        raise QuestionError("the reconciliation counts single rows; it is for those who may see exact places")
    incidents = snapshot.incidents
    months, cube = _cube(snapshot)
    files = _files(snapshot)
    reasons: Counter[str] = Counter()
    for file in snapshot.files:
        reasons.update(file.reasons)
    categories = [category.key for category in snapshot.categories]
    return Reconciliation(
        read=sum(file.read for file in files),
        quarantined=sum(file.quarantined for file in files),
        outstanding=sum(file.outstanding for file in files),
        spans=len(incidents.spans.row),
        placed=_tally(cube.sum(axis=(0, 1))),
        reasons=dict(reasons.most_common()),
        precisions=_precisions(incidents),
        files=files,
        months=tuple(zip(months, map(_tally, cube.sum(axis=1)), strict=True)),
        categories=tuple(zip(categories, map(_tally, cube.sum(axis=0)), strict=True)),
        by_month=cube.sum(axis=2),
        editions=tuple(_coverage(snapshot, each) for each in snapshot.boundaries.editions if _finest(snapshot, each)),
        facts=facts_of(snapshot),
    )


def outstanding(reasons: Mapping[str, int]) -> int:
    """How many of the rows put aside wait to be mended."""
    return sum(n for reason, n in reasons.items() if reason not in NOTHING_TO_MEND)


def _cube(snapshot: Snapshot) -> tuple[tuple[date, ...], Counts]:
    """The months of the data, and incidents by month, category and placement."""
    incidents, categories, placements = snapshot.incidents, len(snapshot.categories), len(PLACEMENTS)
    if not len(incidents):
        return (), np.zeros((0, categories, placements), dtype=np.int64)
    first, last = incidents.day[[0, -1]].astype("datetime64[D]").astype("datetime64[M]")
    months = np.arange(first, last + 2)
    edges = np.searchsorted(incidents.day, months.astype("datetime64[D]").astype(np.int64))  # sorted by day
    kinds = incidents.category.astype(np.int64) * placements + incidents.placement
    size = categories * placements
    counted = [np.bincount(kinds[low:high], minlength=size) for low, high in pairwise(edges.tolist())]
    days: list[date] = months[:-1].astype("datetime64[D]").tolist()
    return tuple(days), np.array(counted, dtype=np.int64).reshape(len(days), categories, placements)


def _tally(by_placement: Counts) -> Tally:
    with_point, area_only, unplaced = (int(by_placement[kind]) for kind in (POINT, AREA, NONE))
    return Tally(with_point + area_only + unplaced, with_point, area_only, unplaced)


def _files(snapshot: Snapshot) -> tuple[FileTally, ...]:
    incidents, many, placements = snapshot.incidents, len(snapshot.files), len(PLACEMENTS)
    kinds = incidents.file.astype(np.int64) * placements + incidents.placement
    placed = np.bincount(kinds, minlength=many * placements)[: many * placements].reshape(many, placements)
    spans = np.bincount(incidents.file[incidents.spans.row], minlength=many)
    unreadable = {each.id: each.n for each in snapshot.unreadable}
    return tuple(
        FileTally(
            name=file.name,
            loaded_at=file.loaded_at,
            read=file.read,
            quarantined=file.quarantined,
            outstanding=outstanding(file.reasons),
            spans=int(spans[i]),
            placed=_tally(placed[i]),
            reasons=file.reasons,
            remarks=file.remarks,
            findings=file.findings,
            id=file.id,
            generation=file.generation,
            unreadable=unreadable.get(file.id, 0),
        )
        for i, file in enumerate(snapshot.files)
    )


def _precisions(incidents: Incidents) -> dict[Precision, int]:
    known = np.bincount(incidents.precision[incidents.placement == POINT], minlength=len(PRECISIONS))
    return {each: int(known[i]) for i, each in enumerate(PRECISIONS) if each is not Precision.NONE}


def _coverage(snapshot: Snapshot, edition: str) -> Coverage:
    incidents, boundaries = snapshot.incidents, snapshot.boundaries
    here = incidents.area[_finest(snapshot, edition)[0]] >= 0
    point, area = incidents.placement == POINT, incidents.placement == AREA
    by_point, by_area = int(np.count_nonzero(point & here)), int(np.count_nonzero(area & here))
    left = np.flatnonzero(area & ~here)
    split, known = np.zeros(len(left), dtype=np.bool_), np.zeros(len(left), dtype=np.bool_)
    for other in boundaries.editions:
        for key in _finest(snapshot, other):
            there = incidents.area[key][left]
            known |= there >= 0
            split |= _shared_by_several(boundaries, key, edition)[there]
    return Coverage(
        edition=edition,
        by_point=by_point,
        by_area=by_area,
        split=int(np.count_nonzero(split)),
        district_only=int(np.count_nonzero(~known)),
        no_successor=int(np.count_nonzero(known & ~split)),
        outside=int(np.count_nonzero(point)) - by_point,
        no_place=int(np.count_nonzero(incidents.placement == NONE)),
    )


def _finest(snapshot: Snapshot, edition: str) -> tuple[LayerKey, ...]:
    """The edition's finest layer; nothing where it has none."""
    level: Level | None = snapshot.boundaries.finest(edition)
    return () if level is None else (LayerKey(edition, level),)


def _shared_by_several(boundaries: Boundaries, key: LayerKey, edition: str) -> NDArray[np.bool_]:
    """For each area of the layer, whether several areas of ``edition`` share its ground; index -1 reads False."""
    found = [
        len(candidates(boundaries.succession, boundaries, key.edition, code, edition)) > 1
        for code in boundaries.layers[key].codes
    ]
    return np.array([*found, False])
