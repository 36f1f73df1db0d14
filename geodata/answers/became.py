"""What became of a commune in the other edition, and how many incidents lie on both grounds. Draws no map.

By the succession table; where that says nothing about the commune, by the ground that the two drawings share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import shapely

from geodata.answers.answer import Became, Relative
from geodata.answers.facts import facts_of
from geodata.answers.places import SLIVER
from geodata.answers.selection import select
from geodata.answers.totals import POINT
from geodata.boundaries.editions import Boundaries, Layer
from geodata.errors import QuestionError
from geodata.question import Question, Scope
from geodata.vocabulary import LayerKey
from geodata.warehouse.snapshot import Snapshot

Pairs = dict[str, bool]  # code of a relative -> whether the older of the two moved undivided


def answer_became(snapshot: Snapshot, question: Question, scope: Scope, code: str) -> Became:
    """The relatives of the commune ``code`` of the question's layer, with the incidents the question asks about."""
    selection = select(snapshot, replace(question, areas=(), regions=(), zones=()), scope)
    boundaries, incidents = snapshot.boundaries, snapshot.incidents
    layer = boundaries.layers[question.layer]
    if code not in layer.codes:
        raise QuestionError("edition «{edition}» has no area «{area}»", edition=question.edition, area=code)
    position = layer.codes.index(code)
    points = selection.take(incidents.placement) == POINT
    here = selection.take(incidents.area[question.layer]) == position
    other = _other(boundaries, question.edition)
    there = None if other is None else boundaries.layers[other]
    pairs, listed = _pairs(boundaries, layer, position, there)
    relatives: list[Relative] = []
    if there is not None:
        column = selection.take(incidents.area[there.key])
        for each, whole in pairs.items():
            inside = points & (column == there.codes.index(each))
            shared, all_of = int(np.count_nonzero(inside & here)), int(np.count_nonzero(inside))
            relatives.append(Relative(each, there.names[there.codes.index(each)], whole, shared, all_of))
    own = int(np.count_nonzero(here & points))
    return Became(
        edition=question.edition,
        code=code,
        name=layer.names[position],
        other=other.edition if other else "",
        forward=_comes_before(boundaries, layer, there),
        listed=listed,
        relatives=tuple(relatives),
        points=own,
        elsewhere=own - sum(each.shared for each in relatives),
        area_only=int(np.count_nonzero(here & ~points)),
        facts=facts_of(snapshot),
    )


def _other(boundaries: Boundaries, edition: str) -> LayerKey | None:
    """The finest layer of the edition on the other side of the succession table, else of the nearest one in time."""
    table, order = boundaries.succession, list(boundaries.editions)
    sides = {table.old_edition: table.new_edition, table.new_edition: table.old_edition}
    beside = order[order.index(edition) + 1 :] + order[: order.index(edition)][::-1]
    for other in ([sides[edition]] if edition in sides else []) + beside:
        level = boundaries.finest(other)
        if level is not None:
            return LayerKey(other, level)
    return None


def _comes_before(boundaries: Boundaries, layer: Layer, other: Layer | None) -> bool:
    order = list(boundaries.editions)
    return other is not None and order.index(layer.key.edition) < order.index(other.key.edition)


def _pairs(boundaries: Boundaries, layer: Layer, position: int, other: Layer | None) -> tuple[Pairs, bool]:
    """The relatives, and whether the table names them."""
    if other is None:
        return {}, False
    table, code = boundaries.succession, layer.codes[position]
    own: Iterable[tuple[str, bool]] = ()
    if (layer.key.edition, other.key.edition) == (table.old_edition, table.new_edition):
        own = ((new, whole) for old, new, whole in table.pairs if old == code)
    elif (layer.key.edition, other.key.edition) == (table.new_edition, table.old_edition):
        own = ((old, whole) for old, new, whole in table.pairs if new == code)
    pairs = {each: whole for each, whole in own if each in other.codes}
    return (pairs, True) if pairs else (_drawn(layer, position, other, _comes_before(boundaries, layer, other)), False)


def _drawn(layer: Layer, position: int, other: Layer, forward: bool) -> Pairs:
    """Areas that have more than a sliver of the smaller one in common; whole where nearly all of the older one is."""
    shape = layer.polygons[position]
    near = np.flatnonzero(shapely.intersects(shape, other.polygons))
    common = shapely.area(shapely.intersection(other.polygons[near], shape))
    areas, own = shapely.area(other.polygons[near]), shapely.area(shape)
    older = own if forward else areas
    whole = common >= (1 - SLIVER) * older
    kept = np.flatnonzero(common > SLIVER * np.minimum(areas, own))
    return {other.codes[near[k]]: bool(whole[k]) for k in kept}
