"""Which place names a map has room for. Knows no page but the map's box, and draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.paper import type as letters
from dashboard.paper.layout import Box
from dashboard.paper.sheet import Label
from dashboard.paper.type import Weight

STRONG_PX, PLAIN_PX = 25, 20
LEADING = 1.18  # lines of one name stand closer than running text
ASIDE_PX = 16  # from a sign's middle to the name under it
SPILL = 1.15  # a name may be that much wider than its area


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name's lines, centred in its box."""

    lines: tuple[str, ...]
    box: Box
    px: float
    weight: Weight
    colour: str = ""


def place(
    labels: Iterable[tuple[Label, float, float, float]],
    room: Box,
    unit: float,
    taken: Sequence[Box] = (),
    *,
    clear: Sequence[Box] = (),
) -> tuple[PlacedLabel, ...]:
    """Place names in the order given, each with its centre and the width of its area in pixels.

    A name stands on one line or two, rather in its area than over its edge, and under or over a sign that has its place
    (``taken``); one that touches an earlier name, a sign, what is to stay ``clear``, the map's edge, or is much wider
    than its area is left out.
    """
    placed: list[PlacedLabel] = []
    boxes = [*taken, *clear]
    standing: set[str] = set()
    for label, x, y, wide in labels:
        if label.once in standing:
            continue
        beside = any(box.touches(Box(x, y, 0, 0), PLAIN_PX / 2 * unit) for box in taken)
        for candidate in _ways(label, Box(x, y, wide, 0), unit, beside=beside):
            free = room.holds(candidate.box) and not any(candidate.box.touches(box, 4 * unit) for box in boxes)
            if free and candidate.box.width <= SPILL * wide:
                placed.append(candidate)
                boxes.append(candidate.box)
                standing |= {label.once} - {""}
                break
    return tuple(placed)


def _ways(label: Label, at: Box, unit: float, *, beside: bool) -> Iterator[PlacedLabel]:
    """``at`` begins at the area's middle and is as wide as the area."""
    px = (STRONG_PX if label.strong else PLAIN_PX) * unit
    weight: Weight = 700 if label.strong else 400
    ways = dict.fromkeys([(label.text,), letters.halve(label.text)])
    widths = {lines: max(letters.width(line, px, weight) for line in lines) for lines in ways}
    for side in (0, 1, -1) if beside else (0,):
        for lines in sorted(ways, key=lambda lines: widths[lines] > at.width):
            height = LEADING * px * len(lines)
            top = at.y - height / 2 + side * (height / 2 + ASIDE_PX * unit)
            yield PlacedLabel(
                lines, Box(at.x - widths[lines] / 2, top, widths[lines], height), px, weight, label.colour
            )
