"""Which coordinate system metres are in, by where they fall. Expected coordinates come from pyproj itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.database import query_crs_info
from pyproj.enums import PJType

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.geometry.crs import unproject
from geodata.ingest.points.extent import Extent, sample
from geodata.ingest.points.systems import VN_2000, Evidence, candidates, local_fits, weigh
from geodata.vocabulary import LayerKey, Level

Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


def extent_of(*polygons: object) -> Extent:
    key = LayerKey("e", Level.PROVINCE)
    codes = tuple(str(number) for number in range(len(polygons)))
    shapes = np.array(polygons, dtype=object)
    layer = Layer(key, codes, codes, ("",) * len(codes), np.full(len(codes), np.nan), shapes)
    return Extent(Boundaries({"e": Edition("e")}, {key: layer}))


def spread_over(west: float, south: float, east: float, north: float) -> Pair:
    rng = np.random.default_rng(7)
    return rng.uniform(west, east, 400), rng.uniform(south, north, 400)


def projected(lon: NDArray[np.float64], lat: NDArray[np.float64], code: int) -> Pair:
    x, y = Transformer.from_crs(4326, code, always_xy=True).transform(lon, lat)
    return x, y


def weighed(points: Pair, extent: Extent) -> Evidence:
    evidence = weigh(*points, extent)
    assert evidence is not None
    return evidence


def test_the_vietnamese_systems_are_all_that_epsg_names_so() -> None:
    known = query_crs_info(auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS])
    named = {int(info.code) for info in known if info.name.startswith(("VN-2000 / TM-3", "VN-2000 / UTM"))}
    assert set(VN_2000) == named


def test_candidates_are_those_used_on_the_ground() -> None:
    codes = [system.code for system in candidates((105.8, 10.9, 106.5, 11.8))]
    assert codes[0] == "EPSG:32648"
    assert {"EPSG:9209", "EPSG:9210", "EPSG:3405", "EPSG:3857"} <= set(codes)
    assert "EPSG:9217" not in codes  # 108°15', in use east of 108°33' only
    chicago = [system.code for system in candidates((-87.9, 41.6, -87.5, 42.1))]
    assert chicago == ["EPSG:32616", "EPSG:32615", "EPSG:32617", "EPSG:3857"]
    assert candidates((151.0, -34.0, 151.4, -33.6))[0].code == "EPSG:32756"
    assert {"EPSG:32631", "EPSG:32731"} <= {system.code for system in candidates((2.0, -1.0, 4.0, 1.0))}


@pytest.mark.parametrize("code", [9209, 9210, 32648, 3857])
@pytest.mark.parametrize("turned", [False, True])
def test_the_right_system_and_order_are_found(code: int, turned: bool) -> None:
    box = (105.8, 10.9, 106.5, 11.8)
    x, y = projected(*spread_over(*box), code)
    evidence = weighed((y, x) if turned else (x, y), extent_of(shapely.box(*box)))
    assert (evidence.best.system.code, evidence.best.turned, evidence.certain) == (f"EPSG:{code}", turned, True)


@pytest.mark.parametrize(
    ("box", "code"),
    [((-87.9, 41.6, -87.5, 42.1), 32616), ((151.0, -34.0, 151.4, -33.6), 32756), ((-46.8, -23.7, -46.4, -23.4), 32723)],
)
def test_any_city_on_earth_may_have_utm(box: tuple[float, float, float, float], code: int) -> None:
    points = projected(*spread_over(*box), code)
    evidence = weighed(points, extent_of(shapely.box(*box)))
    assert (evidence.best.system.code, evidence.best.share, evidence.certain) == (f"EPSG:{code}", 1.0, True)


def test_two_utm_systems_on_one_meridian_are_said_to_be_alike() -> None:
    box = (105.8, 10.9, 106.5, 11.8)
    evidence = weighed(projected(*spread_over(*box), 32648), extent_of(shapely.box(*box)))
    apart = {one.system.code: one.apart_m(evidence.best) for one in evidence.alike}
    assert set(apart) == {"EPSG:3405", "EPSG:5897"}
    assert 150 < apart["EPSG:3405"] < 300  # the datum alone
    assert 400 < apart["EPSG:5897"] < 700  # and 0.3 per mille of scale, over 1,250 km from the equator


def test_a_small_cluster_in_the_middle_of_a_large_ground_is_not_certain() -> None:
    points = projected(*spread_over(106.1, 11.3, 106.12, 11.32), 9209)
    evidence = weighed(points, extent_of(shapely.box(105.0, 10.0, 107.5, 12.5)))
    assert not evidence.certain
    assert {"EPSG:9209", "EPSG:9210"} <= {one.system.code for one in (evidence.best, *evidence.rivals)}


def test_points_count_as_inside_by_the_shape_and_not_by_its_box() -> None:
    triangle = shapely.Polygon([(106.0, 11.0), (107.0, 11.0), (106.0, 12.0)])
    extent = extent_of(triangle)
    assert extent.share_inside(np.array([106.1, 106.9, 105.0, np.nan]), np.array([11.1, 11.9, 11.1, 11.1])) == 0.25


def test_what_is_usual_nowhere_is_found_among_the_systems_of_the_ground() -> None:
    box = (-87.9, 41.6, -87.5, 42.1)
    x, y = projected(*spread_over(*box), 3435)  # Illinois East in feet
    extent = extent_of(shapely.box(*box))
    assert weighed((x, y), extent).best.share < 0.9
    fits = local_fits(x, y, extent, either_order=False)
    assert fits[0].system.code == "EPSG:3435"
    assert fits[0].share > 0.9


def test_two_steps_lead_where_one_leads() -> None:
    x, y = projected(np.array([106.1]), np.array([11.3]), 9209)
    lon, lat = unproject(x, y, "EPSG:9209")
    assert (lon[0], lat[0]) == pytest.approx((106.1, 11.3), abs=1e-7)


def test_a_sample_holds_each_place_once() -> None:
    x = np.repeat(np.arange(10.0), 500)
    rows = sample(x != 3.0, x, x)
    assert sorted(x[rows]) == [0, 1, 2, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("edition", ["2024", "2025"])
@pytest.mark.parametrize("code", [9209, 9210, 32648])
def test_the_province_tells_its_meridians_apart(shared_data: Path, edition: str, code: int) -> None:
    document = json.loads((shared_data / f"communes_{edition}.geojson").read_text(encoding="utf-8"))
    polygons = [shapely.geometry.shape(feature["geometry"]) for feature in document["features"]]
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(polygons)).T
    x, y = projected(lon, lat, code)
    extent = extent_of(*polygons)
    for turned in (False, True):
        evidence = weighed((y, x) if turned else (x, y), extent)
        assert (evidence.best.system.code, evidence.best.turned, evidence.certain) == (f"EPSG:{code}", turned, True)
        assert evidence.best.share == 1.0
        assert evidence.rivals[0].share < 0.6
        assert evidence.best.lon == pytest.approx(lon, abs=1e-6)
