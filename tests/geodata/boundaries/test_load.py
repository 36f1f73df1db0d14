"""From features to a layer: codes stay text, shared codes become one area, parents are found."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.geometry import mapping

from geodata.boundaries.editions import Layer
from geodata.boundaries.load import LayerReport, assign_parents, derive_province, read_layer
from geodata.errors import BoundaryError
from geodata.vocabulary import Level


def load(
    folder: Path, *rows: tuple[object, dict[str, object]], level: Level = Level.COMMUNE, **fields: str
) -> tuple[Layer, LayerReport]:
    features = [
        {"type": "Feature", "properties": p, "geometry": mapping(shape) if shape else None} for shape, p in rows
    ]
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return read_layer(path, edition="e", level=level, **fields)


def squares(*properties: dict[str, object]) -> list[tuple[object, dict[str, object]]]:
    return [(box(106 + i / 10, 11, 106.1 + i / 10, 11.1), row) for i, row in enumerate(properties)]


def test_codes_stay_text_and_whole_numbers_lose_their_point(tmp_path: Path) -> None:
    layer, _ = load(tmp_path, *squares({"code": "031"}, {"code": 31.0}, {"code": 7}))
    assert layer.codes == ("031", "31", "7")
    assert layer.names == ("031", "31", "7")


def test_vietnamese_headings_are_recognised(tmp_path: Path) -> None:
    rows = squares({"Mã xã": "1", "Tên xã": "Xa\u0303 Ta\u0302n Ho\u0300a", "Mã huyện": "703", "Dân số": "15.336"})
    layer, report = load(tmp_path, *rows)
    assert (layer.codes, layer.names, layer.parents) == (("1",), ("Xã Tân Hòa",), ("703",))
    assert layer.population.tolist() == [15336.0]
    assert (report.code_field, report.parent_field) == ("Mã xã", "Mã huyện")


@pytest.mark.parametrize(
    ("level", "properties", "code"),
    [
        (Level.DISTRICT, {"district": "17"}, "17"),
        (Level.COMMUNE, {"district_code": "9", "beat_num": "0111"}, "0111"),
        (Level.DISTRICT, {"precinct": 5, "shape_area": 0.3}, "5"),
        (Level.COMMUNE, {"shape_area": 0.25, "LSOA11CD": "E01", "LSOA11NM": "City 001A"}, "E01"),
        (Level.COMMUNE, {"GEOID20": "17031", "NAME20": "x"}, "17031"),
        (Level.COMMUNE, {"name": "Old Town"}, "Old Town"),
    ],
)
def test_other_cities_headings_are_recognised(
    tmp_path: Path, level: Level, properties: dict[str, object], code: str
) -> None:
    layer, _ = load(tmp_path, *squares(properties), level=level)
    assert layer.codes == (code,)


def test_features_sharing_a_code_are_one_area_at_the_first_ones_place(tmp_path: Path) -> None:
    rows = squares({"code": "a", "pop": 5}, {"code": "b", "pop": 1}, {"code": "a", "pop": 5}, {"code": "b", "pop": 2})
    layer, report = load(tmp_path, *rows)
    assert layer.codes == ("a", "b")
    assert shapely.area(layer.polygons).tolist() == pytest.approx([0.02, 0.02])
    assert layer.population.tolist() == [5.0, 3.0]
    assert report.merged == ("a", "b")
    assert (report.features, report.areas) == (4, 2)


def test_a_missing_code_is_an_error_that_lists_the_properties(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError) as refused:
        load(tmp_path, *squares({"code": "1", "ten": "A"}, {"code": None, "ten": "B"}))
    assert "feature 2" in str(refused.value)
    assert "code, ten" in str(refused.value)


def test_a_property_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="no property «ma»; there are: code, ten"):
        load(tmp_path, *squares({"code": "1", "ten": "A"}), code="ma")


def test_no_code_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="looks like a code"):
        load(tmp_path, *squares({"size": 1.5, "kind": "x"}, {"size": 1.5, "kind": "x"}))


def test_a_wrong_population_is_named_and_an_absent_one_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="feature 1: «many» in «pop»"):
        load(tmp_path, *squares({"code": "1", "pop": "many"}), population="pop")
    layer, _ = load(tmp_path, *squares({"code": "1", "pop": None}, {"code": "2", "pop": 3}))
    assert math.isnan(layer.population[0])
    assert layer.population[1] == 3.0


@pytest.mark.parametrize("shape", [None, shapely.Point(106, 11), shapely.LineString([(106, 11), (107, 11)])])
def test_an_area_without_ground_is_refused(tmp_path: Path, shape: object) -> None:
    with pytest.raises(BoundaryError, match="feature 2: expected a polygon"):
        load(tmp_path, *squares({"code": "1"}), (shape, {"code": "2"}))


def test_repairs_are_reported_as_plain_values(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(106, 12), (106.1, 12.1), (106.1, 12), (106, 12.1)])
    sliver = box(106.0999, 11, 106.2, 11.1)
    layer, report = load(tmp_path, *squares({"code": "a"}), (sliver, {"code": "b"}), (bow_tie, {"code": "c"}))
    assert shapely.is_valid(layer.polygons).all()
    assert shapely.coverage_is_valid(layer.polygons)
    assert [code for code, _ in report.made_valid] == ["c"]
    assert report.overlaps[0][:2] == ("a", "b")
    assert report.overlaps[0][2] == pytest.approx(121_000, rel=0.02)
    assert json.loads(json.dumps(asdict(report)))["areas"] == 3


numbers: st.SearchStrategy[object] = st.sampled_from(
    [0, 106, 106.1, 11, -1e308, 1e308, 1e-320, 181, True, None, "1", [], {}]
)
rings = st.lists(st.lists(numbers, max_size=3), max_size=5)
shapes = st.one_of(
    st.none(),
    numbers,
    st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(rings, max_size=2) | numbers}),
    st.fixed_dictionaries({"type": st.just("MultiPolygon"), "coordinates": st.lists(st.lists(rings, max_size=2))}),
    st.fixed_dictionaries({"type": st.just("GeometryCollection"), "geometries": st.just([]) | numbers}),
    st.just(mapping(box(106, 11, 106.1, 11.1))),
)
values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=4), st.just([])
)
rows = st.fixed_dictionaries(
    {"type": st.just("Feature"), "geometry": shapes},
    optional={
        "properties": st.dictionaries(st.sampled_from(["code", "name", "pop", "x"]), values) | numbers,
        "id": values,
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, max_size=4))
def test_whatever_a_file_holds_comes_out_as_a_layer_or_a_boundary_error(
    tmp_path_factory: pytest.TempPathFactory, features: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    try:
        layer, _ = read_layer(path, edition="e", level=Level.COMMUNE)
    except BoundaryError:
        return
    assert len(layer.codes) == len(set(layer.codes)) == len(layer.polygons) > 0
    assert all(layer.codes)


def test_control_characters_and_lone_surrogates_do_not_reach_codes(tmp_path: Path) -> None:
    layer, _ = load(tmp_path, *squares({"code": "a\u0000b", "name": "x\ud800\u202ey"}))
    assert layer.codes == ("a b",)
    assert layer.names == ("x y",)


def test_a_province_is_the_union_of_its_communes(tmp_path: Path) -> None:
    layer, _ = load(tmp_path, *squares({"code": "1", "pop": 2}, {"code": "2", "pop": 3}))
    province = derive_province(layer, "72", "Tỉnh")
    assert province.derived
    assert province.key.level is Level.PROVINCE
    assert province.polygons[0].symmetric_difference(box(106, 11, 106.2, 11.1)).area < 1e-12
    assert province.population.tolist() == [5.0]


def test_parents_not_given_are_those_of_the_largest_overlap(tmp_path: Path) -> None:
    rows = squares({"code": "1", "parent": "X"}, {"code": "2", "parent": "?"}, {"code": "3", "parent": ""})
    children, _ = load(tmp_path, *rows)
    halves: list[tuple[object, dict[str, object]]] = [
        (box(106, 11, 106.14, 11.1), {"code": "X"}),
        (box(106.14, 11, 106.29, 11.1), {"code": "Y"}),
    ]
    parents, _ = load(tmp_path, *halves, level=Level.DISTRICT)
    assert assign_parents(children, parents).parents == ("X", "Y", "Y")
    far, _ = load(tmp_path, (box(10, 1, 11, 2), {"code": "Z"}), level=Level.DISTRICT)
    assert assign_parents(children, far).parents == ("", "", "")
    known = assign_parents(children, parents)
    assert assign_parents(known, parents) is known


def test_the_real_editions_have_all_their_areas(shared_data: Path) -> None:
    communes, report = read_layer(shared_data / "communes_2024.geojson", edition="2024", level=Level.COMMUNE)
    districts, _ = read_layer(shared_data / "districts_2024.geojson", edition="2024", level=Level.DISTRICT)
    assert (len(communes.codes), len(districts.codes)) == (94, 9)
    assert communes.names[0] == "Phường 1"
    assert set(communes.parents) == set(districts.codes)
    assert np.nansum(communes.population) == districts.population.sum()
    assert (len(report.cleaned), len(report.overlaps), len(report.unmatched)) == (0, 0, 0)
    province = derive_province(communes, "72", "Tây Ninh")
    assert set(assign_parents(districts, province).parents) == {"72"}


def test_chicago_becomes_23_districts_without_naming_a_field(shared_data: Path) -> None:
    layer, report = read_layer(shared_data / "chicago" / "areas.geojson", edition="now", level=Level.DISTRICT)
    assert (report.features, len(layer.codes), report.merged) == (25, 23, ("31",))
