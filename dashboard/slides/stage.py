"""How much room there is on a slide, in design pixels of a stage 1080 high. The style sheet scales them to the window.

The numbers are those of assets/present.css: 24 of these pixels are 24 on a projector of 1920x1080.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.picture import LegendRow
from dashboard.paper import type as letters

HEIGHT = 1080
NARROWEST, WIDEST = 1.2, 2.4  # width / height of the windows that are filled; others keep a margin
WIDE = 1.5  # from here the caption has three lines, below four
EDGE, GAP = 44, 36
HEAD = 206  # the question, two lines of title, and the space below
TEXT, LINE = 24, 33
LEGEND = 390  # beside the map
SWATCH = 58  # with the space after it


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage of a window of that shape."""

    shape: float = 16 / 9

    @staticmethod
    def told(by_browser: object) -> Stage:
        """Read the window as the browser tells it; what is no sensible number is the usual one."""
        held = by_browser if isinstance(by_browser, dict) else {}
        shape = held.get("shape")
        if not isinstance(shape, int | float) or not shape > 0:
            return Stage()
        return Stage(min(max(float(shape), NARROWEST), WIDEST))

    @property
    def caption_lines(self) -> int:
        """So many lines the caption may have."""
        return 3 if self.shape >= WIDE else 4

    @property
    def inner(self) -> int:
        """Between the edges."""
        return round(HEIGHT * self.shape) - 2 * EDGE

    @property
    def height(self) -> int:
        """Of map and companion."""
        return HEIGHT - HEAD - self.caption_lines * LINE - 66

    @property
    def column(self) -> int:
        """Of the companion: a third."""
        return round(0.33 * self.inner)

    @property
    def room(self) -> tuple[int, int]:
        """Of the map with whatever stands beside it: two thirds."""
        return self.inner - self.column - GAP, self.height

    def legend_beside(self, frame: tuple[float, float, float, float] | None) -> bool:
        """Whether the map loses nothing by having its legend beside it instead of over the companion."""
        if frame is None:
            return False
        west, south, east, north = frame
        width, height = self.room
        return width - LEGEND - GAP >= height * (east - west) / (north - south)

    def legend_height(self, rows: Sequence[LegendRow]) -> int:
        """Title, rows, and the space below."""
        lines = [len(letters.wrap(row.label, TEXT, 400, self.column - SWATCH)) for row in rows]
        return 40 + sum(LINE * each + 5 for each in lines) + 20
