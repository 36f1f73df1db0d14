"""What an arrangement of a sheet is worth: how large its map is, how large its letters. Arranges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.paper.sheet import Bounds

if TYPE_CHECKING:
    from dashboard.paper.layout import Box, Layout

LETTERS_COUNT = 1.1  # as a power, against the map's scale
FEW_LINES, BROKEN = 2, 0.93  # of a title; what each further one takes from a sheet's worth


def worth(frame: Bounds | None, layout: Layout) -> float:
    """A map twice as large is worth letters of about half their size, but not a loss of letters for a trifle.

    A title in many short lines reads worse than the same in two.
    """
    broken = max(layout.title_lines - FEW_LINES, 0)
    return float(layout.unit**LETTERS_COUNT * BROKEN**broken) / m_per_px(frame, layout.map)


def m_per_px(frame: Bounds | None, room: Box) -> float:
    """How much ground a pixel shows where the whole frame is in the room."""
    west, south, east, north = frame or (0.0, 0.0, 1.0, 1.0)
    return max((east - west) / max(room.width, 1.0), (north - south) / max(room.height, 1.0))
