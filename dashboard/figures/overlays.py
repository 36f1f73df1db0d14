"""What lies over the fills (bands, rings with their number, hatching, signs) -> the changes that draw it.

Shapes are named by a URL, so that a click sends no geometry: ``overlay_file`` and ``tiling_file`` say what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard import theme
from dashboard.figures.picture import Overlay, Picture, Tiling
from dashboard.figures.style import Ground
from dashboard.figures.traces import BANDS, HATCHED, NUMBERS, RINGS, SIGNS
from geodata.boundaries.web import named_shapes

Path = tuple[str | int, ...]
File = tuple[str, Callable[[], bytes]]  # a name that changes with the content, and how the content is made


def codes_of(picture: Picture) -> list[str]:
    """What the map calls the shapes it colours. A cell is never called as an area is: a click on it asks no area."""
    return [f"cell {code}" for code in picture.codes] if picture.tiling is not None else list(picture.codes)


def tiling_file(tiling: Tiling, picture: Picture) -> File:
    """The cells as GeoJSON, by code and name."""
    codes = codes_of(picture)
    name = f"{tiling.key}.{_digest(tiling.polygons, (*codes, *picture.names))}.json"
    return name, lambda: named_shapes(codes, picture.names, tiling.polygons)


def overlay_file(overlays: tuple[Overlay, ...]) -> File:
    """All overlays as GeoJSON; each is called by its place among them."""
    shapes = np.array([overlay.shape for overlay in overlays], dtype=object)
    codes = _codes(overlays)
    return f"overlays.{_digest(shapes, codes)}.json", lambda: named_shapes(codes, codes, shapes)


def middles_of(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """A point inside each shape, (n, 2)."""
    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(shapes)).round(5))


def changes(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    """Everything over the fills; what the picture has none of is emptied."""
    return {
        **_bands(picture, ground),
        **_rings(picture, ground),
        **_hatching(picture, ground),
        **_sign_changes(picture, ground),
    }


def steps(colours: Iterable[str]) -> list[list[Any]]:
    """A colour scale of flat steps, one a class."""
    flat = list(colours)
    n = len(flat)
    return [[(i + edge) / n, colour] for i, colour in enumerate(flat) for edge in (0, 1)]


def _bands(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    places = [i for i, overlay in enumerate(picture.overlays) if overlay.kind == "fill"]
    drawn = [picture.overlays[i].colour for i in places]
    colours = list(dict.fromkeys(drawn)) or [theme.PAPER]
    return {
        ("data", BANDS, "geojson"): ground.overlays or ground.polygons,
        ("data", BANDS, "locations"): [str(i) for i in places],
        ("data", BANDS, "z"): [colours.index(colour) for colour in drawn],
        ("data", BANDS, "zmax"): len(colours) - 0.5,
        ("data", BANDS, "colorscale"): steps(colours),
    }


def _rings(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    places = [i for i, overlay in enumerate(picture.overlays) if overlay.kind == "line"]
    labelled = [overlay for overlay in picture.overlays if overlay.label]
    tops = [_top(overlay.shape) for overlay in labelled]
    return {
        ("data", RINGS, "geojson"): ground.overlays or ground.polygons,
        ("data", RINGS, "locations"): [str(i) for i in places],
        ("data", RINGS, "z"): [0] * len(places),
        ("data", RINGS, "marker", "line", "color"): [picture.overlays[i].colour for i in places],
        **_written(NUMBERS, tops, [overlay.label for overlay in labelled]),
    }


def _hatching(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    hatched = np.flatnonzero(picture.hatched) if picture.hatched is not None else ()
    codes = codes_of(picture)
    return {
        ("data", HATCHED, "geojson"): ground.fills,
        ("data", HATCHED, "locations"): [codes[i] for i in hatched],
        ("data", HATCHED, "z"): [0] * len(hatched),
    }


def _sign_changes(picture: Picture, ground: Ground) -> Mapping[Path, Any]:
    signed = [i for i, sign in enumerate(picture.signs) if sign]
    return _written(SIGNS, ground.middles[signed].tolist(), [picture.signs[i] for i in signed])


def _written(trace: int, places: list[list[float]], texts: list[str]) -> Mapping[Path, Any]:
    return {
        ("data", trace, "lon"): [lon for lon, _ in places],
        ("data", trace, "lat"): [lat for _, lat in places],
        ("data", trace, "text"): texts,
    }


def _top(shape: object) -> list[float]:
    """The northernmost corner: a number stands on the outline, clear of what is drawn inside."""
    corners = shapely.get_coordinates(shape)
    at: list[float] = corners[corners[:, 1].argmax()].round(5).tolist()
    return at


def _codes(overlays: tuple[Overlay, ...]) -> tuple[str, ...]:
    return tuple(str(i) for i in range(len(overlays)))


def _digest(shapes: NDArray[np.object_], codes: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join(codes).encode())
    for shape in shapely.to_wkb(shapes):
        digest.update(shape)
    return digest.hexdigest()[:12]
