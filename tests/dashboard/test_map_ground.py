"""What the map has in sight and outlines, and how names leave each other room."""

from __future__ import annotations

import pytest

from dashboard import map_ground
from dashboard.map_ground import bounds, chosen, whole
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from tests.geodata.worlds import Still, tiny_snapshot


def reading(query: str) -> Reading:
    return read(query, Answers(Still(tiny_snapshot())))


def edges(written: str) -> tuple[float, ...]:
    return tuple(float(edge) for edge in written.split(","))


def test_without_a_place_the_whole_layer_is_in_sight() -> None:
    made = reading("?edition=2024&level=commune")
    assert edges(bounds(made)) == edges(whole(made)) == (106.0, 11.0, 106.2, 11.2)


def test_around_an_area_its_neighbours_are_in_sight_and_nothing_beyond_the_layer() -> None:
    west, south, east, north = edges(bounds(reading("?edition=2024&level=commune&area=101")))
    assert (west, south) == (106.0, 11.0)  # the layer ends here
    assert 106.1 < east < 106.2
    assert 11.1 < north < 11.2


def test_an_area_asked_within_a_region_is_what_is_in_sight() -> None:
    region = edges(bounds(reading("?edition=2024&region=west")))
    area = edges(bounds(reading("?edition=2024&region=west&area=101")))
    assert region[3] == 11.2
    assert area[3] < 11.2
    assert edges(whole(reading("?edition=2024&region=west&area=101"))) == (106.0, 11.0, 106.2, 11.2)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("level=commune", []),
        ("level=commune&area=101", ["101"]),
        ("level=district&area=101", ["1"]),
        ("level=commune&area=1", ["1"]),  # its own outline, not that of each of its parts
        ("level=commune&region=west", []),
    ],
)
def test_what_is_asked_by_name_is_outlined(query: str, codes: list[str]) -> None:
    assert chosen(reading("?edition=2024&" + query)) == codes


def test_a_name_too_near_to_a_larger_area_s_name_is_left_out() -> None:
    names = [(0.0, 0.0, "first"), (0.1, 0.01, "near"), (0.1, 0.5, "above"), (0.9, 0.0, "beside")]
    assert [name for _, _, name in map_ground._apart(names, (0.0, 0.0, 1.0, 1.0))] == ["first", "above", "beside"]
