"""What the browser gets: small, named by content, lines shared at every level."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely import box
from shapely.geometry import shape

from geodata.boundaries import web
from geodata.boundaries.editions import Boundaries, Layer, Zone
from geodata.boundaries.load import derive_province
from geodata.geometry import coverage
from geodata.vocabulary import LayerKey, Level, ZoneKind


def of_edition(boundaries: Boundaries, edition: str) -> dict[LayerKey, Layer]:
    return {key: layer for key, layer in boundaries.layers.items() if key.edition == edition}


def drawn_shapes(content: bytes) -> NDArray[np.object_]:
    return np.array([shape(f["geometry"]) for f in json.loads(content)["features"]], dtype=object)


def test_a_feature_carries_its_code_as_id_and_its_name(squares: Boundaries) -> None:
    layer = squares.layers[LayerKey("old", Level.COMMUNE)]
    document = json.loads(web.web_geojson(layer, layer.polygons))
    first = document["features"][0]
    assert (first["id"], first["properties"]) == ("a", {"code": "a", "name": "a!"})
    assert [f["id"] for f in document["features"]] == list(layer.codes)
    assert shape(first["geometry"]).equals(box(106, 11, 106.1, 11.1))


def test_exterior_rings_run_clockwise(squares: Boundaries) -> None:
    layer = squares.layers[LayerKey("old", Level.COMMUNE)]
    ring = json.loads(web.web_geojson(layer, layer.polygons))["features"][0]["geometry"]["coordinates"][0]
    assert not shapely.is_ccw(shapely.LinearRing(ring))


def test_a_district_is_drawn_as_the_union_of_its_drawn_communes(squares: Boundaries) -> None:
    drawn = web.web_layers(of_edition(squares, "old"))
    north = coverage.union(drawn[LayerKey("old", Level.COMMUNE)][:2])
    assert shapely.equals(north, drawn[LayerKey("old", Level.DISTRICT)][0])
    assert set(drawn) == set(of_edition(squares, "old"))


def test_a_coarser_layer_of_other_ground_is_simplified_alone(squares: Boundaries) -> None:
    key = LayerKey("old", Level.DISTRICT)
    layers = of_edition(squares, "old")
    wide = np.array([box(106, 11, 106.2, 11.9), layers[key].polygons[1]], dtype=object)
    drawn = web.web_layers({**layers, key: replace(layers[key], polygons=wide)})
    assert drawn[key][0].equals(wide[0])


@pytest.mark.parametrize(("edition", "limit"), [("2024", 151_000), ("2025", 154_000)])
def test_real_layers_are_small_and_share_their_lines_at_every_level(real: Boundaries, edition: str, limit: int) -> None:
    layers = of_edition(real, edition)
    drawn = web.web_layers(layers)
    lines = {}
    for key, polygons in drawn.items():
        content = web.web_geojson(layers[key], polygons)
        assert len(content) <= limit
        read = drawn_shapes(content)
        assert shapely.coverage_is_valid(read)
        assert coverage.gaps(read) == ()
        lines[key.level] = shapely.node(shapely.union_all(shapely.boundary(read)))
    assert all(shapely.difference(line, lines[Level.COMMUNE]).length == 0 for line in lines.values())


def test_narrow_gaps_of_a_rough_file_are_closed_on_the_screen() -> None:
    left, right = box(106, 11, 106.1, 11.1), box(106.1001, 11, 106.2, 11.1)
    lid, floor = box(106, 11.1, 106.2, 11.2), box(106, 10.9, 106.2, 11)
    shapes = np.array([left, right, lid, floor], dtype=object)
    codes = ("a", "b", "c", "d")
    layer = Layer(LayerKey("e", Level.COMMUNE), codes, codes, ("",) * 4, np.full(4, np.nan), shapes)
    drawn = web.web_layers({layer.key: layer})[layer.key]
    assert len(coverage.gaps(shapes)) == 1
    assert coverage.gaps(drawn) == ()
    assert shapely.coverage_is_valid(drawn)


def test_a_layer_with_a_vertex_close_to_an_edge_is_drawn_valid_at_every_level() -> None:
    x, y = 106.0, 11.0
    notch = shapely.Polygon([(x, y), (x + 0.1, y), (x + 0.1, y + 0.1), (x + 0.05, y + 3e-6), (x, y + 0.1)])
    wedge = shapely.Polygon([(x, y + 0.1), (x + 0.05, y + 3e-6), (x + 0.1, y + 0.1)])
    shapes = np.array([notch, wedge, box(x, y - 0.1, x + 0.1, y)], dtype=object)
    codes = ("a", "b", "c")
    layer = Layer(LayerKey("e", Level.COMMUNE), codes, codes, ("P", "P", "P"), np.full(3, np.nan), shapes)
    layers = {layer.key: layer, LayerKey("e", Level.PROVINCE): derive_province(layer, "P", "P")}
    for key, polygons in web.web_layers(layers).items():
        read = drawn_shapes(web.web_geojson(layers[key], polygons))
        assert shapely.is_valid(read).all()
        assert shapely.coverage_is_valid(read)
        assert coverage.gaps(read) == ()


def test_areas_that_overlap_widely_are_drawn_valid() -> None:
    shapes = np.array([box(106, 11, 106.1, 11.1), box(106.02, 11.033333333, 106.03, 11.04)], dtype=object)
    layer = Layer(LayerKey("e", Level.COMMUNE), ("a", "b"), ("a", "b"), ("", ""), np.full(2, np.nan), shapes)
    drawn = drawn_shapes(web.web_geojson(layer, web.web_layers({layer.key: layer})[layer.key]))
    assert shapely.is_valid(drawn).all()
    assert (shapely.area(drawn) > 0).all()


def test_a_label_lies_in_its_area_and_the_largest_ranks_first(squares: Boundaries) -> None:
    layer = squares.layers[LayerKey("new", Level.COMMUNE)]
    points = json.loads(web.label_points(layer))["features"]
    assert [p["properties"]["rank"] for p in points] == [0, 1, 2]
    assert all(layer.polygons[i].contains(shape(p["geometry"])) for i, p in enumerate(points))


def test_real_labels_lie_in_their_areas(real: Boundaries) -> None:
    layer = real.layers[LayerKey("2024", Level.COMMUNE)]
    points = json.loads(web.label_points(layer))["features"]
    assert all(polygon.contains(shape(p["geometry"])) for polygon, p in zip(layer.polygons, points, strict=True))


def test_the_file_name_changes_with_the_content_only(squares: Boundaries) -> None:
    layer = squares.layers[LayerKey("old", Level.COMMUNE)]
    assert web.web_file_name(layer, b"x") == web.web_file_name(layer, b"x") == "old-commune.2d711642b726.json"
    assert web.web_file_name(layer, b"y") != web.web_file_name(layer, b"x")
    odd = replace(layer, key=LayerKey("../a b", Level.COMMUNE))
    assert web.web_file_name(odd, b"x").startswith(".._a_b-commune.")


def test_a_border_is_one_line_feature() -> None:
    border = shapely.multilinestrings([shapely.LineString([(106, 11), (106.05, 11.00001), (106.1, 11)])])
    (feature,) = json.loads(web.border_geojson(border))["features"]
    assert feature["geometry"] == {"type": "MultiLineString", "coordinates": [[[106.0, 11.0], [106.1, 11.0]]]}


def test_a_zone_is_one_feature_even_when_empty() -> None:
    zone = Zone("border_0_1km", ZoneKind.DISTANCE_BAND, "0-1 km", 0, box(106, 11, 106.1, 11.1))
    (feature,) = json.loads(web.zone_geojson(zone))["features"]
    assert feature["properties"] == {"zone": "border_0_1km", "kind": "distance_band", "name": "0-1 km"}
    empty = json.loads(web.zone_geojson(replace(zone, polygon=shapely.Polygon())))["features"][0]
    assert empty["geometry"] == {"type": "MultiPolygon", "coordinates": []}
    assert web.zone_file_name(zone, b"x") == "zone-border_0_1km.2d711642b726.json"
