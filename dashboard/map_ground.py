"""What lies under and over a map's colours, and what of it is in sight: files by URL, outlines, edges. No drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard import theme
from dashboard.drill import level_of
from dashboard.figures import overlays
from dashboard.figures.picture import LegendRow, Picture
from dashboard.figures.style import Ground
from dashboard.reading import Reading
from dashboard.shelf import shelf
from geodata.boundaries import web
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey, Level

MOST_NAMES = 30
NAME_WIDE, NAME_HIGH = 0.34, 0.055  # of the layer's size, where its map is 400 pixels high
AROUND_AREAS, AROUND_REGIONS = 0.6, 0.08  # of its size on each side: neighbours stay in sight
Name = tuple[float, float, str]  # longitude, latitude, what is written there
Box = tuple[float, float, float, float]  # west, south, east, north
NOWHERE: Box = (102.0, 8.0, 110.0, 24.0)  # an empty workspace shows the country's frame


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
        chosen=_url(snapshot.web_files.get(asked)) if (asked := _coarser_asked(reading)) else "",
        zones=tuple(_url(snapshot.zone_files.get(zone)) for zone in view.zone),
        **({} if webgl else _drawn_by_hand(snapshot.boundaries.layers.get(coarser), layer, over_districts)),
    )
    return _laid(below, picture, layer)


def shown(reading: Reading) -> list[Any]:
    """What the browser has drawn already, apart from the picture: outlines, names and zones."""
    view = reading.view
    return [reading.snapshot.generation, view.edition, view.level.value, list(view.zone)]


def chosen(reading: Reading) -> list[str]:
    """Codes of the areas that are outlined: those asked about by name; on a coarser layer, those that hold them."""
    view, boundaries = reading.view, reading.snapshot.boundaries
    if not view.area or _coarser_asked(reading) is not None:
        return list(view.area)
    layer = boundaries.layers.get(view.question.layer)
    if layer is None or set(view.area) <= set(layer.codes):
        return list(view.area)
    counts = reading.answers.counts(view.question, reading.scope)
    return [code for code, asked in zip(counts.codes, counts.asked.tolist(), strict=True) if asked]


def _coarser_asked(reading: Reading) -> LayerKey | None:
    """The coarser layer that all areas asked belong to; None where they are the map's own, finer or of several."""
    view = reading.view
    levels = {level_of(reading.snapshot.boundaries, view.edition, code) for code in view.area}
    level = levels.pop() if len(levels) == 1 else None
    if level is None or list(Level).index(level) >= list(Level).index(view.level):
        return None
    return LayerKey(view.edition, level)


def line_rows(reading: Reading) -> tuple[LegendRow, ...]:
    """What the lines over the fills mean: the border, and the zones that are asked about."""
    words, rows = reading.words, []
    if reading.snapshot.border_file:
        rows.append(LegendRow(theme.BORDER_LINE, words("national border"), "dashes"))
    if any(reading.snapshot.zone_files.get(zone) for zone in reading.view.zone):
        rows.append(LegendRow(theme.ZONE_LINE, words("edge of a zone asked about"), "dots"))
    return tuple(rows)


def bounds(reading: Reading) -> str:
    """What the map shows whole, for the browser's camera: the areas asked, else the regions, each with what is around.

    Where no place is asked, all that is open to the asker.
    """
    layer = reading.snapshot.boundaries.layers.get(reading.view.question.layer)
    edges = layer.bounds if layer is not None else NOWHERE
    if boxes := [*_areas(reading)]:
        edges = _widened(boxes, AROUND_AREAS, edges)
    elif boxes := [*_regions(reading)]:
        edges = _widened(boxes, AROUND_REGIONS, edges)
    elif layer is not None and (codes := _open(reading)):
        edges = _widened([layer.bounds_of(codes)], AROUND_AREAS if len(codes) == 1 else AROUND_REGIONS, edges)
    return _written(edges)


def whole(reading: Reading) -> str:
    """The whole layer, for the button that shows all of it."""
    layer = reading.snapshot.boundaries.layers.get(reading.view.question.layer)
    return _written(layer.bounds if layer is not None else NOWHERE)


def _open(reading: Reading) -> tuple[str, ...]:
    """The areas of the map's layer that are open to who sees some only; none where that is everybody."""
    key = reading.view.question.layer
    if reading.scope.areas is None:
        return ()
    codes = reading.snapshot.boundaries.layers[key].codes
    return tuple(code for code in codes if (key.edition, code) in reading.names.choices.areas)


def _areas(reading: Reading) -> Iterator[Box]:
    view, boundaries = reading.view, reading.snapshot.boundaries
    for code in view.area:
        level = level_of(boundaries, view.edition, code)
        if level is not None:
            yield boundaries.layers[LayerKey(view.edition, level)].bounds_of((code,))


def _regions(reading: Reading) -> Iterator[Box]:
    view, boundaries = reading.view, reading.snapshot.boundaries
    for region in boundaries.regions_in(view.edition).values():
        layer = boundaries.layers.get(LayerKey(region.edition, Level.COMMUNE))
        if region.id in view.region and layer is not None:
            yield layer.bounds_of(region.codes)


def _widened(boxes: list[Box], share: float, within: Box) -> Box:
    """One box around all, wider on each side by a share of its longer side, as far as there is something to see."""
    west, south, east, north = zip(*boxes, strict=True)
    around = share * max(max(east) - min(west), max(north) - min(south))
    return (
        max(min(west) - around, within[0]),
        max(min(south) - around, within[1]),
        min(max(east) + around, within[2]),
        min(max(north) + around, within[3]),
    )


def _written(edges: Box) -> str:
    return ",".join(f"{edge:.4f}" for edge in edges)


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
    return {"outline_codes": coarser.codes, "names": _apart(named.centres(MOST_NAMES), named.bounds)}


def _apart(names: Iterable[Name], bounds: Box) -> tuple[Name, ...]:
    """Names that leave each other room, the first ones first: what is drawn by hand does not step aside."""
    west, south, east, north = bounds
    kept: list[Name] = []
    for lon, lat, name in names:
        near = (
            abs(lon - other[0]) < NAME_WIDE * (east - west) and abs(lat - other[1]) < NAME_HIGH * (north - south)
            for other in kept
        )
        if not any(near):
            kept.append((lon, lat, name))
    return tuple(kept)


def _url(name: str | None) -> str:
    return f"/boundaries/{name}" if name else ""
