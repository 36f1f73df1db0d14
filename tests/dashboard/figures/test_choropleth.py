from __future__ import annotations

import base64
import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import theme
from dashboard.figures import choropleth, overlays
from dashboard.figures.choropleth import Ground, Path
from dashboard.figures.classes import Classes
from dashboard.figures.picture import Overlay, Picture, Tiling
from dashboard.figures.traces import AREAS, BANDS, HATCHED, NUMBERS, RINGS, SIGNS
from dashboard.words import of
from geodata.answers.answer import DataFacts, Points, Totals
from geodata.question import Question
from geodata.vocabulary import Level, Period

FACTS = DataFacts(1, None, None, None, 3, 0)
QUESTION = Question(Period(date(2025, 1, 1), date(2025, 1, 31)), "2024", Level.COMMUNE)
SQUARES = np.array([shapely.box(106 + i, 11, 107 + i, 12) for i in range(3)], dtype=object)
CELLS = Tiling("hexagons-2024-1000", SQUARES[:2])


def picture(*classes: int, **parts: Any) -> Picture:
    """Three areas with these classes; whatever else lies on them."""
    n = len(classes)
    colours = theme.ramp(max(*classes, 0, 1))
    return Picture(
        codes=tuple(f"c{i}" for i in range(n)),
        names=tuple(f"Xã {i}" for i in range(n)),
        asked=np.ones(n, dtype=np.bool_),
        classes=Classes(np.array(classes, dtype=np.int8), (), (), 0),
        colours=colours,
        hover=tuple(f"{each} vụ" for each in classes),
        legend_title="",
        legend=(),
        method="",
        totals=Totals(3, 3, 3, 0),
        facts=FACTS,
        **parts,
    )


def points() -> Points:
    place = np.array([106.5])
    days = np.array([20_000], dtype=np.int32)
    none = np.array([0], dtype=np.int32)
    return Points(QUESTION, place, place - 95, none, days, ("theft",), 1, Totals(1, 1, 1, 0), FACTS)


ring = Overlay("line", shapely.union_all(SQUARES[:2]), theme.INK, "1")
PICTURES = {
    "count": picture(0, 1, 3),
    "many classes": picture(1, 4, 5),
    "no data": picture(-1, -2, 0),
    "hatched": picture(1, 2, 3, hatched=np.array([True, False, True])),
    "signs": picture(1, 2, 0, signs=("▲", "", "▼")),
    "bands": picture(
        0, 0, 0, overlays=tuple(Overlay("fill", each, theme.ramp(3)[i]) for i, each in enumerate(SQUARES))
    ),
    "clusters": picture(1, 1, 2, overlays=(ring, replace(ring, shape=SQUARES[2], label="2"))),
    "points": picture(0, 0, 0, points=points()),
    "hexagons": picture(1, 2, tiling=CELLS, signs=("▲", "◆"), hatched=np.array([False, True]), overlays=(ring,)),
}


def ground(made: Picture) -> Ground:
    """As the page lays it: files by name, signs where the areas are."""
    below = Ground("/boundaries/2024.json", (106, 11, 109, 12), outlines="/boundaries/d.json", outline_codes=("1", "2"))
    shapes = made.tiling.polygons if made.tiling else SQUARES
    return replace(
        below,
        cells=f"/shapes/{overlays.tiling_file(made.tiling, made)[0]}" if made.tiling else "",
        overlays=f"/shapes/{overlays.overlay_file(made.overlays)[0]}" if made.overlays else "",
        middles=overlays.middles_of(shapes),
    )


def figure(name: str, *, webgl: bool) -> dict[str, Any]:
    made = PICTURES[name]
    drawn = choropleth.figure(made, ground(made), ("c1",), of("vi"), box=(900, 700), webgl=webgl, size=13)
    return json.loads(json.dumps(drawn))  # type: ignore[no-any-return]


def turn(drawn: dict[str, Any], name: str) -> dict[str, Any]:
    """The figure after the changes that lead to another layer, as the browser applies them."""
    made = PICTURES[name]
    below = ground(made)
    changes: dict[Path, Any] = {**choropleth.changes(made, below, ("c1",), of("vi"))}
    if drawn["data"][AREAS]["geojson"] != below.fills:
        changes |= choropleth.cell_changes(made, below)
    return applied(drawn, changes)


def applied(drawn: dict[str, Any], changes: Mapping[Path, Any]) -> dict[str, Any]:
    after = copy.deepcopy(drawn)
    for path, value in changes.items():
        place: Any = after
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = json.loads(json.dumps(value))
    return after


@pytest.mark.parametrize("webgl", [True, False])
@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(sorted(PICTURES)), min_size=2, max_size=6))
def test_switching_layers_back_and_forth_leaves_nothing_behind(webgl: bool, names: list[str]) -> None:
    drawn = figure(names[0], webgl=webgl)
    for name in names[1:]:
        drawn = turn(drawn, name)
        assert drawn == figure(name, webgl=webgl)


def test_every_class_has_its_own_step_of_the_scale() -> None:
    areas = figure("many classes", webgl=True)["data"][AREAS]
    steps = areas["colorscale"]
    shown = [(z - areas["zmin"]) / (areas["zmax"] - areas["zmin"]) for z in areas["z"]]
    colours = [next(c for (low, c), (high, _) in pairwise(steps) if low <= x <= high) for x in shown]
    assert colours == [PICTURES["many classes"].fill(i) for i in range(3)]


def test_hatched_areas_keep_their_colour_below_the_hatching() -> None:
    data = figure("hatched", webgl=True)["data"]
    assert data[HATCHED]["locations"] == ["c0", "c2"]
    assert data[HATCHED]["geojson"] == data[AREAS]["geojson"]
    assert data[AREAS]["z"] == [3, 4, 5]


def test_signs_stand_inside_their_areas() -> None:
    signs = figure("signs", webgl=True)["data"][SIGNS]
    assert signs["text"] == ["▲", "▼"]
    at = shapely.points(np.column_stack([signs["lon"], signs["lat"]]))
    assert shapely.contains(SQUARES[[0, 2]], at).all()


def test_bands_have_a_colour_each_and_no_area_loses_its_hover() -> None:
    data = figure("bands", webgl=True)["data"]
    colours = dict(data[BANDS]["colorscale"][1::2])
    assert list(colours.values()) == list(theme.ramp(3))
    assert data[BANDS]["z"] == [0, 1, 2]
    assert data[BANDS]["hoverinfo"] == "skip"
    assert data[AREAS]["customdata"] == ["0 vụ"] * 3


def test_rings_carry_their_numbers_on_their_outline() -> None:
    data = figure("clusters", webgl=True)["data"]
    assert data[RINGS]["locations"] == ["0", "1"]
    assert data[RINGS]["marker"]["line"] == {"color": [theme.INK] * 2, "width": 2}
    assert data[NUMBERS]["text"] == ["1", "2"]
    at = shapely.points(np.column_stack([data[NUMBERS]["lon"], data[NUMBERS]["lat"]]))
    assert shapely.distance(at, [shapely.boundary(ring.shape), shapely.boundary(SQUARES[2])]).tolist() == [0, 0]


def test_cells_are_never_called_as_areas_are() -> None:
    data = figure("hexagons", webgl=True)["data"]
    assert data[AREAS]["locations"] == ["cell c0", "cell c1"]
    assert data[HATCHED]["locations"] == ["cell c1"]
    _, make = overlays.tiling_file(CELLS, PICTURES["hexagons"])
    named = [feature["properties"] for feature in json.loads(make())["features"]]
    assert named == [{"code": "cell c0", "name": "Xã 0"}, {"code": "cell c1", "name": "Xã 1"}]


def test_a_file_is_named_by_what_is_in_it() -> None:
    other = replace(ring, shape=SQUARES[2])
    assert overlays.overlay_file((ring,))[0] == overlays.overlay_file((replace(ring, colour="#000000"),))[0]
    assert overlays.overlay_file((ring,))[0] != overlays.overlay_file((other,))[0]


def test_many_cells_travel_as_a_byte_each() -> None:
    many = picture(*([1, 2] * 1000))
    packed = choropleth.changes(many, ground(PICTURES["count"]), (), of("vi"))["data", AREAS, "z"]
    assert packed["dtype"] == "i1"
    assert len(packed["bdata"]) < 1.4 * 2000


def test_texts_that_many_cells_share_travel_once() -> None:
    many = replace(picture(*([1, 2] * 1000)), hover=("không ghi nhận vụ nào", "3 vụ") * 1000)
    sent = choropleth.changes(many, ground(PICTURES["count"]), (), of("vi"))
    texts, places = sent["data", AREAS, "meta"], sent["data", AREAS, "customdata"]
    spelt = [texts[i] for i in np.frombuffer(base64.b64decode(places["bdata"]), places["dtype"]).tolist()]
    assert spelt == list(many.hover)
    assert len(json.dumps([texts, places])) < 3 * 2000


def test_a_click_sends_no_geometry() -> None:
    fine = shapely.point_on_surface(SQUARES[0]).buffer(0.3, quad_segs=500)
    made = picture(1, 2, 3, overlays=(Overlay("fill", fine, "#B86462"), replace(ring, shape=fine)))
    sent = choropleth.changes(made, ground(made), (), of("vi"))
    assert len(json.dumps({str(path): value for path, value in sent.items()})) < 4_000
