"""Incidents by zone, and how many stand so near an edge that either side is possible. Knows no areas."""

from __future__ import annotations

import numpy as np

from geodata.answers.answer import ZoneCounts
from geodata.answers.facts import facts_of
from geodata.answers.selection import select
from geodata.answers.totals import POINT
from geodata.question import Question, Scope
from geodata.warehouse.snapshot import Snapshot


def answer_zones(snapshot: Snapshot, question: Question, scope: Scope) -> ZoneCounts:
    """Count in every zone; an incident counts in each that holds it, whatever layer the question is asked in."""
    selection = select(snapshot, question, scope)
    held, close = selection.take(snapshot.incidents.zones), selection.take(snapshot.incidents.zones_near)
    zones = snapshot.boundaries.zones
    counted = np.zeros((3, len(zones)), dtype=np.int64)
    for i, zone in enumerate(zones):
        bit = np.uint64(1) << np.uint64(zone.bit)
        inside, near = (held & bit) != 0, (close & bit) != 0
        counted[:, i] = [np.count_nonzero(each) for each in (inside, inside & near, near & ~inside)]
    return ZoneCounts(
        question=question,
        ids=tuple(zone.id for zone in zones),
        names=tuple(zone.name for zone in zones),
        kinds=tuple(zone.kind for zone in zones),
        n=counted[0],
        near=counted[1],
        beside=counted[2],
        pointless=int(np.count_nonzero(selection.take(snapshot.incidents.placement) != POINT)),
        facts=facts_of(snapshot),
    )
