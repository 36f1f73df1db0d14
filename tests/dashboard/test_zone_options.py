"""How zones are offered: a few as they are, many by kind."""

from __future__ import annotations

from dataclasses import replace

import shapely

from dashboard.names import Names
from dashboard.panels.filter_places import MANY_ZONES, zone_options
from dashboard.reading import read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Zone
from geodata.vocabulary import ZoneKind
from tests.geodata.worlds import Still, tiny_snapshot

WORDS = of("en")


def names(zones: int) -> Names:
    """The tiny world's two zones and so many venues, the last of them a road."""
    snapshot = tiny_snapshot()
    shape = shapely.box(106.0, 11.0, 106.01, 11.01)
    more = tuple(Zone(f"v{i}", ZoneKind.VENUE, f"Chợ {i}", 2 + i, shape) for i in range(zones - 1))
    road = Zone("road", ZoneKind.ROAD, "Đường 22", 60, shape)
    boundaries = replace(snapshot.boundaries, zones=(*snapshot.boundaries.zones, *more, road))
    return read("", Answers(Still(replace(snapshot, boundaries=boundaries)))).names


def test_a_few_zones_are_offered_by_name_in_the_order_of_their_kinds() -> None:
    offered = zone_options(names(2), WORDS)
    assert [each["value"] for each in offered] == ["border_communes", "border_0_1km", "road", "v0"]
    assert offered[0]["label"] == "Xã biên giới"


def test_many_zones_say_their_kind_and_are_found_without_diacritics() -> None:
    offered = zone_options(names(MANY_ZONES), WORDS)
    kinds = [each["label"].partition(":")[0] for each in offered]
    assert kinds == ["Border communes", "Distance from the border", "Road", *["Venue"] * (MANY_ZONES - 1)]
    assert "duong 22" in offered[2]["search"]
