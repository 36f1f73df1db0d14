"""What was chosen on the mapping page, as a Recipe."""

from __future__ import annotations

from dashboard.decisions import NONE, Choice, recipe_of
from geodata.ingest.recipe import EMPTY, Recipe

FOUND = (Choice("Ngày", "occurred", "occurred"), Choice("Tội", "category", "category"), Choice("Vùng", "", NONE))


def test_columns_left_as_they_were_found_are_not_written_down() -> None:
    assert recipe_of(FOUND, EMPTY) == EMPTY


def test_one_column_changed_writes_all_of_them_down() -> None:
    chosen = (*FOUND[:2], Choice("Vùng", "", "commune"))
    assert recipe_of(chosen, EMPTY).columns == {"occurred": "Ngày", "category": "Tội", "commune": "Vùng"}


def test_a_field_taken_from_its_column_is_written_without_a_header() -> None:
    chosen = (FOUND[0], Choice("Tội", "category", NONE), FOUND[2])
    assert recipe_of(chosen, EMPTY).columns == {"occurred": "Ngày", "category": ""}


def test_the_column_chosen_last_wins_the_field() -> None:
    chosen = (*FOUND[:2], Choice("Vùng", "", "category"))
    assert recipe_of(chosen, EMPTY).columns == {"occurred": "Ngày", "category": "Vùng"}


def test_two_columns_may_exchange_their_fields() -> None:
    chosen = (Choice("X", "lon", "lat"), Choice("Y", "lat", "lon"))
    assert recipe_of(chosen, EMPTY).columns == {"lon": "Y", "lat": "X"}


def test_answers_join_those_given_before() -> None:
    before = Recipe(categories={"đá gà": "gambling"})
    after = recipe_of((), before, answers={"hút chích": "drugs", "xóc đĩa": NONE, "lô đề": 7})
    assert after.categories == {"đá gà": "gambling", "hút chích": "drugs"}


def test_an_answer_can_be_taken_back() -> None:
    before = Recipe(categories={"đá gà": "gambling", "lô đề": "gambling"})
    assert recipe_of((), before, answers={"đá gà": NONE}).categories == {"lô đề": "gambling"}


def test_what_is_not_on_offer_counts_as_not_chosen() -> None:
    forged = (Choice("Ngày", "occurred", "__class__"),)
    assert recipe_of(forged, EMPTY, order="ydm", crs=7, swapped="yes") == EMPTY


def test_order_system_and_exchange_are_taken() -> None:
    recipe = recipe_of((), EMPTY, order="mdy", crs=" EPSG:9209 ", swapped=True)
    assert (recipe.date_order, recipe.crs, recipe.swapped) == ("mdy", "EPSG:9209", True)
