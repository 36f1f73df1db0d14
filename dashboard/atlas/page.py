"""One leaf on one page: where everything stands. Counts and words nothing but heads.

From the bottom up: foot, stamp and targets take what they need, the map and the numbers beside it get the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard import theme
from dashboard.atlas.chart import draw_trend
from dashboard.atlas.leaf import Aim, Leaf, Ranking, Spot
from dashboard.atlas.pen import BODY, BOTTOM, HEAD, LEFT, RIGHT, SMALL, TOP, WIDTH, Pen, shortened
from dashboard.atlas.plate import Plan, draw_plate
from dashboard.atlas.strip import draw_strip, height_of
from dashboard.paper import type as letters
from dashboard.paper.layout import Box
from dashboard.paper.sheet import Key
from dashboard.paper.type import LINE_HEIGHT
from dashboard.words import Words

NAME, FINDING, STAMP = 22.0, 13.0, 6.8
MAP_WIDTH, GUTTER = 446.0, 20.0
LINE = 11.4  # of a table
STATEMENTS = (0.16, 0.2, 0.36, 0.28)  # of the width: the group and its three statements
SQUARE = 6.4


@dataclass(frozen=True, slots=True)
class Folio:
    """What stands at the edge of every page."""

    title: str
    number: int  # from 1
    of: int
    marking: str


def draw_page(pen: Pen, leaf: Leaf, plan: Plan, folio: Folio) -> None:
    """Draw everything."""
    words = leaf.unit.reading.words
    foot = draw_stamp(pen, leaf.caption, draw_folio(pen, folio))
    aims_top = _aims(pen, leaf, foot - 4, words)
    top = _heading(pen, leaf, folio.marking)
    bottom = aims_top - 8
    keys = (*plan.sheet.legend, Key(words("neighbours, not of this page"), theme.NOT_ASKED_FILL))
    strip = height_of(keys, MAP_WIDTH)
    window = draw_plate(pen, plan, leaf.own, Box(LEFT, top, MAP_WIDTH, bottom - strip - 8 - top))
    draw_strip(pen, plan, window, Box(LEFT, bottom - strip, MAP_WIDTH, strip), own=leaf.own, keys=keys)
    _beside(pen, leaf, Box(LEFT + MAP_WIDTH + GUTTER, top, RIGHT - LEFT - MAP_WIDTH - GUTTER, bottom - top), words)


def draw_marking(pen: Pen, marking: str) -> float:
    """The marking in a frame in the upper right corner; returns where it begins."""
    if not marking:
        return RIGHT
    wide = letters.width(marking, HEAD, 700) + 12
    pen.boxes([Box(RIGHT - wide, TOP - 4, wide, HEAD + 8)], "none", edge=pen.inks.marking, width=1.0)
    pen.write(marking, (RIGHT - wide / 2, TOP + HEAD - 2), pt=HEAD, weight=700, colour=pen.inks.marking, side="center")
    return RIGHT - wide


def draw_folio(pen: Pen, folio: Folio) -> float:
    """The title and the page's number at the foot; returns where it begins."""
    pen.write(shortened(folio.title, SMALL, 400, 0.8 * WIDTH), (LEFT, BOTTOM), pt=SMALL, colour=pen.inks.soft)
    pen.write(f"{folio.number} / {folio.of}", (RIGHT, BOTTOM), pt=BODY, weight=500, side="right")
    return BOTTOM - BODY - 2


def draw_stamp(pen: Pen, caption: tuple[str, ...], bottom: float) -> float:
    """The stamp, ending at ``bottom``; returns where it begins."""
    text = " · ".join(caption)
    lines = letters.wrap(text, STAMP, 400, RIGHT - LEFT)
    top = bottom - LINE_HEIGHT * STAMP * len(lines)
    pen.paragraph(text, Box(LEFT, top, RIGHT - LEFT, 0), pt=STAMP, colour=pen.inks.soft)
    pen.rule(top - 2)
    return top - 2


def _heading(pen: Pen, leaf: Leaf, marking: str) -> float:
    """Name, question, finding, and how sure it is; returns where the map may begin."""
    limit = draw_marking(pen, marking) - LEFT - 12
    y = TOP + 0.72 * NAME
    name = shortened(leaf.unit.name, NAME, 700, limit)
    pen.write(name, (LEFT, y), pt=NAME, weight=700)
    beside = letters.width(name, NAME, 700) + 12
    if beside + letters.width(leaf.about, HEAD) <= limit:
        pen.write(leaf.about, (LEFT + beside, y), pt=HEAD, colour=pen.inks.soft)
        question = leaf.question
    else:
        question = f"{leaf.question} · {leaf.about}"
    y = pen.paragraph(question, Box(LEFT, y + 6, RIGHT - LEFT, 0), pt=HEAD, colour=pen.inks.soft, most=1)
    y = pen.paragraph(leaf.finding, Box(LEFT, y + 1, RIGHT - LEFT, 0), pt=FINDING, weight=700, most=2)
    told = " · ".join(filter(None, (_raised(leaf.comparison).removesuffix("."), leaf.placed)))
    return pen.paragraph(told, Box(LEFT, y, RIGHT - LEFT, 0), colour=pen.inks.soft, most=2) + 5


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def head(pen: Pen, text: str, x: float, y: float, width: float) -> float:
    """The head of a block; returns where the block begins."""
    pen.write(shortened(text, HEAD, 500, width), (x, y + HEAD), pt=HEAD, weight=500)
    return y + HEAD + 5


def _beside(pen: Pen, leaf: Leaf, box: Box, words: Words) -> None:
    """Trend, ranking, lasting hot spots: the last two at the bottom, the trend has the rest."""
    y = box.bottom - _spots_height(leaf)
    _spots(pen, leaf, Box(box.x, y, box.width, box.bottom - y), words)
    y -= _ranking_height(leaf.ranking) + 7
    _ranking(pen, leaf.ranking, Box(box.x, y, box.width, 0), words)
    top = head(pen, words("Trend by month"), box.x, box.y, box.width)
    draw_trend(pen, leaf.trend, Box(box.x, top, box.width, y - 7 - top), words)


def _ranking_height(ranking: Ranking) -> float:
    return HEAD + 5 + LINE * (len(ranking.rows) + bool(ranking.rest))


def _ranking(pen: Pen, ranking: Ranking, box: Box, words: Words) -> None:
    """Name, a bar as long as its share of the longest, the number, and the number a year earlier."""
    y = head(pen, ranking.title, box.x, box.y, box.width - 110)
    right, now = box.right, box.right - 62
    for text, at in ((words("incidents"), now), (words("last year"), right)):
        pen.write(text, (at, y - 4), pt=SMALL, colour=pen.inks.soft, side="right")
    names, most = 0.45 * box.width, max((row.n for row in ranking.rows), default=0)
    bars = []
    for i, row in enumerate(ranking.rows):
        base = y + (i + 0.78) * LINE
        pen.write(shortened(row.name, BODY, 400, names - 6), (box.x, base))
        pen.write(words.count(row.n), (now, base), weight=500, side="right")
        pen.write(
            "–" if row.before is None else words.count(row.before), (right, base), colour=pen.inks.soft, side="right"
        )
        if row.n:
            bars.append(Box(box.x + names, base - 6.2, (now - 26 - box.x - names) * row.n / most, 6.6))
    pen.boxes(bars, theme.AMOUNT_RAMP[1])
    if ranking.rest:
        pen.write(ranking.rest, (box.x, y + (len(ranking.rows) + 0.78) * LINE), pt=SMALL, colour=pen.inks.soft)


def _spots_height(leaf: Leaf) -> float:
    lines = 2 * len(leaf.spots) + (2 if not leaf.spots else bool(leaf.spots_rest))
    return HEAD + 5 + LINE * lines


def _spots(pen: Pen, leaf: Leaf, box: Box, words: Words) -> None:
    """Two lines a place: its name and its quarters; its history and how often it was hot."""
    y = head(pen, words("Lasting hot spots"), box.x, box.y, box.width)
    for spot in leaf.spots:
        _spot(pen, spot, Box(box.x, y, box.width, 2 * LINE))
        y += 2 * LINE
    if leaf.spots_rest:
        pen.paragraph(leaf.spots_rest, Box(box.x, y, box.width, 0), colour=pen.inks.soft, most=2)


def _spot(pen: Pen, spot: Spot, box: Box) -> None:
    wide = len(spot.quarters) * (SQUARE + 1.4)
    name = shortened(spot.name, BODY, 500, box.width - wide - 8)
    pen.write(name, (box.x, box.y + 0.78 * LINE), weight=500)
    left = box.right - wide
    for state, fill in ((1, theme.HOT), (-1, theme.COLD), (0, theme.ZERO_FILL)):
        squares = [
            Box(left + i * (SQUARE + 1.4), box.y + 2, SQUARE, SQUARE)
            for i, each in enumerate(spot.quarters)
            if each == state
        ]
        pen.boxes(squares, fill, edge=pen.inks.soft, width=0.4)
    said = " · ".join(filter(None, (spot.said, spot.often)))
    at = (box.x, box.y + 1.66 * LINE)
    pen.write(shortened(said, SMALL, 400, box.width), at, pt=SMALL, colour=pen.inks.soft)


def _aims(pen: Pen, leaf: Leaf, bottom: float, words: Words) -> float:
    """A row a group, its three statements beside one another; returns where the table begins."""
    edges = LEFT + (RIGHT - LEFT) * np.cumsum([0, *STATEMENTS])
    wides = [float(each) for each in np.diff(edges) - 10]
    rows = [_wrapped(aim, wides) for aim in leaf.aims]
    heights = [LINE_HEIGHT * SMALL * max(map(len, row)) + 2 for row in rows]
    top = bottom - sum(heights) - HEAD - 5 - 6
    pen.rule(top)
    y = head(pen, leaf.aims_title, LEFT, top + 3, RIGHT - LEFT)
    for aim, row, height in zip(leaf.aims, rows, heights, strict=True):
        for i, lines in enumerate(row):
            x = float(edges[i])
            if i:
                pen.sign(aim.statements[i - 1].sign, x, y + 1.05 * SMALL, pt=6.0)
                x += 10
            for k, line in enumerate(lines):
                pen.write(line, (x, y + (1.05 + LINE_HEIGHT * k) * SMALL), pt=SMALL, weight=400 if i else 500)
        y += height
    return top


def _wrapped(aim: Aim, wides: list[float]) -> list[tuple[str, ...]]:
    said = [
        letters.wrap(each.text, SMALL, 400, wide - 10) for each, wide in zip(aim.statements, wides[1:], strict=True)
    ]
    return [letters.wrap(aim.group, SMALL, 500, wides[0]), *said]
