from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import tables
from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.join import Join, place
from geodata.vocabulary import LayerKey, ZoneKind
from tests.geodata.worlds import C24, C25, D24, P24, tiny_boundaries, tiny_incidents

WORLD = tiny_boundaries()
# Corners, edges and insides of the squares, and a little beyond them.
PLACES = st.sampled_from([105.9, 106.0, 106.03, 106.05, 106.1, 106.15, 106.17, 106.2, 106.3])
HEIGHTS = st.sampled_from([10.9, 11.0, 11.05, 11.1, 11.15, 11.2, 11.3])


def points(*at: tuple[float, float]) -> pd.DataFrame:
    """A clean table with these points."""
    frame = tiny_incidents(n=max(len(at), 3)).head(len(at)).reset_index(drop=True)
    lon, lat = np.array(at, dtype=np.float64).reshape(-1, 2).T
    frame = frame.assign(lon=lon, lat=lat, area_edition="", area_level="", area_code="")
    frame = frame.assign(precision=np.where(np.isnan(lon), "none", "exact"))
    return tables.check_incidents(frame)


def of_area(code: str, *, edition: str = "2024", level: str = "commune") -> pd.DataFrame:
    """A clean table of one row known to its area only."""
    frame = points((np.nan, np.nan))
    return tables.check_incidents(frame.assign(area_edition=edition, area_level=level, area_code=code))


def area(frame: pd.DataFrame, key: LayerKey) -> str:
    """The code the first row was given in the layer, "" for none."""
    position = int(place(frame, WORLD).frame[tables.area_column(key)].iloc[0])
    return WORLD.layers[key].codes[position] if position >= 0 else ""


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(PLACES, HEIGHTS), min_size=1, max_size=12))
def test_every_layer_and_zone_equals_one_intersects_a_polygon(at: list[tuple[float, float]]) -> None:
    placed = place(points(*at), WORLD)
    for i, (x, y) in enumerate(at):
        point = shapely.Point(x, y)
        for key, layer in WORLD.layers.items():
            holding = [k for k, polygon in enumerate(layer.polygons) if polygon.intersects(point)]
            assert placed.frame[tables.area_column(key)].iloc[i] == (holding[0] if holding else -1)
        bits = sum(1 << zone.bit for zone in WORLD.zones if shapely.intersects(zone.polygon, point))
        assert int(placed.frame[tables.ZONES].iloc[i]) == bits
    nowhere = [i for i, at_ in enumerate(at) if not shapely.box(106, 11, 106.2, 11.2).intersects(shapely.Point(at_))]
    assert placed.outside.tolist() == nowhere


def test_the_columns_have_their_agreed_types_and_the_input_is_left_alone() -> None:
    frame = tiny_incidents()
    before = frame.copy()
    placed = place(frame, WORLD)
    pd.testing.assert_frame_equal(frame, before)
    assert placed.frame[tables.area_column(C24)].dtype == np.int32
    assert placed.frame[tables.ZONES].dtype == np.uint64
    assert {tables.layer_key(name) for name in placed.frame.columns} - {None} == set(WORLD.layers)


def test_a_point_outside_knows_how_far() -> None:
    placed = place(points((106.3, 11.1), (106.1, 12.2), (106.05, 11.05)), WORLD)
    assert placed.outside.tolist() == [0, 1]
    assert placed.distance_m == pytest.approx([0.1 * 111_195 * np.cos(np.radians(11.1)), 111_195], rel=0.005)


def of_squares(*polygons: object) -> Boundaries:
    """An edition of one level of these areas."""
    shapes = np.array(polygons, dtype=object)
    codes = tuple(str(i) for i in range(len(shapes)))
    layer = Layer(C24, codes, codes, ("",) * len(codes), np.full(len(codes), np.nan), shapes)
    return Boundaries(editions={"2024": Edition("2024")}, layers={C24: layer})


@pytest.mark.filterwarnings("error")
def test_an_area_of_several_parts_has_edges_too() -> None:
    near, far, alone = (
        shapely.box(106.0, 11.0, 106.1, 11.1),
        shapely.box(106.0, 13, 106.1, 13.1),
        shapely.box(0, 0, 1, 1),
    )
    metres = 0.1 * 111_195
    for world in (of_squares(shapely.MultiPolygon([near, far])), of_squares(alone, shapely.MultiPolygon([near, far]))):
        placed = place(points((106.05, 11.2)), world)
        assert placed.distance_m == pytest.approx([metres], rel=0.005)


def test_swapped_coordinates_are_thousands_of_kilometres_away() -> None:
    placed = place(points((11.05, 106.05), (11.05, 89.0)), WORLD)
    assert (placed.distance_m > 5e6).all()


def test_without_boundaries_nothing_is_outside() -> None:
    placed = place(points((106.3, 11.1)), Boundaries())
    assert len(placed.outside) == 0
    assert place(tiny_incidents().head(0), WORLD).frame.empty


def test_a_commune_alone_places_the_row_in_all_that_surely_holds_it() -> None:
    row = of_area("103")
    assert [area(row, key) for key in (C24, D24, P24, C25)] == ["103", "1", "72", "101"]


def test_a_split_commune_has_no_successor() -> None:
    row = of_area("203")
    assert [area(row, key) for key in (C24, D24, C25)] == ["203", "2", ""]


def test_a_district_alone_places_the_row_in_no_commune() -> None:
    row = of_area("1", level="district")
    assert [area(row, key) for key in (C24, D24, P24, C25)] == ["", "1", "72", ""]


def test_an_area_that_is_not_there_any_more_is_nowhere_and_no_error() -> None:
    row = of_area("999")
    assert [area(row, key) for key in (C24, P24)] == ["", ""]
    assert len(place(row, WORLD).outside) == 0


def test_only_zones_of_whole_communes_hold_rows_without_a_point() -> None:
    kinds = {zone.id: zone.kind for zone in WORLD.zones}
    assert kinds["border_communes"] is ZoneKind.BORDER_COMMUNES
    inside, beside = (int(place(of_area(code), WORLD).frame[tables.ZONES].iloc[0]) for code in ("101", "103"))
    assert (inside, beside) == (1, 0)


def test_a_join_serves_many_frames() -> None:
    join = Join(WORLD)
    for seed in (1, 2):
        frame = tiny_incidents(seed=seed)
        pd.testing.assert_frame_equal(join.place(frame).frame, place(frame, WORLD).frame)


def near(frame: pd.DataFrame) -> list[list[str]]:
    """For each row, the zones whose edge it is too near to be sure."""
    bits = place(frame, WORLD).frame[tables.ZONES_NEAR]
    return [[zone.id for zone in WORLD.zones if int(held) >> zone.bit & 1] for held in bits]


def test_a_point_within_fifty_metres_of_a_zones_edge_may_lie_on_either_side() -> None:
    # The band ends at 106.03 E; here 0.0001 degrees of longitude are 10.9 m, of latitude 11.1 m.
    across = points((106.0296, 11.15), (106.0304, 11.15), (106.0295, 11.15), (106.0305, 11.15))
    assert near(across) == [["border_0_1km"], ["border_0_1km"], [], []]
    corner = points((106.1003, 11.05), (106.05, 11.1004), (106.05, 11.1005))  # of the zone made of commune 101
    assert near(corner) == [["border_communes"], ["border_communes"], []]


def test_a_hamlets_centre_may_be_half_a_kilometre_off() -> None:
    at = points((106.0345, 11.15), (106.0347, 11.15)).assign(precision="hamlet")
    assert near(at) == [["border_0_1km"], []]


def test_a_communes_centre_says_nothing_of_zones_that_divide_the_commune() -> None:
    # The band divides 101 and 103; the zone of the old 101 is whole there, but divides the new 101, in which 103 lies.
    at = points((106.05, 11.05), (106.05, 11.15), (106.17, 11.17)).assign(precision="commune")
    assert near(at) == [["border_communes", "border_0_1km"], ["border_communes", "border_0_1km"], []]


def test_rows_without_a_point_are_near_no_edge() -> None:
    assert near(of_area("101")) == [[]]
