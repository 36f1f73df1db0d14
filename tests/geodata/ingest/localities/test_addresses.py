"""Addresses taken apart."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.crimes.articles import articles_in
from geodata.ingest.localities.addresses import LONGEST_ADDRESS, Named, readings, take_apart


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Xã Tân Bình - Huyện Tân Biên - Tỉnh Tây Ninh", ("Xã Tân Bình", "Huyện Tân Biên")),
        ("ấp 3, X.Tân Bình, H.Tân Biên", ("X.Tân Bình", "H.Tân Biên")),
        ("Tân Bình, Tân Biên", ("Tân Bình", "Tân Biên")), ("Tân Bình, Tân Biên, Tây Ninh", ("Tân Bình", "Tân Biên")),
        ("xã Tân Bình\nhuyện Tân Biên", ("xã Tân Bình", "huyện Tân Biên")),
        ("Ấp Tân Lập, Tân Bình, huyện Tân Biên", ("Tân Bình", "huyện Tân Biên")), ("Phường IV", ("Phường IV", "")),
        ("Huyện Tân Biên", ("", "Huyện Tân Biên")), ("Tỉnh Tây Ninh", ("", "")), ("", ("", "")), (" , ;-", ("", "")),
    ],
)  # fmt: skip
def test_an_address_gives_its_commune_and_its_district(text: str, parts: tuple[str, str]) -> None:
    assert take_apart(text) == parts


def test_a_district_cell_without_a_kind_is_a_district() -> None:
    assert take_apart("Tân Biên, tỉnh Tây Ninh", district=True) == ("", "Tân Biên")
    assert take_apart("H. Tân Biên (cũ)", district=True) == ("", "H. Tân Biên")


def test_an_area_as_it_was_is_read_as_such_alone() -> None:
    assert readings(Named("Xã Tân Bình (cũ)", "H. Tân Biên")) == (Named("Xã Tân Bình", "H. Tân Biên", former=True),)
    assert readings(Named("Xã Tân Bình", "H. Tân Biên (cũ)"))[-1] == Named("Xã Tân Bình", "H. Tân Biên")


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=400), st.text(max_size=60))
def test_any_cell_can_be_taken_apart(commune: str, district: str) -> None:
    for reading in readings(Named(commune, district)):
        assert len(reading.commune) <= max(len(commune), LONGEST_ADDRESS)
    assert all(article[0].isdigit() for article in articles_in(commune))


@pytest.mark.parametrize("filling", [" ", "-", ", ", "a ", "(", "1,", "đ ", "1 - ", "ấp 1 "])
def test_a_cell_full_of_one_thing_takes_no_time(filling: str) -> None:
    start = perf_counter()
    readings(Named(filling * 20_000, filling * 20_000))
    articles_in(filling * 20_000)
    assert perf_counter() - start < 1.0
