"""Which panels stand together. One module a page, each with ``PAGE = Page(path, label, layout)``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import cast

from dash.development.base_component import Component

from dashboard.reading import Reading
from dashboard.screen import Screen
from geodata.rack import members


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` in the address, ``label`` in the menu (marked with N_), ``layout`` made from a Reading.

    ``bare`` pages stand where no boundaries are loaded too; in place of the others come the first steps.
    """

    path: str
    label: str
    layout: Callable[[Reading, Screen], Component]
    bare: bool = False


@cache
def all_pages() -> dict[str, Page]:
    """Path -> page."""
    found = cast("dict[str, Page]", members(__name__, "PAGE"))
    return {page.path: page for page in found.values()}
