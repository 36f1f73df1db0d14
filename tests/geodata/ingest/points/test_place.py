"""Points of whole sheets: which columns, which system, which order, and what is said about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.errors import FileRefusedError
from geodata.ingest.headings.columns import Headers
from geodata.ingest.points.coordinates import Points
from geodata.ingest.points.place import place_points
from geodata.ingest.raw import Fault, RawTable
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.ingest.sheet import without_blank_rows
from geodata.tables import Finding
from geodata.vocabulary import LayerKey, Level

NOWHERE = Boundaries()


@dataclass(frozen=True)
class Placed:
    points: Points
    faults: list[Fault]
    findings: list[Finding]

    @property
    def said(self) -> str:
        return " ".join(finding.message for finding in self.findings)

    def lies_at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> bool:
        near = np.abs(self.points.lon - lon) < 1e-6, np.abs(self.points.lat - lat) < 1e-6
        return bool(near[0].all() and near[1].all())


def province(*communes: tuple[str, float, float, float, float]) -> Boundaries:
    """A province of 0.7 by 0.9 degrees, and communes in it."""
    shapes = {
        Level.PROVINCE: (("72",), ("Tỉnh",), [shapely.box(105.8, 10.9, 106.5, 11.8)]),
        Level.COMMUNE: (
            tuple(str(number) for number in range(101, 101 + len(communes))),
            tuple(name for name, *_ in communes),
            [shapely.box(*box) for _, *box in communes],
        ),
    }
    layers = {
        LayerKey("e", level): Layer(
            LayerKey("e", level), codes, names, ("",) * len(codes), np.full(len(codes), np.nan), np.array(boxes)
        )
        for level, (codes, names, boxes) in shapes.items()
        if codes
    }
    return Boundaries({"e": Edition("e")}, layers)


def place(
    columns: dict[str, list[str]], ground: Boundaries, recipe: Recipe = EMPTY, *, day: NDArray[np.int64] | None = None
) -> Placed:
    headers = ("Ngày", "Tội danh", *columns)
    count = len(next(iter(columns.values())))
    cells = [["01/02/2025"] * count, ["trộm"] * count, *columns.values()]
    frame = pd.DataFrame({number: pd.Series(column, dtype="str") for number, column in enumerate(cells)})
    table = RawTable("", headers, frame, np.arange(2, count + 2))
    sheet = without_blank_rows(table, Headers(recipe.columns).match(headers), "a.csv")
    days = np.arange(20_000, 20_000 + count) if day is None else day
    return Placed(*place_points(sheet, ground, recipe, lambda: days))


def spread(count: int = 200) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(3)
    return rng.uniform(105.85, 106.45, count), rng.uniform(10.95, 11.75, count)


def written(values: NDArray[np.float64], *, comma: bool = False, grouped: bool = False) -> list[str]:
    texts = [f"{value:,.2f}" if grouped else f"{value:.2f}" for value in values]
    return [text.replace(",", "_").replace(".", ",").replace("_", ".") for text in texts] if comma else texts


def metres(code: int, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    return tuple(Transformer.from_crs(4326, code, always_xy=True).transform(lon, lat))


@pytest.mark.parametrize("code", [9209, 9210, 32648])
@pytest.mark.parametrize("northing", ["X", "Y"])
@pytest.mark.parametrize("style", [{}, {"comma": True}, {"comma": True, "grouped": True}, {"grouped": True}])
def test_metres_without_a_system_are_placed_however_they_are_written(
    code: int, northing: str, style: dict[str, bool]
) -> None:
    lon, lat = spread()
    east, north = metres(code, lon, lat)
    other = "Y" if northing == "X" else "X"
    found = place({northing: written(north, **style), other: written(east, **style)}, province())
    assert found.faults == []
    assert found.lies_at(lon, lat)
    assert f"(EPSG:{code}), «{northing}» is the northing: 100 % of 200 points" in found.said


def test_whole_metres_with_thousands_dots_are_no_decimals() -> None:
    lon, lat = spread()
    east, north = metres(9209, lon, lat)
    cells = {
        name: [f"{value:,.0f}".replace(",", ".") for value in values] for name, values in (("X", north), ("Y", east))
    }
    assert cells["Y"][0].count(".") == 1
    found = place(cells, province())
    assert np.abs(found.points.lon - lon).max() < 1e-5


def test_what_differs_by_a_few_hundred_metres_is_said() -> None:
    east, north = metres(32648, *spread())
    said = place({"X": written(east), "Y": written(north)}, province()).said
    assert "does not tell EPSG:32648 from EPSG:3405 (VN-2000 / UTM zone 48N), EPSG:5897" in said


def test_a_small_cluster_is_asked_about_with_the_best_ways() -> None:
    lon, lat = np.linspace(106.1, 106.11, 20), np.linspace(11.3, 11.31, 20)
    east, north = metres(9209, lon, lat)
    with pytest.raises(FileRefusedError) as refused:
        place({"X": written(north), "Y": written(east)}, province())
    message = str(refused.value)
    assert "their system is not certain" in message
    assert "EPSG:9209 (VN-2000 / TM-3 105-30): 100 %" in message
    assert "EPSG:9210 (VN-2000 / TM-3 105-45): 100 %" in message


def test_the_communes_that_rows_name_settle_what_the_province_leaves_open() -> None:
    lon, lat = np.linspace(106.1, 106.11, 20), np.linspace(11.3, 11.31, 20)
    east, north = metres(9209, lon, lat)
    ground = province(("Xã Một", 106.05, 11.25, 106.2, 11.4), ("Xã Hai", 106.2, 11.25, 106.5, 11.4))
    found = place({"X": written(north), "Y": written(east), "Xã": ["Xã Một"] * 20}, ground)
    assert found.lies_at(lon, lat)
    assert "EPSG:9209" in found.said
    assert "100 % of those whose row names an area fall inside it" in found.said


def test_metres_are_refused_without_boundaries_and_where_nothing_fits() -> None:
    with pytest.raises(FileRefusedError, match="are metres, not degrees"):
        place({"X": ["1245678,5"], "Y": ["580123"]}, NOWHERE)
    with pytest.raises(FileRefusedError, match="in none of the usual systems"):
        place({"X": ["5245678,5"], "Y": ["5580123"]}, province())


def test_a_system_that_is_asked_for_is_taken_and_another_proposed_where_it_cannot_be() -> None:
    lon, lat = spread()
    east, north = metres(9209, lon, lat)
    columns = {"X": written(north), "Y": written(east)}
    right = place(columns, province(), Recipe(crs="EPSG:9209"))
    assert right.lies_at(lon, lat)
    assert right.said == "«X» is the northing and «Y» the easting: only so points fall inside"
    wrong = place(columns, province(), Recipe(crs="EPSG:9217"))
    assert not wrong.lies_at(lon, lat)
    assert "only 0 % of 200 points" in wrong.said
    assert "name it with --crs EPSG:9209" in wrong.said


def test_named_axes_are_never_exchanged_without_being_asked() -> None:
    lon, lat = spread()
    east, north = metres(9209, lon, lat)
    columns = {"Easting": written(north), "Northing": written(east)}
    with pytest.raises(FileRefusedError, match="swapped = true"):
        place(columns, province())
    assert place(columns, province(), Recipe(swapped=True)).lies_at(lon, lat)


def test_exchanged_degrees_are_put_aside_and_the_exchange_proposed() -> None:
    lon, lat = spread(10)
    columns = {"Kinh độ": [str(value) for value in lat], "Vĩ độ": [str(value) for value in lon]}
    found = place(columns, province())
    assert not found.points.known.any()
    assert {fault.reason for fault in found.faults} == {"swapped_coordinates"}
    assert found.said.startswith("10 of 10 rows have «Kinh độ» and «Vĩ độ» exchanged")
    asked = place(columns, province(), Recipe(swapped=True))
    assert asked.lies_at(lon, lat)
    assert (asked.faults, asked.findings) == ([], [])


def test_degrees_under_x_and_y_may_stand_either_way() -> None:
    lon, lat = spread(10)
    found = place({"X": [str(value) for value in lat], "Y": [str(value) for value in lon]}, NOWHERE)
    assert found.lies_at(lon, lat)
    assert "«X» is the latitude" in found.said


def test_degrees_and_minutes_are_read_beside_decimals() -> None:
    found = place(
        {"Vĩ độ": ["11°18'36\"B", "11,31", "11 18 36"], "Kinh độ": ["106°06'Đ", "106,1", "106 06 00"]}, province()
    )
    assert found.faults == []
    assert found.points.lat == pytest.approx([11.31] * 3)
    assert found.points.lon == pytest.approx([106.1] * 3)


@pytest.mark.parametrize(
    ("lat", "lon", "ground", "expected"),
    [
        ("11°18'N", "106°06'E", NOWHERE, 11.3),
        ("11°18'N", "106°06'Đ", NOWHERE, -11.3),  # beside Đông, N is Nam
        ("11°18'N", "106°06'Đ", province(), 11.3),  # but the province lies north
    ],
)
def test_a_bare_n_is_settled_by_the_place_and_else_by_the_other_letters(
    lat: str, lon: str, ground: Boundaries, expected: float
) -> None:
    assert place({"Vĩ độ": [lat], "Kinh độ": [lon]}, ground).points.lat == pytest.approx([expected])


@pytest.mark.parametrize(
    "cells",
    [
        ["11.31, 106.11", "11.4, 106.2"],
        ["106.11, 11.31", "106.2, 11.4"],
        ["POINT(106.11 11.31)", "POINT (106.2 11.4)"],
        ["11,31; 106,11", "11,4; 106,2"],
        ["11°18'36\"N 106°06'36\"E", "11°24'N 106°12'E"],
    ],
)
def test_one_column_may_hold_both(cells: list[str]) -> None:
    found = place({"Tọa độ": [*cells, ""]}, province())
    assert found.faults == []
    assert found.points.lon[:2] == pytest.approx([106.11, 106.2])
    assert found.points.lat[:2] == pytest.approx([11.31, 11.4])
    assert found.points.known.tolist() == [True, True, False]


def test_both_in_one_column_may_be_metres() -> None:
    lon, lat = spread()
    east, north = metres(9209, lon, lat)
    cells = [f"{one}; {two}" for one, two in zip(written(north), written(east), strict=True)]
    assert place({"Tọa độ": cells}, province()).lies_at(lon, lat)


def test_a_cell_that_is_no_pair_is_put_aside_without_being_shown() -> None:
    found = place({"Tọa độ": ["11.31, 106.11", "11.32, 106.12", "gần nhà bà Năm"]}, province())
    assert [(fault.at, fault.reason, fault.facts) for fault in found.faults] == [(2, "bad_coordinate", {})]


def test_a_column_of_addresses_is_no_column_of_coordinates() -> None:
    found = place({"Vị trí": ["Ấp 3, xã Tân Bình", "12, đường số 4"]}, province())
    assert found.faults == []
    assert not found.points.known.any()
    assert found.said == "«Vị trí» holds no coordinates and was left out"


def test_two_columns_go_before_one_that_holds_both() -> None:
    found = place({"Vị trí": ["Ấp 3", ""], "Kinh độ": ["106.1", "106.2"], "Vĩ độ": ["11.3", "11.4"]}, province())
    assert found.points.known.all()
    assert found.findings == []


def test_rows_without_a_known_day_may_be_in_metres_too() -> None:
    lon, lat = np.linspace(106.1, 106.11, 20), np.linspace(11.3, 11.31, 20)
    east, north = metres(9209, lon, lat)
    ground = province(("Xã Một", 106.05, 11.25, 106.2, 11.4))
    columns = {"X": written(north), "Y": written(east), "Xã": ["Xã Một"] * 20}
    assert place(columns, ground, day=np.full(20, np.iinfo(np.int64).min)).lies_at(lon, lat)


@pytest.mark.parametrize("code", [9209, 9210])
@pytest.mark.parametrize("headers", [("X", "Y"), ("Y", "X")])
def test_real_communes_come_back_from_metres_with_decimal_commas(
    shared_data: Path, code: int, headers: tuple[str, str]
) -> None:
    document = json.loads((shared_data / "communes_2024.geojson").read_text(encoding="utf-8"))
    shapes = np.array([shapely.geometry.shape(feature["geometry"]) for feature in document["features"]])
    key, codes = LayerKey("e", Level.COMMUNE), tuple(str(number) for number in range(len(shapes)))
    layer = Layer(key, codes, codes, ("",) * len(codes), np.full(len(codes), np.nan), shapes)
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(shapes)).T
    east, north = metres(code, lon, lat)
    columns = {headers[0]: written(north, comma=True), headers[1]: written(east, comma=True)}
    found = place(columns, Boundaries({"e": Edition("e")}, {key: layer}))
    assert found.lies_at(lon, lat)
    assert f"(EPSG:{code}), «{headers[0]}» is the northing: 100 % of {len(codes)} points" in found.said
