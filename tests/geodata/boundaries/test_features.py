"""Boundary files of every kind, whole and hostile: features come out, or a BoundaryError that names the place."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely import box

from geodata.boundaries.features import read_features
from geodata.errors import BoundaryError

SQUARE = {"type": "Polygon", "coordinates": [[[106, 11], [106.1, 11], [106.1, 11.1], [106, 11]]]}


def feature(geometry: object = SQUARE, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(folder: Path, document: object, name: str = "areas.geojson") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def collection(*features: object, **members: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def frame(crs: str | None = "EPSG:4326") -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries([box(106, 11, 106.1, 11.1), box(106.1, 11, 106.2, 11.1)], crs="EPSG:4326")
    table = gpd.GeoDataFrame({"ma": ["031", "032"], "dan_so": [5, 7]}, geometry=shapes)
    return table.to_crs(crs) if crs else table


def test_geojson_keeps_order_and_properties(tmp_path: Path) -> None:
    features = read_features(write(tmp_path, collection(feature(code="b"), feature(code="a", name="Tân Hòa"))))
    assert [row["code"] for row in features.properties] == ["b", "a"]
    assert features.fields == ("code", "name")
    assert shapely.area(features.geometries[0]) == pytest.approx(0.005)


def test_a_byte_order_mark_and_height_are_harmless(tmp_path: Path) -> None:
    high = {"type": "Point", "coordinates": [106, 11, 30]}
    path = tmp_path / "a.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(collection(feature(high))).encode())
    assert not shapely.has_z(read_features(path).geometries).any()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("hello", "line 1: is not JSON"),
        ("[" * 200_000, "nested too deep for GeoJSON; export"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "not JSON"),
        ("[1]", "expected a GeoJSON FeatureCollection, found list"),
        (SQUARE, "found Polygon"),
        (collection(), "holds no features"),
        ({"type": "FeatureCollection"}, "holds no features"),
        (collection(feature(), 7), "feature 2"),
        (collection(feature({"type": "Polygon", "coordinates": [[[1, 2], [3]]]})), "feature 1: the geometry"),
        (collection(feature({"type": "Blob"})), "feature 1: the geometry"),
        (collection(feature(), feature("x")), "feature 2: the geometry"),
        (collection(feature({"type": "Point", "coordinates": [11.1, 106.2]})), "(11.1, 106.2) are not longitude"),
        (collection(feature({"type": "Point", "coordinates": [587000, 1220000]})), "not longitude and latitude"),
        ("<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "is not JSON"),
    ],
)
def test_what_is_no_feature_collection_is_refused(tmp_path: Path, content: object, says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        read_features(write(tmp_path, content))
    assert says in str(refused.value)
    assert "areas.geojson" in str(refused.value)


def test_other_encodings_other_formats_and_absent_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes('{"tên": "Tân"}'.encode("utf-16"))
    with pytest.raises(BoundaryError, match="not UTF-8"):
        read_features(path)
    with pytest.raises(BoundaryError, match="GeoPackage"):
        read_features(write(tmp_path, "x", "a.kml"))
    with pytest.raises(BoundaryError, match="no such file; check the name and the folder"):
        read_features(tmp_path / "nothing.geojson")
    with pytest.raises(BoundaryError, match="no such file; check the name and the folder"):
        read_features(tmp_path)


def test_a_named_crs_is_honoured_and_a_link_is_not_followed(tmp_path: Path) -> None:
    metres = {"type": "Point", "coordinates": [500_000, 1_216_000]}
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
    point = read_features(write(tmp_path, collection(feature(metres), crs=named))).geometries[0]
    assert (point.x, point.y) == pytest.approx((105.0, 11.0), abs=0.01)
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}
    assert len(read_features(write(tmp_path, collection(feature(), crs=link)))) == 1


@pytest.mark.parametrize("name", ["EPSG:999999", "urn:made:up", "EPSG:x"])
def test_an_unknown_crs_is_refused_by_name(tmp_path: Path, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    with pytest.raises(BoundaryError, match="unknown coordinate system"):
        read_features(write(tmp_path, collection(feature(), crs=crs)))


def test_a_geopackage_is_brought_to_longitude_and_latitude(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame("EPSG:32648").to_file(path, driver="GPKG")
    features = read_features(path)
    assert [row["ma"] for row in features.properties] == ["031", "032"]
    assert shapely.total_bounds(features.geometries) == pytest.approx([106, 11, 106.2, 11.1], abs=1e-3)


def test_views_two_tables_and_false_geopackages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame().to_file(path, driver="GPKG")
    with sqlite3.connect(path) as store:
        store.execute("CREATE VIEW loops AS SELECT 1")
    with pytest.raises(BoundaryError, match="views"):
        read_features(path)
    two = tmp_path / "two.gpkg"
    frame().to_file(two, driver="GPKG", layer="one")
    frame().to_file(two, driver="GPKG", layer="two")
    with pytest.raises(BoundaryError, match="2 feature tables"):
        read_features(two)
    with pytest.raises(BoundaryError, match="not a GeoPackage"):
        read_features(write(tmp_path, "x" * 200, "false.gpkg"))


def zipped(folder: Path, table: gpd.GeoDataFrame, *, times: int = 1, **extra: Any) -> Path:
    path = folder / "areas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(times):
            table.to_file(folder / f"areas{k}.shp")
            for part in sorted(folder.glob(f"areas{k}.*")):
                archive.write(part, f"../sub/{part.name}")
        for name, content in extra.items():
            archive.writestr(name, content)
    return path


def test_a_zipped_shapefile_is_read_wherever_it_lies_in_the_archive(tmp_path: Path) -> None:
    features = read_features(zipped(tmp_path, frame("EPSG:32648"), readme="hello"))
    assert [row["dan_so"] for row in features.properties] == [5, 7]
    assert shapely.total_bounds(features.geometries) == pytest.approx([106, 11, 106.2, 11.1], abs=1e-3)


def test_an_archive_of_two_none_or_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="holds 2 Shapefiles"):
        read_features(zipped(tmp_path, frame(), times=2))
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(BoundaryError, match="holds 0 Shapefiles"):
        read_features(empty)
    with pytest.raises(BoundaryError, match="not a readable zip"):
        read_features(write(tmp_path, "x" * 100, "false.zip"))


def test_a_bomb_and_a_broken_shapefile_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * 20_000_000)
    with pytest.raises(
        BoundaryError, match=r"unpacks to 20 MB; at most 1000 MB .* 200 times the packed size; simplify"
    ):
        read_features(bomb)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("a.shp", b"no shape")
    with pytest.raises(BoundaryError, match=r"broken\.zip"):
        read_features(broken)
