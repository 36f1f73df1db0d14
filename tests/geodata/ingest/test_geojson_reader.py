"""GeoJSON points."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.clean import Cleaned
from geodata.ingest.recipe import Recipe

Read = Callable[..., Cleaned]
ROW = {"date": "2024-03-05", "category": "theft"}


def collection(*geometries: object, **more: object) -> str:
    features = [{"type": "Feature", "properties": ROW, "geometry": geometry} for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def point(*place: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": list(place)}


def test_points_are_kept_and_other_shapes_quarantined_by_feature_number(read: Read) -> None:
    line = {"type": "LineString", "coordinates": [[106.1, 11.3], [106.2, 11.3]]}
    found = read("a.geojson", collection(point(106.1, 11.3, 5.0), line, None, point("x", 1)))
    assert found.frame["lon"].tolist()[0] == 106.1
    assert found.frame["row"].tolist() == [1, 3]
    assert [(row.row, row.reason) for row in found.quarantine] == [(2, "not_a_point"), (4, "bad_coordinate")]


def test_a_declared_crs_is_obeyed_and_a_linked_one_refused(read: Read) -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
    found = read("a.geojson", collection(point(620123.0, 1245678.5), crs=named))
    assert found.frame["lon"].tolist()[0] == pytest.approx(106.1005, abs=1e-4)
    link = {"type": "link", "properties": {"href": "http://example.org/crs"}}
    with pytest.raises(FileRefusedError, match="declares a coordinate system"):
        read("a.geojson", collection(point(1, 2), crs=link))


def test_degrees_without_a_declared_crs_stay_degrees(read: Read) -> None:
    found = read("a.geojson", collection(point(106.1, 11.3)), recipe=Recipe(crs="EPSG:9209"))
    assert found.frame[["lon", "lat"]].to_numpy().tolist() == [[106.1, 11.3]]


@pytest.mark.parametrize(("value", "said"), [(float("nan"), "NaN"), ("105.95", '"105.95"'), (None, "null")])
def test_a_coordinate_that_is_no_number_is_quoted_as_the_file_has_it(read: Read, value: object, said: str) -> None:
    (row,) = read("a.geojson", collection(point(value, 11.3))).quarantine
    assert row.message.startswith(f"the coordinate {said} of the geometry is not a number.")


def test_a_collection_without_features_is_refused_as_such(read: Read) -> None:
    with pytest.raises(FileRefusedError, match="holds no features"):
        read("a.geojson", collection())


def test_half_a_letter_is_no_fault_of_ours(read: Read) -> None:
    text = collection(point(106.1, 11.3)).replace('"category": "theft"', '"category": "x\\ud800", "\\udfff": 1')
    assert read("a.geojson", text).quarantine[0].reason == "unknown_category"


@pytest.mark.parametrize("content", ["{", "[1]", "[" * 100_000, '{"features": 5}', '{"features": []}', "{}"])
def test_json_that_is_no_collection_is_refused(read: Read, content: str) -> None:
    with pytest.raises(FileRefusedError, match=r"a\.geojson"):
        read("a.geojson", content)


def test_odd_features_are_quarantined(read: Read) -> None:
    odd: list[object] = [5, None, {"geometry": {"type": []}}, {"properties": [1]}, {"properties": ROW}]
    found = read("a.geojson", json.dumps({"features": odd}))
    assert found.read == 5
    assert [row.reason for row in found.quarantine] == ["not_a_point"] * 4
