"""Decisions that are used again for files with the same headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import StoreError
from geodata.ingest.recipe import Recipe
from geodata.warehouse.recipes import headers_digest, told
from geodata.warehouse.warehouse import Warehouse
from tests.geodata.warehouse.offices import load, table, write

HEADER = "no,when it was,what,east,north\n"
RECIPE = Recipe({"occurred": "when it was", "category": "what", "lon": "east", "lat": "north"})
ROW = "a,05/01/2025 10:00,theft,106.05,11.05"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse.create(tmp_path / "workspace")


def test_a_file_with_the_same_headers_is_read_as_the_one_before(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", ROW, header=HEADER), mapping=RECIPE)
    later = write(tmp_path / "t2.csv", ROW.replace("05/01", "06/01"), header=HEADER.upper())
    said = load(warehouse, later)
    assert (said.status, said.kept) == ("loaded", 1)
    assert said.findings[0].message.startswith("read as «t1.csv» was: category = «what»; lat = «north»; lon = «east»; ")
    assert warehouse.files()[1].findings[0] == said.findings[0]


def test_columns_in_another_order_are_the_same_headers() -> None:
    assert headers_digest(["A b", "c", ""]) == headers_digest(["C", "a_b"]) != headers_digest(["a", "b", "c"])


def test_a_recipe_of_its_own_goes_before_and_is_remembered_instead(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", ROW, header=HEADER), mapping=RECIPE)
    own = Recipe(RECIPE.columns, date_order="mdy")
    load(warehouse, write(tmp_path / "t2.csv", ROW.replace("05/01", "06/07"), header=HEADER), mapping=own)
    assert [(each.name, each.recipe) for each in warehouse.sources()] == [("t2.csv", own)]


def test_a_recipe_that_does_not_fit_is_not_used_again(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [f"{i},{i:02}/01/2025 10:00,theft,106.05,11.05" for i in range(10, 20)]
    wrong = Recipe({**RECIPE.columns, "occurred": "no"})
    said = load(warehouse, write(tmp_path / "t1.csv", *rows, header=HEADER), mapping=wrong)
    assert (said.kept, warehouse.sources()) == (0, ())


def test_a_trial_remembers_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", ROW, header=HEADER), mapping=RECIPE, dry_run=True)
    assert warehouse.sources() == ()


def test_what_is_forgotten_is_asked_again(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", ROW, header=HEADER), mapping=RECIPE)
    with pytest.raises(StoreError, match="diemnong sources"):
        warehouse.forget("ffff")
    warehouse.forget(warehouse.sources()[0].id)
    assert warehouse.sources() == ()
    said = load(warehouse, write(tmp_path / "t2.csv", ROW.replace("05/01", "06/01"), header=HEADER))
    assert not any(finding.facts.get("file") == "t1.csv" for finding in said.findings)


def test_a_preview_follows_what_is_remembered(warehouse: Warehouse, tmp_path: Path) -> None:
    path = write(tmp_path / "t1.csv", ROW, header=HEADER)
    load(warehouse, path, mapping=RECIPE)
    seen = warehouse.preview(tmp_path / "t2.csv", (table(path),), Recipe())
    assert (seen.kept, seen.sheets[0].remembered) == (1, True)
    assert seen.findings[0].facts["file"] == "t1.csv"


def test_headers_of_remembered_recipes_mark_the_header_row(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, write(tmp_path / "t1.csv", ROW, header=HEADER), mapping=RECIPE)
    titled = "Báo cáo tháng 2,,,,\n" + HEADER
    path = write(tmp_path / "t2.csv", ROW.replace("05/01", "06/02"), header=titled)
    assert warehouse.open(path)[0].columns == tuple(HEADER.strip().split(","))
    assert warehouse.ingest(path).status == "loaded"


def test_decisions_are_told_in_the_words_of_the_mapping_file() -> None:
    recipe = Recipe({"lon": "X", "hour": ""}, {"đá gà": "gambling"}, "mdy", "EPSG:9209", swapped=True)
    assert told(recipe) == "lon = «X»; «đá gà» = gambling; order = mdy; crs = EPSG:9209; swapped"
