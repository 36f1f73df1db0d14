"""What stands beside a map on paper: scale bar, north arrow, the inset that says where it lies, the marking's frame.

Places come in pixels from the top left corner; nothing here knows a question or measures letters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import NDArray

from dashboard.paper.layout import Box
from dashboard.paper.outlines import lines_of, path_of
from dashboard.paper.sheet import Bounds, Inks, Locator

Write = Callable[[str, tuple[float, float], float], None]  # a text, where it is centred, its size in pixels
TEXT_PX = 22
LEAST_PX = 7  # the sides of a locator's frame, however small the part


class Furniture:
    """Draws on the page; ``unit`` is a design pixel (of 1920x1080), ``px`` the points it has."""

    def __init__(self, page: Axes, inks: Inks, *, unit: float, px: float) -> None:
        self.page = page
        self.inks = inks
        self.unit = unit
        self.px = px

    def frame(self, box: Box, colour: str, width_px: float) -> None:
        """A rectangle's outline."""
        self.box(box, "none", colour, width_px)

    def box(self, box: Box, fill: str, edge: str, width_px: float) -> Rectangle:
        """A filled rectangle with an outline."""
        patch = Rectangle(
            (box.x, box.y), box.width, box.height, facecolor=fill, edgecolor=edge, linewidth=width_px * self.px
        )
        self.page.add_patch(patch)
        return patch

    def scale_bar(self, bar: Box, text: str, write: Write) -> None:
        """A bar in two halves with its length."""
        thick = 8 * self.unit
        for i, fill in enumerate((self.inks.text, self.inks.paper)):
            half = Box(bar.x + i * bar.width / 2, bar.bottom - thick, bar.width / 2, thick)
            self.box(half, fill, self.inks.text, 1.2)
        write(text, (bar.x + bar.width / 2, bar.bottom - 2 * thick), TEXT_PX * self.unit)

    def arrow(self, box: Box, letter: str, north_deg: float, write: Write) -> None:
        """A needle that points to true north, ``north_deg`` to the left of upright, under its letter."""
        unit = self.unit
        x, top, notch = box.x + box.width / 2, box.y + 26 * unit, box.bottom - 9 * unit
        write(letter, (x, top - 6 * unit), TEXT_PX * unit)
        for side, fill in ((-13 * unit, self.inks.text), (13 * unit, self.inks.paper)):
            corners = _turned([(x, top), (x + side, box.bottom), (x, notch)], (x, (top + box.bottom) / 2), north_deg)
            look = {"edgecolor": self.inks.text, "linewidth": 1.2 * self.px}
            self.page.add_patch(Polygon(corners, closed=True, facecolor=fill, **look))

    def locator(self, box: Box, locator: Locator, window: Bounds) -> None:
        """The whole layer small in the box, what is asked about filled, and a frame around what the map shows."""
        west, south, east, north = shapely.total_bounds(locator.whole)
        m_per_px = max((east - west) / box.width, (north - south) / box.height)
        middle = np.array([box.x + box.width / 2, box.y + box.height / 2])
        centre = np.array([(west + east) / 2, (south + north) / 2])

        def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(middle + (points - centre) * (1, -1) / m_per_px, dtype=np.float64)

        # Details under half a pixel would make the inset the heaviest part of a drawing.
        whole = shapely.simplify(locator.whole, m_per_px / 2)
        asked = shapely.simplify(locator.asked, m_per_px / 2)
        fills = ((whole, locator.ground), (asked, locator.colour))
        for shapes, colour in fills:
            paths = [path_of(shapely.transform(shape, placed)) for shape in shapes]
            self.page.add_collection(PathCollection(paths, facecolors=colour, linewidths=0), autolim=False)
        outline = lines_of(shapely.transform(whole, placed))
        line = LineCollection(outline, colors=self.inks.soft, linewidths=1.2 * self.px)
        self.page.add_collection(line, autolim=False)
        self.frame(_seen(placed(np.array([[window[0], window[3]], [window[2], window[1]]])), box), self.inks.text, 2)


def _seen(corners: NDArray[np.float64], box: Box) -> Box:
    """The window in the inset, as far as it lies in it, and never too small to be seen."""
    (left, top), (right, bottom) = corners.tolist()
    left, right = max(left, box.x), min(right, box.right)
    top, bottom = max(top, box.y), min(bottom, box.bottom)
    wide, high = max(right - left, LEAST_PX), max(bottom - top, LEAST_PX)
    return Box((left + right - wide) / 2, (top + bottom - high) / 2, wide, high)


def _turned(
    corners: Sequence[tuple[float, float]], about: tuple[float, float], degrees: float
) -> list[tuple[float, float]]:
    """Points of the page (y down) turned to the left."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    moved = [(x - about[0], y - about[1]) for x, y in corners]
    return [(about[0] + x * cos + y * sin, about[1] - x * sin + y * cos) for x, y in moved]
