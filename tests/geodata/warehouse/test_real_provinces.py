"""The store on real boundaries and real points, from file to answer."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geodata.answers.answers import Answers
from geodata.question import Question
from geodata.vocabulary import LayerKey, Level, Period, Placement
from geodata.warehouse.snapshot import PLACEMENTS
from geodata.warehouse.warehouse import Warehouse

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
N = 3000


@pytest.fixture(scope="module")
def points() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 366, N), "D")
    return pd.DataFrame(
        {
            "id": [f"p{i}" for i in range(N)],
            "occurred": days.strftime("%Y-%m-%d"),
            "category": rng.choice(["theft", "drugs", "assault"], N),
            "lon": np.round(rng.uniform(105.8, 106.6, N), 6),
            "lat": np.round(rng.uniform(10.6, 11.8, N), 6),
        }
    )


@pytest.fixture(scope="module")
def warehouse(shared_data: Path, tmp_path_factory: pytest.TempPathFactory, points: pd.DataFrame) -> Warehouse:
    folder = tmp_path_factory.mktemp("real")
    made = Warehouse.create(folder / "workspace", "blank")
    reform = date(2025, 7, 1)
    made.add_layer(shared_data / "communes_2024.geojson", "2024", Level.COMMUNE, valid_until=reform - date.resolution)
    made.add_layer(shared_data / "districts_2024.geojson", "2024", Level.DISTRICT)
    made.add_layer(shared_data / "communes_2025.geojson", "2025", Level.COMMUNE, valid_from=reform)
    made.add_border_line(shared_data / "border_cambodia.geojson")
    made.add_succession(shared_data / "commune_succession.csv")
    points.to_csv(folder / "points.csv", index=False)
    made.ingest(folder / "points.csv", today=date(2025, 1, 2))
    return made


def test_all_areas_are_there_with_their_parents(warehouse: Warehouse) -> None:
    layers = warehouse.boundaries().layers
    sizes = {(key.edition, key.level.value): len(layer.codes) for key, layer in layers.items()}
    expected = {("2024", "commune"): 94, ("2024", "district"): 9, ("2025", "commune"): 96}
    assert sizes == {**expected, ("2024", "province"): 1, ("2025", "province"): 1}
    assert all(layers[LayerKey("2024", Level.COMMUNE)].parents)
    assert layers[LayerKey("2025", Level.PROVINCE)].codes == ("80",)


@pytest.mark.parametrize("edition", ["2024", "2025"])
def test_communes_count_as_sjoin_does(
    warehouse: Warehouse, shared_data: Path, points: pd.DataFrame, edition: str
) -> None:
    areas = gpd.read_file(shared_data / f"communes_{edition}.geojson")[["code", "geometry"]]
    at = gpd.GeoDataFrame(points[["id"]], geometry=gpd.points_from_xy(points["lon"], points["lat"]), crs="EPSG:4326")
    expected = gpd.sjoin(at, areas).groupby("code").size()
    answer = Answers(warehouse).counts(Question(YEAR, edition, Level.COMMUNE))
    assert {code: n for code, n in zip(answer.codes, answer.n.tolist(), strict=True) if n} == dict(expected)


def test_communes_districts_and_province_have_one_sum(warehouse: Warehouse) -> None:
    answers = Answers(warehouse)
    communes, districts, province = (
        answers.counts(Question(YEAR, "2024", level)) for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)
    )
    assert communes.n.sum() == districts.n.sum() == province.n.sum() > 0
    by_parent = pd.Series(communes.n).groupby(list(communes.parents)).sum()
    assert dict(zip(districts.codes, districts.n.tolist(), strict=True)) == dict(by_parent)


def test_every_row_is_kept_or_quarantined_and_bands_are_apart(warehouse: Warehouse) -> None:
    snapshot = warehouse.snapshot()
    file = snapshot.files[0]
    assert (file.read, file.kept + file.quarantined) == (N, N)
    assert {row.reason for row in warehouse.quarantine()} == {"outside_boundaries"}
    bands = [zone.bit for zone in snapshot.boundaries.zones]
    held = sum((snapshot.incidents.zones >> np.uint64(bit)) & np.uint64(1) for bit in bands)
    assert np.max(held) == 1


def test_a_split_commune_without_points_is_not_placeable_after_the_reform(
    warehouse: Warehouse, tmp_path: Path, shared_data: Path
) -> None:
    pairs = pd.read_csv(shared_data / "commune_succession.csv", dtype=str)
    split = pairs[pairs["part"] == "part"].iloc[0]
    whole = pairs[pairs["part"] == "whole"].iloc[0]
    rows = [
        f"{i},2024-05-0{i},theft,{pair['old_name']},{pair['old_district']}" for i, pair in enumerate((split, whole), 1)
    ]
    path = tmp_path / "by-name.csv"
    path.write_text("\n".join(["id,occurred,category,Xã / phường,Huyện (cũ)", *rows]) + "\n", encoding="utf-8")
    result = warehouse.ingest(path, today=date(2025, 1, 2))
    assert (result.kept, result.area_only, result.with_point) == (2, 2, 0)
    snapshot = warehouse.snapshot()
    known = snapshot.incidents.placement == PLACEMENTS.index(Placement.AREA)
    old, new, province = (
        LayerKey(edition, level)
        for edition, level in (("2024", Level.COMMUNE), ("2025", Level.COMMUNE), ("2025", Level.PROVINCE))
    )
    placed = [
        [snapshot.boundaries.layers[key].codes[i] if i >= 0 else "" for i in snapshot.incidents.area[key][known]]
        for key in (old, new, province)
    ]
    assert placed == [[split["old_code"], whole["old_code"]], ["", whole["new_code"]], ["", "80"]]


def test_chicago_is_reconciled_to_the_row(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "chicago"
    warehouse = Warehouse.create(tmp_path / "workspace", "blank")
    warehouse.add_layer(source / "areas.geojson", "2020", Level.DISTRICT, code="district")
    path = tmp_path / "points.csv"
    path.write_bytes(gzip.decompress((source / "points.csv.gz").read_bytes()))
    result = warehouse.ingest(path)
    assert (result.read, result.kept + result.quarantined) == (148_636, 148_636)
    assert result.reasons == {"outside_boundaries": 91}
    answer = Answers(warehouse).counts(Question(Period(date(2010, 1, 1), date(2019, 12, 31)), "2020", Level.DISTRICT))
    assert (len(answer.codes), answer.n.sum()) == (23, 148_545)
    own = pd.read_csv(path, dtype={"district_ref": str})["district_ref"].value_counts()
    off = sum(abs(n - own.get(code, 0)) for code, n in zip(answer.codes, answer.n, strict=True))
    assert off / 148_636 < 0.02
