from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.demo.facts import read_facts
from geodata.demo.layers import write_layers
from geodata.demo.province import Province, draw_province
from geodata.geometry import crs

pytestmark = pytest.mark.slow

UTM = "EPSG:32648"


def km2(shapes: object) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(shapely.area(crs.to_metric(shapes, UTM)), dtype=float) / 1e6


def test_there_are_94_communes_9_districts_and_36_units(province: Province) -> None:
    assert (len(province.communes), len(province.districts), len(province.units)) == (94, 9, 36)
    assert len(province.pieces) == 84 + 2 * 10


@pytest.mark.parametrize("level", ["communes", "districts", "units"])
def test_each_level_tiles_the_same_ground_in_one_piece_each(province: Province, level: str) -> None:
    shapes = getattr(province, level)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert {shape.geom_type for shape in shapes} == {"Polygon"}
    assert shapely.coverage_union_all(shapes).symmetric_difference(province.whole).area == 0.0


def test_every_middle_lies_in_its_own_commune(province: Province) -> None:
    lon = [commune.lon for commune in province.facts.communes]
    lat = [commune.lat for commune in province.facts.communes]
    assert shapely.contains_xy(province.communes, lon, lat).all()


def test_communes_are_about_as_large_as_they_are(province: Province) -> None:
    wanted = np.array([commune.area_km2 for commune in province.facts.communes])
    ratio = km2(province.communes) / wanted
    assert np.median(np.abs(ratio - 1)) < 0.05
    assert (np.abs(ratio - 1) < 0.25).all()


def test_whole_communes_nest_in_one_unit_and_split_ones_in_two(province: Province) -> None:
    parts = np.bincount([piece.commune for piece in province.pieces])
    assert sorted(parts) == [1] * 84 + [2] * 10
    for piece in province.pieces:
        assert shapely.covers(province.communes[piece.commune], piece.polygon)
        assert shapely.covers(province.units[piece.unit], piece.polygon)


def test_the_units_hold_every_inhabitant_once(province: Province) -> None:
    people = province.unit_populations()
    assert people.sum() == sum(commune.population for commune in province.facts.communes) == 1_169_165
    assert (people > 0).all()


def test_only_units_with_a_split_commune_are_estimates(province: Province) -> None:
    assert province.estimated_units().sum() == 12  # the other 24 are made of whole communes


def test_the_border_runs_along_border_communes_only(province: Province) -> None:
    km = shapely.length(crs.to_metric(province.border, UTM)) / 1000
    assert 180 < km < 235
    ends = shapely.get_coordinates(province.border)[[0, -1]]
    assert shapely.distance(shapely.boundary(province.whole), shapely.points(ends)) == pytest.approx(0.0, abs=1e-9)
    touching = shapely.intersects(province.communes, shapely.buffer(province.border, 1e-6))
    flagged = np.array([commune.on_border for commune in province.facts.communes])
    assert touching[flagged].mean() >= 0.9
    assert touching[~flagged].sum() <= 3  # corners of the drawing that come between


def test_the_same_facts_give_the_same_drawing(province: Province) -> None:
    again = draw_province()
    assert shapely.to_wkb(again.communes).tolist() == shapely.to_wkb(province.communes).tolist()


def test_the_facts_are_those_of_the_reference_files(shared_data: Path) -> None:
    facts = read_facts()
    with (shared_data / "facts.csv").open(encoding="utf-8") as file:
        known = {row["code"]: (row["name"], int(row["population"])) for row in csv.DictReader(file)}
    assert {commune.code: (commune.name, commune.population) for commune in facts.communes} == known
    with (shared_data / "commune_succession.csv").open(encoding="utf-8") as file:
        pairs = {(row["old_code"], row["new_code"]) for row in csv.DictReader(file)}
    assert {(move.old, move.new) for move in facts.moves} == pairs


def test_regions_cover_each_edition_once(province: Province, tmp_path: Path) -> None:
    write_layers(province, tmp_path)
    with (tmp_path / "regions.csv").open(encoding="utf-8") as file:
        rows = [(row["edition"], row["code"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows)) == 94 + 36
