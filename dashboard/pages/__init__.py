"""Which panels stand together. One module a page, each with ``PAGE = Page(path, label, layout)``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dash.development.base_component import Component

from dashboard.reading import Reading
from geodata.rack import members


@dataclass(frozen=True, slots=True)
class Screen:
    """The browser's window, as it told: size in CSS pixels, and whether it can draw WebGL2 maps."""

    width: int = 1920
    height: int = 1080
    webgl: bool = True

    @staticmethod
    def told(by_browser: dict[str, Any]) -> Screen:
        """Read what the browser told; what is no sensible number is the default."""
        usual = Screen()
        width, height = (by_browser.get(side) for side in ("width", "height"))
        return Screen(
            width if isinstance(width, int) and 200 <= width <= 10_000 else usual.width,
            height if isinstance(height, int) and 200 <= height <= 10_000 else usual.height,
            by_browser.get("webgl") is not False,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` in the address, ``label`` in the menu (marked with N_), ``layout`` made from a Reading."""

    path: str
    label: str
    layout: Callable[[Reading, Screen], Component]


@cache
def all_pages() -> dict[str, Page]:
    """Path -> page."""
    found = cast("dict[str, Page]", members(__name__, "PAGE"))
    return {page.path: page for page in found.values()}
