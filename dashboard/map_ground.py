"""The files under and over a map's colours, by URL, for a reading and its picture. Draws nothing, counts nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.figures import overlays
from dashboard.figures.picture import Picture
from dashboard.figures.style import Ground
from dashboard.reading import Reading
from dashboard.shelf import shelf
from geodata.boundaries import web
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey, Level

MOST_NAMES = 30
NOWHERE = (102.0, 8.0, 110.0, 24.0)  # an empty workspace shows the country's frame


def ground(reading: Reading, picture: Picture, *, webgl: bool = True) -> Ground:
    """The files of the view and of its picture; without WebGL2 also the outlined areas and the names to write."""
    view, snapshot = reading.view, reading.snapshot
    key = view.question.layer
    layer = snapshot.boundaries.layers.get(key)
    above = LayerKey(view.edition, Level.DISTRICT)
    over_districts = view.level is Level.COMMUNE and above in snapshot.web_files
    coarser = above if over_districts else LayerKey(view.edition, Level.PROVINCE)
    below = Ground(
        polygons=_url(snapshot.web_files.get(key)),
        bounds=layer.bounds if layer is not None else NOWHERE,
        outlines=_url(snapshot.web_files.get(coarser)),
        labels=_url(snapshot.label_files.get(key)),
        outline_labels=_url(snapshot.label_files.get(coarser)) if over_districts else "",
        border=_url(snapshot.border_file),
        zones=tuple(_url(snapshot.zone_files.get(zone)) for zone in view.zone),
        **({} if webgl else _drawn_by_hand(snapshot.boundaries.layers.get(coarser), layer, over_districts)),
    )
    return _laid(below, picture, layer)


def shown(reading: Reading) -> list[Any]:
    """What the browser has drawn already, apart from the picture: outlines, names and zones."""
    view = reading.view
    return [reading.snapshot.generation, view.edition, view.level.value, list(view.zone)]


def bounds(reading: Reading) -> str:
    """What the map shows whole, for the browser's camera: the regions asked about, or else the whole layer."""
    view, boundaries = reading.view, reading.snapshot.boundaries
    layer = boundaries.layers.get(view.question.layer)
    boxes = [
        layer.bounds_of(region.codes)
        for region in boundaries.regions_in(view.edition).values()
        if region.id in view.region
        and (layer := boundaries.layers.get(LayerKey(region.edition, Level.COMMUNE))) is not None
    ]
    whole = layer.bounds if layer is not None else NOWHERE
    west, south, east, north = zip(*(boxes or [whole]), strict=True)
    return ",".join(f"{edge:.4f}" for edge in (min(west), min(south), max(east), max(north)))


def _laid(below: Ground, picture: Picture, layer: Layer | None) -> Ground:
    """The ground with what the picture brings along: its cells and overlays on the shelf, where its signs stand."""
    if picture.tiling is not None:
        file = overlays.tiling_file(picture.tiling, picture)
        below = replace(below, cells=shelf().put(*file))
    if picture.overlays:
        below = replace(below, overlays=shelf().put(*overlays.overlay_file(picture.overlays)))
    if not any(picture.signs):
        return below
    if picture.tiling is not None:
        return replace(below, middles=overlays.middles_of(picture.tiling.polygons))
    return replace(below, middles=_middles(layer)) if layer is not None else below


@lru_cache(maxsize=8)
def _middles(layer: Layer) -> NDArray[np.float64]:
    """Where the layer's names stand, and so its signs; 0.1 s for 94 areas of a thousand corners."""
    return np.asarray(shapely.get_coordinates(web.middles(layer)).round(5))


def _drawn_by_hand(coarser: Layer | None, layer: Layer | None, over_districts: bool) -> dict[str, Any]:
    """Outlines and names for a map without WebGL2: the districts' names, else those of the largest areas."""
    named = coarser if over_districts else layer
    if coarser is None or named is None:
        return {}
    return {"outline_codes": coarser.codes, "names": named.centres(MOST_NAMES)}


def _url(name: str | None) -> str:
    return f"/boundaries/{name}" if name else ""
