"""How much room there is on a slide, in design pixels of a stage 1080 high. The style sheet scales them to the window.

The numbers are those of assets/present.css: 24 of these pixels are 24 on a projector of 1920x1080.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.figures.picture import LegendRow
from dashboard.paper import type as letters

HEIGHT = 1080
NARROWEST, WIDEST = 1.2, 2.4  # width / height of the windows that are filled; others keep a margin
WIDE = 1.5  # from here the caption has three lines, below four
EDGE, GAP, TOP = 44, 36, 26
QUESTION = 40  # its height
TITLES = {"short": (58, 84, 1), "plain": (46, 66, 1), "long": (46, 124, 2)}  # letters, height, lines
BELOW = 20  # the title
FOOT = 56  # below the caption
CORNER = 340  # page, clock and buttons beside it
TEXT, LINE = 24, 33
LEGENDS = (390, 340)  # beside the map, on a wide stage and on a narrow one
SMALLER = 0.8  # so much of its size a map keeps at least to have its legend beside it
SWATCH = 58  # with the space after it


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage of a window of that shape; a short title leaves the map more room."""

    shape: float = 16 / 9
    title: str = "long"  # one of TITLES

    def titled(self, title: str) -> Stage:
        """The stage under that title, in the largest letters that it fits in."""
        sizes = ((name, px) for name, (px, _, lines) in TITLES.items() if lines == 1)
        return replace(
            self, title=next((name for name, px in sizes if letters.width(title, px, 700) <= self.inner), "long")
        )

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

    def holds(self, caption: str) -> bool:
        """Whether the caption has room for it, beside page and clock."""
        return len(letters.wrap(caption, TEXT, 400, self.inner - CORNER)) <= self.caption_lines

    @property
    def inner(self) -> int:
        """Between the edges."""
        return round(HEIGHT * self.shape) - 2 * EDGE

    @property
    def height(self) -> int:
        """Of map and companion."""
        head = TOP + QUESTION + TITLES[self.title][1] + BELOW
        return HEIGHT - head - self.caption_lines * LINE - FOOT

    @property
    def column(self) -> int:
        """Of the companion: a third."""
        return round(0.33 * self.inner)

    @property
    def room(self) -> tuple[int, int]:
        """Of the map with whatever stands beside it: two thirds."""
        return self.inner - self.column - GAP, self.height

    @property
    def legend(self) -> int:
        """Beside the map."""
        return LEGENDS[0] if self.shape >= WIDE else LEGENDS[1]

    def legend_beside(self, frame: tuple[float, float, float, float] | None) -> bool:
        """Whether the map loses little by having its legend beside it instead of over the companion."""
        if frame is None:
            return False
        west, south, east, north = frame
        width, height = self.room
        alone = min(width, height * (east - west) / (north - south))
        return width - self.legend - GAP >= SMALLER * alone

    def legend_height(self, rows: Sequence[LegendRow]) -> int:
        """Title, rows, and the space below."""
        lines = [len(letters.wrap(row.label, TEXT, 400, self.column - SWATCH)) for row in rows]
        return 40 + sum(LINE * each + 5 for each in lines) + 20
