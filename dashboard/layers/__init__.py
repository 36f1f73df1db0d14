"""One module a map layer. Each has ``LAYER = MapLayer(...)``; the module's name is the layer's key in the URL."""

from __future__ import annotations

from functools import cache
from typing import cast

from dashboard.layers.layer import MapLayer
from geodata.rack import members


@cache
def all_layers() -> dict[str, MapLayer]:
    """Key -> layer, in the order of the switch."""
    found = cast("dict[str, MapLayer]", members(__name__, "LAYER"))
    return dict(sorted(found.items(), key=lambda item: item[1].order))
