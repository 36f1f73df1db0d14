"""Points from coordinate columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geodata.errors import FileRefusedError
from geodata.geometry.crs import transform_xy
from geodata.ingest.points.axes import choose_pair, read_axis
from geodata.ingest.points.coordinates import Points, as_points, check_crs, read_points
from geodata.ingest.points.extent import Box
from geodata.ingest.raw import Fault

PROVINCE: Box = (105.8, 10.9, 106.5, 11.8)


def points(
    first: list[object],
    second: list[object],
    names: tuple[str, str] = ("lon", "lat"),
    *,
    crs: str = "",
    box: Box | None = PROVINCE,
) -> tuple[Points, list[Fault]]:
    axes = (read_axis(pd.Series(first, dtype=object), names[0]), read_axis(pd.Series(second, dtype=object), names[1]))
    reading = read_points(axes, crs=crs, box=box, either_order=names == ("x", "y"))
    return as_points(reading.lon, reading.lat), reading.faults


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("106.112", 106.112), ("106,112", 106.112), (" 106,112° ", 106.112), (106.112, 106.112), (106, 106.0),
        ("1.245.678", 1245678.0), ("1.245.678,5", 1245678.5), ("1,245,678.5", 1245678.5), ("1 245 678,5", 1245678.5),
        ("-87,6", -87.6), ("\u22125", -5.0), ("12,345", 12.345),
    ],
)  # fmt: skip
def test_numbers_are_read_with_point_comma_and_groups(cell: object, value: float) -> None:
    assert read_axis(pd.Series([cell], dtype=object), "x").value.tolist() == [value]


@pytest.mark.parametrize("cell", ["abc", "1e999", "inf", "1,2,3", "10.614.2", "106.1.2", "--1", "0x10", "1_0"])
def test_what_is_no_number_is_a_fault_that_names_its_column(cell: str) -> None:
    found, faults = points([106.1, cell], ["11.3", "11.3"])
    assert [(fault.at, fault.column, fault.reason) for fault in faults] == [(1, "lon", "bad_coordinate")]
    assert found.known.tolist() == [True, False]


def test_both_blank_is_no_point_and_no_fault_and_one_blank_is_a_fault() -> None:
    found, faults = points(["", None, "106.1"], [None, "11.3", ""])
    assert not found.known.any()
    assert [(fault.at, fault.column, fault.reason) for fault in faults] == [
        (1, "lon", "missing_coordinate"),
        (2, "lat", "missing_coordinate"),
    ]


@pytest.mark.parametrize("mark", ["-", "N/A", "NULL", "nan", "NaN", "none", "?", "—", " - "])
def test_a_mark_for_blank_is_blank(mark: str) -> None:
    found, faults = points(["106.1", mark, mark], ["11.3", mark, "11.3"])
    assert found.known.tolist() == [True, False, False]
    assert [(fault.at, fault.reason) for fault in faults] == [(2, "missing_coordinate")]


def test_swapped_and_impossible_places_are_told_apart() -> None:
    _, faults = points([11.3, 106.1, 500.0, 0, 20.0], [106.1, 11.3, 11.3, 0, 50.0])
    assert [(fault.at, fault.reason) for fault in sorted(faults, key=lambda one: one.at)] == [
        (0, "swapped_coordinates"),
        (2, "bad_coordinate"),
        (3, "zero_coordinate"),
    ]


def test_a_swap_within_the_range_of_degrees_is_seen_by_the_boundaries_alone() -> None:
    chicago: Box = (-87.9, 41.6, -87.5, 42.1)
    assert [fault.reason for fault in points([41.8], [-87.6], box=chicago)[1]] == ["swapped_coordinates"]
    assert points([41.8], [-87.6], box=None)[1] == []


@pytest.mark.parametrize("crs", ["EPSG:9209", "EPSG:9210", "EPSG:32648"])
@pytest.mark.parametrize("box", [PROVINCE, None])
def test_x_may_be_northing_or_easting(crs: str, box: Box | None) -> None:
    lon, lat = np.array([106.1, 106.2]), np.array([11.3, 11.2])
    east, north = transform_xy(lon, lat, "EPSG:4326", crs)
    for first, second in ((east, north), (north, east)):
        found, faults = points(list(first), list(second), ("x", "y"), crs=crs, box=box)
        assert faults == []
        assert found.lon == pytest.approx(lon, abs=1e-6)
        assert found.lat == pytest.approx(lat, abs=1e-6)


def test_a_system_that_does_not_exist_is_refused() -> None:
    assert check_crs("EPSG:9209", file="a.csv") == "EPSG:9209"
    for crs in ("EPSG:0", "nonsense", "+proj=nothing"):
        with pytest.raises(FileRefusedError, match="names no coordinate system"):
            check_crs(crs, file="a.csv")


def test_degrees_are_preferred_unless_a_system_is_named() -> None:
    fields = {"lon": 0, "lat": 1, "x": 2, "y": 3}
    assert choose_pair(fields, projected=False) == ("lon", "lat")
    assert choose_pair(fields, projected=True) == ("x", "y")
    assert choose_pair({"lat": 0}, projected=False) == ("lon", "lat")
    assert choose_pair({}, projected=False) is None
