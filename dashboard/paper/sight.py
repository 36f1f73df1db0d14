"""Which ground an arrangement shows, and what of the legend is to be seen on it. Arranges and draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from dashboard.paper.sheet import Bounds, Key, Sheet

if TYPE_CHECKING:
    from dashboard.paper.layout import Layout


def window(sheet: Sheet, layout: Layout) -> Bounds:
    """The ground in the map's box, the frame in its middle."""
    west, south, east, north = sheet.frame or (0.0, 0.0, 1.0, 1.0)
    half_width, half_height = layout.map.width * layout.m_per_px / 2, layout.map.height * layout.m_per_px / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - half_width, y - half_height, x + half_width, y + half_height


def keys_in_sight(sheet: Sheet, layout: Layout) -> tuple[Key, ...]:
    """The legend without the lines that lie wholly outside the map: nobody shall look for what is not there."""
    shown = shapely.box(*window(sheet, layout))
    return tuple(key for key in sheet.legend if key.course is None or shapely.intersects(key.course, shown).any())
