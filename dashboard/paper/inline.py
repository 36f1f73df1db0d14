"""A Sheet's map alone as SVG that stands in a page: it takes the page's letters. Knows no question and no words.

It does not move and needs no graphics memory, so a room sees the same on every machine. Written by hand: a province
takes 10 ms and 40 KB, where matplotlib takes half a second. Colours are the light theme's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.paper import labels, scale
from dashboard.paper.layout import Box
from dashboard.paper.sheet import Bounds, Sheet, Stroke

NAME_UNIT = 1.2  # so that the smallest names are 24 px
SIGN_PX, SIGN_HALO_PX, DISC_PX, NUMBER_PX, DOT_PX = 24, 6, 40, 24, 11
SCALE_LONGEST_PX, SCALE_TEXT_PX = 180, 24
AREA_LINE_PX, FAINT_LINE_PX, MANY = 1.4, 0.3, 500  # the second between so MANY areas that lines would hide colours
DASH_DOT = (7, 2.5, 1.2, 2.5)  # in line widths
TENTHS = 10  # of a pixel are told


class _Place(NamedTuple):
    """Which ground lies in a box of so many pixels."""

    west: float
    north: float
    m_per_px: float
    width: int
    height: int

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) on the ground to (n, 2) on the page."""
        return np.asarray((points - (self.west, self.north)) * (1, -1) / self.m_per_px, dtype=np.float64)


def draw(sheet: Sheet, box: tuple[int, int], *, key: str, scaled: bool = True) -> str:
    """The map as SVG of ``box`` pixels, hidden from those who listen; "" where the sheet has none.

    ``key`` tells its patterns from those of other drawings in the page; ``scaled``: with a scale bar.
    """
    if sheet.frame is None:
        return ""
    place = _placed(sheet.frame, box)
    taken = _taken(sheet, place)
    parts = (
        _hatching(sheet, key),
        *_areas(sheet, place, key),
        *(_path(band.shapes, place, f'fill="{band.colour}"') for band in sheet.bands),
        *(part for stroke in sheet.strokes for part in _stroke(stroke, place, sheet.inks.paper)),
        *_dots(sheet, place),
        *_marks(sheet, place),
        *_names(sheet, place, taken, [_scale_box(sheet, place)[0]] if scaled else []),
        *(_scale_bar(sheet, place) if scaled else ()),
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]} {box[1]}" aria-hidden="true">'
    return "".join((head, *parts, "</svg>"))


def _placed(frame: Bounds, box: tuple[int, int]) -> _Place:
    """The frame in the middle of the box."""
    west, south, east, north = frame
    width, height = box
    m_per_px = max((east - west) / width, (north - south) / height)
    free_x, free_y = width * m_per_px - (east - west), height * m_per_px - (north - south)
    return _Place(west - free_x / 2, north + free_y / 2, m_per_px, width, height)


def _areas(sheet: Sheet, place: _Place, key: str) -> Iterator[str]:
    """One path a colour: nothing on it is pointed at."""
    width = AREA_LINE_PX if len(sheet.fills) <= MANY else FAINT_LINE_PX
    fills = np.array(sheet.fills, dtype=object)
    for fill in dict.fromkeys(sheet.fills):
        pen = f'fill="{fill}" stroke="{sheet.inks.area_line}" stroke-width="{width}" stroke-linejoin="round"'
        yield _path(sheet.areas[fills == fill], place, pen)
    if sheet.hatched.any():
        yield _path(sheet.areas[sheet.hatched], place, f'fill="url(#{key}-hatch)"')


def _hatching(sheet: Sheet, key: str) -> str:
    """A dark line beside a light one: seen on the palest class and on the darkest."""
    if not sheet.hatched.any():
        return ""
    pens = ((sheet.inks.paper, 3, 2, 0.8), (sheet.inks.text, 1.6, 4.3, 0.55))
    line = '<path d="M{x} 0V18" stroke="{ink}" stroke-width="{width}" opacity="{share}"/>'
    lines = "".join(line.format(x=x, ink=ink, width=width, share=share) for ink, width, x, share in pens)
    turned = 'width="18" height="18" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{key}-hatch" {turned}>{lines}</pattern></defs>'


def _stroke(stroke: Stroke, place: _Place, paper: str) -> Iterator[str]:
    width = stroke.width_px * 1.2
    base = 'fill="none" stroke-linejoin="round"'
    if stroke.dash_dot:
        yield _path(stroke.shapes, place, f'{base} stroke="{paper}" stroke-width="{2.4 * width:.1f}"')
    dashes = " ".join(f"{part * width:.1f}" for part in DASH_DOT)
    dashed = f' stroke-dasharray="{dashes}"' if stroke.dash_dot else ""
    yield _path(stroke.shapes, place, f'{base} stroke="{stroke.colour}" stroke-width="{width:.1f}"{dashed}')


def _dots(sheet: Sheet, place: _Place) -> Iterator[str]:
    """Incidents as the round ends of lines without length, with a rim in the paper's colour."""
    if sheet.dots is None:
        return
    at = place.pixels(np.stack([sheet.dots.x, sheet.dots.y], axis=-1)).tolist()
    steps = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in at)
    for colour, width in ((sheet.inks.paper, DOT_PX + 2), (sheet.dots.colour, DOT_PX)):
        yield f'<path d="{steps}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" opacity=".8"/>'


def _path(shapes: NDArray[np.object_], place: _Place, pen: str) -> str:
    """All shapes as one path: polygons by their rings, lines as they are."""
    parts = shapely.get_parts(shapes)
    filled = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings = np.concatenate([parts[~filled], shapely.get_rings(parts[filled])])
    steps = "".join(_steps(place.pixels(shapely.get_coordinates(ring))) for ring in rings)
    return f'<path d="{steps}" fill-rule="evenodd" {pen}/>' if steps else ""


def _steps(points: NDArray[np.float64]) -> str:
    """The first point, and from each to the next: half as long as places."""
    if len(points) < 2:
        return ""
    whole = np.rint(points * TENTHS).astype(np.int64)
    moves = np.diff(whole, axis=0)
    moves = moves[moves.any(axis=1)]
    first = f"M{whole[0, 0] / TENTHS:g} {whole[0, 1] / TENTHS:g}"
    return first + "l" + " ".join(f"{x / TENTHS:g} {y / TENTHS:g}" for x, y in moves.tolist()) if len(moves) else ""


def _marks(sheet: Sheet, place: _Place) -> Iterator[str]:
    """Signs, and numbers on discs."""
    for mark in sheet.marks:
        ((x, y),) = place.pixels(np.array([[mark.x, mark.y]])).tolist()
        if mark.on_disc:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DISC_PX / 2}" fill="{sheet.inks.text}"/>'
            look = f'text-anchor="middle" font-weight="700" fill="{sheet.inks.paper}"'
            yield _text(mark.text, (x, y + 0.36 * NUMBER_PX), NUMBER_PX, look)
        else:
            shape, turned = sign(mark.text)
            halo = f'stroke="{sheet.inks.paper}" stroke-width="{SIGN_HALO_PX * turned.per_px:.0f}"'
            pen = f'fill="{sheet.inks.text}" {halo} stroke-linejoin="round" paint-order="stroke"'
            yield f'<path d="{shape}" transform="{turned.about(x, y)}" {pen}/>'


class _Turned(NamedTuple):
    """How a letter's outline, which points up, comes to its place: its middle, and its units for a pixel."""

    x: float
    y: float
    per_px: float

    def about(self, x: float, y: float) -> str:
        """The transformation that puts its middle there."""
        size = 1 / self.per_px
        return f"translate({x:.1f} {y:.1f}) scale({size:.5f} {-size:.5f}) translate({-self.x:.0f} {-self.y:.0f})"


@lru_cache(maxsize=64)
def sign(text: str) -> tuple[str, _Turned]:
    """A sign's outline, from the font that the paper's signs are made of too, and how to set it."""
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - only a drawing with signs needs fonts
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    package = find_spec("matplotlib")
    folders = (package.submodule_search_locations if package else None) or ["."]
    with TTFont(Path(folders[0]) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf", lazy=True) as font:
        letters = font.getGlyphSet()
        glyph = letters[font.getBestCmap().get(ord(text[0]), ".notdef")]
        outline, extent = SVGPathPen(letters), BoundsPen(letters)
        glyph.draw(outline)
        glyph.draw(extent)
    left, low, right, high = extent.bounds or (0, 0, 1, 1)
    per_px = max(right - left, high - low) / SIGN_PX
    return outline.getCommands(), _Turned((left + right) / 2, (low + high) / 2, per_px)


def _taken(sheet: Sheet, place: _Place) -> list[Box]:
    """The room that marks take; names keep clear of it."""
    if not sheet.marks:
        return []
    at = place.pixels(np.array([[mark.x, mark.y] for mark in sheet.marks])).tolist()
    sides = [DISC_PX if mark.on_disc else SIGN_PX for mark in sheet.marks]
    return [Box(x - side / 2, y - side / 2, side, side) for (x, y), side in zip(at, sides, strict=True)]


def _names(sheet: Sheet, place: _Place, taken: Sequence[Box], clear: Sequence[Box]) -> Iterator[str]:
    at = place.pixels(np.array([[name.x, name.y] for name in sheet.labels]).reshape(-1, 2)).tolist()
    wanted = [(name, x, y, name.room_m / place.m_per_px) for name, (x, y) in zip(sheet.labels, at, strict=True)]
    room = Box(0, 0, place.width, place.height)
    for name in labels.place(wanted, room, NAME_UNIT, taken, clear=clear):
        for i, line in enumerate(name.lines):
            spot = (name.box.x + name.box.width / 2, name.box.y + (i * labels.LEADING + 0.93) * name.px)
            ink = name.colour or sheet.inks.text
            look = f'text-anchor="middle" font-weight="{name.weight}" fill="{ink}" {_halo(sheet)}'
            yield _text(line, spot, name.px, look)


def _scale_box(sheet: Sheet, place: _Place) -> tuple[Box, float]:
    """The lower right corner that the scale bar takes with its words, and how many metres it is long."""
    ground_per_px = place.m_per_px * sheet.ground_per_m
    metres = scale.round_length(SCALE_LONGEST_PX * ground_per_px)
    length, high = metres / ground_per_px, 16 + SCALE_TEXT_PX
    return Box(place.width - 4 - length, place.height - 6 - high, length, high), metres


def _scale_bar(sheet: Sheet, place: _Place) -> Iterator[str]:
    """A bar with its length on the ground, with a halo: it may lie on an area of any colour."""
    box, metres = _scale_box(sheet, place)
    bar = f"M{box.x:.1f} {box.bottom - 10}v10h{box.width:.1f}v-10"
    for colour, width in ((sheet.inks.paper, 7), (sheet.inks.text, 3)):
        yield f'<path d="{bar}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    look = f'text-anchor="middle" fill="{sheet.inks.text}" {_halo(sheet)}'
    yield _text(scale.length_text(metres), (box.x + box.width / 2, box.bottom - 16), SCALE_TEXT_PX, look)


def _halo(sheet: Sheet) -> str:
    return f'stroke="{sheet.inks.paper}" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'


def _text(text: str, at: tuple[float, float], px: float, look: str) -> str:
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{px:g}" {look}>{escape(text)}</text>'
