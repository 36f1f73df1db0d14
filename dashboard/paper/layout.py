"""Where everything stands on the sheet, in pixels from the top left corner. Measures letters, draws nothing.

Two arrangements are tried, words beside the map and words above and below it; the one with the larger map is taken.
Letters shrink where a small or narrow sheet leaves no room for them, or where the map gains more than they lose.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate

from dashboard.paper import type as letters
from dashboard.paper.scale import round_length
from dashboard.paper.sheet import Key, Sheet
from dashboard.paper.sight import keys_in_sight
from dashboard.paper.type import LINE_HEIGHT, Weight
from dashboard.paper.worth import m_per_px, worth

MARGIN, GAP = 48, 40
TITLE, SUBTITLE, HEADLINE, COMPARISON, LEGEND, CAPTION, NOTICE = 42, 27, 34, 25, 25, 20, 40
MARKING, PADDING = 26, 12  # of the marking and between it and its frame
CHIP = (44, 28)
SCALE_BAR = (200, 46)  # at most so long; height with its figure
ARROW = (40, 66)
LOCATOR = 190  # each side
LEAST_BAR = 60
NARROWEST, WIDEST = 0.26, 0.38  # of the sheet, a column of words
SHRINK = tuple(accumulate([0.92] * 10, lambda size, step: size * step, initial=1.0))
REFERENCE = 1920 * 1080


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def touches(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two boxes come nearer to one another than ``gap``."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def holds(self, other: Box) -> bool:
        """Whether the other box lies inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in its box; ``baseline`` is measured from the top of the sheet."""

    text: str
    box: Box
    px: float
    weight: Weight
    tone: str  # "text", "soft" or "marking"

    @property
    def baseline(self) -> float:
        """Where the letters stand: room for stacked marks above, for a tail and a dot below."""
        return self.box.y + 1.08 * self.px


@dataclass(slots=True)
class Layout:
    """Boxes and lines of a whole sheet. ``unit`` is the size of one design pixel (of 1920x1080) on this sheet."""

    unit: float
    lines: list[Line] = field(default_factory=list)
    keys: list[tuple[Box, Key]] = field(default_factory=list)
    map: Box = Box(0, 0, 0, 0)
    scale_bar: Box | None = None
    scale_length_m: float = 0.0
    arrow: Box | None = None
    locator: Box | None = None
    marking: Box | None = None  # its frame
    rule: float = 0.0
    title_lines: int = 0
    m_per_px: float = 0.0
    fits: bool = True


def lay_out(sheet: Sheet) -> Layout:
    """Arrange a sheet: the better of both ways, at the largest letters that leave the map its room."""
    layout = _arranged(sheet)
    seen = keys_in_sight(sheet, layout)
    return layout if len(seen) == len(sheet.legend) else _arranged(replace(sheet, legend=seen))


def _arranged(sheet: Sheet) -> Layout:
    width, height = sheet.size
    unit = min((width * height / REFERENCE) ** 0.5, width / 640, height / 480)
    tried = [
        layout
        for shrink in SHRINK
        for layout in (_Setter(sheet, unit * shrink).beside(), _Setter(sheet, unit * shrink).stacked())
    ]
    fitting = [layout for layout in tried if layout.fits]
    return max(fitting or tried[-2:], key=lambda layout: worth(sheet.frame, layout))


def lay_out_alone(sheet: Sheet, unit: float) -> Layout:
    """The map alone on the whole sheet with its scale below: its words stand elsewhere, on a slide say."""
    width, height = sheet.size
    foot, edge = SCALE_BAR[1] * unit, 4 * unit
    layout = Layout(unit, map=Box(0, 0, width, height - foot))
    layout.m_per_px = m_per_px(sheet.frame, layout.map)
    if sheet.frame is not None:
        ground_per_px = layout.m_per_px * sheet.ground_per_m
        layout.scale_length_m = round_length(min(SCALE_BAR[0] * unit, width / 2) * ground_per_px)
        length = layout.scale_length_m / ground_per_px
        layout.scale_bar = Box(width - length - edge, height - foot, length, foot - edge)
    return layout


class _Setter:
    """Sets one sheet at one letter size."""

    def __init__(self, sheet: Sheet, unit: float) -> None:
        self.sheet = sheet
        self.unit = unit
        self.margin = MARGIN * unit
        self.inner = sheet.size[0] - 2 * self.margin
        self.layout = Layout(unit)

    def beside(self) -> Layout:
        """Words in a column at the left, the map at the full height beside it."""
        caption_top = self._caption()
        column = self._column_width(caption_top - self.margin)
        legend_top = self._heading(column) + 28 * self.unit
        legend_bottom = self._legend_column(legend_top, column)
        left = self.margin + column + GAP * self.unit
        room = Box(left, self.margin, self.sheet.size[0] - self.margin - left, caption_top - self.margin)
        high = self._foot_height()
        foot = Box(self.margin, caption_top - high, column, high)
        self._place_map(room, foot, align="left")
        self.layout.fits &= legend_bottom + 16 * self.unit <= foot.y
        return self._checked()

    def stacked(self) -> Layout:
        """The heading above the map, the legend and the caption below it."""
        caption_top = self._caption()
        top = self._heading(self.inner) + 20 * self.unit
        foot_width = (SCALE_BAR[0] + ARROW[0] + 24 + (LOCATOR + 24 if self.sheet.locator else 0)) * self.unit
        high = self._foot_height()
        below = caption_top - self._legend_rows(caption_top, self.inner - foot_width - GAP * self.unit)
        foot = Box(self.margin + self.inner - foot_width, caption_top - high, foot_width, high)
        room = Box(self.margin, top, self.inner, min(below, foot.y) - 20 * self.unit - top)
        self._place_map(room, foot, align="right")
        return self._checked()

    def _foot_height(self) -> float:
        return (LOCATOR if self.sheet.locator else ARROW[1]) * self.unit

    def _checked(self) -> Layout:
        # A map under a third of either side says less than smaller letters would.
        width, height = self.sheet.size
        room = self.layout.map
        self.layout.fits &= room.width >= 0.33 * width and room.height >= 0.33 * height
        return self.layout

    def _column_width(self, height: float) -> float:
        width = self.sheet.size[0]
        if self.sheet.frame is None:
            return 0.3 * width
        west, south, east, north = self.sheet.frame
        wanted = self.inner - GAP * self.unit - height * (east - west) / (north - south)
        return min(max(wanted, NARROWEST * width), WIDEST * width)

    def _set(self, text: str, at: tuple[float, float], limit: float, *, px: float, weight: Weight, tone: str) -> float:
        """Set a text from its top left corner, broken at ``limit``; return where it ends."""
        x, y = at
        size = px * self.unit
        for part in letters.wrap(text, size, weight, limit):
            self.layout.fits &= not part.endswith("…") or "…" in text  # a word was cut
            box = Box(x, y, letters.width(part, size, weight), LINE_HEIGHT * size)
            self.layout.lines.append(Line(part, box, size, weight, tone))
            y = box.bottom
        return y

    def _heading(self, limit: float) -> float:
        sheet, x, y = self.sheet, self.margin, self.margin
        y = self._marking(y, limit)
        first = len(self.layout.lines)
        y = self._set(sheet.title, (x, y), limit, px=TITLE, weight=700, tone="text")
        self.layout.title_lines = len(self.layout.lines) - first
        y = self._set(sheet.subtitle, (x, y), limit, px=SUBTITLE, weight=400, tone="text") + 20 * self.unit
        y = self._set(sheet.headline, (x, y), limit, px=HEADLINE, weight=700, tone="text")
        return self._set(sheet.comparison, (x, y), limit, px=COMPARISON, weight=400, tone="soft")

    def _marking(self, y: float, limit: float) -> float:
        """The marking in a frame, as a stamp on a document; return where what follows begins."""
        if not self.sheet.marking:
            return y
        pad, first = PADDING * self.unit, len(self.layout.lines)
        at = (self.margin + pad, y + pad / 2)
        bottom = self._set(self.sheet.marking, at, limit - 2 * pad, px=MARKING, weight=700, tone="marking") + pad / 2
        wide = max(line.box.width for line in self.layout.lines[first:])
        self.layout.marking = Box(self.margin, y, wide + 2 * pad, bottom - y)
        return bottom + pad

    def _caption(self) -> float:
        """Set the caption at the foot of the sheet; return where what stands above must end."""
        text = " · ".join(self.sheet.caption)
        lines = letters.wrap(text, CAPTION * self.unit, 400, self.inner)
        y = self.sheet.size[1] - 0.6 * self.margin - len(lines) * LINE_HEIGHT * CAPTION * self.unit
        self._set(text, (self.margin, y), self.inner, px=CAPTION, weight=400, tone="soft")
        self.layout.rule = y - 8 * self.unit
        return self.layout.rule - 20 * self.unit

    def _legend_column(self, y: float, limit: float) -> float:
        y = self._set(self.sheet.legend_title, (self.margin, y), limit, px=LEGEND, weight=500, tone="text")
        y += 6 * self.unit
        for key in self.sheet.legend:
            y = self._key(key, (self.margin, y), limit) + 4 * self.unit
        return y

    def _key(self, key: Key, at: tuple[float, float], limit: float) -> float:
        chip, line = (CHIP[0] * self.unit, CHIP[1] * self.unit), LINE_HEIGHT * LEGEND * self.unit
        self.layout.keys.append((Box(at[0], at[1] + (line - chip[1]) / 2, *chip), key))
        text_x = at[0] + chip[0] + 14 * self.unit
        return self._set(key.label, (text_x, at[1]), limit + at[0] - text_x, px=LEGEND, weight=400, tone="text")

    def _legend_rows(self, bottom: float, limit: float) -> float:
        """Set the legend in rows that end at ``bottom``; return how high they are."""
        rows = self._rows(limit)
        high = [max(self._height(key, limit - x) for x, key in row) for row in rows]
        size = LEGEND * self.unit
        title = letters.wrap(self.sheet.legend_title, size, 500, limit)
        height = sum(high) + LINE_HEIGHT * size * len(title) + 6 * self.unit
        top = bottom - height
        self._set(self.sheet.legend_title, (self.margin, top), limit, px=LEGEND, weight=500, tone="text")
        y = bottom - sum(high)
        for row, tall in zip(rows, high, strict=True):
            for x, key in row:
                self._key(key, (self.margin + x, y), limit - x)
            y += tall
        return height

    def _rows(self, limit: float) -> list[list[tuple[float, Key]]]:
        """The keys in rows, each with its distance from the left."""
        rows: list[list[tuple[float, Key]]] = []
        x = 0.0
        for key in self.sheet.legend:
            wide = (CHIP[0] + 14) * self.unit + letters.width(key.label, LEGEND * self.unit)
            if not rows or x + wide > limit:
                rows.append([])
                x = 0.0
            rows[-1].append((x, key))
            x += wide + 30 * self.unit
        return rows

    def _height(self, key: Key, limit: float) -> float:
        size = LEGEND * self.unit
        lines = letters.wrap(key.label, size, 400, limit - (CHIP[0] + 14) * self.unit)
        return LINE_HEIGHT * size * max(len(lines), 1)

    def _place_map(self, room: Box, foot: Box, *, align: str) -> None:
        layout, unit = self.layout, self.unit
        layout.map = room
        layout.m_per_px = m_per_px(self.sheet.frame, room)
        if self.sheet.frame is None:
            return
        if self.sheet.locator:
            side = LOCATOR * unit
            layout.locator = Box(foot.right - side, foot.bottom - side, side, side)
            foot = Box(foot.x, foot.y, foot.width - side - 24 * unit, foot.height)
        ground_per_px = layout.m_per_px * self.sheet.ground_per_m
        beside = (ARROW[0] + 24) * unit
        longest = min(SCALE_BAR[0] * unit, foot.width - beside)
        layout.fits &= longest >= LEAST_BAR * unit
        layout.scale_length_m = round_length(max(longest, LEAST_BAR * unit) * ground_per_px)
        length = layout.scale_length_m / ground_per_px
        x = foot.x if align == "left" else foot.right - beside - length
        layout.arrow = Box(x, foot.bottom - ARROW[1] * unit, ARROW[0] * unit, ARROW[1] * unit)
        bar = SCALE_BAR[1] * unit
        layout.scale_bar = Box(x + beside, foot.bottom - bar, length, bar)
