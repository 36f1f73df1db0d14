"""Mapping files: what a person decided about a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.recipe import Recipe, check_recipe, from_json, read_recipe

WHOLE = Recipe({"occurred": 'Ngày "xảy ra"'}, {"đá gà": "gambling"}, "mdy", "EPSG:9209", swapped=True)


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[columns]\noccurred = "Ngày"\n', encoding="utf-8")
    assert read_recipe(path) == Recipe(columns={"occurred": "Ngày"})


@pytest.mark.parametrize("recipe", [WHOLE, Recipe(), Recipe(swapped=True), Recipe(date_order="dmy")])
def test_a_recipe_survives_being_written(recipe: Recipe, tmp_path: Path) -> None:
    assert from_json(recipe.to_json()) == recipe
    path = tmp_path / "m.toml"
    path.write_text(recipe.to_toml() or "[columns]", encoding="utf-8")
    assert recipe == Recipe() or read_recipe(path) == recipe


@pytest.mark.parametrize(
    "content",
    [
        "[columns", "", "columns = 5", '[columns]\nwhen = "x"', "[columns]\noccurred = 5", "[rows]\na = 1",
        '[dates]\norder = "ymd"', '[dates]\nform = "dmy"', "[coordinates]\ncrs = 9209",
        '[coordinates]\nswapped = "yes"', '[categories]\n"đá gà" = 5',
    ],
)  # fmt: skip
def test_a_bad_mapping_file_is_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefusedError, match=r"m\.toml"):
        read_recipe(path)


def test_a_mapping_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="does not exist"):
        read_recipe(tmp_path / "none.toml")


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(FileRefusedError, match="names the field «nothing»"):
        check_recipe({"columns": {"nothing": "x"}}, file="m")
