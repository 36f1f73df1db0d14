"""The succession table read, and where an area surely lies in the other edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.boundaries.editions import Boundaries
from geodata.boundaries.succession import candidates, place_area, read_succession
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey, Level

TABLE = "old_code,new_code,part\na,1,whole\nb,1,whole\nc,2,whole\nd,2,part\nd,3,remainder\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "succession.csv"
    path.write_text(text, encoding="utf-8")
    return path


def placed(boundaries: Boundaries, edition: str, level: Level, code: str) -> dict[str, str]:
    return {f"{k.edition} {k.level.value}": v for k, v in place_area(boundaries, edition, level, code).items()}


def test_the_table_finds_its_editions(tmp_path: Path, squares: Boundaries) -> None:
    table = read_succession(write(tmp_path, TABLE), squares)
    assert table == squares.succession
    semicolons = read_succession(write(tmp_path, "\ufeff" + TABLE.replace(",", ";")), squares)
    assert semicolons == table


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column «old_code»"),
        ("old_code,new_code\na,1\n", "no column «part»"),
        ("old_code,new_code,part\n", "no rows"),
        ("old_code,new_code,part\na,1,whole\n,2,whole\n", "row 3: old_code and new_code"),
        ("old_code,new_code,part\na\n", "row 2: old_code and new_code"),
        ("old_code,new_code,part\na,1,half\n", "row 2: part is «half»"),
        ("old_code,new_code,part\na,1,whole\na,1,whole\n", "row 3: a -> 1 is there twice"),
        ("old_code,new_code,part\na,1,whole\na,2,part\n", "row 3: a moved whole"),
        ("old_code,new_code,part\nx,y,whole\n", "not those of the editions loaded"),
    ],
)
def test_a_wrong_table_is_refused_with_its_row(tmp_path: Path, squares: Boundaries, text: str, says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        read_succession(write(tmp_path, text), squares)
    assert says in str(refused.value)
    assert "succession.csv" in str(refused.value)


def test_editions_must_be_loaded(tmp_path: Path, squares: Boundaries) -> None:
    with pytest.raises(BoundaryError, match="edition «1999» is not loaded"):
        read_succession(write(tmp_path, TABLE), squares, old_edition="1999")
    with pytest.raises(BoundaryError, match="both editions first"):
        read_succession(write(tmp_path, TABLE), Boundaries())


def test_whole_has_one_candidate_and_split_several_in_both_directions(squares: Boundaries) -> None:
    table = squares.succession
    assert candidates(table, squares, "old", "a", "new") == {"1"}
    assert candidates(table, squares, "old", "d", "new") == {"2", "3"}
    assert candidates(table, squares, "new", "2", "old") == {"c", "d"}
    assert candidates(table, squares, "old", "?", "new") == frozenset()
    assert candidates(table, squares, "old", "a", "old") == {"a"}
    assert candidates(table, squares, "old", "a", "other") == frozenset()


def test_a_commune_that_moved_whole_is_placed_everywhere(squares: Boundaries) -> None:
    expected = {"old province": "P", "old district": "N", "old commune": "a", "new province": "Q", "new commune": "1"}
    assert placed(squares, "old", Level.COMMUNE, "a") == expected


def test_a_split_commune_is_placed_in_its_own_edition_only(squares: Boundaries) -> None:
    """Both its successors lie in Q, and yet it does not count there: the communes of Q would sum to less than Q."""
    assert placed(squares, "old", Level.COMMUNE, "d") == {
        "old province": "P",
        "old district": "S",
        "old commune": "d",
    }


def test_a_new_commune_made_of_several_is_not_placed_in_the_district_they_share(squares: Boundaries) -> None:
    assert placed(squares, "new", Level.COMMUNE, "1") == {"new province": "Q", "new commune": "1"}


def test_a_new_commune_of_one_old_one_is_placed_there_and_above(squares: Boundaries) -> None:
    expected = {"new province": "Q", "new commune": "3", "old province": "P", "old district": "S", "old commune": "d"}
    assert placed(squares, "new", Level.COMMUNE, "3") == expected


@pytest.mark.parametrize("code", ["N", "S"])
def test_a_district_is_placed_in_its_own_edition_only(squares: Boundaries, code: str) -> None:
    """Even N, whose communes all went to 1: known is a district, and the new edition has none."""
    assert placed(squares, "old", Level.DISTRICT, code) == {"old province": "P", "old district": code}


@pytest.mark.parametrize("edition", ["old", "new"])
def test_what_is_known_to_a_commune_has_one_sum_at_every_level_of_both_editions(
    squares: Boundaries, edition: str
) -> None:
    for code in squares.layers[LayerKey(edition, Level.COMMUNE)].codes:
        layers = place_area(squares, edition, Level.COMMUNE, code).keys()
        for other in squares.editions:
            assert len([key for key in layers if key.edition == other]) in {0, len(squares.levels(other))}


def test_an_unknown_area_is_placed_nowhere(squares: Boundaries) -> None:
    assert place_area(squares, "old", Level.COMMUNE, "zz") == {}
    assert place_area(squares, "never", Level.COMMUNE, "a") == {}


def test_the_real_table_fits_the_real_editions(shared_data: Path, real: Boundaries) -> None:
    table = read_succession(shared_data / "commune_succession.csv", real)
    assert (table.old_edition, table.new_edition) == ("2024", "2025")
    assert sum(whole for *_, whole in table.pairs) == 84
    assert len({old for old, *_ in table.pairs}) == 94
    communes = real.layers[LayerKey("2024", Level.COMMUNE)].codes
    split = [code for code in communes if len(candidates(table, real, "2024", code, "2025")) > 1]
    assert len(split) == 10
    assert candidates(table, real, "2024", "25462", "2025") == {"25459"}
