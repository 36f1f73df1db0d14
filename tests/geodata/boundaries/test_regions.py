"""Regions read from a table, wrong rows named; regions made of districts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shapely import box

from geodata.boundaries.editions import Boundaries, Region
from geodata.boundaries.regions import read_regions, regions_from_districts
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey, Level
from tests.geodata.boundaries.conftest import make_layer


def write(folder: Path, text: str) -> Path:
    path = folder / "regions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_region_is_a_named_set_of_communes(tmp_path: Path, squares: Boundaries) -> None:
    text = "region,edition,code,name\nr1,old,b,Phía bắc\nr1,old,a,\nr2,new,3,\nr1,old,a,\n"
    assert read_regions(write(tmp_path, text), squares) == (
        Region("r1", "Phía bắc", "old", ("b", "a")),
        Region("r2", "r2", "new", ("3",)),
    )


def test_a_region_of_two_editions_becomes_one_for_each(tmp_path: Path, squares: Boundaries) -> None:
    regions = read_regions(write(tmp_path, "region,edition,code\nr,old,a\nr,new,1\n"), squares)
    assert [(r.id, r.edition, r.codes) for r in regions] == [("r", "old", ("a",)), ("r", "new", ("1",))]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("region,code\n", "no column «edition»"),
        ("region,edition,code\n", "no rows"),
        ("region,edition,code\n,old,a\n", "row 2: region is empty"),
        ("region,edition,code\nr,1999,a\n", "row 2: edition «1999» is not loaded; there are: old, new"),
        ("region,edition,code\nr,old,a\nr,old,1\n", "row 3: edition old has no commune «1»"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(tmp_path: Path, squares: Boundaries, text: str, says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        read_regions(write(tmp_path, text), squares)
    assert says in str(refused.value)


def test_a_table_that_is_not_text_is_refused(tmp_path: Path, squares: Boundaries) -> None:
    path = tmp_path / "regions.csv"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(BoundaryError, match="not UTF-8"):
        read_regions(path, squares)
    with pytest.raises(BoundaryError, match="cannot be read"):
        read_regions(tmp_path / "nothing.csv", squares)


def test_a_table_far_too_large_is_refused_with_the_limit(tmp_path: Path, squares: Boundaries) -> None:
    path = tmp_path / "incidents.csv"
    with path.open("wb") as file:
        file.truncate(51_000_000)
    with pytest.raises(BoundaryError, match=r"51 MB is more than the 50 MB .* is it the right file"):
        read_regions(path, squares)


def test_districts_become_regions_of_both_editions(squares: Boundaries) -> None:
    assert regions_from_districts(squares, "old") == (
        Region("N", "N!", "old", ("a", "b")),
        Region("S", "S!", "old", ("c", "d")),
        Region("N", "N!", "new", ("1",)),
        Region("S", "S!", "new", ("2", "3")),
    )


def test_a_commune_that_no_district_mostly_holds_is_in_no_region(squares: Boundaries) -> None:
    # 4 lies half in N and half in S, 5 for the most part beyond both; codes mean another ground in each edition.
    halves = make_layer(
        "new", Level.COMMUNE, ("4", "Q", box(106.15, 11, 106.25, 11.1)), ("5", "Q", box(106.35, 11, 106.5, 11.1))
    )
    made = regions_from_districts(replace(squares, layers={**squares.layers, halves.key: halves}), "old")
    assert {each.edition for each in made} == {"old"}


def test_an_edition_without_districts_is_refused_with_the_remedy(squares: Boundaries) -> None:
    for edition in ("new", "1999"):
        with pytest.raises(BoundaryError, match=f"«{edition}» has no districts; load them with"):
            regions_from_districts(squares, edition)


def test_real_districts_hold_their_communes_and_most_new_ones(real: Boundaries) -> None:
    made = regions_from_districts(real, "2024")
    held = {
        edition: [code for each in made if each.edition == edition for code in each.codes] for edition in real.editions
    }
    assert sorted(held["2024"]) == sorted(real.layers[LayerKey("2024", Level.COMMUNE)].codes)
    assert len(held["2025"]) == len(set(held["2025"])) == 36
