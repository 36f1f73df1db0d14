"""Where everything stands on a slide, in inches from the top left corner, and how much text a box holds. Writes none.

A slide is 13.333 x 7.5 inches. Its letters are Roboto's; where that is not installed another sans serif takes its
place, so everything has room for letters ``WIDER`` than Roboto's: Arial's are as wide, DejaVu Sans's, which
LibreOffice takes on a bare Linux, 16 % wider, and its bold ones 25 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.paper import type as letters
from dashboard.paper.type import Weight

WIDTH, HEIGHT = 13.333, 7.5
EDGE, GAP = 0.5, 0.28
TEXT_PT, CAPTION_PT, SMALL_PT, HEADING_PT = 14, 11, 12, 16
TITLE_PTS = (30, 28, 26, 24, 22, 20, 18, 16)
TITLE_LINES = 2
WIDER: dict[Weight, float] = {400: 1.17, 500: 1.22, 700: 1.26}
LINE = 1.22  # heights of a letter
PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def below(self, height: float) -> Box:
        """What is left of it under its first ``height`` inches."""
        return Box(self.x, self.y + height, self.width, self.height - height)

    def top(self, height: float) -> Box:
        """Its first ``height`` inches."""
        return Box(self.x, self.y, self.width, height)

    def split(self, left: float, gap: float = GAP) -> tuple[Box, Box]:
        """A part of that width at its left, and the rest beyond a gap."""
        rest = Box(self.x + left + gap, self.y, self.width - left - gap, self.height)
        return Box(self.x, self.y, left, self.height), rest


TITLE = Box(EDGE, 0.32, WIDTH - 2 * EDGE, 1.04)
BODY = Box(EDGE, 1.5, WIDTH - 2 * EDGE, 5.0)
CAPTION = Box(EDGE, 6.6, WIDTH - 2 * EDGE - 1.0, 0.6)
NUMBER = Box(WIDTH - EDGE - 0.9, 6.88, 0.9, 0.32)
LEGEND = 2.2  # width of a legend beside its map
COLUMN, ROWS = 4.5, 5.8  # of a chart, and of five rows
WIDE = 8.3  # of a companion with many columns


def lines(text: str, pt: float, width: float, weight: Weight = 400) -> int:
    """On how many lines a text stands, at least one: those it has, each broken at the width."""
    limit = width * PER_INCH / WIDER[weight]
    free = text.replace("–", "– ")  # where Office breaks a line too
    return sum(max(len(letters.wrap(each, pt, weight, limit)), 1) for each in free.split("\n"))


def height(text: str, pt: float, width: float, weight: Weight = 400) -> float:
    """How many inches high a text stands."""
    return lines(text, pt, width, weight) * pt * LINE / PER_INCH


def title_pt(title: str) -> int:
    """The largest letters in which a title keeps to one line or, where those would be small, to two."""
    for most, sizes in ((1, TITLE_PTS[:3]), (TITLE_LINES, TITLE_PTS)):
        for pt in sizes:
            if lines(title, pt, TITLE.width, 700) <= most:
                return pt
    return TITLE_PTS[-1]


def cut(text: str, pt: float, width: float, most: int) -> str:
    """The text without what does not fit in so many lines, with an ellipsis in its place."""
    limit = width * PER_INCH / WIDER[400]
    found = letters.wrap(text, pt, 400, limit)
    return text if len(found) <= most else " ".join(found[:most]).rstrip(" ·,;") + " …"
