"""Paper shows what the screen shows: hatching, signs, outlines with numbers, bands, cells instead of areas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from dashboard import theme
from dashboard.figures.classes import Classes
from dashboard.figures.picture import LegendRow, Overlay, Picture, Tiling
from dashboard.layers import MapLayer, all_layers, picture_of
from dashboard.paper.sheet import Sheet
from dashboard.words import of
from geodata.geometry import crs
from geodata.question import EVERYTHING
from tests.dashboard.exports.test_printed_view import VIEW, answers, sheet_of

pytestmark = pytest.mark.slow

METRIC = "EPSG:32648"


def printed(monkeypatch: pytest.MonkeyPatch, **parts: Any) -> Sheet:
    """The sheet of a layer that is the count with something more on it."""
    count = all_layers()["count"]
    layer = MapLayer("More", 99, count.ask, lambda counts, words: replace(count.draw(counts, words), **parts))
    monkeypatch.setitem(all_layers(), "more", layer)
    return sheet_of(replace(VIEW, layer="more"))


def shape_of(lon: float, lat: float) -> shapely.Geometry:
    return shapely.box(lon, lat, lon + 0.05, lat + 0.05)


def test_a_hatched_area_keeps_its_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sheet_of(VIEW)
    sheet = printed(monkeypatch, hatched=np.array([True, False, False, True]))
    assert sheet.fills == plain.fills
    assert sheet.hatched.tolist() == [True, False, False, True]


def test_signs_stand_inside_their_areas_and_in_the_legend(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (LegendRow("#B86462", "hot", "class", "▲"), LegendRow("#7DB0C9", "few", "hatched"))
    sheet = printed(monkeypatch, signs=("▲", "", "", "▼"), legend=rows)
    assert [mark.text for mark in sheet.marks] == ["▲", "▼"]
    assert [(key.mark, key.sign) for key in sheet.legend[:2]] == [("▲", "area"), ("", "hatched")]
    places = shapely.points([(mark.x, mark.y) for mark in sheet.marks])
    assert shapely.contains(sheet.areas[[0, 3]], places).all()


def test_outlines_are_strokes_with_their_number_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    around = shape_of(106.05, 11.05)
    sheet = printed(monkeypatch, overlays=(Overlay("line", around, theme.INK, "1"), Overlay("line", around, theme.HOT)))
    assert [stroke.colour for stroke in sheet.strokes[-2:]] == [theme.INK, theme.HOT]
    (mark,) = sheet.marks
    edge = shapely.boundary(crs.to_metric(around, METRIC))
    assert (mark.text, mark.on_disc) == ("1", True)
    assert shapely.distance(edge, shapely.Point(mark.x, mark.y)) == pytest.approx(0, abs=0.01)


def test_bands_are_filled_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    bands = tuple(Overlay("fill", shape_of(106 + 0.1 * i, 11), colour) for i, colour in enumerate(theme.ramp(3)))
    sheet = printed(monkeypatch, overlays=bands)
    assert [band.colour for band in sheet.bands] == list(theme.ramp(3))
    assert len(sheet.strokes) == len(sheet_of(VIEW).strokes)


def test_cells_are_drawn_instead_of_areas_under_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = np.array([shape_of(106 + 0.05 * i, 11.05) for i in range(6)], dtype=object)
    index = np.array([1, 2, 0, 1, -1, 2], dtype=np.int8)
    parts: dict[str, Any] = {"codes": tuple("abcdef"), "names": tuple("abcdef"), "asked": np.ones(6, dtype=np.bool_)}
    sheet = printed(
        monkeypatch,
        **parts,
        classes=Classes(index, (1, 2), (1, 2), 0),
        colours=theme.ramp(2),
        tiling=Tiling("hexagons-2024-1000", cells),
        signs=("▲", "", "", "", "", ""),
    )
    plain = sheet_of(VIEW)
    assert len(sheet.areas) == len(sheet.fills) == 6
    assert sheet.fills[:3] == (*theme.ramp(2), theme.ZERO_FILL)
    assert not sheet.hatched.any()  # without data it is grey: a cell is too small for hatching
    assert [label.text for label in sheet.labels] == [label.text for label in plain.labels]
    assert shapely.contains_xy(sheet.areas[0], sheet.marks[0].x, sheet.marks[0].y)


@pytest.mark.parametrize("layer", sorted(all_layers()))
def test_every_layer_prints_as_many_shapes_as_it_shows(layer: str) -> None:
    asked = answers()
    view = replace(VIEW, layer=layer)
    shown: Picture = picture_of(view, asked, EVERYTHING, of("vi"))
    sheet = sheet_of(view, asked=asked)
    assert len(sheet.areas) == len(sheet.fills) == len(shown.codes)
    assert len(sheet.bands) == sum(overlay.kind == "fill" for overlay in shown.overlays)
    assert sum(not mark.on_disc for mark in sheet.marks) == sum(map(bool, shown.signs))
