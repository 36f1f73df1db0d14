"""Signs and numbers on a printed map: where they stand on the page and how they are drawn. Knows no meaning of them.

A sign is drawn as an outline from the font matplotlib brings along, for Roboto has no triangles: it looks the same in
every format, with no font on the reader's machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as FilePath

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from dashboard.paper.layout import Box
from dashboard.paper.sheet import Inks

SIGN_PX, DISC_PX, HALO_PX = 17, 30, 4
_OVER_LINES = 3  # above the map, below names


def box_of(x: float, y: float, unit: float, *, on_disc: bool = False) -> Box:
    """The room a mark takes on the page."""
    side = (DISC_PX if on_disc else SIGN_PX) * unit
    return Box(x - side / 2, y - side / 2, side, side)


def draw_sign(page: Axes, sign: str, box: Box, inks: Inks, *, halo: float) -> None:
    """The sign filling its box, with a halo of that many points. The page's y points down."""
    path = _outline(sign)
    extents = path.get_extents()
    scale = min(box.width / max(extents.width, 1e-9), box.height / max(extents.height, 1e-9))
    middle = (extents.x0 + extents.width / 2, extents.y0 + extents.height / 2)
    place = Affine2D().translate(-middle[0], -middle[1]).scale(scale, -scale)
    shape = place.translate(box.x + box.width / 2, box.y + box.height / 2).transform_path(path)
    around = {"edgecolor": inks.paper, "linewidth": halo, "joinstyle": "round"}
    page.add_patch(PathPatch(shape, facecolor=inks.paper, zorder=_OVER_LINES, **around))
    page.add_patch(PathPatch(shape, facecolor=inks.text, linewidth=0, zorder=_OVER_LINES))


def draw_disc(page: Axes, box: Box, inks: Inks, *, halo: float) -> None:
    """The disc a number stands on."""
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    rim = {"edgecolor": inks.paper, "linewidth": halo}
    page.add_patch(Circle(middle, box.width / 2, facecolor=inks.text, zorder=_OVER_LINES, **rim))


@lru_cache(maxsize=64)
def _outline(sign: str) -> Path:
    file = FilePath(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return TextPath((0, 0), sign, size=100, prop=FontProperties(fname=file))
