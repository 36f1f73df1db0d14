"""A View and what its layer shows -> a Sheet: words, colours and shapes put together. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard import claims, theme
from dashboard.figures.picture import Picture
from dashboard.layers import all_layers, picture_of
from dashboard.names import Names, name_things
from dashboard.paper import ground as grounds
from dashboard.paper import wording
from dashboard.paper.ground import Ground
from dashboard.paper.sheet import Band, Bounds, Dots, Inks, Key, Label, Mark, Sheet, Stroke
from dashboard.view import View
from dashboard.words import Words
from geodata.answers.answer import Points
from geodata.answers.answers import Answers
from geodata.answers.shared_places import SharedPlaces
from geodata.geometry import crs
from geodata.question import Scope
from geodata.vocabulary import LayerKey, Level

INKS = Inks(
    text=theme.INK,
    soft=theme.INK_SOFT,
    rule=theme.HAIRLINE,
    paper=theme.PAPER,
    area_line=theme.COMMUNE_LINE,
    marking=theme.HOT,
)
AROUND = 0.6  # of a chosen area's size on each side: its neighbours stay in sight
OUTLINE_PX, COARSER_PX, ZONE_PX, BORDER_PX, RING_PX, CHOSEN_PX = 1.6, 2.0, 2.0, 2.4, 3.2, 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """Whose picture of what, how large, when; ``title`` is what was found, ``caption`` the stamp in words."""

    view: View
    answers: Answers
    words: Words
    scope: Scope
    size: tuple[int, int]
    now: datetime
    picture: Picture | None = None  # what is shown instead of the view's layer
    title: str = ""  # "": what was counted
    caption: tuple[str, ...] = ()
    about: str = ""


def compose(request: Request) -> Sheet:
    """The sheet of a View. Without boundaries, or without incidents, it says so instead of a map."""
    snapshot, view = request.answers.snapshot, request.view
    layers, today = tuple(all_layers()), request.now.date()
    names = name_things(snapshot, layers=layers, today=today, scope=request.scope)
    if view.question.layer not in snapshot.boundaries.layers:
        return _blank(request, names)
    picture = request.picture or picture_of(view, request.answers, request.scope, request.words)
    totals, change = request.answers.totals(view.question, request.scope)
    words, size = request.words, request.size
    ground = grounds.lay_ground(
        snapshot.boundaries, view.question.layer, setting=snapshot.profile.metric_crs, size=size
    )
    tiling = picture.tiling
    areas = grounds.cells_of(tiling.polygons, ground) if tiling is not None else ground.areas
    chosen = _chosen(ground, names, view)
    frame = _frame(ground, areas, picture, chosen)
    shown = chosen if len(chosen) else ground.areas[picture.asked] if tiling is None else ground.areas[:0]
    return replace(
        _blank(request, names),
        headline=words.plural("{n} recorded incident", "{n} recorded incidents", totals.recorded),
        comparison=wording.comparison(view, change, words),
        notice=claims.nothing(totals, picture.facts, words),
        legend_title=picture.legend_title,
        legend=_legend(picture, names, request, ground),
        areas=areas,
        fills=tuple(picture.fill(i) for i in range(len(picture.codes))),
        hatched=_hatched(picture),
        bands=_bands(picture, ground),
        strokes=(*_strokes(ground, names, view, chosen), *_rings(picture, ground)),
        marks=(*_signs(picture, areas), *_numbers(picture, ground)),
        dots=_dots(picture.points, ground),
        labels=(*_zone_labels(ground, names, request, frame), *grounds.labels_of(ground, frozenset(view.area), frame)),
        frame=frame,
        ground_per_m=grounds.ground_per_m(frame, ground.crs),
        north_deg=grounds.north_deg(frame, ground.crs),
        locator=grounds.locator_of(ground, shown, frame),
    )


def _blank(request: Request, names: Names) -> Sheet:
    words, view = request.words, request.view
    return Sheet(
        size=request.size,
        inks=INKS,
        marking=names.profile.marking,
        title=wording.capital(request.title or wording.title(view, names, words)),
        subtitle=wording.subtitle(view, names, words, titled=bool(request.title)),
        headline="",
        comparison="",
        notice=words("No boundaries are loaded"),
        legend_title="",
        legend=(),
        caption=request.caption,
        about=request.about,
        north=words("N"),
        areas=np.empty(0, dtype=object),
        fills=(),
        hatched=np.empty(0, dtype=np.bool_),
        strokes=(),
        dots=None,
        labels=(),
        frame=None,
        ground_per_m=1.0,
    )


def _empty(picture: Picture) -> NDArray[np.bool_]:
    return np.asarray((picture.classes.index < 0) & picture.asked, dtype=np.bool_)


def _hatched(picture: Picture) -> NDArray[np.bool_]:
    """Areas without data, and those the layer hatches; of cells only the latter, they are too small for hatching."""
    empty = _empty(picture) if picture.tiling is None else np.zeros(len(picture.codes), dtype=np.bool_)
    return empty if picture.hatched is None else empty | picture.hatched


def _bands(picture: Picture, ground: Ground) -> tuple[Band, ...]:
    fills = (overlay for overlay in picture.overlays if overlay.kind == "fill")
    return tuple(Band(grounds.project([overlay.shape], ground), overlay.colour) for overlay in fills)


def _rings(picture: Picture, ground: Ground) -> tuple[Stroke, ...]:
    rings = (overlay for overlay in picture.overlays if overlay.kind == "line")
    return tuple(Stroke(grounds.project([ring.shape], ground), ring.colour, RING_PX) for ring in rings)


def _signs(picture: Picture, areas: NDArray[np.object_]) -> list[Mark]:
    signed = [i for i, sign in enumerate(picture.signs) if sign]
    middles = grounds.middles_of(areas[signed]).tolist()
    return [Mark(picture.signs[i], x, y) for i, (x, y) in zip(signed, middles, strict=True)]


def _numbers(picture: Picture, ground: Ground) -> list[Mark]:
    """Each number on its outline, at the northernmost corner."""
    labelled = [overlay for overlay in picture.overlays if overlay.label]
    corners = [shapely.get_coordinates(crs.to_metric(overlay.shape, ground.crs)) for overlay in labelled]
    tops = [each[each[:, 1].argmax()].tolist() for each in corners]
    return [Mark(overlay.label, x, y, on_disc=True) for overlay, (x, y) in zip(labelled, tops, strict=True)]


def _legend(picture: Picture, names: Names, request: Request, ground: Ground) -> tuple[Key, ...]:
    """The screen's legend in its order, and the signs only paper has."""
    boundaries, words = names.boundaries, request.words
    signs = {
        "class": "area",
        "zero": "area",
        "no_data": "hatched" if picture.tiling is None else "area",
        "not_asked": "area",
        "point": "dot",
        "hatched": "hatched",
        "line": "line",
    }
    empty = _empty(picture).any()
    keys = [
        Key(row.label, row.colour, signs[row.kind], row.sign)  # type: ignore[arg-type]
        for row in picture.legend
        if row.kind in signs and (row.kind != "no_data" or empty)  # the notes of the screen stand in the caption
    ]
    if boundaries.border is not None:
        course = grounds.border_of(boundaries.border, ground)
        keys.append(Key(words("national border"), theme.BORDER_LINE, "dash_dot", course=course))
    shapes = {zone.id: grounds.project([zone.polygon], ground) for zone in boundaries.zones}
    zones = request.view.zone
    keys += [Key(names.zone(zone, words), theme.ZONE_LINE, "line", course=shapes.get(zone)) for zone in zones]
    return tuple(keys)


def _frame(ground: Ground, areas: NDArray[np.object_], picture: Picture, chosen: NDArray[np.object_]) -> Bounds:
    """The areas chosen with what lies around them, as the screen shows them; else the areas asked about."""
    if not len(chosen):
        return grounds.frame_of(areas, picture.asked)
    whole = grounds.frame_of(areas, np.ones(len(areas), dtype=np.bool_))
    west, south, east, north = shapely.total_bounds(chosen).tolist()
    return grounds.widened((west, south, east, north), AROUND, whole)


def _zone_labels(ground: Ground, names: Names, request: Request, frame: Bounds) -> list[Label]:
    asked = [zone for zone in names.boundaries.zones if zone.id in request.view.zone]
    return [
        label
        for zone in asked
        for label in grounds.zone_labels(
            names.zone(zone.id, request.words), grounds.project([zone.polygon], ground), frame, theme.ZONE_LINE
        )
    ]


def _strokes(ground: Ground, names: Names, view: View, chosen: NDArray[np.object_]) -> list[Stroke]:
    """Lines from the faintest to the strongest."""
    boundaries = names.boundaries
    strokes = [
        Stroke(ground.coarser_areas, theme.DISTRICT_LINE, COARSER_PX),
        Stroke(ground.outline, theme.INK, OUTLINE_PX),
    ]
    # A belt's edge runs along the border, which stays in sight over it.
    zones = [zone.polygon for zone in boundaries.zones if zone.id in view.zone]
    strokes.append(Stroke(grounds.project(zones, ground), theme.ZONE_LINE, ZONE_PX))
    if boundaries.border is not None:
        strokes.append(
            Stroke(grounds.border_of(boundaries.border, ground), theme.BORDER_LINE, BORDER_PX, dash_dot=True)
        )
    strokes.append(Stroke(chosen, theme.INK, CHOSEN_PX))
    return [stroke for stroke in strokes if len(stroke.shapes)]


def _chosen(ground: Ground, names: Names, view: View) -> NDArray[np.object_]:
    """The chosen areas of whatever level, each code at the finest level that has it."""
    shapes: dict[str, object] = {}
    for level in Level:
        layer = names.boundaries.layers.get(LayerKey(view.edition, level))
        codes = layer.index() if layer is not None else {}
        shapes |= {code: layer.polygons[codes[code]] for code in view.area if layer is not None and code in codes}
    here = ground.layer.index()
    own = [ground.areas[here[code]] for code in shapes if code in here]
    others = grounds.project([shape for code, shape in shapes.items() if code not in here], ground)
    return np.concatenate([np.array(own, dtype=object), others])


def _dots(points: Points | SharedPlaces | None, ground: Ground) -> Dots | None:
    if points is None:
        return None
    x, y = crs.transform_xy(points.lon, points.lat, crs.WGS84, ground.crs)
    return Dots(x, y, theme.HOT)
