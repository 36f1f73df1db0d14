"""How well a point is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.ingest.points.axes import Axes, read_axis
from geodata.ingest.points.extent import Extent
from geodata.ingest.points.precision import weigh_precision
from geodata.tables import Finding
from geodata.vocabulary import LayerKey, Level

KEY = LayerKey("e", Level.COMMUNE)
# Two communes; the centre of the first is 106.05, 11.05. A degree of latitude is 111.2 km, of longitude there 109.1 km.
SQUARES = np.array([shapely.box(106.0, 11.0, 106.1, 11.1), shapely.box(106.1, 11.0, 106.2, 11.1)], dtype=object)
GROUND = Extent(
    Boundaries(
        {"e": Edition("e")}, {KEY: Layer(KEY, ("1", "2"), ("Xã Một", "Xã Hai"), ("", ""), np.full(2, np.nan), SQUARES)}
    )
)
NOWHERE = Extent(Boundaries())


def column(*cells: str) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def weigh(
    lon: list[str], lat: list[str], *, said: pd.Series | None = None, extent: Extent = NOWHERE, days: int = 99
) -> tuple[list[str], list[Finding]]:
    axes: Axes = read_axis(column(*lon), "lon"), read_axis(column(*lat), "lat")
    day: NDArray[np.int64] = np.arange(len(lon)) % days
    found, findings = weigh_precision(axes[0].value, axes[1].value, said=said, degrees=axes, extent=extent, day=day)
    return found.tolist(), findings


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        ("106.11", "11.31", "hamlet"), ("106,1", "11", "hamlet"), ("106.112", "11.31", "exact"),
        ("106.110", "11.310", "exact"), ("106.112", "11.312", "exact"), ("106°06'", "11°18'", "hamlet"),
        ("106°06'00\"", "11°18'00\"", "exact"), ("106 06 00", "11 18 00", "exact"), ("106.1°", "11.3°", "hamlet"),
        ("", "", "none"), ("106.1000", "11.3", "exact"),
    ],
)  # fmt: skip
def test_two_decimals_or_whole_minutes_are_a_hamlet(lon: str, lat: str, expected: str) -> None:
    assert weigh([lon], [lat])[0] == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("chính xác", "exact"), ("GPS", "exact"), ("Số nhà", "exact"), ("ấp", "hamlet"), ("Khu phố", "hamlet"),
        ("Xã", "commune"), ("trung tâm xã", "commune"), ("trung tam xa", "commune"), ("Centroid", "commune"),
        ("15", "exact"), ("100 m", "exact"), ("2000", "hamlet"), ("500,5", "hamlet"), ("5000 mét", "commune"),
        ("", "hamlet"), ("?", "hamlet"), ("đúng", "hamlet"),
    ],
)  # fmt: skip
def test_a_column_decides_and_what_it_leaves_out_is_computed(cell: str, expected: str) -> None:
    assert weigh(["106.11"], ["11.31"], said=column(cell))[0] == [expected]


def test_a_row_without_a_point_has_no_precision_whatever_it_says() -> None:
    assert weigh(["", "106.1123"], ["", "11.3123"], said=column("exact", "exact"))[0] == ["none", "exact"]


def test_a_place_shared_on_three_days_near_a_centre_is_the_commune() -> None:
    # 0.001 of latitude is 111 m from the centre, 0.002 is 222 m
    lon = ["106.0500"] * 9 + ["106.0501"]
    lat = ["11.0510"] * 3 + ["11.0520"] * 3 + ["11.0501"] * 2 + ["11.0700"] + ["11.0500"]
    found, findings = weigh(lon, lat, extent=GROUND)
    assert found == ["commune"] * 3 + ["exact"] * 7
    assert [finding.message for finding in findings] == [
        "3 of 10 points are centres of communes: they count for the commune, but say nothing closer"
    ]


def test_three_rows_of_two_days_are_no_centre() -> None:
    assert weigh(["106.0500"] * 3, ["11.0500"] * 3, extent=GROUND, days=2)[0] == ["exact"] * 3


def test_a_few_centres_among_many_points_go_unmentioned() -> None:
    lon = ["106.0500"] * 3 + [f"106.{number:04d}" for number in range(1201, 1248)]
    found, findings = weigh(lon, ["11.0500"] * 50, extent=GROUND)
    assert found.count("commune") == 3
    assert findings == []


def test_whoever_is_far_off_the_ground_is_near_no_centre() -> None:
    assert weigh(["-179.0501"] * 3, ["89.0501"] * 3, extent=GROUND)[0] == ["exact"] * 3
