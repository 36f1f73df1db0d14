"""Names and codes to areas of the right edition."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.ingest.localities.addresses import Named
from geodata.ingest.localities.gazetteer import Found, Gazetteer
from geodata.ingest.localities.names import name_key
from geodata.vocabulary import LayerKey, Level

BEFORE, AFTER = date(2024, 3, 5), date(2025, 8, 1)


def layer(edition: str, areas: list[tuple[str, str, str]]) -> Layer:
    codes, names, parents = zip(*areas, strict=True)
    polygons = np.array([shapely.box(0, 0, 1, 1)] * len(areas), dtype=object)
    return Layer(LayerKey(edition, Level.COMMUNE), codes, names, parents, np.full(len(areas), np.nan), polygons)


def find(ground: Boundaries, day: date = BEFORE, *, guess: bool = True, **named: str) -> Found:
    gazetteer = Gazetteer(ground)
    return gazetteer.find(Named(**named), gazetteer.order(day), guess=guess)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phường IV", "Phường 4"), ("P.4", "phường 04"), ("P4", "Phường 4"), ("X. Hoà Hội", "Xã Hòa Hội"),
        ("TT Tân Biên", "Thị trấn Tân Biên"), ("TP.Tây Ninh", "thành phố Tây Ninh"), ("H. Tân Biên", "Huyện  Tân Biên"),
        ("TX.Trảng Bàng", "Thị xã Trảng Bàng"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_names_that_only_look_alike_are_not_equal() -> None:
    assert name_key("Tân Thành") != name_key("Tân Thạnh")
    assert name_key("Xã Phước Vinh")[1] == "phước vinh"
    assert name_key("Hiệp Ninh") == ("", "hiệp ninh")
    assert name_key("Phước Vi") == ("", "phước vi")


def test_a_homonym_is_told_by_its_district_or_not_at_all(ground: Boundaries) -> None:
    assert find(ground, commune="Xã Tân Bình", district="H. Tân Biên") == Found("2024", "commune", "201")
    assert find(ground, commune="Tân Bình", district="TP Tây Ninh") == Found("2024", "commune", "102")
    unclear = find(ground, commune="Xã Tân Bình")
    assert unclear.reason == "ambiguous_area"
    assert unclear.proposals == ("Xã Tân Bình, Thành phố Tây Ninh (102)", "Xã Tân Bình, Huyện Tân Biên (201)")


def test_the_day_decides_the_edition_and_the_other_one_helps_out(ground: Boundaries) -> None:
    assert find(ground, BEFORE, commune="Hoà Hội") == Found("2024", "commune", "202")
    assert find(ground, AFTER, commune="Xã Hòa Hội") == Found("2025", "commune", "206")
    assert find(ground, AFTER, commune="Suối Ngô") == Found("2024", "commune", "203")
    assert find(ground, BEFORE, commune="P. Tân Ninh") == Found("2025", "commune", "101")


def test_a_code_is_believed_where_the_name_agrees(ground: Boundaries) -> None:
    assert find(ground, BEFORE, commune_code="203") == Found("2024", "commune", "203")
    assert find(ground, AFTER, commune_code="203") == Found("2025", "commune", "203")
    assert find(ground, AFTER, commune_code="203", commune="Suối Ngô") == Found("2024", "commune", "203")
    assert find(ground, AFTER, commune_code="203", commune="Hoà Hội").reason == "contradicting_area"
    assert find(ground, AFTER, commune="206") == Found("2025", "commune", "206")
    assert find(ground, commune_code="999", commune="Phường IV") == Found("2024", "commune", "101")


def test_a_district_alone_gives_a_district(ground: Boundaries) -> None:
    assert find(ground, district="Huyện Tân Biên") == Found("2024", "district", "20")
    assert find(ground, AFTER, district="tx. tân biên") == Found("2024", "district", "20")
    assert find(ground, district_code="10") == Found("2024", "district", "10")


def test_a_name_without_diacritics_is_taken_where_one_area_alone_fits(ground: Boundaries) -> None:
    assert find(ground, commune="Xa Hoa Hoi") == Found("2024", "commune", "202")
    assert find(ground, commune="Suoi Ngo") == Found("2024", "commune", "203")
    assert find(ground, commune="Xa Tan Binh", district="Huyen Tan Bien") == Found("2024", "commune", "201")
    assert find(ground, commune="tan binh", district="TP Tay Ninh") == Found("2024", "commune", "102")
    assert find(ground, district="thanh pho tay ninh") == Found("2024", "district", "10")
    assert find(ground, AFTER, commune_code="206", commune="Hoa Hoi") == Found("2025", "commune", "206")


def test_a_name_without_diacritics_that_fits_several_areas_is_ambiguous(ground: Boundaries) -> None:
    unclear = find(ground, commune="Xa Tan Thanh", district="Huyen Tan Bien")
    assert unclear.reason == "ambiguous_area"
    assert unclear.proposals == ("Xã Tân Thành, Huyện Tân Biên (204)", "Xã Tân Thạnh, Huyện Tân Biên (205)")
    assert find(ground, commune="Tan Thanh", district="TP Tây Ninh").reason == "unknown_area"
    assert find(ground, commune="Tán Thanh").reason == "unknown_area"
    assert find(ground, commune="Suoi Ngooooo").proposals == ("Suối Ngô",)


def test_unknown_names_are_not_guessed(ground: Boundaries) -> None:
    wrong = find(ground, commune="Xã Hòa Hoài")
    assert (wrong.reason, wrong.proposals) == ("unknown_area", ("Xã Hòa Hội",))
    assert find(ground, commune="Suối Ngô", district="TP Tây Ninh").reason == "unknown_area"
    assert find(ground, commune="Phường 5").reason == "unknown_area"


@pytest.mark.parametrize(
    ("said", "code", "read_as"),
    [
        ("Xã Hòa Hộii", "202", "Xã Hòa Hội"), ("Xã Hòa Hôi", "202", "Xã Hòa Hội"), ("Hòa Hộ", "202", "Xã Hòa Hội"),
        ("Xã Hào Hội", "202", "Xã Hòa Hội"), ("Xa Hoa Hio", "202", "Xã Hòa Hội"), ("Suối Ngo", "203", "Suối Ngô"),
        ("ấp 3, xã Suối Ngôo", "203", "Suối Ngô"),
    ],
)  # fmt: skip
def test_a_slip_is_read_as_the_one_name_that_fits(ground: Boundaries, said: str, code: str, read_as: str) -> None:
    assert find(ground, commune=said) == Found("2024", "commune", code, read_as=read_as)
    assert find(ground, commune=said, guess=False).reason == "unknown_area"


def test_a_slip_is_never_read_as_one_of_two_names_or_of_a_real_one(ground: Boundaries) -> None:
    assert find(ground, commune="Xã Tân Thănh").reason == "unknown_area"  # Thành or Thạnh
    assert find(ground, commune="Xã Tân Thạnh") == Found("2024", "commune", "205")
    assert find(ground, commune="Tân Thạnh", district="TP Tây Ninh").reason == "unknown_area"  # a real name elsewhere
    assert find(ground, commune="Tân Bìnhh", district="TP Tây Ninh").code == "102"
    assert find(ground, commune="Tân Bìnhh").reason == "unknown_area"  # two communes have the name meant


def test_a_name_of_another_edition_that_is_as_near_makes_a_slip_doubtful() -> None:
    old = layer("2024", [("1", "Xã Thanh Phước", "")])
    new = layer("2025", [("2", "Xã Thạnh Phước", ""), ("3", "Xã Tân Lập", "")])
    editions = {"2024": Edition("2024", None, date(2025, 6, 30)), "2025": Edition("2025", date(2025, 7, 1), None)}
    both, alone = (Boundaries(editions, {one.key: one for one in some}) for some in ((old, new), (old,)))
    assert find(both, commune="Xã Thành Phước").reason == "unknown_area"
    assert find(alone, commune="Xã Thành Phước").code == "1"
    assert find(both, commune="Xã Tân Lâp").code == "3"


def test_a_slip_in_the_district_still_tells_homonyms_apart(ground: Boundaries) -> None:
    assert find(ground, commune="Xã Tân Bình", district="Huyện Tân Biênn") == Found(
        "2024", "commune", "201", read_as="Huyện Tân Biên"
    )
    assert find(ground, commune="Xã Tân Bình", district="Huyện Xa Lạ").reason == "ambiguous_area"


@pytest.mark.parametrize(
    "said",
    [
        "Xã Tân Bình - Huyện Tân Biên - Tỉnh Tây Ninh", "Tân Bình, Tân Biên", "Tân Bình, Tân Biên, Tây Ninh",
        "ấp 3, xã Tân Bình, huyện Tân Biên", "ấp Tân Lập - X.Tân Bình - H.Tân Biên", "xã Tân Bình huyện Tân Biên",
        "xã Tân Bình (cũ), huyện Tân Biên", "Tân Bình (Tân Biên)", "Xã Tân Bình-Huyện Tân Biên",
        "X.Tân Bình, H.Tân Biên", "Tân Bình; H. Tân Biên", "Số 12 đường Lê Lợi, tổ 3, xa Tan Binh, huyen Tan Bien",
        "XÃ TÂN BÌNH, HUYỆN TÂN BIÊN", "Ấp 2 Tân Bình, Tân Biên",
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(ground: Boundaries, said: str) -> None:
    assert find(ground, commune=said) == Found("2024", "commune", "201")


def test_a_former_commune_is_sought_in_the_old_edition_first(ground: Boundaries) -> None:
    assert find(ground, AFTER, commune="Xã Hòa Hội") == Found("2025", "commune", "206")
    assert find(ground, AFTER, commune="Xã Hòa Hội (cũ)") == Found("2024", "commune", "202")
    assert find(ground, AFTER, commune="xã Hòa Hội cũ") == Found("2024", "commune", "202")
    assert find(ground, AFTER, commune="xã Hòa Hội (mới)") == Found("2025", "commune", "206")


def test_a_district_in_the_column_of_communes_gives_the_district(ground: Boundaries) -> None:
    assert find(ground, commune="Huyện Tân Biên") == Found("2024", "district", "20")
    assert find(ground, commune="ấp 3", district="H. Tân Biên, tỉnh Tây Ninh") == Found("2024", "district", "20")


def test_an_address_agrees_with_its_code(ground: Boundaries) -> None:
    assert find(ground, commune_code="203", commune="Xã Suối Ngô, huyện Tân Biên") == Found("2024", "commune", "203")


def test_saying_nothing_is_no_fault(ground: Boundaries) -> None:
    assert find(ground) == Found()
    assert Gazetteer(Boundaries()).find(Named(commune="x"), ()).reason == "unknown_area"
