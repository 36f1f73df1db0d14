"""Regions read from a table, wrong rows named."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.boundaries.editions import Boundaries, Region
from geodata.boundaries.regions import read_regions
from geodata.errors import BoundaryError


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
